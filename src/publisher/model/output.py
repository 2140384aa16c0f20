"""What is built of a volume and how it is set: formats, page, margins, style, numbers next to lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from publisher.diagnostics import Span
from publisher.model.page import LineNumbers, Margins, Openings, Sides
from publisher.model.pdf_standard import ScreenStandard
from publisher.model.profile import Profile, Profiles, Style
from publisher.model.target import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is built and how it is named and set."""

    name: str
    """File name without extension."""
    is_named: bool = field(default=True, compare=False, kw_only=True)
    """Whether the sources give the name; else it is made from that of their folder."""
    formats: tuple[Format, ...]
    page_width: str
    """CSS length."""
    page_height: str
    paragraph_numbers: bool
    chapters: bool = False
    """Whether each second-level heading of the text begins a section of its own."""
    style: Style = Style.DEFAULT
    sides: Sides = Sides.TWO
    openings: Openings | None = None
    """On which pages sections begin; None where the style has to know."""
    margins: Margins = field(default_factory=Margins)
    page_span: Span | None = None
    """Where `edition.yaml` says what leaves room for text: the margins, else the page."""
    profiles: Profiles = field(default_factory=Profiles)
    """What PDFs are made for."""
    pdf_standard: ScreenStandard = ScreenStandard.UA_1
    """What PDFs for screens and archives follow."""
    line_numbers: LineNumbers | None = None
    """None where lines are not numbered."""

    def made_for(self, profile: Profile) -> Output:
        """The output as a profile has it: what is said of its own pages, else what is said of all."""
        own = self.profiles.overrides(profile)
        width, height = own.page or (self.page_width, self.page_height)
        return replace(
            self,
            page_width=width,
            page_height=height,
            page_span=own.page_span or self.page_span,
            style=own.style or self.style,
            sides=own.sides or self.sides,
            margins=own.margins or self.margins,
            line_numbers=own.line_numbers or self.line_numbers,
        )

    def looks_alike(self, profile: Profile, other: Profile) -> bool:
        """Whether the pages of two profiles are the same."""
        references = self.profiles.references
        return self.made_for(profile) == self.made_for(other) and references(profile) is references(other)
