"""Publication and artifacts → nothing, or a proof that failed: finished files are read back from their bytes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.edition import Edition
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.target import Audience
from publisher.model.web import DOWNLOADS, WebRendition
from publisher.verify.completeness import Printed, whole_faults
from publisher.verify.counts import Tally, tally
from publisher.verify.diagnose import at_most
from publisher.verify.elements import element_places
from publisher.verify.epub.check import epub_faults
from publisher.verify.metadata import told_identifier
from publisher.verify.pdf.check import pdf_faults
from publisher.verify.pdf.print_form import profile
from publisher.verify.source import source_faults
from publisher.verify.web.check import web_faults, web_files
from publisher.workers.executor import SERIAL, Executor

__all__ = [
    "Shipped",
    "Site",
    "Tally",
    "element_places",
    "tally",
    "told_identifier",
    "verify",
    "verify_any",
    "verify_whole",
]

Site = Callable[[Publication, Mapping[str, bytes]], WebRendition]
"""The web edition that a publication has, given the files of one; the books in it are proved apart."""
Shipped = Callable[[Publication], Mapping[str, bytes]]
"""The style sheets, typefaces and pictures of a publication's EPUB, by their paths from its package document."""


def verify(
    publication: Publication,
    artifacts: tuple[Artifact, ...],
    *,
    executor: Executor = SERIAL,
    shipped: Shipped | None = None,
    site: Site | None = None,
) -> None:
    """Proves that each artifact carries the text, every note, agreement and section once, in order, and nothing else.

    An EPUB's style sheets, typefaces and pictures are compared byte for byte with those `shipped`, if these are given.
    The executor reads the pages. docs/verification.md has the rules. Raises `PublisherError` with exit
    code 5 and every difference found.
    """
    found = list(source_faults(publication))
    sound: list[Artifact] = []
    for artifact in artifacts:
        faults = _faults(artifact, publication, executor, shipped, site, sound=sound)
        reported = tuple(at_most(faults, artifact=artifact.name))
        found.extend(reported)
        if not reported:
            sound.append(artifact)
    if found:
        raise PublisherError(*found, exit_code=ExitCode.UNPROVED)


def verify_whole(
    editions: Iterable[Edition], publication: Publication, *, audience: Audience = Audience.STUDENT
) -> None:
    """Proves that a publication has every note, agreement and word that its editors wrote for its audience.

    Raises `PublisherError` with exit code 5 and everything that is left out of the editions.
    """
    printed = Printed.by(publication)
    faults = (fault for edition in editions for fault in whole_faults(edition, printed, audience=audience))
    found = tuple(at_most(faults, artifact=publication.output.name))
    if found:
        raise PublisherError(*found, exit_code=ExitCode.UNPROVED)


def verify_any(
    publications: Iterable[Publication],
    artifacts: tuple[Artifact, ...],
    *,
    shipped: Shipped | None = None,
    site: Site | None = None,
) -> tuple[Publication, ...]:
    """For each artifact the publication that it is proved to carry, of several that one edition can come to.

    They are asked for one by one, and only as far as needed. Raises `PublisherError` as `verify` does; what an
    artifact is reported is where it departs from the publication that it is nearest to.
    """
    waiting, known = iter(publications), list[tuple[Publication, tuple[Diagnostic, ...]]]()
    proved: list[Publication] = []
    found: list[Diagnostic] = []
    for artifact in artifacts:
        nearest: tuple[Diagnostic, ...] | None = None
        for publication, of_source in _each(known, waiting):
            faults = (*of_source, *_faults(artifact, publication, SERIAL, shipped, site))
            if not faults:
                proved.append(publication)
                break
            nearest = faults if nearest is None or len(faults) < len(nearest) else nearest
        else:
            found.extend(at_most(nearest or (), artifact=artifact.name))
    if found:
        raise PublisherError(*dict.fromkeys(found), exit_code=ExitCode.UNPROVED)
    return tuple(proved)


def _each(
    known: list[tuple[Publication, tuple[Diagnostic, ...]]], waiting: Iterator[Publication]
) -> Iterator[tuple[Publication, tuple[Diagnostic, ...]]]:
    """What is known, then what is not yet, which is known from then on; each with what is wrong with its text."""
    yield from tuple(known)
    for publication in waiting:
        known.append((publication, tuple(source_faults(publication))))
        yield known[-1]


def _faults(
    artifact: Artifact,
    publication: Publication,
    executor: Executor,
    shipped: Shipped | None,
    site: Site | None,
    *,
    sound: Collection[Artifact] = (),
) -> Iterator[Diagnostic]:
    """What is wrong with one artifact; that it can't be read is one of the things that can be wrong.

    Those that are `sound` have been proved to carry the publication.
    """
    try:
        if artifact.name.lower().endswith(".epub"):
            files = None if shipped is None else shipped(publication)
            yield from epub_faults(artifact.content, publication, artifact=artifact.name, shipped=files)
        elif artifact.name.lower().endswith(".pdf"):
            made = publication.made_for(profile(publication, artifact.name))
            yield from pdf_faults(artifact.content, made, artifact=artifact.name, executor=executor)
        elif artifact.name.lower().endswith(".web.zip"):
            yield from _web_faults(artifact, publication, executor, shipped, site, sound=sound)
    except PublisherError as error:
        yield from error.diagnostics


def _web_faults(
    artifact: Artifact,
    publication: Publication,
    executor: Executor,
    shipped: Shipped | None,
    site: Site | None,
    *,
    sound: Collection[Artifact],
) -> Iterator[Diagnostic]:
    """What is wrong with a web edition: with the books in it, of which its pages are made, or else with its pages."""
    files = web_files(artifact.content)
    books = (
        Artifact(name=name.removeprefix(DOWNLOADS), content=files[name])
        for name in sorted(files)
        if name.startswith(DOWNLOADS)
    )
    unproved = [book for book in books if book not in sound]
    found = [fault for book in unproved for fault in _faults(book, publication, executor, shipped, None)]
    yield from found
    if site is not None and not found:
        yield from web_faults(files, publication, artifact=artifact.name, expected=site(publication, files))
