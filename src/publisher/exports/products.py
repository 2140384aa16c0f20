"""What of a publication is sold: one product a format, each with its ISBN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, PublisherError, Source, Span
from publisher.model.profile import Profile
from publisher.model.publication import Metadata, Publication
from publisher.model.target import Format
from publisher.model.trade import SHOWN, Price, SaleFormat, ean13


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One format of a publication."""

    format: SaleFormat
    isbn: str
    """Thirteen digits."""
    shown: str
    """The ISBN as it was written."""
    prices: tuple[Price, ...]
    """Those of this format, else those of all formats."""


def products(publication: Publication, *, settings: Source) -> tuple[Product, ...]:
    """What is sold, in the order EPUB, PDF, print.

    Raises `PublisherError` (U-001) with each format that has no ISBN, at its line in `edition.yaml`.
    """
    metadata = publication.metadata
    trade = metadata.trade
    sold = trade.formats or tuple(item.format for item in trade.isbns) or _only(publication)
    if not sold:
        raise PublisherError(_ambiguous(metadata, settings))
    isbns = {form: trade.isbn(form) or (metadata.isbn if _is_only(form, publication) else None) for form in sold}
    missing = tuple(_missing(form, metadata, settings) for form, isbn in isbns.items() if isbn is None)
    if missing:
        raise PublisherError(*missing)
    return tuple(
        Product(format=form, isbn=ean13(isbn), shown=isbn, prices=_prices(form, metadata))
        for form in SaleFormat
        if (isbn := isbns.get(form))
    )


def _prices(form: SaleFormat, metadata: Metadata) -> tuple[Price, ...]:
    own = tuple(price for price in metadata.trade.prices if price.format is form)
    return own or tuple(price for price in metadata.trade.prices if price.format is None)


def _only(publication: Publication) -> tuple[SaleFormat, ...]:
    """The format that an ISBN of the top level is that of, if there is no doubt."""
    output = publication.output
    if publication.metadata.isbn is None:
        return ()
    if Profile.PRINT in output.profiles.wanted:
        return (SaleFormat.PRINT,)
    books = [item for item in output.formats if item is not Format.WEB]
    return (SaleFormat(books[0].value),) if len(books) == 1 else ()


def _is_only(form: SaleFormat, publication: Publication) -> bool:
    """Whether the ISBN of the top level is that of a format: of the printed book, or of the only format."""
    trade = publication.metadata.trade
    return form is SaleFormat.PRINT or (not trade.isbns and (trade.formats or _only(publication)) == (form,))


def _ambiguous(metadata: Metadata, settings: Source) -> Diagnostic:
    if metadata.isbn is None:
        message = "a record for booksellers needs an ISBN, and there is none"
        hint = "add trade: {isbns: {epub: 978-…, print: 978-…}}, one for each format that is sold"
    else:
        message = "it is not clear of which format the ISBN is"
        hint = f"write trade: {{isbns: {{epub: {metadata.isbn}}}}}, or pdf or print for epub"
    return Diagnostic(code="U-001", message=message, span=key_span(settings, "isbn"), hint=hint)


def _missing(form: SaleFormat, metadata: Metadata, settings: Source) -> Diagnostic:
    example = metadata.isbn or next((isbn.text for isbn in metadata.trade.isbns), None)
    hint = f"add trade: {{isbns: {{{form.value}: 978-…}}}}, or take {form.value} out of trade: formats"
    if example:
        hint += f"; {example} is that of another format"
    span = key_span(settings, "formats", below="trade") or key_span(settings, "trade")
    return Diagnostic(code="U-001", message=f"the {SHOWN[form]} is sold and has no ISBN", span=span, hint=hint)


def key_span(settings: Source, *keys: str, below: str | None = None) -> Span:
    """The line of the first of these keys in a settings file, else that of its title, else its first line."""
    start = 0
    if below is not None:
        found = re.search(rf"^{below}:", settings.text, re.MULTILINE)
        start = found.end() if found else 0
    for found in _lines(settings.text, keys if below else (*keys, "title"), start):
        return settings.span(*found.span(1))
    return key_span(settings, below) if below else settings.line_span(1)


def _lines(text: str, keys: tuple[str, ...], start: int) -> Iterator[re.Match[str]]:
    indent = " +" if start else ""
    for key in keys:
        found = re.compile(rf"^{indent}({re.escape(key)}:[^#\n]*?) *(#.*)?$", re.MULTILINE).search(text, start)
        if found:
            yield found
