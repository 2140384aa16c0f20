"""What was painted on a page, piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from publisher.proof.reading.geometry import Box


class Ink(StrEnum):
    """The family of a colour space (ISO 32000-1, 8.6)."""

    GRAY = "gray"
    RGB = "RGB"
    CMYK = "CMYK"
    SPOT = "spot colour"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What something painted is."""

    TEXT = "text"
    LINE = "lines or areas"
    PICTURE = "a picture"
    SHADING = "a colour gradient"
    GROUP = "a transparency group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Glyphs shown by one instruction, on one baseline."""

    text: str
    """What a reader is reported: the characters, or what is in their place (ActualText)."""
    shown: str
    """The characters as the font knows them; one for each glyph, a space for those that are none."""
    page: int
    starts: Sequence[float] = field(hash=False)
    """Where each glyph begins, from the left of the page: an array, which takes a fifth of the memory of a tuple."""
    ends: Sequence[float] = field(hash=False)
    """Where each glyph ends, by its own width."""
    y: float
    """Of the baseline."""
    size: float
    mcid: int | None
    """Number of its marked sequence."""
    artifact: bool
    """Whether it is no part of the text: a running head, a folio."""
    seen: bool
    missing: tuple[int, ...] = ()
    """Which of its glyphs are `.notdef`."""

    @property
    def box(self) -> Box:
        """Around its glyphs, spaces at either end left out."""
        inked = [at for at, text in enumerate(self.shown) if not text.isspace()] or [0, len(self.shown) - 1]
        top, bottom = self.y + 0.75 * self.size, self.y - 0.25 * self.size
        return Box(left=self.starts[inked[0]], bottom=bottom, right=self.ends[inked[-1]], top=top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of pixels, as it is placed."""

    page: int
    width: int
    height: int
    """In pixels."""
    across: float
    upward: float
    """How wide and how high it is placed, in points, however it is turned."""
    box: Box
    mcid: int | None

    @property
    def resolution(self) -> float:
        """Pixels an inch where they are fewest."""
        return min(self.width * 72 / max(self.across, 0.01), self.height * 72 / max(self.upward, 0.01))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """Colour put on a page."""

    kind: Kind
    ink: Ink
    box: Box
    mcid: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of a PDF."""

    index: int
    """Counted from 0."""
    label: str
    """The number printed on it, or that it would have."""
    media: Box
    trim: Box
    """What is left of it after the cut."""
    bleed: Box
    """How far is printed beyond the cut; outside of it are marks for the printer."""
    stretches: tuple[Stretch, ...]
    pictures: tuple[Picture, ...]
    paints: tuple[Paint, ...]
    boxes: tuple[Box, ...]
    """Rectangles that were filled or framed."""

    @property
    def name(self) -> str:
        """`page 12 (sheet 21)`: the printed number, and which page of the file it is."""
        return f"page {self.label} (sheet {self.index + 1})" if self.label else f"sheet {self.index + 1}"
