"""The keys of `proof` in `edition.yaml`: from where on something on its pages is a fault."""

from __future__ import annotations

from publisher.load.yaml.numbers import Decimal, Whole
from publisher.load.yaml.schema import Keys, defaulted, optional, record
from publisher.load.yaml.types import Flag
from publisher.model.limits import Limits

USUAL = Limits()


class ProofKeys(Keys):
    """`proof`."""

    cmyk = defaulted("cmyk", Flag(), absent=USUAL.cmyk, about="whether the file is for a printer who wants CMYK")
    ink = optional("ink", Whole(least=1), about="per cent that all inks together may make: 300")
    resolution = defaulted("dpi", Whole(least=1), absent=USUAL.resolution, about="pixels an inch that a picture needs")
    hyphens = defaulted("hyphens", Whole(), absent=USUAL.hyphens, about="lines in a row that may end with a hyphen")
    looseness = defaulted(
        "loose", Decimal(least=1), absent=USUAL.looseness, about="how many times too wide word spaces may be"
    )
    last_line = defaulted("last-line", Whole(), absent=USUAL.last_line, about="characters that a last line needs")
    last_page = defaulted("last-page", Whole(), absent=USUAL.last_page, about="lines that a last page needs")


PROOF_RECORD = record(ProofKeys, Limits, empty=USUAL)
PROOF = defaulted("proof", PROOF_RECORD, absent=USUAL, about="from where on something on the pages is a fault")
