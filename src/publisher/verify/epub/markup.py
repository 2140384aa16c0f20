"""The elements and attributes of an EPUB's documents: those that the publication's own templates can print.

A document without templates of the edition's own is made of a small vocabulary, so that anything else in it was put
there by somebody else. XHTML, https://html.spec.whatwg.org/; EPUB 3.3, https://www.w3.org/TR/epub-33/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from publisher.mathematics.tex import ATTRIBUTES as ATTRIBUTES_OF_FORMULAS
from publisher.mathematics.tex import ELEMENTS as ELEMENTS_OF_FORMULAS
from publisher.model.kinds import PREFIXES
from publisher.model.language import LTR, direction, line_direction, passage_direction
from publisher.verify.epub.document import TYPE, XML_LANG
from publisher.verify.epub.found import MATHML, XHTML, Strange

PROLOGUE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml [^>]*\?>)?\s*(?:<!DOCTYPE html>)?\s*")
ELEMENTS = frozenset(
    {"html", "head", "title", "link", "body", "section", "nav", "div", "aside", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"p", "span", "a", "em", "strong", "sup", "sub", "code", "pre", "br", "hr", "img", "figure", "figcaption"}
    | {"blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    | {"colgroup", "article", "time", "cite", "dfn", "i", "abbr", "ruby", "rt", "rp"}
)
SIZE = re.compile(r"(?:width: [1-9][\d.]*(?:%|mm)(?:; |$))?(?:height: [1-9][\d.]*mm)?")
"""The only style that an element has: how large a picture is."""
PREFIX = "{http://www.idpf.org/2007/ops}prefix"
"""The attribute of a document that names the vocabularies of its `epub:type`s."""
EVERYWHERE = frozenset({"id", "class", "role", "lang", "dir", XML_LANG, TYPE, "aria-labelledby"})
"""Attributes of any element."""
OF_ELEMENTS = {
    "html": frozenset({PREFIX}),
    "time": frozenset({"datetime"}),
    "link": frozenset({"rel", "type", "href"}),
    "section": frozenset({"data-label", "data-running", "data-work"}),
    "nav": frozenset({"hidden"}),
    "a": frozenset({"href", "title"}),
    "span": frozenset({"aria-label"}),
    "img": frozenset({"src", "alt", "style"}),
    "ol": frozenset({"start"}),
    "colgroup": frozenset({"span"}),
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
}
"""Attributes that some elements have next to."""


BONDS = {"doc-pagelist": "page-list", "doc-noteref": "noteref", "doc-footnote": "footnote"} | {
    "doc-pagebreak": "pagebreak",
    "doc-toc": "toc",
}
"""The `epub:type` that an element with a role has, by which reading systems know notes, pages and contents."""
LISTS = {"toc": None, "landmarks": "hidden", "page-list": "hidden"}
"""The lists of a navigation document, and whether they are hidden from those who read it as a page."""

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""The beginning of an address outside of the book (RFC 3986, 3.1)."""


