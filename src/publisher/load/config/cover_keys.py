"""The keys below `cover` in `edition.yaml`."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.load.findings import Findings, suggestion
from publisher.load.yaml.nodes import Node
from publisher.load.yaml.schema import Keys, Record, Values, default, optional, record, require
from publisher.load.yaml.types import At, Json, OneOf, Placed, Shaped, Words
from publisher.model.cover import Design, SpineText
from publisher.model.paper import PAPERS, Paper, paper_called


@dataclass(frozen=True, slots=True)
class PaperKind:
    """The name of a paper, or a caliper of one's own."""

    def read(self, node: Node, *, findings: Findings) -> Paper | None:
        """The paper. Notes E-006 where it is not known."""
        text = Words().read(node, findings=findings)
        paper = None if text is None else paper_called(text)
        if text is not None and paper is None:
            findings.error(
                "E-006", f"“{text}” is no paper that has a name here", span=node.span, hint=paper_suggestion(text)
            )
        return paper

    def schema(self) -> dict[str, Json]:
        """The names, or a caliper."""
        return {"anyOf": [{"enum": [paper.name for paper in PAPERS]}, {"type": "string", "pattern": _OWN_SCHEMA}]}

    def blank(self) -> Paper:
        """The first of them."""
        return PAPERS[0]


_OWN_SCHEMA = r"^(?:0?\.[0-9]+|[0-9]+(?:\.[0-9]+)?)\s*mm$|^[1-9][0-9]{1,3}\s*ppi$"
"""`paper.OWN` in the words of JSON Schema."""


def paper_suggestion(words: str) -> str:
    """A hint with the nearest name, or all of them, and how to give a caliper of one's own."""
    known = tuple(paper.name for paper in PAPERS)
    return f"{suggestion(words.lower(), known)} a thickness of your own is written 0.1mm (of a leaf) or 444 ppi"


COLOUR = Shaped(what="a colour", example="#7a1f1f", pattern=r"#[0-9A-Fa-f]{6}")
WORDS = Words()
AS_ALLOWED = Placed("auto")
PLACED = At(WORDS)


class ColourKeys(Keys):
    """`colours`."""

    ground = optional("ground", COLOUR, about="what most of the cover is printed in")
    ink = optional("ink", COLOUR, about="the words on the ground")
    accent = optional("accent", COLOUR, about="band, rules, motif")
    on_accent = optional("on-accent", COLOUR, about="the words on the accent")


class CoverImageKeys(Keys):
    """`image`."""

    file = require("file", PLACED, about="PNG, JPEG or SVG, as seen from the edition's folder")
    alternative = require("alt", WORDS, about="what it shows, for those who do not see it")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedColours:
    """The colours given, and where."""

    ground: str | None = None
    ink: str | None = None
    accent: str | None = None
    on_accent: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedImage:
    """The picture's file, with its place, and its alternative text."""

    file: Placed
    alternative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCover:
    """What `cover` says, with the places of what can turn out wrong later."""

    design: Design | None = None
    blurb: Placed | None = None
    price: Placed | None = None
    price_code: Placed | None = None
    colours: PlacedColours | None = None
    image: PlacedImage | None = None
    paper: Paper = PAPERS[0]
    spine_text: Placed = AS_ALLOWED
    bleed: str = "3mm"
    span: Span | None = None
    """Its first key."""


def _colours(given: Values) -> PlacedColours:
    return PlacedColours(**ColourKeys.fields(given, PlacedColours), span=given.span)


class CoverKeys(Keys):
    """`cover`."""

    design = optional("design", OneOf(Design), about="how it looks; without one, the EPUB has its plain cover")
    blurb = optional("blurb", PLACED, about="what the back says: a few sentences, or the name of a Markdown file")
    price = optional("price", PLACED, about="the price as it is printed: £14.99")
    price_code = optional(
        "price-code",
        At(Shaped(what="a price code of five digits", example="90000", pattern=r"[0-9]{5}")),
        about="the add-on to the barcode (EAN-5): 90000 where there is no price; in quotes",
    )
    colours = optional(
        "colours",
        Record(keys=ColourKeys.all(), build=_colours, empty=PlacedColours()),
        about="colours of your own, #rrggbb; those left out are the design's",
    )
    image = optional(
        "image",
        record(CoverImageKeys, PlacedImage, empty=PlacedImage(file=Placed(""), alternative="")),
        about="a picture on the front",
    )
    paper = default("paper", PaperKind(), absent=PAPERS[0], about="a named paper, or the thickness of a leaf: 0.1mm")
    spine_text = default(
        "spine-text", At(OneOf(SpineText)), absent=AS_ALLOWED, about="whether the spine has words: auto, always, never"
    )
    bleed = default(
        "bleed",
        Shaped(what="a bleed from 0 to 9.9 mm", example="3mm", pattern=r"[0-9](\.[0-9]+)?mm|0?\.[0-3][0-9]*in"),
        absent="3mm",
        about="what is printed beyond the trim",
    )


COVER_RECORD = Record(
    keys=CoverKeys.all(),
    build=lambda given: PlacedCover(**CoverKeys.fields(given, PlacedCover), span=given.begin),
    empty=PlacedCover(),
)


def cover_span(placed: PlacedCover | None) -> Span | None:
    """Where the cover is described; None if it is not."""
    return None if placed is None else placed.span
