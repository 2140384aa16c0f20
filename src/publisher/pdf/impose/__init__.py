"""Pages of a finished PDF on sheets that are printed on both sides, folded, and bound."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from publisher.diagnostics import Diagnostic
from publisher.model.marking import Made, Marking
from publisher.pdf.impose.gathering import gather
from publisher.pdf.impose.order import SHEETS, Flip, Order, Scheme, Sheet, in_order
from publisher.pdf.impose.placement import Bed, bed
from publisher.pdf.impose.sheets import open_document, page_sizes, write

__all__ = ["SHEETS", "Flip", "Imposed", "Order", "Scheme", "Sheet", "impose", "in_order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imposed:
    """Sheets ready to be printed."""

    content: bytes
    bed: Bed
    sheets: int
    blanks: int
    signatures: int
    warnings: tuple[Diagnostic, ...]


def impose(content: bytes, order: Order, *, name: str) -> Imposed:
    """The sheets of a PDF, which say from which file and how they were made; `name` is what it is called in messages.

    Raises `PublisherError` if the PDF cannot be read, the order is impossible, the sheet is too small, or pages
    cannot be used.
    """
    document = open_document(content, name=name)
    with document.pdf:
        sizes = page_sizes(document.pdf)
        gathering = gather(order, count=len(sizes))
        largest = (max(width for width, _ in sizes), max(height for _, height in sizes))
        made, more = bed(order, gathering.pattern, page=largest)
        return Imposed(
            content=write(document, gathering, made, order, marking=_marking(content, order)),
            bed=made,
            sheets=(len(gathering.sides) + 1) // 2,
            blanks=len(gathering.pages) - len(sizes),
            signatures=gathering.signatures,
            warnings=(*document.warnings, *more),
        )


def _marking(content: bytes, order: Order) -> Marking:
    return Marking(made=Made.SHEETS, source=sha256(content).hexdigest(), order=order.described())
