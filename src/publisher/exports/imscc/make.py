"""The cartridge of a course reader in a folder: built, proved as any build is, and put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from publisher.build import pipeline
from publisher.build.excerpt import build_excerpt
from publisher.build.request import BuildRequest
from publisher.build.web import PACKAGE
from publisher.diagnostics import Diagnostic
from publisher.epub.write.zip import unseal
from publisher.exports.imscc.cartridge import CartridgePlan, cartridge
from publisher.exports.imscc.manifest import CartridgeVersion
from publisher.exports.imscc.modules import CourseParts, course_parts
from publisher.model.excerpt import Wanted
from publisher.model.profile import Profile
from publisher.model.reader import AnnotatedReader
from publisher.model.rendition import Artifact
from publisher.model.target import Format
from publisher.model.web import SiteCitation
from publisher.render.web import render_web


@dataclass(frozen=True, slots=True, kw_only=True)
class CartridgeOrder:
    """How a cartridge is wanted."""

    version: CartridgeVersion = CartridgeVersion.V1_1
    as_pdf: bool = False
    thin: str | None = None
    """The address of the web edition; None for a full cartridge."""


def make_cartridge(request: BuildRequest, order: CartridgeOrder) -> tuple[Artifact, tuple[Diagnostic, ...]]:
    """The cartridge of the reader in a folder, and the warnings of its build.

    Raises `PublisherError` with everything that is wrong with the reader, its rights among it.
    """
    checked = pipeline.load(request)
    annotated = checked.annotated
    assert isinstance(annotated, AnnotatedReader)
    formats = tuple(dict.fromkeys((Format.EPUB, *(item for item in checked.formats if item is Format.PDF))))
    built = pipeline.build(replace(request, formats=formats, output=None))
    publication = built.volume.publication
    (book,) = (artifact for artifact in built.artifacts if artifact.name.endswith(".epub"))
    files = {entry.name.removeprefix(PACKAGE): entry.content for entry in unseal(book.content)}
    none = SiteCitation(citation="", reference="", bibtex="", ris="")
    parts = course_parts(publication, annotated, audience=request.target.audience)
    plan = CartridgePlan(
        publication=publication,
        parts=parts,
        web=render_web(publication, files, citation=none),
        book=files,
        pdfs={} if order.thin else _pdfs(request, parts, of_all=order.as_pdf),
        version=order.version,
        as_pdf=order.as_pdf,
        thin=order.thin,
    )
    return cartridge(plan), built.diagnostics


def _pdfs(request: BuildRequest, parts: CourseParts, *, of_all: bool) -> Mapping[str, Artifact]:
    """The PDF of each reading that is one; of something that is read elsewhere, none."""
    wanted = [reading for reading in parts.readings() if reading.url is None and (of_all or reading.is_foreign)]
    return {course_reading.slug: _pdf(request, course_reading.slug) for course_reading in wanted}


def _pdf(request: BuildRequest, slug: str) -> Artifact:
    asked = replace(
        request,
        formats=(Format.PDF,),
        profiles=(Profile.SCREEN,),
        excerpt=Wanted(reading=slug, section=None),
        output=None,
    )
    (file,) = (artifact for artifact in build_excerpt(asked).artifacts if artifact.name.endswith(".pdf"))
    return file
