"""The keys of `proof` in `edition.yaml`: from where on something on its pages is a fault."""

from __future__ import annotations

from publisher.load.yaml.numbers import Decimal, Whole
from publisher.load.yaml.schema import Record, Values, defaulted, optional
from publisher.load.yaml.types import Flag
from publisher.model.limits import Limits

USUAL = Limits()
CMYK = defaulted("cmyk", Flag(), absent=USUAL.cmyk, about="whether the file is for a printer who wants CMYK")
INK = optional("ink", Whole(least=1), about="per cent that all inks together may make: 300")
DPI = defaulted("dpi", Whole(least=1), absent=USUAL.resolution, about="pixels an inch that a picture needs")
HYPHENS = defaulted("hyphens", Whole(), absent=USUAL.hyphens, about="lines in a row that may end with a hyphen")
LOOSE = defaulted("loose", Decimal(least=1), absent=USUAL.looseness, about="how many times too wide word spaces may be")
LAST_LINE = defaulted("last-line", Whole(), absent=USUAL.last_line, about="characters that a last line needs")
LAST_PAGE = defaulted("last-page", Whole(), absent=USUAL.last_page, about="lines that a last page needs")


def _limits(given: Values) -> Limits:
    return Limits(
        cmyk=given[CMYK],
        ink=given[INK],
        resolution=given[DPI],
        hyphens=given[HYPHENS],
        looseness=given[LOOSE],
        last_line=given[LAST_LINE],
        last_page=given[LAST_PAGE],
    )


PROOF_RECORD = Record(keys=(CMYK, INK, DPI, HYPHENS, LOOSE, LAST_LINE, LAST_PAGE), build=_limits, empty=USUAL)
PROOF = defaulted("proof", PROOF_RECORD, absent=USUAL, about="from where on something on the pages is a fault")
