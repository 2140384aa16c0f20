"""A document gathered into sides of sheets: signatures, and the blank pages that fill the last one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, amount
from publisher.pdf.impose.folding import BESIDE, PATTERNS, Pattern, Side, pairs, signature_sides
from publisher.pdf.impose.order import Order, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """All sides in the order in which they are printed, front and back in turn."""

    sides: tuple[Side, ...]
    pattern: Pattern
    pages: tuple[int | None, ...]
    """Of each page, the blank ones included, its index in the document; None for a blank one."""
    signatures: int


def gather(order: Order, *, count: int) -> Gathering:
    """The sides that a document of `count` pages fills.

    Raises `PublisherError` with O-031 where a signature cannot have so many pages, or where blank pages are to go
    behind a page that is not there.
    """
    _demand_possible(order, count=count)
    if order.scheme is Scheme.TWO_UP:
        pages = _with_blanks(order, count=count, multiple=2)
        return Gathering(sides=tuple(pairs(len(pages))), pattern=BESIDE, pages=pages, signatures=1)
    pattern = PATTERNS[order.folds - 1]
    pages = _with_blanks(order, count=count, multiple=pattern.pages)
    runs = tuple(_runs(order, count=len(pages)))
    sides = (
        side
        for number, (first, length) in enumerate(runs)
        for side in signature_sides(first, length, pattern, signature=number)
    )
    return Gathering(sides=tuple(sides), pattern=pattern, pages=pages, signatures=len(runs))


def _demand_possible(order: Order, *, count: int) -> None:
    multiple = 2 if order.scheme is Scheme.TWO_UP else PATTERNS[order.folds - 1].pages
    if order.scheme is Scheme.SIGNATURES and (order.signature < multiple or order.signature % multiple):
        near = max(round(order.signature / multiple), 1) * multiple
        folded = {1: "once", 2: "twice"}.get(order.folds, f"{order.folds} times")
        raise _impossible(
            f"a signature of {amount(order.signature, 'page')} cannot be made of sheets that are folded {folded}",
            f"they have {multiple} pages each: take {near}, or another multiple of {multiple}",
        )
    if order.blank_at is not None and order.blank_at > count:
        raise _impossible(
            f"blank pages are to go behind page {order.blank_at}, and the document has {count}",
            f"count pages from the beginning of the file: 0 is before the first, {count} behind the last",
        )


def _impossible(message: str, hint: str) -> PublisherError:
    return PublisherError(Diagnostic(code="O-031", message=message, hint=hint), exit_code=ExitCode.USAGE)


def _with_blanks(order: Order, *, count: int, multiple: int) -> tuple[int | None, ...]:
    at = count if order.blank_at is None else order.blank_at
    return (*range(at), *([None] * (-count % multiple)), *range(at, count))


def _runs(order: Order, *, count: int) -> Iterator[tuple[int, int]]:
    """First page and length of each signature; the last one is as short as it can be."""
    length = count if order.scheme is Scheme.BOOKLET else order.signature
    for first in range(0, count, length):
        yield first + 1, min(length, count - first)
