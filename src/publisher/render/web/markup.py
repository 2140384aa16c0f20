"""A document of the EPUB as HTML for a page of the web edition: the same elements and words, other links.

HTML Living Standard, 13.3 Serializing HTML fragments, https://html.spec.whatwg.org/multipage/parsing.html. Page breaks
and paragraph numbers become links to themselves, `style` attributes become classes, since the pages allow no styles in
attributes, and the vocabulary of EPUB (`epub:type`) is left out; roles say the same.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from publisher.model.publication import label_of_page
from publisher.sanitize.xml import parse_xml

XHTML = "http://www.w3.org/1999/xhtml"
_XHTML = f"{{{XHTML}}}"
_EPUB = "{http://www.idpf.org/2007/ops}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A block of a page that the search finds."""

    id: str
    """The id of the element that holds it."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A document as part of a page."""

    title: str
    language: str
    html: str
    sheets: tuple[str, ...]
    """The style sheets that it names, by their paths from the package document."""
    words: tuple[Words, ...]


@dataclass(slots=True)
class SiteStyles:
    """The declarations of `style` attributes and elements, which become a style sheet of the site."""

    classes: dict[str, str] = field(default_factory=dict)
    """Class by declarations."""
    elements: dict[str, None] = field(default_factory=dict)
    """What `style` elements hold, once each."""

    def class_of(self, declarations: str) -> str:
        """The class that has these declarations."""
        name = f"s-{sha256(declarations.encode()).hexdigest()[:10]}"
        return self.classes.setdefault(declarations, name)

    def text(self) -> str:
        """The style sheet; empty if no document has styles of its own."""
        rules = (f".{name} {{ {declarations.rstrip('; ')}; }}" for declarations, name in sorted(self.classes.items()))
        return "\n".join((*rules, *self.elements))


def fragment(
    document: bytes, *, href: str, page: str, addresses: Mapping[str, str], styles: SiteStyles, page_label: str
) -> Fragment:
    """A document of the EPUB as part of the page with the path `page`.

    `href` is its path from the package document, `addresses` gives the pages of the site by the paths of documents.
    """
    root = parse_xml(document, long=True)
    head, body = root.find(f"{_XHTML}head"), root.find(f"{_XHTML}body")
    assert head is not None
    assert body is not None
    sheets = tuple(
        _join(link.get("href", ""), href) for link in head.iter(f"{_XHTML}link") if link.get("rel") == "stylesheet"
    )
    for style in root.iter(f"{_XHTML}style"):
        styles.elements[style.text or ""] = None
    etree.strip_elements(body, f"{_XHTML}style", with_tail=False)
    words = tuple(_words(body))
    _mark_places(body, page_label)
    _rewrite(body, href=href, page=page, addresses=addresses, styles=styles)
    language = root.get("lang") or root.get(_XML_LANG) or ""
    body.tag = f"{_XHTML}div"
    classes = ["document", *body.get("class", "").split()]
    body.set("class", " ".join(classes))
    body.set("data-document", href)
    body.set("lang", language)
    if root.get("dir"):
        body.set("dir", root.get("dir", ""))
    title = head.findtext(f"{_XHTML}title") or ""
    return Fragment(title=title, language=language, html=_html(body), sheets=sheets, words=words)


