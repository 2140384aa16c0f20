"""Facts for booksellers, libraries and shops that are not printed in the book; ISBNs (ISO 2108)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from publisher.diagnostics import Span


def isbn_digits(isbn: str) -> str:
    """The digits, an X in capitals; hyphens and spaces go."""
    return re.sub("[- ]", "", isbn).upper()


def isbn_check_digit(digits: str) -> str:
    """The last digit that belongs to the first twelve, or nine."""
    numbers = [int(digit) for digit in digits]
    if len(numbers) == 12:
        return str(-sum(number * (3 if place % 2 else 1) for place, number in enumerate(numbers)) % 10)
    return "0123456789X"[-sum(number * (10 - place) for place, number in enumerate(numbers)) % 11]


def is_valid_isbn(isbn: str) -> bool:
    """Whether the last digit of an ISBN of ten or thirteen digits is right."""
    digits = isbn_digits(isbn)
    return isbn_check_digit(digits[:-1]) == digits[-1]


def corrected_isbn(isbn: str) -> str:
    """The ISBN with the right last digit, hyphens as they were."""
    return isbn[:-1] + isbn_check_digit(isbn_digits(isbn)[:-1])


def ean13(isbn: str) -> str:
    """The thirteen digits of the barcode; one of ten digits becomes its twin with 978."""
    digits = isbn_digits(isbn)
    if len(digits) == 13:
        return digits
    return "978" + digits[:9] + isbn_check_digit("978" + digits[:9])


class SaleFormat(StrEnum):
    """A form in which an edition is sold; each has an ISBN of its own."""

    EPUB = "epub"
    PDF = "pdf"
    PRINT = "print"


SHOWN = {SaleFormat.EPUB: "EPUB", SaleFormat.PDF: "PDF", SaleFormat.PRINT: "printed book"}
"""How messages name the formats."""


class Availability(StrEnum):
    """Whether an edition can be bought."""

    AVAILABLE = "available"
    FORTHCOMING = "forthcoming"
    OUT_OF_PRINT = "out-of-print"
    WITHDRAWN = "withdrawn"


class Tax(StrEnum):
    """Whether a price includes the tax of the country."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


class Exemption(StrEnum):
    """Why the European Accessibility Act (Directive (EU) 2019/882, Articles 4 and 14) does not bind a product."""

    MICRO_ENTERPRISE = "micro-enterprise"
    DISPROPORTIONATE_BURDEN = "disproportionate-burden"
    FUNDAMENTAL_ALTERATION = "fundamental-alteration"


class Relation(StrEnum):
    """What another product is to this one."""

    REPLACES = "replaces"
    REPLACED_BY = "replaced-by"
    PART_OF = "part-of"
    INCLUDES = "includes"
    ALTERNATIVE_FORMAT = "alternative-format"
    TRANSLATION = "translation"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Isbn:
    """The ISBN of one format."""

    format: SaleFormat
    text: str
    """As it was written, with its hyphens."""
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def digits(self) -> str:
        """The thirteen digits."""
        return ean13(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one format costs in some countries, or what all of them cost in all countries."""

    amount: str
    """Decimal number with a point: `14.99`; `0` if it is free of charge."""
    currency: str
    """ISO 4217."""
    territory: tuple[str, ...] = ()
    """Countries by ISO 3166-1; empty for the whole world."""
    tax: Tax = Tax.INCLUDED
    format: SaleFormat | None = None
    """None for every format."""

    @property
    def is_free(self) -> bool:
        """Whether nothing is paid."""
        return float(self.amount) == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSeries:
    """The series of books that an edition belongs to."""

    title: str
    issn: str | None = None
    number: str | None = None
    """The number of the volume, as it is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedProduct:
    """Another product."""

    relation: Relation
    isbn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """Whom to write to, and the page with more."""

    name: str | None = None
    """Who sends the records; else the publisher."""
    email: str | None = None
    """For questions on the records."""
    accessibility: str | None = None
    """E-mail address or web address for questions on accessibility."""
    accessibility_page: str | None = None
    """Web page with what the publisher says of accessibility."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What `trade` says in `edition.yaml` or `reader.yaml`."""

    formats: tuple[SaleFormat, ...] = ()
    """What is sold; empty for the formats that have an ISBN."""
    isbns: tuple[Isbn, ...] = ()
    doi: str | None = None
    """`10.5555/12345678`."""
    url: str | None = None
    """The web page of the book."""
    series: BookSeries | None = None
    thema: tuple[str, ...] = ()
    bisac: tuple[str, ...] = ()
    prices: tuple[Price, ...] = ()
    availability: Availability = Availability.AVAILABLE
    related: tuple[RelatedProduct, ...] = ()
    contacts: Contacts = Contacts()
    exemption: Exemption | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    """Its first key; None if `trade` is missing."""

    def isbn(self, format: SaleFormat) -> str | None:
        """The ISBN of a format as it was written; None if it has none of its own."""
        return next((item.text for item in self.isbns if item.format is format), None)


NO_TRADE = Trade()
