"""One document laid out into pages by WeasyPrint (https://doc.courtbouillon.org/weasyprint/stable/)."""

from __future__ import annotations

import warnings
import xml.etree.ElementTree as ElementTree
from typing import Any, Self

import cssselect2
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Source
from publisher.model.rendition import Asset, PdfRendition
from publisher.write.pdf.defaults import defaults
from publisher.write.pdf.fetch import BASE, Fetcher
from publisher.write.pdf.footnotes import no_note_lost
from publisher.write.pdf.identity import identified, numbered
from publisher.write.pdf.log import captured
from publisher.write.pdf.note_parts import part_long_notes
from publisher.write.pdf.put_off_notes import put_off_notes_kept

VARIANT = "pdf/a-3a"
"""What the engine writes; the binder makes the same file PDF/UA-1 as well."""
_XHTML = "{http://www.w3.org/1999/xhtml}"


class _Parsed(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A document from XML: an HTML parser would move a note out of the paragraph that calls it."""

    def __init__(self, text: str, fetcher: Fetcher) -> None:
        super().__init__(string="<html>", base_url=BASE, url_fetcher=fetcher)
        self.etree_element = _without_namespace(text)
        self.changed()

    def changed(self) -> Self:
        """The document, with what its tree is now."""
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(self.etree_element, content_language=None)
        return self


def _without_namespace(text: str) -> ElementTree.Element:
    """The root element with plain HTML names; templates make the text, it holds no document type of its own."""
    root = ElementTree.fromstring(text)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_XHTML)
    return root


def lay_out(rendition: PdfRendition) -> bytes:
    """A tagged PDF whose structure elements carry the private keys of `identity`.

    Raises `PublisherError` with everything that the engine complained about, and with every address that it was
    refused.
    """
    fetcher = Fetcher((*rendition.assets, *rendition.stylesheets))
    fonts = FontConfiguration()
    sheets, found = _sheets(rendition.stylesheets, fetcher, fonts)
    html = _Parsed(rendition.document, fetcher)
    with captured() as log, no_note_lost(html.etree_element), put_off_notes_kept():
        root, numbers = html.etree_element, numbered(html.etree_element)
        sheets.insert(0, CSS(string=defaults("".join(root.itertext()))))
        document = html.render(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT)
        if part_long_notes(document, root, numbers):
            document = html.changed().render(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT)
        with identified(numbers), warnings.catch_warnings():
            # WeasyPrint leaves the file of its colour profile to the garbage collector
            warnings.simplefilter("ignore", ResourceWarning)
            content: bytes = document.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True)
    found = (*found, *log.diagnostics(), *(_refusal(url) for url in dict.fromkeys(fetcher.refused)))
    if found:
        raise PublisherError(*found, exit_code=ExitCode.CONTENT)
    return content


def _sheets(
    assets: tuple[Asset, ...], fetcher: Fetcher, fonts: FontConfiguration
) -> tuple[list[Any], tuple[Diagnostic, ...]]:
    """The style sheets parsed, and what is wrong in them."""
    parsed: list[Any] = []
    found: list[Diagnostic] = []
    for asset in assets:
        source = Source(name=asset.shown or asset.href, text=asset.content.decode())
        with captured() as log:
            parsed.append(CSS(string=source.text, base_url=BASE + asset.href, url_fetcher=fetcher, font_config=fonts))
        found += log.diagnostics(source)
    return parsed, tuple(found)


def _refusal(url: str) -> Diagnostic:
    return Diagnostic(
        code="D-003",
        message=f"{url.removeprefix(BASE)} is not a part of the edition and was not read",
        hint="only images and typefaces of the edition's own folder can be used; nothing is fetched from elsewhere",
    )