def page_list(nav: bytes, *, href: str, addresses: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The labels of the printed pages with their addresses in the site, from the EPUB's navigation document."""
    root = parse_xml(nav, long=True)
    lists = (element for element in root.iter(f"{_XHTML}nav") if element.get(f"{_EPUB}type") == "page-list")
    links = (link for element in lists for link in element.iter(f"{_XHTML}a"))
    return tuple(
        ("".join(map(str, link.itertext())), _address(link.get("href", ""), href=href, page="", addresses=addresses))
        for link in links
    )


def page_break_source(package: bytes) -> str | None:
    """What the package document of the EPUB names as the source of its page breaks; None if it has none."""
    root = parse_xml(package)
    metas = root.iter("{http://www.idpf.org/2007/opf}meta")
    return next((meta.text for meta in metas if meta.get("property") == "pageBreakSource"), None)


def _mark_places(body: etree._Element, page_label: str) -> None:
    """Makes page breaks and paragraph numbers lead to themselves, so that their addresses can be copied."""
    for mark in [*body.iter(f"{_XHTML}span")]:
        if mark.get("role") == "doc-pagebreak" and len(mark) == 0 and not (mark.text or "").strip():
            label = mark.get("aria-label", "")
            mark.set("class", " ".join(("page-number", *mark.get("class", "").split())))
            mark.text = label_of_page(label, page_label) or label
            if not _in_link(mark):
                mark.tag = f"{_XHTML}a"
                mark.set("href", f"#{mark.get('id', '')}")
                del mark.attrib["role"]
        elif "paragraph-number" in mark.get("class", "").split() and not _in_link(mark):
            paragraph = next((ancestor.get("id") for ancestor in mark.iterancestors() if ancestor.get("id")), None)
            if paragraph and len(mark) == 0:
                mark.tag = f"{_XHTML}a"
                mark.set("href", f"#{paragraph}")


def _in_link(element: etree._Element) -> bool:
    return any(ancestor.tag == f"{_XHTML}a" for ancestor in element.iterancestors())


def _rewrite(body: etree._Element, *, href: str, page: str, addresses: Mapping[str, str], styles: SiteStyles) -> None:
    """Turns the attributes of every element into those of the site."""
    for element in body.iter(etree.Element):
        for name in [name for name in map(str, element.attrib) if name.startswith(_EPUB) or name == _XML_LANG]:
            del element.attrib[name]
        style = element.get("style")
        if style is not None:
            del element.attrib["style"]
        if style:
            classes = (*element.get("class", "").split(), styles.class_of(style))
            element.set("class", " ".join(classes))
        for name in ("href", "src", "data", "{http://www.w3.org/1999/xlink}href"):
            address = element.get(name)
            if address is not None:
                element.set(name, _address(address, href=href, page=page, addresses=addresses))
        if element.tag == f"{_XHTML}a" and urlsplit(element.get("href", "")).scheme in ("http", "https"):
            element.set("rel", "external noreferrer")


def _address(address: str, *, href: str, page: str, addresses: Mapping[str, str]) -> str:
    """An address as the page has to write it."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    target = _join(address, href) if parts.path else href
    there = addresses.get(target, target)
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if there == page:
        return fragment or "#"
    return f"{quote(posixpath.relpath(there, posixpath.dirname(page) or '.'))}{fragment}"


def _join(address: str, base: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(urlsplit(address).path)))


_BLOCKS = frozenset(
    {
        "p",
        "li",
        "dd",
        "dt",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figcaption",
        "caption",
        "blockquote",
        "div",
    }
)


def _words(body: etree._Element) -> Iterator[Words]:
    """The blocks of a document that hold words, each with the nearest id around it."""
    for nav in body.iter(f"{_XHTML}nav"):
        if nav.get(f"{_EPUB}type"):
            return
    for element in body.iter(etree.Element):
        name = etree.QName(element).localname
        if name not in _BLOCKS or any(
            etree.QName(item).localname in _BLOCKS for item in element.iterdescendants() if isinstance(item.tag, str)
        ):
            continue
        text = re.sub(r"\s+", " ", "".join(_speak(element))).strip()
        id = next((item.get("id") for item in (element, *element.iterancestors()) if item.get("id")), None)
        if text and id:
            yield Words(id=id, text=text)


def _speak(element: etree._Element) -> Iterator[str]:
    """The words of an element, without paragraph numbers, calls of notes and ways back from them."""
    left_out = ("doc-noteref", "doc-backlink", "doc-pagebreak")
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            if child.get("alttext"):
                yield child.get("alttext", "")
                yield child.tail or ""
                continue
            apart = child.get("role") in left_out or "paragraph-number" in child.get("class", "").split()
            if not apart:
                yield from _speak(child)
        yield child.tail or ""


def _html(element: etree._Element) -> str:
    """The element as an HTML parser reads it back: without the prefix and declaration of the XHTML namespace."""
    bare = _bare(element)
    return str(etree.tostring(bare, method="html", encoding="unicode"))


def _default(namespace: str) -> Any:
    """A namespace map with a default namespace; the library's types know no such key."""
    return {None: namespace}


def _bare(element: etree._Element) -> etree._Element:
    """A copy whose XHTML elements have no namespace; MathML and SVG keep theirs."""
    tag = str(element.tag)
    inside = tag.startswith(_XHTML)
    namespace = etree.QName(element).namespace or ""
    copy = etree.Element(tag.removeprefix(_XHTML)) if inside else etree.Element(tag, nsmap=_default(namespace))
    for name, value in element.attrib.items():
        copy.set(name, value)
    copy.text = element.text
    for child in element:
        if not isinstance(child.tag, str):
            previous = copy[-1] if len(copy) else None
            if previous is None:
                copy.text = (copy.text or "") + (child.tail or "")
            else:
                previous.tail = (previous.tail or "") + (child.tail or "")
            continue
        new = _bare(child)
        new.tail = child.tail
        copy.append(new)
    return copy
