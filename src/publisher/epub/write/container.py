"""The EPUB: EbookLib makes the container, everything in it is already finished.

EPUB 3.3, https://www.w3.org/TR/epub-33/. EbookLib 0.20 gets bytes alone (its own HTML, navigation and
metadata are not used); `package` completes the package document, `seal` makes the ZIP again.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

from ebooklib import epub as ebooklib

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.epub.write.names import name_faults
from publisher.epub.write.package import complete
from publisher.epub.write.statements import COVER_ID, Statement, statement_faults, statements
from publisher.epub.write.zip import Entry, seal, unseal
from publisher.model.rendition import Artifact, Asset, Document, EpubRendition

PACKAGE = "EPUB/content.opf"
"""Where EbookLib puts the package document; every `href` counts from its folder."""
NCX_ID = "toc.ncx"
NCX_HREF = "toc.ncx"


def write_epub(rendition: EpubRendition, *, name: str, moment: str) -> Artifact:
    """The EPUB as a file of this name, last modified at `moment` (`YYYY-MM-DDThh:mm:ssZ`).

    The NCX goes next to the package document, as `toc.ncx`. Raises `PublisherError` where metadata
    (O-011) or names of files (O-012, O-013) can't be, or where EbookLib objects (O-010).
    """
    said = statements(rendition, moment=moment)
    hrefs = ("content.opf", *(item.file_name for item in _manifest(rendition)))
    faults = (*statement_faults(said), *name_faults(hrefs))
    if faults:
        raise PublisherError(*faults)
    entries = unseal(_container(rendition, moment=moment))
    return Artifact(name=name, content=seal(_complete(entries, said, language=rendition.metadata.language)))


def _complete(entries: tuple[Entry, ...], said: tuple[Statement, ...], *, language: str) -> Iterator[Entry]:
    """The entries with the package document complete."""
    for entry in entries:
        if entry.name == PACKAGE:
            content = complete(entry.content, statements=said, language=language, ncx_id=NCX_ID)
            yield Entry(name=entry.name, content=content)
        else:
            yield entry


def _container(rendition: EpubRendition, *, moment: str) -> bytes:
    """The book as EbookLib writes it."""
    book = ebooklib.EpubBook()
    book.set_identifier(rendition.metadata.identifier)
    for item in _manifest(rendition):
        book.add_item(item)
    book.spine = [(_xml_id(document.id), "yes" if document.linear else "no") for document in rendition.documents]
    options = {"mtime": datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ"), "raise_exceptions": True, "compresslevel": 0}
    buffer = BytesIO()
    with _nothing_unsaid():
        ebooklib.write_epub(buffer, book, options)
    return buffer.getvalue()


def _manifest(rendition: EpubRendition) -> tuple[ebooklib.EpubItem, ...]:
    """Every file of the book, once: documents in spine order, then what they need, the NCX last."""
    in_spine = any(document.id == rendition.nav.id for document in rendition.documents)
    documents = rendition.documents if in_spine else (rendition.nav, *rendition.documents)
    return (
        *(_document(document, is_nav=document.id == rendition.nav.id) for document in documents),
        *(_asset(asset, id=f"asset.{number}") for number, asset in enumerate(rendition.assets, start=1)),
        _asset(rendition.cover_image, id=COVER_ID, properties=("cover-image",)),
        _item(NCX_ID, NCX_HREF, "application/x-dtbncx+xml", rendition.ncx),
    )


def _document(document: Document, *, is_nav: bool) -> ebooklib.EpubItem:
    properties = document.properties
    if is_nav and "nav" not in properties:
        properties = ("nav", *properties)
    item = _item(_xml_id(document.id), document.href, "application/xhtml+xml", document.content)
    item.properties = properties
    item.is_linear = document.linear
    return item


def _xml_id(section_id: str) -> str:
    """The section's id where it is an XML name, else (`01-foreword`) with an underscore before it."""
    return section_id if section_id[:1].isalpha() else f"_{section_id}"


def _asset(asset: Asset, *, id: str, properties: tuple[str, ...] = ()) -> ebooklib.EpubItem:
    item = _item(id, asset.href, asset.media_type, asset.content)
    item.properties = properties
    return item


def _item(id: str, href: str, media_type: str, content: bytes) -> ebooklib.EpubItem:
    return ebooklib.EpubItem(uid=id, file_name=href, media_type=media_type, content=content)


@contextmanager
def _nothing_unsaid() -> Iterator[None]:
    """Turns what EbookLib raises, warns of and logs into diagnostics (O-010)."""
    heard = _Ear()
    logging.getLogger().addHandler(heard)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield
    except (ebooklib.EpubException, OSError, ValueError, TypeError) as error:
        raise PublisherError(_objection(str(error))) from error
    finally:
        logging.getLogger().removeHandler(heard)
    said = (*(str(warning.message) for warning in caught), *heard.messages)
    if said:
        raise PublisherError(*map(_objection, said))


class _Ear(logging.Handler):
    """Keeps what is logged, from warnings upwards."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _objection(message: str) -> Diagnostic:
    return Diagnostic(
        code="O-010",
        message=f"the EPUB could not be put together: {message}",
        hint="this is a fault of the program or of EbookLib, not of your edition; please report it with this message",
    )
