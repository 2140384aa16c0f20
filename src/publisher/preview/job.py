"""What a preview shows, made in one job: diagnostics first, then the text, the pages, the EPUB, what the proof finds.

Each result is written into the job's folder and announced by an event. A result is never changed afterwards.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from publisher.build import pipeline, staged
from publisher.build.checked import Checked
from publisher.build.request import BuildRequest
from publisher.build.web import unpack
from publisher.cache.folder import cache_problem
from publisher.cache.store import user_sections
from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.diagnostics.codec import encode
from publisher.diagnostics.report.json import record
from publisher.doctor import demand_libraries
from publisher.editing.places import flat, place
from publisher.layout.section import EARLY
from publisher.model.publication import Publication
from publisher.model.rendition import PageStart, PdfArtifact
from publisher.model.target import Audience, Copy, Format, Target
from publisher.model.web import WebRendition
from publisher.pdf.page_words import next_place, page_words
from publisher.pdf.raster import page_sizes, paint_page
from publisher.preview.host import Emit
from publisher.preview.shown_first import Screen, show_first
from publisher.preview.text_map import text_map, write_json
from publisher.render.context import document_name
from publisher.revision.store import texts_stored
from publisher.workers.opening import open_executor
from publisher.workspace import Folder, read_file
from publisher.workspace.files_made import write_made
from publisher.workspace.session import Session, new_session

NO_COVER = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)
"""A picture of one white pixel, until the cover is drawn."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """Announces each stage of the build."""

    emit: Emit

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Surround a stage."""
        self.emit(event="step", name=name)
        return nullcontext()


def target(request: Mapping[str, Any]) -> Target:
    """Return for whom and for what the volume is made."""
    copy = request.get("copy")
    return Target(audience=Audience(request["audience"]), copy=Copy(copy) if copy else None)


def request_of(request: Mapping[str, Any], emit: Emit) -> BuildRequest:
    """Return what is to be built."""
    return BuildRequest(
        folder=Folder(Path(request["root"])),
        target=target(request),
        strict=bool(request.get("strict")),
        progress=_Steps(emit),
    )


def warm(request: Mapping[str, Any], _: Path, emit: Emit) -> None:
    """Make a volume without any result, so that what is read once for all (fonts, citations) is in memory."""
    with new_session(parsed=files_parsed()), suppress(Exception):
        asked = request_of(request, emit)
        draft = staged.draft_edition(staged.prepare(asked), asked)
        staged.pages(draft, staged.draft_files(draft, cover=NO_COVER))
        if Format.PDF in draft.checked.formats and request.get("pages", True):
            with _open_file(request) as executor:
                own = replace(request_of(request, emit), executor=executor)
                made, starts = staged.screen_pdf(draft, request=own)
                staged.book_files(draft, starts, request=own)
            staged.proofread(draft, made.artifact.content)


def run(request: Mapping[str, Any], folder: Path, emit: Emit) -> None:
    """Make everything that the preview shows; ends early if the sources have errors."""
    with new_session(parsed=files_parsed()) as session:
        try:
            checked = _check(request, folder, emit, session)
            if checked is not None:
                with _open_file(request) as executor:
                    asked = replace(request_of(request, emit), executor=executor)
                    show_first(checked, asked, Screen.of(request), folder, emit)
                    _display(staged.draft_edition(checked, asked), asked, _earlier_cover(request), folder, emit)
        except PublisherError as error:
            _write_problems(folder, "problems.json", error.diagnostics)
            emit(event="problems", **_counts(error.diagnostics))


def check(request: Mapping[str, Any], folder: Path, emit: Emit) -> None:
    """Check the sources alone."""
    with new_session(parsed=files_parsed()) as session:
        _check(request, folder, emit, session, rendering=True)


def build(request: Mapping[str, Any], folder: Path, emit: Emit) -> None:
    """Check the sources and build what is asked for into the output folder."""
    with new_session(parsed=files_parsed()) as session:
        if _check(request, folder, emit, session, rendering=True) is None:
            return
        formats = tuple(map(Format, request["formats"]))
        output = Path(request["output"])
        demand_libraries()
        try:
            with _open_file(request) as executor:
                wanted = replace(request_of(request, emit), formats=formats, output=output, executor=executor)
                built = pipeline.build(wanted)
            paths = unpack(pipeline.keep(built.volume, output=output))
        except PublisherError as error:
            _write_problems(folder, "problems.json", error.diagnostics)
            emit(event="problems", **_counts(error.diagnostics))
            return
        write_json(folder, "built.json", [path.as_posix() for path in paths])
        _write_problems(folder, "problems.json", built.diagnostics)
        emit(event="problems", **_counts(built.diagnostics))
        emit(event="built")


@cache
def files_parsed() -> dict[Any, object]:
    """Return what was parsed of files in this process and in the one that it is a copy of."""
    return {}


def _check(
    request: Mapping[str, Any], folder: Path, emit: Emit, session: Session, *, rendering: bool = False
) -> Checked | None:
    """The composed volume after its problems were announced; None if there are errors.

    If it is not rendered, mistakes of its templates are found later.
    """
    found: tuple[Diagnostic, ...]
    checked, asked = None, request_of(request, emit)
    try:
        with texts_stored(Path(request["root"])):
            checked = staged.prepare(asked)
        if rendering:
            checked = staged.draft_edition(checked, asked).checked
        found = checked.warnings
    except PublisherError as error:
        checked, found = None, error.diagnostics
    write_json(folder, "read.json", sorted({str(path.parent) for path in session.read}))
    _write_problems(folder, "problems.json", found)
    emit(event="problems", **_counts(found))
    return checked


