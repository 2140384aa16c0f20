"""What the checks look at: one PDF with its sources and its limits."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.model.limits import Coverage, Limits
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.lines import SetBlock, Setting
from publisher.proof.reading.matched import Sourced, Stranger
from publisher.proof.reading.note_places import NotePlace
from publisher.proof.reading.painted import Paint, Sheet
from publisher.verify.line import Expected


@dataclass(frozen=True, kw_only=True)
class Job:
    """A PDF that is to be proofed."""

    sourced: Sourced
    limits: Limits
    is_cmyk: bool
    """Whether the file says, or the user, that it is for CMYK."""
    ink: int
    """Per cent of ink that are allowed at one point."""
    coverages: tuple[Coverage, ...]
    """The most ink of each page; empty where it was not measured."""

    @property
    def setting(self) -> Setting:
        """Its pages and blocks."""
        return self.sourced.setting

    @property
    def notes(self) -> tuple[NotePlace, ...]:
        """Its notes with their calls."""
        return self.sourced.notes

    @property
    def strangers(self) -> tuple[Stranger, ...]:
        """Its lines that no source holds."""
        return self.sourced.strangers

    @property
    def lacking(self) -> tuple[Expected, ...]:
        """Lines of the sources that are not in it."""
        return self.sourced.lacking

    def sheet(self, page: int) -> Sheet:
        """A page by its index."""
        return self.setting.sheets[page]

    def block_with(self, page: int, mcid: int | None) -> SetBlock | None:
        """The block that a marked sequence of a page belongs to."""
        return next((block for block in self.setting.blocks if (page, mcid) in block.branch.sequences), None)

    def words_at(self, page: int, paint: Paint) -> str:
        """The text that was painted."""
        return next((stretch.text for stretch in self.sheet(page).stretches if stretch.box == paint.box), "")

    def span_at_box(self, page: int, box: Box) -> Span | None:
        """Where the first picture, else the first line, is in its source that shares some of a box."""
        blocks = [block for block in self.setting.blocks if block.source]
        pictures = ((block, picture.box) for block in blocks for picture in block.pictures if picture.page == page)
        lines = ((block, line.box) for block in blocks for line in block.lines if line.page == page)
        found = next((block for block, picture in (*pictures, *lines) if picture.meets(box)), None)
        return found.source.span() if found and found.source else None
