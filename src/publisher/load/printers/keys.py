"""The keys of the file that describes a printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from publisher.load.config.page_sizes import LENGTH
from publisher.load.yaml.formats import DAY, WORDS
from publisher.load.yaml.numbers import Whole
from publisher.load.yaml.schema import Keys, Record, Values, default, optional, record, require
from publisher.load.yaml.types import Flag, Many, OneOf
from publisher.model.pdf_standard import PrintStandard
from publisher.model.printer import (
    BleedRule,
    InkRule,
    MarginRule,
    PageCountRule,
    PaperRule,
    Printer,
    RuleSource,
    StandardRule,
    TrimRule,
)
from publisher.model.profile import points

T = TypeVar("T")
PAIR = Many(kind=LENGTH, least=2, most=2)
NOWHERE = RuleSource(source="", read="")


class RuleKeys(Keys):
    """What every rule has."""

    source = require("source", WORDS, about="where the rule is from: a document or a web address")
    read = require("read", DAY, about="the day on which that was read")


def _rule(
    keys: type[Keys], model: Callable[..., T], build: Callable[[Values], dict[str, Any]], *, empty: T
) -> Record[T]:
    """A rule with its source; `build` gives the other fields."""

    def made(given: Values) -> T:
        origin = RuleSource(source=given[RuleKeys.source], read=given[RuleKeys.read])
        return model(origin=origin, **build(given))

    return Record(keys=keys.all(), build=made, empty=empty)


def _pair(lengths: tuple[str, ...] | None) -> tuple[float, float] | None:
    return None if not lengths else (points(lengths[0]), points(lengths[1]))


class TrimKeys(RuleKeys):
    """`trims`."""

    sizes = require("sizes", Many(kind=PAIR, least=1), about="width and height of each size")
    width = optional("width", PAIR, about="the least and the largest width of other sizes")
    height = optional("height", PAIR, about="the least and the largest height of other sizes")


def _trims(given: Values) -> dict[str, Any]:
    sizes = tuple((points(width), points(height)) for width, height in given[TrimKeys.sizes])
    return {"sizes": sizes, "widths": _pair(given[TrimKeys.width]), "heights": _pair(given[TrimKeys.height])}


class PageKeys(RuleKeys):
    """`pages`."""

    least = require("least", Whole(least=1), about="the least number of pages")
    most = optional("most", Whole(least=1), about="the largest number of pages")
    multiple = default("multiple", Whole(least=1), absent=1, about="by what the number has to be divisible")


class InsideKeys(Keys):
    """A line of `inside`."""

    pages = require("pages", Whole(least=1), about="the page count up to which this margin is enough")
    margin = require("margin", LENGTH, about="the least inside margin")


INSIDE_RECORD = record(InsideKeys, lambda pages, margin: (int(pages), points(margin)), empty=(1, 0.0))


class MarginKeys(RuleKeys):
    """`margins`."""

    inside = require("inside", Many(kind=INSIDE_RECORD, least=1), about="the least inside margin by page count")
    outside = require("outside", LENGTH, about="the least outer margin")
    top = require("top", LENGTH, about="the least margin above")
    bottom = require("bottom", LENGTH, about="the least margin below")


def _margins(given: Values) -> dict[str, Any]:
    sides = {
        "outside": points(given[MarginKeys.outside]),
        "top": points(given[MarginKeys.top]),
        "bottom": points(given[MarginKeys.bottom]),
    }
    return {"inside": tuple(sorted(given[MarginKeys.inside])), **sides}


class BleedKeys(RuleKeys):
    """`bleed`."""

    amount = require("amount", LENGTH, about="how far print reaches beyond the edge")
    marks = default("marks", Flag(), absent=False, about="whether crop marks are taken")


def _bleed(given: Values) -> dict[str, Any]:
    return {"amount": points(given[BleedKeys.amount]), "marks": given[BleedKeys.marks]}


class InkKeys(RuleKeys):
    """`ink`."""

    most = require("most", Whole(least=1), about="per cent, all inks together: 240")


class PaperKeys(RuleKeys):
    """`paper`."""

    names = require("names", Many(kind=WORDS, least=1), about="names of papers as cover: paper takes them")


class StandardKeys(RuleKeys):
    """`standards`."""

    names = require("names", Many(kind=OneOf(PrintStandard), least=1), about="the parts of PDF/X that it takes: x-1a")


TRIMS = _rule(TrimKeys, TrimRule, _trims, empty=TrimRule(origin=NOWHERE, sizes=()))
PAGES = _rule(
    PageKeys,
    PageCountRule,
    lambda given: PageKeys.fields(given, PageCountRule),
    empty=PageCountRule(origin=NOWHERE, least=1),
)
MARGINS = _rule(
    MarginKeys,
    MarginRule,
    _margins,
    empty=MarginRule(origin=NOWHERE, inside=((1, 0.0),), outside=0.0, top=0.0, bottom=0.0),
)
BLEED = _rule(BleedKeys, BleedRule, _bleed, empty=BleedRule(origin=NOWHERE, amount=0.0, marks=True))
INK = _rule(InkKeys, InkRule, lambda given: {"most": given[InkKeys.most]}, empty=InkRule(origin=NOWHERE, most=400))
PAPER = _rule(
    PaperKeys, PaperRule, lambda given: {"names": given[PaperKeys.names]}, empty=PaperRule(origin=NOWHERE, names=())
)


STANDARDS = _rule(
    StandardKeys,
    StandardRule,
    lambda given: {"names": given[StandardKeys.names]},
    empty=StandardRule(origin=NOWHERE, names=()),
)


class PrinterKeys(Keys):
    """A printer."""

    name = require("name", WORDS, about="the name of the printer")
    trims = optional("trims", TRIMS, about="the sizes of pages that it prints")
    pages = optional("pages", PAGES, about="how many pages a book may have")
    margins = optional("margins", MARGINS, about="how far print has to be from edges and spine")
    bleed = optional("bleed", BLEED, about="what is printed beyond the edge")
    ink = optional("ink", INK, about="how much ink there may be")
    paper = optional("paper", PAPER, about="what it prints on")
    standards = optional("standards", STANDARDS, about="the parts of PDF/X that it takes")


PRINTER_RECORD = Record(
    keys=PrinterKeys.all(),
    build=lambda given: Printer(**PrinterKeys.fields(given, Printer)),
    empty=Printer(name=""),
)
