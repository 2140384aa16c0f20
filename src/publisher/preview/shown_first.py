"""What is on the screen is made first: the page of the text that is shown, and the section whose pages are shown.

Both are made as the whole is, and are replaced by it. Style sheets, typefaces and pictures of the page of the text are
those of the last whole text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publisher.build import staged
from publisher.build.checked import Checked
from publisher.build.request import BuildRequest
from publisher.model.publication import Role
from publisher.model.target import Format
from publisher.preview.host import Emit
from publisher.preview.text_map import page_path, text_map, write_json
from publisher.workspace.files_made import link_made, read_made, write_made


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What the reader of the preview sees."""

    text: str = ""
    """The path of the page of the text; empty if none was shown."""
    page: int | None = None
    """The index of the page of the PDF; None if the pages are not shown."""
    last_text: Path | None = None
    """The folder of the last whole text."""
    last_pdf: Path | None = None
    """The folder of the last PDF."""

    @classmethod
    def of(cls, request: Mapping[str, Any]) -> Screen:
        """Return what the request of a job says."""
        given = request.get("screen") or {}
        page, text, pdf = given.get("page"), given.get("last_text"), given.get("last_pdf")
        return cls(
            text=str(given.get("text") or ""),
            page=page if isinstance(page, int) else None,
            last_text=Path(text) if text else None,
            last_pdf=Path(pdf) if pdf else None,
        )


def show_first(checked: Checked, request: BuildRequest, screen: Screen, folder: Path, emit: Emit) -> None:
    """Make what is on the screen, if it is known; raises `PublisherError` if a template has a mistake."""
    if screen.last_text is not None and screen.text:
        _show_text(checked, screen.text, screen.last_text, folder / "first", emit)
    if screen.last_pdf is not None and screen.page is not None and Format.PDF in checked.formats:
        _show_pages(checked, request, screen, folder, emit)


def _show_text(checked: Checked, href: str, last: Path, folder: Path, emit: Emit) -> None:
    publication = checked.publication
    assert publication is not None
    sections = [
        section
        for section in publication.sections
        if Format.EPUB in section.formats and section.role is not Role.CONTENTS
    ]
    shown = next((section for section in sections if page_path(section.id) == href), None)
    if shown is None:
        return
    made = staged.one_page(checked, shown.id)
    link_made(last / "web", folder / "web", but=".html")
    files = (
        *((page.href, page.content) for page in made.pages),
        *((asset.href, asset.content) for asset in made.assets),
    )
    write_made(folder / "web", files)
    known = {page_path(section.id) for section in sections}
    # the page about accessibility, which is measured later, is among those of the last text
    pages = json.loads(read_made(last / "text.json"))["pages"]
    write_json(folder, "text.json", {**text_map(publication, known), "pages": pages, "only": [href]})
    emit(event="text", part=folder.name)


def _show_pages(checked: Checked, request: BuildRequest, screen: Screen, folder: Path, emit: Emit) -> None:
    assert screen.last_pdf is not None
    assert screen.page is not None
    sections = list[tuple[str, int, int]]()
    with suppress(OSError, ValueError, KeyError):
        sections = [tuple(load) for load in json.loads(read_made(screen.last_pdf / "pdf.json"))["sections"]]
    shown = next((section for section, first, count in sections if first <= screen.page < first + count), None)
    if shown is None:
        return
    counts = {section: count for section, _, count in sections}
    made = staged.section_pages(checked, shown, counts=counts, request=request)
    if made is not None:
        write_made(folder, (("section.pdf", made.content),))
        emit(event="section", first=made.first, count=made.count, was=counts[shown])
