"""Pages of PDFs from elsewhere: each is a picture whose place is stored by an empty drawing of its size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publisher.model.publication import ForeignPages, Section
from publisher.model.rendition import Asset


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPage:
    """A page as the template prints it."""

    id: str
    blank: str
    """The address of a drawing of its size."""
    alternative: str
    source: str
    """Digest of the rebuilt pages and number of the page among them, counted from 1: `4f…#3`."""
    starts: str
    """The element of the EPUB at which the page begins."""
    folio: str
    """The number that it bears in the original; may be empty."""


def foreign_pages(section: Section) -> tuple[ForeignPage, ...]:
    """The pages that are bound behind those of a section; an EPUB has their words instead."""
    foreign = section.foreign
    if foreign is None:
        return ()
    folios = foreign.folios or ("",) * len(foreign.sizes)
    return tuple(
        ForeignPage(
            id=f"{section.id}-page-{at + 1}-of-pdf",
            blank=_blank(size),
            alternative=alternative,
            source=f"{foreign.sha256}#{at + 1}",
            starts=starts,
            folio=folio,
        )
        for at, (size, alternative, starts, folio) in enumerate(
            zip(foreign.sizes, foreign.alternatives, foreign.page_ids, folios, strict=True)
        )
    )


def foreign_files(sections: Iterable[Section]) -> tuple[Asset, ...]:
    """The PDFs that pages are taken from, each once."""
    files = {section.foreign.sha256: section.foreign for section in sections if section.foreign}
    return tuple(
        Asset(href=digest, media_type="application/pdf", content=foreign.content, shown=foreign.name)
        for digest, foreign in files.items()
    )


def blanks(sections: Iterable[Section]) -> tuple[Asset, ...]:
    """An empty drawing of each size that pages have."""
    sizes = {size: None for section in sections if section.foreign for size in _round_sizes(section.foreign)}
    return tuple(Asset(href=_blank(size), media_type="image/svg+xml", content=_drawing(size)) for size in sizes)


def _round_sizes(foreign: ForeignPages) -> tuple[tuple[float, float], ...]:
    return tuple((round(width, 2), round(height, 2)) for width, height in foreign.sizes)


def _blank(size: tuple[float, float]) -> str:
    width, height = size
    return f"foreign/{width:.2f}x{height:.2f}.svg"


def _drawing(size: tuple[float, float]) -> bytes:
    width, height = (f"{length:.2f}" for length in size)
    size_ = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size_}/>'.encode()
