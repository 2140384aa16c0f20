"""What the keys below `trade` may hold: amounts, subject codes, DOIs, ISSNs, ORCIDs, countries and currencies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.numbers import get_territory_currencies

from publisher.load.findings import Findings, nearest, suggestion
from publisher.load.yaml.nodes import Node, Scalar
from publisher.load.yaml.types import Json, Shaped, Words, short

NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""Codes of the CLDR that are no countries in ISO 3166-1."""
USUAL_NAMES = {"UK": "GB", "USA": "US", "EURO": "EUR", "€": "EUR", "£": "GBP", "$": "USD"}
"""What people write in the place of some codes."""
AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,3})?")
SIGNS = (
    ("US$", "USD"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("$", "USD"),
    ("¥", "JPY"),
    ("zł", "PLN"),
    ("₴", "UAH"),
    ("₹", "INR"),
    ("₺", "TRY"),
    ("CHF", "CHF"),
)
"""Signs that people write next to an amount, and the currency that most of them mean."""
BISAC_HEADINGS = (
    *("ANT", "ARC", "ART", "BIB", "BIO", "BUS", "CGN", "CKB", "COM", "CRA", "DES", "DRA", "EDU", "FAM", "FIC", "FOR"),
    *("GAM", "GAR", "HEA", "HIS", "HOM", "HUM", "JNF", "JUV", "LAN", "LAW", "LCO", "LIT", "MAT", "MED", "MUS", "NAT"),
    *("NON", "OCC", "PER", "PET", "PHI", "PHO", "POE", "POL", "PSY", "REF", "REL", "SCI", "SEL", "SOC", "SPO", "STU"),
    *("TEC", "TRA", "TRU", "TRV", "YAF", "YAN"),
)
"""The letters of the 54 headings of BISAC, https://www.bisg.org/complete-bisac-subject-headings-list."""
THEMA_SECTIONS = "ACDFGJKLMNPQRSTUVWXY"
"""The letters of Thema's subject categories, https://www.editeur.org/151/Thema/; qualifiers begin with 1 to 6."""


def currency_of_sign(text: str) -> str | None:
    """The currency whose sign is in a text; None if none does."""
    return next((code for sign, code in SIGNS if sign in text), None)


def currency_of(country: str) -> str | None:
    """The currency of a country; None if it is not known."""
    try:
        known = get_territory_currencies(country)
    except (ValueError, KeyError):
        return None
    return str(known[-1]) if known else None


@dataclass(frozen=True, slots=True)
class Amount:
    """A price without its currency."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """The amount with a point. Notes U-004 if there is a sign of a currency in it, else E-007."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if AMOUNT.fullmatch(text):
            return text
        code = currency_of_sign(text)
        number = re.sub(r"[^0-9.,]", "", text).replace(",", ".")
        plain = number if AMOUNT.fullmatch(number) else "14.99"
        if code:
            hint = f"write amount: {plain} and currency: {code}"
            findings.error("U-004", f"“{short(text)}” is more than an amount", span=node.span, hint=hint)
        else:
            hint = f"write a number with a point: amount: {plain}"
            findings.error("E-007", f"“{short(text)}” is not an amount", span=node.span, hint=hint)
        return None

    def schema(self) -> dict[str, Json]:
        """A number, or a string of digits."""
        return {"type": ["number", "string"], "pattern": f"^(?:{AMOUNT.pattern})$", "examples": ["14.99"]}

    def blank(self) -> str:
        """Nothing."""
        return "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class CldrCode:
    """A code that the Unicode CLDR has a name for: of a currency or a country."""

    what: str
    kind: str
    """`currencies` or `territories`."""
    example: str
    length: int

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """The code. Notes E-006 if it is not known, with the nearest one."""
        text = Words().read(_as_text(node), findings=findings)
        if text is None or text in _known_codes(self.kind):
            return text
        known = tuple(sorted(_known_codes(self.kind)))
        named = {name.casefold(): code for code, name in _known_codes(self.kind).items()}
        near = nearest(text.casefold(), tuple(named))
        usual = USUAL_NAMES.get(text.upper())
        code = usual or (text.upper() if text.upper() in known else named[near[0]] if near else None)
        hint = (
            f"did you mean “{code}”?" if code else f"write the code, as in {self.example}; {self._nearest(text, known)}"
        )
        findings.error("E-006", f"“{short(text)}” is not {self.what}", span=node.span, hint=hint, fix=code)
        return None

    def _nearest(self, text: str, known: tuple[str, ...]) -> str:
        same = sorted(text.upper())
        exchanged = next((code for code in known if sorted(code) == same), None)
        return f"did you mean “{exchanged}”?" if exchanged else suggestion(text.upper(), known)

    def schema(self) -> dict[str, Json]:
        """A string of capitals."""
        return {"type": "string", "pattern": f"^[A-Z]{{{self.length}}}$", "examples": [self.example]}

    def blank(self) -> str:
        """The example."""
        return self.example


@cache
def _known_codes(kind: str) -> dict[str, str]:
    """The codes of a kind that are in use, with their English names."""
    english = Locale("en")
    countries = {
        str(code): str(name)
        for code, name in english.territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }
    if kind == "territories":
        return countries
    used = {
        str(territory_currency) for country in countries for territory_currency in get_territory_currencies(country)
    }
    return {code: str(english.currencies[code]) for code in sorted(used)}


def _as_text(node: Node) -> Node:
    """The node as a quoted one: `NO` is a country, and a number may be a code."""
    return Scalar(text=node.text, plain=False, span=node.span) if isinstance(node, Scalar) else node


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectCode:
    """A code of a subject scheme; its form is checked, since the lists of codes may not be distributed."""

    scheme: str
    pattern: str
    example: str
    heads: tuple[str, ...]
    """How codes begin."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """The code. Notes U-003 if there can be no such code."""
        text = Words().read(_as_text(node), findings=findings)
        if text is None:
            return None
        if re.fullmatch(self.pattern, text) and text.startswith(self.heads):
            return text
        near = self._find_meant(text)
        hint = f"did you mean “{near}”?" if near else f"write it like {self.example}"
        findings.error("U-003", f"“{short(text)}” is no code of {self.scheme}", span=node.span, hint=hint, fix=near)
        return None

    def _find_meant(self, text: str) -> str | None:
        """The nearest code that has the form of one; None if none is near."""
        plain = re.sub(r"[^0-9A-Z]", "", text.upper())
        if re.fullmatch(self.pattern, plain) and plain.startswith(self.heads):
            return plain
        size = len(self.heads[0])
        head, rest = plain[:size], plain[size:]
        if size == 1:
            return None
        turned = tuple(item for item in self.heads if sorted(item) == sorted(head))
        near = (head,) if head in self.heads else turned or nearest(head, self.heads)
        guesses = (f"{item}{rest.zfill(len(self.example) - size)}" for item in near)
        return next((guesse for guesse in guesses if re.fullmatch(self.pattern, guesse)), None)

    def schema(self) -> dict[str, Json]:
        """A string of the pattern."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "examples": [self.example]}

    def blank(self) -> str:
        """The example."""
        return self.example


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number of a volume, as it is printed: `3`, `XII`, `2/1`."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """The text, with quotes or without."""
        return Words().read(_as_text(node), findings=findings)

    def schema(self) -> dict[str, Json]:
        """A string, or a number."""
        return {"type": ["string", "integer"]}

    def blank(self) -> str:
        """Nothing."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A number whose last character follows from the others."""

    shape: Shaped
    modulus: str
    """`orcid` (ISO 7064, MOD 11-2) or `issn` (ISO 3297)."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """The number. Notes E-007 if its form or its last character is wrong."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        bare = text.removeprefix("https://orcid.org/").removeprefix("http://orcid.org/")
        if not re.fullmatch(self.shape.pattern, bare):
            return self.shape.read(node, findings=findings)
        right = (_orcid_digit if self.modulus == "orcid" else _issn_digit)(bare.replace("-", "")[:-1])
        if bare[-1].upper() == right:
            return bare.upper()
        message = f"the last character of “{short(bare)}” does not fit the others"
        hint = f"if the others are right, it is {bare[:-1]}{right}"
        findings.error("E-007", message, span=node.span, hint=hint)
        return None

    def schema(self) -> dict[str, Json]:
        """A string of the pattern."""
        return {"type": "string", "pattern": f"^(?:https?://orcid.org/)?(?:{self.shape.pattern})$"}

    def blank(self) -> str:
        """The example."""
        return self.shape.example


def _orcid_digit(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def _issn_digit(digits: str) -> str:
    return "0123456789X"[-sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11]


ORCID = Checked(
    shape=Shaped(
        what="an ORCID iD", example="0000-0002-1825-0097", pattern=r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx]"
    ),
    modulus="orcid",
)
ISSN = Checked(shape=Shaped(what="an ISSN", example="0317-8471", pattern=r"[0-9]{4}-[0-9]{3}[0-9Xx]"), modulus="issn")
DOI = Shaped(
    what="a DOI",
    example="10.5555/12345678",
    pattern=r"10\.[0-9]{4,9}(\.[0-9]+)*/[^\s\"<>]+",
    meant=lambda text: re.sub(r"(?i)^(doi:|https?://(dx\.)?doi\.org/|doi\.org/)\s*", "", text),
)
EMAIL = Shaped(what="an e-mail address", example="rights@example.org", pattern=r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
CONTACT = Shaped(
    what="an e-mail address or a web address",
    example="accessibility@example.org",
    pattern=rf"{EMAIL.pattern}|https?://[^\s/]+(/\S*)?",
)
CURRENCY = CldrCode(what="the code of a currency", kind="currencies", example="EUR", length=3)
COUNTRY = CldrCode(what="the code of a country", kind="territories", example="GB", length=2)
THEMA = SubjectCode(
    scheme="Thema",
    pattern=r"[A-Y][A-Z]{0,9}[0-9]{0,2}|[1-6][A-Z]{1,3}(-[A-Z0-9]{1,4})*[A-Z0-9]{0,8}",
    example="JPSD",
    heads=(*THEMA_SECTIONS, *"123456"),
)
BISAC = SubjectCode(scheme="BISAC", pattern=r"[A-Z]{3}[0-9]{6}", example="POL011000", heads=BISAC_HEADINGS)
