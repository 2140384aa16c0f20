"""The keys below `trade` in `edition.yaml` and `reader.yaml`."""

from __future__ import annotations

from dataclasses import replace

from publisher.load.config.isbn import BookNumber
from publisher.load.config.trade_kinds import (
    BISAC,
    CONTACT,
    COUNTRY,
    CURRENCY,
    DOI,
    EMAIL,
    ISSN,
    THEMA,
    Amount,
    Numeral,
    currency_of,
)
from publisher.load.findings import Findings
from publisher.load.yaml.formats import URL, WORDS
from publisher.load.yaml.nodes import Node
from publisher.load.yaml.schema import Keys, Record, Values, default, optional, record, require, require_later
from publisher.load.yaml.types import At, Json, Many, OneOf
from publisher.model.trade import (
    NO_TRADE,
    SHOWN,
    Availability,
    BookSeries,
    Contacts,
    Exemption,
    Isbn,
    Price,
    RelatedProduct,
    Relation,
    SaleFormat,
    Tax,
    Trade,
    ean13,
)


class IsbnKeys(Keys):
    """`isbns`."""

    epub = optional("epub", At(BookNumber()), about="the ISBN of the EPUB")
    pdf = optional("pdf", At(BookNumber()), about="the ISBN of the PDF")
    print_ = optional("print", At(BookNumber()), about="the ISBN of the printed book; else that of the top level")


def _isbns(given: Values) -> tuple[Isbn, ...]:
    placed = (
        (SaleFormat.EPUB, given[IsbnKeys.epub]),
        (SaleFormat.PDF, given[IsbnKeys.pdf]),
        (SaleFormat.PRINT, given[IsbnKeys.print_]),
    )
    return tuple(Isbn(format=form, text=item.text, span=item.span) for form, item in placed if item is not None)


NO_ISBNS: tuple[Isbn, ...] = ()
ISBNS_RECORD = Record(keys=IsbnKeys.all(), build=_isbns, empty=NO_ISBNS)


class BookSeriesKeys(Keys):
    """`series`."""

    title = require("title", WORDS, about="the title of the series of books")
    issn = optional("issn", ISSN, about="its ISSN")
    number = optional("number", Numeral(), about="the number of the volume")


SERIES_RECORD = record(BookSeriesKeys, BookSeries, empty=BookSeries(title=""))


class PriceKeys(Keys):
    """A price."""

    amount = require("amount", Amount(), about="the number alone: 14.99; 0 if it is free of charge")
    currency = require_later("currency", CURRENCY, about="ISO 4217: EUR, GBP, USD")
    territory = default("territory", Many(kind=COUNTRY, least=1), absent=(), about="countries; else the whole world")
    tax = default("tax", OneOf(Tax), absent=Tax.INCLUDED, about="whether the price includes tax")
    format = optional("format", OneOf(SaleFormat), about="the format that has this price; else all")


PRICE_RECORD = Record(keys=PriceKeys.all(), build=lambda given: given, empty=None)


class PriceKind:
    """A price with its currency."""

    def read(self, node: Node, *, findings: Findings) -> Price | None:
        """The price. Notes U-004 if its currency is missing, with the one that is likely."""
        before = len(findings.diagnostics)
        given = PRICE_RECORD.read(node, findings=findings)
        if given is None:
            return None
        fields = PriceKeys.fields(given, Price)
        if given[PriceKeys.currency] is None:
            if len(findings.diagnostics) == before:
                likely = next(filter(None, map(currency_of, given[PriceKeys.territory])), None)
                hint = (
                    f"add currency: {likely}" if likely else "add the code of the currency, for example currency: EUR"
                )
                findings.error("U-004", "the price has no currency", span=given.begin, hint=hint)
            return None
        return Price(**fields)

    def schema(self) -> dict[str, Json]:
        """An object."""
        return PRICE_RECORD.schema()

    def blank(self) -> Price:
        """Nothing."""
        return Price(amount="0", currency="EUR")


class RelatedKeys(Keys):
    """A related product."""

    relation = require("relation", OneOf(Relation), about="what it is to this one: replaces, part-of, …")
    isbn = require("isbn", BookNumber(), about="its ISBN")


RELATED_RECORD = record(RelatedKeys, RelatedProduct, empty=RelatedProduct(relation=Relation.SIMILAR, isbn=""))


class ContactKeys(Keys):
    """`contacts`."""

    name = optional("name", WORDS, about="who sends the records; else the publisher")
    email = optional("email", EMAIL, about="for questions on the records")
    accessibility = optional("accessibility", CONTACT, about="for questions on accessibility: an address")
    accessibility_page = optional("accessibility-page", URL, about="the page on accessibility of the publisher")


CONTACTS_RECORD = record(ContactKeys, Contacts, empty=Contacts())


class TradeKeys(Keys):
    """`trade`."""

    formats = default(
        "formats", Many(kind=OneOf(SaleFormat), least=1), absent=(), about="what is sold; else what has an ISBN"
    )
    isbns = default("isbns", ISBNS_RECORD, absent=(), about="the ISBN of each format")
    doi = optional("doi", DOI, about="the DOI: 10.5555/12345678")
    url = optional("url", URL, about="the web page of the book")
    series = optional("series", SERIES_RECORD, about="the series of books that it belongs to")
    thema = default("thema", Many(kind=THEMA), absent=(), about="subject codes of Thema, the main one first")
    bisac = default("bisac", Many(kind=BISAC), absent=(), about="subject codes of BISAC, the main one first")
    prices = default("prices", Many(kind=PriceKind()), absent=(), about="prices with currency and countries")
    availability = default(
        "availability", OneOf(Availability), absent=Availability.AVAILABLE, about="whether it can be bought"
    )
    related = default("related", Many(kind=RELATED_RECORD), absent=(), about="other products")
    contacts = default("contacts", CONTACTS_RECORD, absent=Contacts(), about="whom to write to")
    exemption = optional(
        "exemption", OneOf(Exemption), about="why the European Accessibility Act does not bind this product"
    )


TRADE_RECORD = Record(
    keys=TradeKeys.all(),
    build=lambda given: Trade(**TradeKeys.fields(given, Trade) | {"span": given.begin}),
    empty=NO_TRADE,
)
TRADE = default(
    "trade", TRADE_RECORD, absent=NO_TRADE, about="facts for shops and libraries: ISBNs, prices, subject codes"
)


def settled_trade(trade: Trade, isbn: str | None, *, findings: Findings) -> Trade:
    """What `trade` says with the ISBN of the top level, which is that of the printed book.

    Notes U-002 if two formats have one ISBN, or the printed book has two.
    """
    own = {entry.format: entry for entry in trade.isbns}
    if isbn is not None and own.get(SaleFormat.PRINT) is None and trade.isbns:
        own[SaleFormat.PRINT] = Isbn(format=SaleFormat.PRINT, text=isbn)
    printed = own.get(SaleFormat.PRINT)
    if isbn is not None and printed is not None and ean13(isbn) != printed.digits:
        hint = f"write {isbn} in both places, or delete one of them"
        findings.error("U-002", "the printed book has another ISBN at the top level", span=printed.span, hint=hint)
    seen: dict[str, Isbn] = {}
    for item in own.values():
        first = seen.setdefault(item.digits, item)
        if first is not item:
            message = f"the {SHOWN[item.format]} has the same ISBN as the {SHOWN[first.format]}"
            hint = "each format needs an ISBN of its own; delete the one that is not its"
            findings.error("U-002", message, span=item.span or first.span, hint=hint)
    return replace(trade, isbns=tuple(own.values()))
