"""What an edition says of its cover."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from publisher.diagnostics import Source, Span
from publisher.model.block import Block
from publisher.model.paper import PAPERS, Paper


class Design(StrEnum):
    """How a cover looks; its value is the name of its template and of its style sheet."""

    TYPOGRAPHIC = "typographic"
    BANDED = "banded"
    MOTIF = "motif"


class SpineText(StrEnum):
    """When the spine has words."""

    AUTO = "auto"
    """Where printers allow it."""
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a cover, `#rrggbb` each."""

    ground: str
    """What most of it is printed in."""
    ink: str
    """The words on the ground."""
    accent: str
    """Band, rule, motif."""
    on_accent: str
    """The words on the accent."""


PALETTES: dict[Design, Palette] = {
    Design.TYPOGRAPHIC: Palette(ground="#f3eee3", ink="#1d2433", accent="#8c2f23", on_accent="#ffffff"),
    Design.BANDED: Palette(ground="#f4efe6", ink="#22201d", accent="#7a1f1f", on_accent="#fbf7ef"),
    Design.MOTIF: Palette(ground="#17324a", ink="#f5efe2", accent="#d9a441", on_accent="#17222e"),
}
"""The colours of each design where the edition gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverImage:
    """A picture on the front."""

    path: str
    """As the edition names it."""
    media_type: str
    content: bytes
    width: int
    """In pixels."""
    height: int
    alternative: str
    """What it shows, in words."""
    shown: str = field(default="", compare=False)
    """Path to show, relative to where the command was run."""
    source: bytes = field(default=b"", compare=False, repr=False)
    """Of a drawing the file that it was rebuilt from, for its lines."""

    @property
    def is_drawing(self) -> bool:
        """Whether it has no pixels that could be too few."""
        return self.media_type == "image/svg+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverPlaces:
    """Where `edition.yaml` says what can turn out wrong later."""

    title: Span | None = None
    blurb: Span | None = None
    price: Span | None = None
    spine_text: Span | None = None
    colours: Span | None = None
    image: Span | None = None


NOWHERE = CoverPlaces()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The cover as the edition describes it."""

    design: Design | None = None
    """None where none is chosen: the EPUB then has the plain cover, the printer's cover the banded one."""
    blurb: tuple[Block, ...] = ()
    """What the back says of the book."""
    blurb_source: Source | None = None
    """The file that the blurb is in; None where it is in `edition.yaml`."""
    price: str | None = None
    price_code: str | None = None
    """The five digits of the add-on to the barcode."""
    palette: Palette = PALETTES[Design.BANDED]
    image: CoverImage | None = None
    paper: Paper = PAPERS[0]
    spine_text: SpineText = SpineText.AUTO
    bleed: str = "3mm"
    """CSS length; what is printed beyond the trim on every outer side."""
    places: CoverPlaces = field(default=NOWHERE, compare=False, repr=False)

    @property
    def printed_design(self) -> Design:
        """The design of the printer's cover."""
        return self.design or Design.BANDED


NO_COVER = Cover()
"""That of an edition which says nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverPlan:
    """The measures of one cover, in millimetres."""

    design: Design
    trim_width: float
    """Of the front, and of the back."""
    trim_height: float
    spine: float
    """Width of the spine; 0 where there is only a front."""
    bleed: float
    title_size: float
    """Size of the title on the front."""
    spine_size: float | None
    """Size of the words on the spine; None where it has none."""

    @property
    def width(self) -> float:
        """Of back, spine and front with the bleed; of the front alone where there is no spine."""
        panels = 2 * self.trim_width + self.spine if self.spine else self.trim_width
        return panels + 2 * self.bleed

    @property
    def height(self) -> float:
        """With the bleed."""
        return self.trim_height + 2 * self.bleed

    @property
    def spine_left(self) -> float:
        """Where the spine begins, from the left edge of the bleed."""
        return self.bleed + self.trim_width

    @property
    def front_left(self) -> float:
        """Where the front begins, from the left edge of the bleed."""
        return self.spine_left + self.spine if self.spine else self.bleed

    @property
    def art(self) -> tuple[float, float]:
        """Width and height of a picture on the front, with the bleed that it needs."""
        return art_box(self.design, width=self.trim_width, height=self.trim_height, bleed=self.bleed)


MOTIF_COLUMNS = 6
"""Tiles from fold to fore-edge; whole rows of them end at the trim."""


def art_box(design: Design, *, width: float, height: float, bleed: float) -> tuple[float, float]:
    """Width and height, in the unit of the trim, of the picture on the front of a design."""
    match design:
        case Design.TYPOGRAPHIC:
            return width * 0.47, height * 0.33
        case Design.BANDED:
            return width * 0.5, height * 0.27
        case Design.MOTIF:
            tile = (width + bleed) / MOTIF_COLUMNS
            return width + bleed, round(height * 0.56 / tile) * tile + bleed
        case _:
            assert_never(design)
