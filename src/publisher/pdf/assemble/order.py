"""Sections one behind the other: on which page each begins, and what is written on the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from publisher.model.publication import MatterKind
from publisher.model.rendition import PdfSection, Side
from publisher.pdf.assemble.labels import page_number, write
from publisher.pdf.assemble.section_pdf import SectionPdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Where every section of a volume, or of a piece of it, is."""

    firsts: tuple[int, ...]
    """Index of the page on which each section begins, from 0."""
    count: int
    """How many pages there are, with the empty ones before sections that begin on the other side."""
    arabic: int
    """Index in the volume of the first page after the front matter; its number of pages where nothing follows it."""
    places: tuple[int, ...] = ()
    """Of a piece: for each page the index that it has in the volume; none of a whole volume."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of every page."""
        return tuple(write(number, style) for style, number in self.numbered)

    @property
    def numbered(self) -> tuple[tuple[str, int], ...]:
        """For every page how it is numbered, and its number in its part of the book."""
        return tuple(page_number(self.index(page), self.arabic) for page in range(self.count))

    def index(self, page: int) -> int:
        """The index that a page has in the volume; even ones are right-hand pages."""
        return self.places[page] if self.places else page


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


def part(whole: Order, taken: Sequence[int], counts: Sequence[int], *, sides: bool) -> Order:
    """The order of a piece: of the sections of a volume with these indices, which have so many pages each.

    Pages keep their numbers and, where leaves have two `sides`, the side on which they are printed: where a section
    would come on the other one, there is an empty page before it.
    """
    firsts: list[int] = []
    places: list[int] = []
    for at in taken:
        first = whole.firsts[at]
        if places and sides and (len(places) + places[0] - first) % 2:
            places.append(places[-1] + 1)
        firsts.append(len(places))
        places += range(first, first + counts[at])
    return Order(firsts=tuple(firsts), count=len(places), arabic=whole.arabic, places=tuple(places))


def folios(order_: Order, bound: Sequence[SectionPdf]) -> Mapping[str, str]:
    """The label of the page on which each element with an id begins."""
    labels = order_.labels
    return {
        id_: labels[first + spot.page]
        for first, section in zip(order_.firsts, bound, strict=True)
        for id_, spot in section.spots
    }
