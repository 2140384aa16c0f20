"""What is built of a volume and how it is set: formats, page, margins, style, numbers beside lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from publisher.diagnostics import Span
from publisher.model.leaf import Margins, Sides
from publisher.model.profile import Profile, Profiles
from publisher.model.wish import Format


class Style(StrEnum):
    """A house style: a set of style sheets over shared tokens."""

    DEFAULT = "default"
    ACCESSIBLE = "accessible"
    """Large sans, ragged, wide, of strong contrast."""
    COMPACT = "compact"
    """Small type, narrow margins: saves paper."""


class LineCount(StrEnum):
    """Where the numbers of lines begin anew."""

    PAGE = "page"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNumbers:
    """Numbers beside the lines of the text, in the PDF."""

    every: int = 5
    """Which lines bear theirs: each fifth."""
    by: LineCount = LineCount.PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is built and how it is named and set."""

    name: str
    """File name without extension."""
    formats: tuple[Format, ...]
    page_width: str
    """CSS length."""
    page_height: str
    paragraph_numbers: bool
    chapters: bool = False
    """Whether each second-level heading of the text begins a section of its own."""
    style: Style = Style.DEFAULT
    sides: Sides = Sides.TWO
    margins: Margins = field(default_factory=Margins)
    page_span: Span | None = None
    """Where `edition.yaml` says what leaves room for text: the margins, else the page."""
    profiles: Profiles = field(default_factory=Profiles)
    """What PDFs are made for."""
    line_numbers: LineNumbers | None = None
    """None where lines are not numbered."""

    def made_for(self, profile: Profile) -> Output:
        """The output with what a profile has otherwise: trim, sides and margins of the printed page."""
        printed = self.profiles.printed
        if profile is not Profile.PRINT:
            return self
        width, height = printed.page or (self.page_width, self.page_height)
        return replace(
            self,
            page_width=width,
            page_height=height,
            page_span=printed.page_span or self.page_span,
            sides=printed.sides or self.sides,
            margins=printed.margins or self.margins,
        )
