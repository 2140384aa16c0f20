"""Papers and how thick a leaf is; the sources are in `docs/covers.md`."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the pages of a book are printed on."""

    name: str
    """`80 gsm offset`; for a caliper of one's own, as it was written: `0.1mm`, `444 ppi`."""
    caliper: float
    """Thickness of a leaf, which has two pages, in millimetres."""
    allowance: float = 0.0
    """What cover and glue add to the spine, in millimetres, where the printer says so."""
    source: str = ""
    """Who publishes the number."""


def _per_page(name: str, inches: float, source: str, *, allowance: float = 0.0) -> Paper:
    return Paper(name=name, caliper=round(2 * inches * 25.4, 5), allowance=allowance, source=source)


def _by_bulk(name: str, grammage: int, bulk: float) -> Paper:
    """A paper by its weight in g/m² and its bulk in cm³/g; their product is the caliper in µm."""
    return Paper(name=name, caliper=round(grammage * bulk / 1000, 5), source=_BULK)


_KDP = "Amazon KDP, paperback cover: spine width per page"
_LULU = "Lulu, spine width of paperbacks: pages ÷ 444 + 0.06 in"
_BULK = "Cloudprinter, how to calculate spine width: mean bulk of each kind"
_OFFSET = "Patterson Printing, house papers: caliper and pages per inch"

PAPERS: tuple[Paper, ...] = (
    _by_bulk("80 gsm offset", 80, 1.22),
    _by_bulk("90 gsm offset", 90, 1.22),
    _by_bulk("100 gsm offset", 100, 1.22),
    _by_bulk("80 gsm cream", 80, 1.20),
    _by_bulk("90 gsm cream", 90, 1.20),
    _by_bulk("115 gsm silk", 115, 0.90),
    _by_bulk("130 gsm silk", 130, 0.90),
    _by_bulk("115 gsm gloss", 115, 0.80),
    _by_bulk("130 gsm gloss", 130, 0.80),
    _per_page("kdp white", 0.002252, _KDP),
    _per_page("kdp cream", 0.0025, _KDP),
    _per_page("kdp premium colour", 0.002347, _KDP),
    _per_page("lulu", 1 / 444, _LULU, allowance=1.524),
    _per_page("50 lb offset", 0.00195, _OFFSET),
    _per_page("60 lb offset", 0.0023, _OFFSET),
    _per_page("70 lb offset", 0.00255, _OFFSET),
    _per_page("55 lb book", 0.0028, _OFFSET),
)
"""The papers that have a name; the first is what is meant where nothing is said."""

OWN = re.compile(r"(?P<mm>0?\.[0-9]+|[0-9]+(?:\.[0-9]+)?)\s*mm|(?P<ppi>[1-9][0-9]{1,3})\s*ppi", re.I)
"""A caliper of one's own: of a leaf in millimetres, or as pages per inch."""
THINNEST, THICKEST = 0.02, 1.0
"""Millimetres: Bible paper has 0.03, board begins at 0.3."""


def paper_called(words: str) -> Paper | None:
    """The paper of that name, or of that caliper (`0.1mm`) or number of pages per inch (`444 ppi`); None where none."""
    plain = " ".join(words.lower().split())
    own = OWN.fullmatch(plain)
    if own:
        caliper = float(own["mm"]) if own["mm"] else 2 * 25.4 / int(own["ppi"])
        return Paper(name=words, caliper=caliper) if THINNEST <= caliper <= THICKEST else None
    return next((paper for paper in PAPERS if paper.name == plain), None)
