"""Web pages for a course system: the documents of the web edition without its frame, the sections of a reading in one.

They have no script, and no link leads out of the cartridge except to the web.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from publisher.model.language import direction
from publisher.model.publication import Section
from publisher.model.web import WebPage, WebRendition
from publisher.render.context import document_name
from publisher.sanitize.xml import parse_xml

FRAME_SHEET = "web.css"
"""The style sheet of the frame, which these pages do not have."""
COURSE_SHEET = "styles/course.css"
COURSE_STYLES = b"""\
body { margin: 0 auto; max-width: 44em; padding: 1em; }
.page-number {
  border: 1px solid #767676;
  border-radius: 2px;
  color: #595959;
  font: 600 0.65em/1 "Source Sans Pro", sans-serif;
  margin: 0 0.4em;
  padding: 0 0.25em;
  text-decoration: none;
  vertical-align: 0.2em;
}
"""
"""What these pages have in the place of the frame: a measure, and numbers of pages that are no words of the text."""
LINK = re.compile(r'(<a\b[^>]*?\s)href="([^"]*)"')
SHEET = re.compile(r'<link\b[^>]*rel="stylesheet"[^>]*href="([^"]*)"')
KEPT = frozenset({"b", "cite", "code", "em", "i", "p", "q", "span", "strong", "sub", "sup"})
"""The elements of a question that a course system shows."""
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePage:
    """One page of a cartridge."""

    href: str
    title: str
    language: str
    pages: tuple[WebPage, ...]
    """The pages of the web edition that it is made of."""


def page_of(sections: tuple[Section, ...], web: WebRendition) -> CoursePage:
    """The page of some sections, named for the first of them."""
    by_href = {page.href: page for page in web.pages}
    pages = tuple(by_href[web_href(section)] for section in sections)
    return CoursePage(href=pages[0].href, title=sections[0].label, language=sections[0].language, pages=pages)


def web_href(section: Section) -> str:
    """The path of a section's page in the web edition."""
    return f"text/{document_name(section.id).removesuffix('.xhtml')}.html"


def page_files(pages: Iterable[CoursePage]) -> Mapping[str, bytes]:
    """The finished pages by their paths; links between them are those of the cartridge."""
    pages = tuple(pages)
    moved = {web_page.href: page.href for page in pages for web_page in page.pages}
    return {page.href: _finish(page, moved) for page in pages}


def _finish(page: CoursePage, moved: Mapping[str, str]) -> bytes:
    sheets = dict.fromkeys(
        href
        for web_page in page.pages
        for href in SHEET.findall(web_page.before.decode())
        if posixpath.basename(href) != FRAME_SHEET
    )
    course = posixpath.relpath(COURSE_SHEET, posixpath.dirname(page.href))
    links = "".join(f'<link rel="stylesheet" href="{href}">\n' for href in (*sheets, course))
    body = "\n".join(
        _with_links(web_page.body.decode(), _retarget(web_page.href, page.href, moved)) for web_page in page.pages
    )
    language = escape(page.language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction(page.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(page.title)}</title>\n'
        f"{links}</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _with_links(body: str, target: Callable[[str], str | None]) -> str:
    """The body with other targets of its links; a link without a target has no address."""

    def changed(match: re.Match[str]) -> str:
        address = target(unescape(match[2]))
        return match[1].rstrip() if address is None else f'{match[1]}href="{escape(address)}"'

    return LINK.sub(changed, body)


def _retarget(here: str, there: str, moved: Mapping[str, str]) -> Callable[[str], str | None]:
    """What gives the target of a link of a page of the web edition on a page of the cartridge."""

    def target(address: str) -> str | None:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return address
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path))) if parts.path else here
        page = moved.get(path)
        if page is None:
            return None
        relative = "" if page == there else quote(posixpath.relpath(page, posixpath.dirname(there)))
        return f"{relative}#{parts.fragment}" if parts.fragment else relative or quote(posixpath.basename(page))

    return target


def questions_of(document: bytes, *, count: int) -> tuple[str, ...]:
    """The questions in the opening of a reading, an XHTML document, each as HTML without links."""
    if not count:
        return ()
    lists = [element for element in parse_xml(document, long=True).iter(f"{XHTML}ol") if len(element) == count]
    return tuple(_question(entry) for entry in lists[-1]) if lists else ()


def _question(entry: etree._Element) -> str:
    text = _content(entry).strip()
    return text if text.startswith("<p") else f"<p>{text}</p>"


def _content(element: etree._Element) -> str:
    """What is in an element, as HTML with the elements of `KEPT` alone."""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        parts += [_write(child), escape(child.tail or "", quote=False)]
    return "".join(parts)


def _write(element: etree._Element) -> str:
    name = etree.QName(element).localname
    if name not in KEPT:
        return _content(element)
    language = element.get("lang")
    attributes = f' lang="{escape(language)}"' if language else ""
    return f"<{name}{attributes}>{_content(element)}</{name}>"
