"""A web edition: its pages, and the files next to them."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.model.rendition import Asset


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCitation:
    """How readers cite the edition; `PLACE` is where the page and paragraph of the words go."""

    citation: str
    """The citation in the style of the edition, with `PLACE` as its locator."""
    reference: str
    """Its entry in a list of references."""
    bibtex: str
    """The entry for BibTeX, with `PLACE` in its note."""
    ris: str
    """The record for reference managers (RIS), with `PLACE` in its notes."""


DOWNLOADS = "files/"
"""The folder of the EPUB and the PDF."""
PLACE = "\ue000"
"""Represents a locator in the templates of `SiteCitation`; U+E000 is private use, and no edition may print it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """One page: documents of the EPUB in their order, with the frame around them."""

    href: str
    """Its path in the site: `text/introduction.html`."""
    documents: tuple[str, ...]
    """The documents of the EPUB that it shows, by their paths from the package document."""
    before: bytes
    """What precedes the documents: head, navigation, tools."""
    body: bytes
    """The documents."""
    after: bytes
    """What follows them."""

    @property
    def content(self) -> bytes:
        """The whole page: HTML in UTF-8."""
        return self.before + self.body + self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class WebRendition:
    """A web edition as files."""

    pages: tuple[WebPage, ...]
    """In reading order; the first is `index.html`."""
    assets: tuple[Asset, ...]
    """Style sheets, scripts, fonts, pictures, the search index, the downloads."""
