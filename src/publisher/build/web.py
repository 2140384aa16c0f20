"""The web edition of a volume, made of its finished EPUB: one ZIP file, from which the folder is unpacked.

Like the pipeline, it imports each stage where it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.profile import Profile, file_name
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.settings import Settings
from publisher.model.target import ENDINGS, Format
from publisher.model.web import DOWNLOADS, PLACE, SiteCitation, WebRendition
from publisher.workspace import read_file
from publisher.workspace.commit_folder import commit_folder

PACKAGE = "EPUB/"
"""The folder of the package document in our EPUBs."""


def web_edition(publication: Publication, books: Iterable[Artifact], *, settings: Settings) -> Artifact:
    """The web edition as a ZIP file, with the EPUB and the PDF for the screen to be downloaded."""
    from publisher.epub.write.zip import Entry, seal_files

    made = {f"{DOWNLOADS}{artifact.name}": artifact.content for artifact in books}
    rendition = _rendition(publication, made, citation=_citation(publication, settings))
    pages = (Entry(name=page.href, content=page.content) for page in rendition.pages)
    assets = (Entry(name=asset.href, content=asset.content) for asset in rendition.assets)
    name = f"{publication.output.name}{ENDINGS[Format.WEB]}"
    return Artifact(name=name, content=seal_files((*pages, *assets)))


def web_pages(publication: Publication, files: Mapping[str, bytes], *, settings: Settings) -> WebRendition:
    """The pages of the web edition without files to be downloaded; `files` has those of an EPUB by their paths."""
    from publisher.render.web import render_web

    return render_web(publication, files, citation=_citation(publication, settings))


def web_page(publication: Publication, section_id: str, *, settings: Settings) -> WebRendition:
    """The page of one section of the web edition, and the style sheet that is made of it.

    Raises `PublisherError` if a template has a mistake.
    """
    from publisher.render.epub import render_section
    from publisher.render.web import render_page

    document = render_section(publication, section_id)
    return render_page(publication, document, section_id=section_id, citation=_citation(publication, settings))


def sites(
    publication: Publication, *, settings: Settings
) -> Callable[[Publication, Mapping[str, bytes]], WebRendition]:
    """What gives the web edition of a publication, from the files of one that has the books in it.

    The citation is made once, at the first call with files of a web edition.
    """
    citation = cache(lambda: _citation(publication, settings))

    def site(variant: Publication, files: Mapping[str, bytes]) -> WebRendition:
        return _rendition(variant, files, citation=citation())

    return site


def unpack(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths of finished files with those of the folders of web editions, which are written next to their ZIP files.

    Raises `PublisherError` with exit code 4 if a folder has files that the program did not write (O-051).
    """
    packed = [path for path in paths if path.name.endswith(ENDINGS[Format.WEB])]
    if not packed:
        return paths
    from publisher.verify.web.check import web_files

    folders = (
        commit_folder(path.parent, path.name.removesuffix(".zip"), web_files(read_file(path))) for path in packed
    )
    return (*paths, *folders)


def _rendition(publication: Publication, files: Mapping[str, bytes], *, citation: SiteCitation) -> WebRendition:
    """The pages and files of the web edition with these books in it."""
    from publisher.render.web import Download, render_web

    name = publication.output.name
    offered = ((f"{name}.epub", "EPUB"), (file_name(name, Profile.SCREEN), "PDF"))
    downloads = tuple(
        Download(name=text, label=label, content=files[f"{DOWNLOADS}{text}"])
        for text, label in offered
        if f"{DOWNLOADS}{text}" in files
    )
    if f"{DOWNLOADS}{name}.epub" not in files:
        message = f"the web edition lacks {DOWNLOADS}{name}.epub, of which it is made"
        raise PublisherError(Diagnostic(code="V-060", message=message), exit_code=ExitCode.UNPROVED)
    book = _files(files[f"{DOWNLOADS}{name}.epub"])
    return render_web(publication, book, citation=citation, downloads=downloads)


def _files(book: bytes) -> Mapping[str, bytes]:
    """The files of an EPUB, by their paths from the package document."""
    from publisher.epub.write.zip import unseal

    return {entry.name.removeprefix(PACKAGE): entry.content for entry in unseal(book) if entry.name.startswith(PACKAGE)}


def _citation(publication: Publication, settings: Settings) -> SiteCitation:
    """How readers cite the edition, as `publisher cite` does."""
    from publisher.compose.citations import Style
    from publisher.compose.citations.edition_record import bibtex, cited_in_style, edition_record, ris

    metadata = publication.metadata
    style = Style(name=settings.citation_style, own=settings.citation_file)
    citation, reference = cited_in_style(
        edition_record(metadata), style=style, language=metadata.language, locator=PLACE
    )
    return SiteCitation(
        citation=citation,
        reference=reference,
        bibtex=bibtex(metadata, locator=PLACE),
        ris=ris(metadata, locator=PLACE),
    )
