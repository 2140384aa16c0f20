"""What a volume may say of its accessibility, because it was measured.

EPUB Accessibility 1.1 (https://www.w3.org/TR/epub-a11y-11/), schema.org accessibility properties
(https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-vocabulary-20230718/).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from publisher.diagnostics import Span


class Claim(StrEnum):
    """What can be claimed; the values are those of schema.org, except the last two."""

    TABLE_OF_CONTENTS = "tableOfContents"
    STRUCTURAL_NAVIGATION = "structuralNavigation"
    READING_ORDER = "readingOrder"
    DISPLAY_TRANSFORMABILITY = "displayTransformability"
    ARIA = "ARIA"
    ALTERNATIVE_TEXT = "alternativeText"
    PAGE_NAVIGATION = "pageNavigation"
    PAGE_BREAK_MARKERS = "pageBreakMarkers"
    TABLE_HEADERS = "header cells of tables"
    CONTRAST = "contrast of colours"
    LANGUAGE = "language of every document"
    NO_HAZARDS = "no hazards"
    CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A claim that was not earned."""

    claim: Claim
    reason: str
    """In a sentence without a full stop, lower case first."""
    span: Span | None = None
    """Where the source causes it, if one does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accessibility:
    """What was measured in the documents and style sheets of a volume."""

    earned: tuple[Claim, ...]
    withheld: tuple[Withheld, ...]
    pictures: int
    """Pictures next to the cover."""
    tables: int
    contrast_light: float
    """The lowest contrast of text on light grounds, as a ratio to 1."""
    contrast_dark: float
    """The same on dark grounds."""

    @property
    def conforms(self) -> bool:
        """Whether everything that the standard asks for and that can be measured was found."""
        return Claim.CONFORMANCE in self.earned


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityStatement:
    """What the volume says of itself, ready to be printed."""

    measured: Accessibility
    summary: str
    """A few sentences in the volume's language."""
