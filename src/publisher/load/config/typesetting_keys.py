"""The key `typesetting`: where words are divided, how close paragraphs are, what begins a page, widths of pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from publisher.diagnostics import Span
from publisher.load.findings import Findings
from publisher.load.yaml.formats import LANGUAGE, WORDS
from publisher.load.yaml.nodes import Mapping, Node, Scalar
from publisher.load.yaml.schema import Keys, Record, Values, default
from publisher.load.yaml.types import At, Json, Kind, Many, Placed, Shaped, short
from publisher.model.typesetting import (
    MOST_TRACKING,
    NO_TYPESETTING,
    Divisible,
    PagedElement,
    PictureWidth,
    Tracking,
    Typesetting,
)

T = TypeVar("T")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+(?:['’][^\W\d_]+)*)*")
"""A word of letters, with hyphens where it may be divided."""
LONGEST_WORD = 100
MOST_WORDS = 2_000
"""How many words a language may have."""
ID = Shaped(what="the id of a paragraph", example="p12", pattern=r"[^\W\d][\w.-]*")
WIDTH = Shaped(what="a width", example="80mm", pattern=r"[1-9][0-9]{0,2}(?:\.[0-9])?(?:mm|%)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Generic[T]):
    """A mapping whose keys an editor chooses."""

    key: Kind[str]
    value: Kind[T]
    example: str

    def read(self, node: Node, *, findings: Findings) -> tuple[tuple[Placed, T], ...] | None:
        """The keys with their values. Notes E-005 where it is no mapping, and what the kinds note."""
        if not isinstance(node, Mapping):
            findings.error("E-005", "keys with values expected", span=node.span, hint=f"write {self.example}")
            return None
        found: list[tuple[Placed, T]] = []
        for pair in node.pairs:
            key = self.key.read(Scalar(text=pair.key, plain=False, span=pair.key_span), findings=findings)
            value = self.value.read(pair.value, findings=findings)
            if key is not None and value is not None:
                found.append((Placed(key, pair.key_span), value))
        return tuple(found)

    def schema(self) -> dict[str, Json]:
        """An object with any keys."""
        return {"type": "object", "additionalProperties": self.value.schema()}

    def blank(self) -> tuple[tuple[Placed, T], ...]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class DivisibleWord:
    """A word with hyphens where it may be divided."""

    def read(self, node: Node, *, findings: Findings) -> Divisible | None:
        """The word with its places. Notes E-007 where it is none."""
        text = WORDS.read(node, findings=findings)
        if text is None:
            return None
        written = text.strip().replace("\u00ad", "-")
        if len(written) > LONGEST_WORD or not _WORD.fullmatch(written):
            message = f"“{short(text)}” is not a word with hyphens where it may be divided"
            findings.error("E-007", message, span=node.span, hint="write letters and hyphens: cooper-ation")
            return None
        places, length = [], 0
        for part in written.split("-")[:-1]:
            length += len(part)
            places.append(length)
        return Divisible(word=written.replace("-", "").lower(), places=tuple(places))

    def schema(self) -> dict[str, Json]:
        """A string."""
        return {"type": "string", "examples": ["cooper-ation"]}

    def blank(self) -> Divisible:
        """A word of no letters."""
        return Divisible(word="", places=())


@dataclass(frozen=True, slots=True)
class Thousandths:
    """Thousandths of an em, within limits."""

    def read(self, node: Node, *, findings: Findings) -> int | None:
        """The number. Notes E-007 where it is none or outside of the limits."""
        text = node.text if isinstance(node, Scalar) else ""
        if re.fullmatch(r"[+-]?[0-9]{1,3}", text) and abs(int(text)) <= MOST_TRACKING:
            return int(text)
        message = f"“{short(text)}” is not a whole number from -{MOST_TRACKING} to {MOST_TRACKING}"
        hint = f"write thousandths of an em: -4 is closer, 4 is wider; more than {MOST_TRACKING} would be seen"
        findings.error("E-007", message, span=node.span, hint=hint)
        return None

    def schema(self) -> dict[str, Json]:
        """An integer."""
        return {"type": "integer", "minimum": -MOST_TRACKING, "maximum": MOST_TRACKING}

    def blank(self) -> int:
        """None."""
        return 0


class TypesettingKeys(Keys):
    """`typesetting`."""

    hyphenation = default(
        "hyphenation",
        Named(
            key=LANGUAGE,
            value=Many(kind=DivisibleWord(), most=MOST_WORDS),
            example="hyphenation: {en: [cooper-ation]}",
        ),
        absent=(),
        about="where words of a language are divided: {en: [cooper-ation, Lavrov]}",
    )
    tracking = default(
        "tracking",
        Named(key=ID, value=Thousandths(), example="tracking: {p12: -4}"),
        absent=(),
        about="paragraphs that are set closer or wider, in thousandths of an em: {p12: -4}",
    )
    page_breaks = default(
        "page-breaks", Many(kind=At(ID)), absent=(), about="what begins a page of the PDF, by its id: [p14]"
    )
    pictures = default(
        "picture-widths",
        Named(key=WORDS, value=WIDTH, example="picture-widths: {images/map.png: 80mm}"),
        absent=(),
        about="the width of pictures, by their files: {images/map.png: 80mm}",
    )


def _typesetting(given: Values) -> Typesetting:
    words: dict[str, tuple[Divisible, ...]] = {}
    for language, divisible in given[TypesettingKeys.hyphenation]:
        primary = language.text.partition("-")[0].lower()
        words[primary] = (*words.get(primary, ()), *divisible)

    def span(placed: Placed) -> Span | None:
        return placed.span

    return Typesetting(
        hyphenation=tuple(words.items()),
        tracking=tuple(
            Tracking(id=item.text, thousandths=value, span=span(item))
            for item, value in given[TypesettingKeys.tracking]
        ),
        page_breaks=tuple(PagedElement(id=item.text, span=span(item)) for item in given[TypesettingKeys.page_breaks]),
        pictures=tuple(
            PictureWidth(path=item.text, width=value, span=span(item))
            for item, value in given[TypesettingKeys.pictures]
        ),
    )


TYPESETTING = default(
    "typesetting",
    Record(keys=TypesettingKeys.all(), build=_typesetting, empty=NO_TYPESETTING),
    absent=NO_TYPESETTING,
    about="single words, paragraphs and pictures of the PDF, as publisher proof suggests it",
)
