"""The codes of ONIX for what is known of an edition (ONIX code lists, issue 73, https://ns.editeur.org/onix/en)."""

from __future__ import annotations

from publisher.model.accessibility import Claim
from publisher.model.pdf_standard import ScreenStandard
from publisher.model.trade import Availability, Exemption, Relation, SaleFormat

ROLES = {
    "adp": "B05",
    "aft": "A19",
    "ann": "A20",
    "att": "A01",
    "aui": "A24",
    "aut": "A01",
    "bkd": "A11",
    "cmp": "A06",
    "com": "C01",
    "cov": "A36",
    "cre": "A01",
    "ctb": "A32",
    "ctg": "A39",
    "dub": "A01",
    "edt": "B01",
    "ill": "A12",
    "ive": "A44",
    "ivr": "A43",
    "lbt": "A04",
    "lyr": "A05",
    "nrt": "E07",
    "pht": "A13",
    "red": "B01",
    "res": "A51",
    "trc": "B33",
    "trl": "B06",
    "waw": "A19",
    "wac": "A21",
    "wfw": "A23",
    "win": "A24",
    "wpr": "A15",
}
"""MARC relator codes and list 17."""
OTHER_ROLE = "Z99"
FORMS = {SaleFormat.EPUB: ("ED", "E101"), SaleFormat.PDF: ("ED", "E107"), SaleFormat.PRINT: ("BC", None)}
"""Lists 150 and 175: digital download as EPUB or PDF, paperback."""
STATUS = {
    Availability.AVAILABLE: ("04", "20"),
    Availability.FORTHCOMING: ("02", "10"),
    Availability.OUT_OF_PRINT: ("07", "51"),
    Availability.WITHDRAWN: ("11", "46"),
}
"""Lists 64 and 65: publishing status and product availability."""
RELATIONS = {
    Relation.INCLUDES: "01",
    Relation.PART_OF: "02",
    Relation.REPLACES: "03",
    Relation.REPLACED_BY: "05",
    Relation.ALTERNATIVE_FORMAT: "06",
    Relation.TRANSLATION: "11",
    Relation.SIMILAR: "23",
}
"""List 51."""
CLAIMS: dict[Claim, tuple[str, ...]] = {
    Claim.TABLE_OF_CONTENTS: ("11",),
    Claim.READING_ORDER: ("13",),
    Claim.ALTERNATIVE_TEXT: ("14",),
    Claim.PAGE_NAVIGATION: ("19", "41"),
    Claim.LANGUAGE: ("22",),
    Claim.CONTRAST: ("26",),
    Claim.STRUCTURAL_NAVIGATION: ("29",),
    Claim.ARIA: ("30",),
    Claim.DISPLAY_TRANSFORMABILITY: ("36",),
}
"""Measured claims and list 196."""
OF_PDF = frozenset({Claim.TABLE_OF_CONTENTS, Claim.READING_ORDER, Claim.ALTERNATIVE_TEXT, Claim.LANGUAGE})
"""The claims that are those of the PDF too; the others are about style sheets and markup of the EPUB."""
SUMMARY, EPUB_ACCESSIBILITY, NO_SIGHT_NEEDED = "00", "04", "52"
PDF_UA = {ScreenStandard.UA_1: "05", ScreenStandard.UA_2: "06"}
WCAG_2_2, LEVEL_AA, CERTIFIED_BY, PUBLISHER_PAGE, PUBLISHER_CONTACT = "82", "85", "90", "96", "99"
UNKNOWN_ACCESSIBILITY = "08"
EXEMPTIONS = {
    Exemption.MICRO_ENTERPRISE: "75",
    Exemption.DISPROPORTIONATE_BURDEN: "76",
    Exemption.FUNDAMENTAL_ALTERATION: "77",
}
NO_HAZARDS = ("14", "16", "18")
"""List 143: no hazard by flashes, sounds or simulated motion."""
UNKNOWN_HAZARDS = ("24", "25", "26")
THEMA_QUALIFIERS = {"1": "94", "2": "95", "3": "96", "4": "97", "5": "98", "6": "99"}
"""The first character of a qualifier and its scheme in list 27; subject categories have 93."""
THEMA, BISAC, KEYWORDS = "93", "10", "20"