def markup_faults(root: etree._Element, href: str) -> Iterator[Strange]:
    """Elements and attributes that no built-in template prints."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        place = f"{href}, line {element.sourceline}"
        name = etree.QName(element).localname
        if element.tag.startswith(MATHML):
            yield from _formula_faults(element, name, place)
            continue
        if element.tag != f"{XHTML}{name}" or name not in ELEMENTS:
            yield Strange(words=f"no document of this publication has an element <{name}>", place=place)
        if name == "link" and (element.get("rel"), element.get("type")) != ("stylesheet", "text/css"):
            yield Strange(words="a style sheet of the document is no more than an alternative", place=place)
        for role in element.get("role", "").split():
            if not role.startswith("doc-"):
                yield Strange(words=f"no <{name}> of this publication has the role {role}", place=place)
        yield from _bond_faults(element, name, place)
        yield from _direction_faults(element, name, place)
        known = EVERYWHERE | OF_ELEMENTS.get(name, frozenset())
        if element.get(PREFIX, PREFIXES) != PREFIXES:
            yield Strange(words=f"the document names other vocabularies: {element.get(PREFIX)}", place=place)
        if not SIZE.fullmatch(element.get("style", "width: 1mm")):
            yield Strange(words=f"no <{name}> of this publication has the style “{element.get('style')}”", place=place)
        for attribute in sorted({*map(str, element.attrib)} - known):
            yield Strange(words=f"no <{name}> of this publication has an attribute {attribute}", place=place)


def _formula_faults(element: etree._Element, name: str, place: str) -> Iterator[Strange]:
    """Elements and attributes that no formula of the program has."""
    if name not in ELEMENTS_OF_FORMULAS:
        yield Strange(words=f"no formula of this publication has an element <{name}>", place=place)
    for attribute in sorted({*map(str, element.attrib)} - ATTRIBUTES_OF_FORMULAS):
        yield Strange(words=f"no <{name}> of this publication has an attribute {attribute}", place=place)
    around = element.getparent()
    inside = around is not None and str(around.tag).startswith(MATHML)
    if inside is (name == "math") or (inside and (element.tail or "").strip()):
        yield Strange(words=f"<{name}> is not a part of a formula", place=place)


def _bond_faults(element: etree._Element, name: str, place: str) -> Iterator[Strange]:
    """A role without its `epub:type` or with another one, and a list of the contents that is shown as another."""
    role, kind = element.get("role", ""), element.get(TYPE)
    wanted = BONDS.get(role, role.removeprefix("doc-") if kind and role else kind)
    if kind != wanted or (kind in BONDS.values() and name not in ("a", "nav") and not role):
        yield Strange(words=f"<{name}> has the role {role or 'none'} and the epub:type {kind or 'none'}", place=place)
    if name == "a" and kind == "noteref" and role != "doc-noteref":
        yield Strange(words="a link is marked as a call and has another role", place=place)
    if name == "nav" and (kind not in {*LISTS, None} or element.get("hidden") != LISTS.get(kind or "")):
        yield Strange(words=f"the list {kind or 'without epub:type'} is shown or hidden otherwise", place=place)
    href = element.get("href", "")
    if name == "a" and "?" in href.partition("#")[0] and not SCHEME.match(href):
        yield Strange(words=f"a link inside the book has a query: {href}", place=place)


def _direction_faults(element: etree._Element, name: str, place: str) -> Iterator[Strange]:
    """Words that run in another direction than the script of their language."""
    own, language = element.get("dir"), element.get("lang")
    if own is None and language is None:
        return
    around = element.getparent()
    while around is not None and around.get("dir") is None:
        around = around.getparent()
    inherited = LTR if around is None else around.get("dir", LTR)
    wanted = None if language is None else _direction_of(element, name, language, around=inherited)
    if name == "p" and language is None and own is not None:
        wanted = line_direction("".join(map(str, element.itertext())), around=inherited)
    if (own is not None and wanted is None) or (own or inherited) != (wanted or inherited):
        words = f"<{name}> runs {own or inherited}, and its language, {language or 'that around it'}, does not"
        yield Strange(words=words, place=place)


def _direction_of(element: etree._Element, name: str, language: str, *, around: str) -> str:
    """The direction of an element in a language; that of a passage depends on its letters too."""
    if name not in ("span", "p"):
        return direction(language)
    return passage_direction("".join(map(str, element.itertext())), language, around=around)


def prologue_faults(content: bytes, href: str, *, own_templates: bool) -> Iterator[Strange]:
    """What is before the root element, except the XML declaration and the document type, which declares nothing."""
    begin = content.find(b"<html")
    head = content[: max(begin, 0)]
    if begin < 0 or (b"[" in head if own_templates else not PROLOGUE.fullmatch(head)):
        yield Strange(words="something is written or declared before the root element of the document", place=href)
