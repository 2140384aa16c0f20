"""The EPUB in which words are located: one that is there and proved to be the edition, else one built for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.build.verification.semantic import within_limits
from publisher.diagnostics import ExitCode, PublisherError
from publisher.diagnostics.progress import Progress
from publisher.epub.read.book import open_book
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.target import DEFAULT_TARGET, Format, Target
from publisher.model.walk import plain
from publisher.render import shipped_files
from publisher.verify import verify
from publisher.workspace import Folder, read_file

USUAL_OUTPUT = Path("output")
BUILT_NOW = "as it is built now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A finished EPUB."""

    name: str
    """Where it is, or that it was built for the purpose."""
    content: bytes


def finish(
    folder: Folder,
    publication: Publication,
    *,
    epub: Path | None,
    anew: bool,
    target: Target = DEFAULT_TARGET,
    progress: Progress,
) -> Finished:
    """The EPUB that was named, else the one in the usual folder if it is this edition with its pages, else a new one.

    Raises `PublisherError` where the one that was named is not this edition.
    """
    if epub is not None:
        with progress.stage("Proving the EPUB"):
            return _prove(epub, publication)
    usual = USUAL_OUTPUT / f"{publication.output.name}.{Format.EPUB}"
    if not anew and usual.is_file():
        try:
            with progress.stage("Looking at the finished EPUB"):
                found = _prove(usual, publication)
        except PublisherError as error:
            if error.exit_code is not ExitCode.UNPROVED:
                raise
        else:
            if open_book(found.content).page_source or not _has_pages(publication):
                return found
    return _build(folder, publication, target=target, progress=progress)


def _has_pages(publication: Publication) -> bool:
    """Whether the EPUB of the edition has a page list."""
    return publication.page_map is not None or Format.PDF in publication.output.formats


def _prove(path: Path, publication: Publication) -> Finished:
    """A finished EPUB; raises `PublisherError` with exit code 5 where it is not this edition."""
    content = read_file(path)
    artifact = Artifact(name=path.name, content=content)

    def prove() -> bytes:
        verify(publication, (artifact,), shipped=shipped_files)
        return b""

    within_limits(prove, (artifact,), words=sum(len(plain(section.blocks)) for section in publication.sections))
    return Finished(name=path.as_posix(), content=content)


def _build(folder: Folder, publication: Publication, *, target: Target, progress: Progress) -> Finished:
    """The EPUB as a build makes it now, with a PDF laid out for its pages where they come from one."""
    formats = (Format.EPUB,) if publication.page_map else (*publication.output.formats, Format.EPUB)
    wanted = tuple(dict.fromkeys(formats))
    built = pipeline.build(BuildRequest(folder=folder, target=target, formats=wanted, progress=progress))
    epub = next(artifact for artifact in built.volume.artifacts if artifact.name.endswith(f".{Format.EPUB}"))
    return Finished(name=BUILT_NOW, content=epub.content)