def _display(draft: staged.Draft, request: BuildRequest, cover: bytes, folder: Path, emit: Emit) -> None:
    """The text first, then pages, EPUB and findings, in this order."""
    emit(event="step", name="Making the text")
    _write_text(draft, staged.draft_files(draft, cover=cover), folder / "draft", emit)
    starts: tuple[PageStart, ...] = ()
    content = b""
    if Format.PDF in draft.checked.formats:
        emit(event="step", name="Setting the pages")
        made, starts = staged.screen_pdf(draft, request=request)
        content = made.artifact.content
        _write_pdf(made, folder, emit)
    emit(event="step", name="Making the EPUB")
    book, files = staged.book_files(draft, starts, request=request)
    write_made(folder / "epub", ((name, content) for name, content in files.items()))
    write_made(folder, (("book.epub", book),))
    write_json(folder, "epub.json", _spine(draft.publication, files))
    emit(event="epub")
    _write_text(draft, files, folder / "whole", emit)
    if content:
        _write_findings(draft, content, folder, emit)


def _write_findings(draft: staged.Draft, content: bytes, folder: Path, emit: Emit) -> None:
    emit(event="step", name="Proofreading the pages")
    seen = [
        {**_problem(item.diagnostic), "page": item.page, "boxes": item.boxes}
        for item in staged.proofread(draft, content)
    ]
    write_json(folder, "findings.json", seen)
    emit(event="findings", count=len(seen))


def _earlier_cover(request: Mapping[str, Any]) -> bytes:
    """The cover of an earlier run; a white pixel if there was none."""
    earlier = request.get("cover")
    try:
        return read_file(Path(earlier)) if earlier else NO_COVER
    except PublisherError:
        return NO_COVER


@contextmanager
def _open_file(request: Mapping[str, Any]) -> Iterator[Any]:
    """The executor: this process if most sections are in the cache, else several processes."""
    store = None if cache_problem(Path(request["root"])) is not None else user_sections()
    with open_executor(jobs=request.get("jobs", 1), early=EARLY, cache=store) as executor:
        yield executor
    if store is not None:
        store.evict()


def _write_text(draft: staged.Draft, files: Mapping[str, bytes], folder: Path, emit: Emit) -> None:
    rendition: WebRendition = staged.pages(draft, files)
    write_made(folder / "web", ((page.href, page.content) for page in rendition.pages))
    write_made(folder / "web", ((asset.href, asset.content) for asset in rendition.assets))
    known = {page.href for page in rendition.pages}
    write_json(folder, "text.json", text_map(draft.publication, known))
    emit(event="text", part=folder.name)


def _write_pdf(made: PdfArtifact, folder: Path, emit: Emit) -> None:
    content = made.artifact.content
    write_made(folder, (("book.pdf", content),))
    sizes = [{"label": label, "width": width, "height": height} for label, width, height in page_sizes(content)]
    write_json(folder, "pdf.json", {"pages": sizes, "sections": made.sections})
    emit(event="pdf", pages=len(sizes))


def picture(request: Mapping[str, Any], folder: Path, emit: Emit) -> None:
    """Draw one page of a PDF."""
    content = read_file(Path(request["pdf"]))
    write_made(folder, (("page.png", paint_page(content, index=request["page"], width=request["width"])),))
    emit(event="picture")


def words(request: Mapping[str, Any], folder: Path, emit: Emit) -> None:
    """Give the words of one page of a PDF with their places."""
    found = page_words(read_file(Path(request["pdf"])), index=request["page"])
    write_json(
        folder,
        "answer.json",
        {"words": [[stretch.text, *(round(part, 5) for part in stretch.box)] for stretch in found]},
    )
    emit(event="answer")


def find(request: Mapping[str, Any], folder: Path, emit: Emit) -> None:
    """Give the next place of words in a PDF."""
    content = read_file(Path(request["pdf"]))
    found = next_place(content, request["words"], page=request["page"], number=request["number"])
    write_json(folder, "answer.json", {"place": None if found is None else asdict(found)})
    emit(event="answer")


def _spine(publication: Publication, files: Mapping[str, bytes]) -> Any:
    """The documents of the EPUB in reading order."""
    sections = (
        (f"text/{document_name(section.id)}", section.label)
        for section in publication.sections
        if Format.EPUB in section.formats
    )
    given = (
        ("text/cover.xhtml", publication.metadata.title),
        ("text/nav.xhtml", publication.words.contents),
        *sections,
    )
    return {"documents": [{"href": href, "label": label} for href, label in dict(given).items() if href in files]}


def _counts(found: Iterable[Diagnostic]) -> Mapping[str, int]:
    weights = [diagnostic.severity for diagnostic in found]
    return {
        "errors": weights.count(Severity.ERROR),
        "warnings": weights.count(Severity.WARNING),
        "notes": weights.count(Severity.NOTE),
    }


def _write_problems(folder: Path, name: str, found: Iterable[Diagnostic]) -> None:
    found = tuple(found)
    write_json(folder, "diagnostics.json", encode(found))
    write_json(folder, name, [_problem(diagnostic) for diagnostic in flat(found)])


def _problem(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as the page shows it."""
    return {**record(diagnostic), "place": None if diagnostic.span is None else asdict(place(diagnostic.span))}
