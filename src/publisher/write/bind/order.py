"""Sections one behind the other: on which page each begins, and what is written on the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from publisher.model.publication import MatterKind
from publisher.model.rendition import PdfSection, Side
from publisher.write.bind.bound import BoundSection
from publisher.write.bind.labels import page_labels, page_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Where every section of a volume stands."""

    firsts: tuple[int, ...]
    """Index of the page on which each section begins, from 0."""
    count: int
    """How many pages the volume has, with the empty ones before sections that begin on the other side."""
    arabic: int
    """Index of the first page after the front matter; the number of pages where nothing follows it."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of every page."""
        return page_labels(self.count, self.arabic)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number of every page, in its part of the book."""
        return page_numbers(self.count, self.arabic)


def order(sections: Sequence[PdfSection], counts: Sequence[int]) -> Order:
    """The order of sections with so many pages each; the first page of a volume is a right-hand one."""
    firsts: list[int] = []
    at = 0
    for section, count in zip(sections, counts, strict=True):
        at += section.side in (Side.LEFT, Side.RIGHT) and (at % 2 == 1) is not (section.side is Side.LEFT)
        firsts.append(at)
        at += count
    later = (first for section, first in zip(sections, firsts, strict=True) if section.matter is not MatterKind.FRONT)
    return Order(firsts=tuple(firsts), count=at, arabic=next(later, at))


def folios(order_: Order, bound: Sequence[BoundSection]) -> Mapping[str, str]:
    """The label of the page on which each element with an id begins."""
    labels = order_.labels
    return {
        id_: labels[first + spot.page]
        for first, section in zip(order_.firsts, bound, strict=True)
        for id_, spot in section.spots
    }
