"""What a printer takes: sizes, page counts, margins, bleed, ink and papers, each with its source."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.diagnostics import Span
from publisher.model.pdf_standard import PrintStandard


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """Where a rule is from."""

    source: str
    """A document or a web address."""
    read: str
    """The day on which it was read, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimRule:
    """The sizes of pages."""

    origin: RuleSource
    sizes: tuple[tuple[float, float], ...]
    """Width and height in points."""
    widths: tuple[float, float] | None = None
    """The least and the largest width of a size of one's own; None if only `sizes` are taken."""
    heights: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCountRule:
    """How many pages a book may have."""

    origin: RuleSource
    least: int
    most: int | None = None
    multiple: int = 1
    """By what the number has to be divisible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginRule:
    """How far from the edges and the spine print has to be, in points."""

    origin: RuleSource
    inside: tuple[tuple[int, float], ...]
    """Page count up to which, and the margin; beyond the last one, its margin."""
    outside: float
    top: float
    bottom: float

    def inside_of(self, pages: int) -> float:
        """The least inside margin of a book with so many pages."""
        return next((margin for most, margin in self.inside if pages <= most), self.inside[-1][1])


@dataclass(frozen=True, slots=True, kw_only=True)
class BleedRule:
    """What is printed beyond the edge."""

    origin: RuleSource
    amount: float
    """In points."""
    marks: bool
    """Whether crop marks are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InkRule:
    """How much ink there may be at one point."""

    origin: RuleSource
    most: int
    """Per cent, all inks together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRule:
    """What the book may be printed on."""

    origin: RuleSource
    names: tuple[str, ...]
    """Names of papers that the cover's spine is computed from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardRule:
    """The parts of PDF/X that are taken."""

    origin: RuleSource
    names: tuple[PrintStandard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """A printer; a rule that it does not have is None."""

    name: str
    trims: TrimRule | None = None
    pages: PageCountRule | None = None
    margins: MarginRule | None = None
    bleed: BleedRule | None = None
    ink: InkRule | None = None
    paper: PaperRule | None = None
    standards: StandardRule | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    """Where `printer` is named."""
    paper_span: Span | None = field(default=None, compare=False, repr=False)
    """Where the cover is described, if it is."""
