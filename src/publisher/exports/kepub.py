"""An EPUB as Kobo's devices read it best: each sentence in an element of its own (kepub).

Kobo finds places, highlights and statistics by `span.koboSpan` elements, whose ids count paragraphs and sentences. The
format is not published; this follows what kepubify writes (https://pgaskin.net/kepubify/). No letter is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from publisher.epub.write.zip import Entry, seal, unseal
from publisher.model.rendition import Artifact
from publisher.sanitize.xml import parse_xml

XHTML = "{http://www.w3.org/1999/xhtml}"
WHOLE = frozenset({"audio", "math", "pre", "script", "style", "svg", "video"})
"""Elements that are left as they are."""
PARAGRAPHS = frozenset(
    {"dd", "dt", "figcaption", "li", "ol", "p", "table", "td", "th", "ul"} | {f"h{n}" for n in range(1, 7)}
)
"""Elements with which the next number of a paragraph begins."""
VOID = frozenset({"area", "br", "col", "hr", "img", "wbr"})
"""Elements that have no end tag."""
END = re.compile(r"[.!?…]+[”’\"')\]»]*\s+|[。！？]+[」』”’]*\s*")
"""The end of a sentence, with the white space after it."""
STYLE = "div#book-inner { margin-top: 0; margin-bottom: 0; }"


def kepub(book: Artifact, *, name: str) -> Artifact:
    """The kepub of a finished EPUB, the same bytes at each run."""
    return Artifact(name=f"{name}.kepub.epub", content=seal(map(_entry, unseal(book.content))))


def _entry(entry: Entry) -> Entry:
    """The entry; a document with its sentences marked."""
    if not entry.name.endswith(".xhtml") or entry.name.endswith("/nav.xhtml"):
        return entry
    return Entry(name=entry.name, content=mark_spans(entry.content))


def mark_spans(document: bytes) -> bytes:
    """A document with an element around each sentence and picture."""
    root = parse_xml(document, long=True)
    head, body = root.find(f"{XHTML}head"), root.find(f"{XHTML}body")
    if body is None:
        return document
    _Marker().mark(body)
    columns = etree.Element(f"{XHTML}div", id="book-columns")
    inner = etree.SubElement(columns, f"{XHTML}div", id="book-inner")
    inner.text, body.text = body.text, None
    inner.extend(list(body))
    body.append(columns)
    if head is not None:
        style = etree.SubElement(head, f"{XHTML}style", {"class": "kobostylehacks"})
        style.text = STYLE
    for element in body.iter(etree.Element):
        if element.text is None and not len(element) and etree.QName(element).localname not in VOID:
            element.text = ""  # written with an end tag
    text = etree.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


class _Marker:
    """What counts the paragraphs and sentences of a document."""

    def __init__(self) -> None:
        self._paragraph, self._sentence, self._is_new = 0, 0, True

    def mark(self, element: etree._Element) -> None:
        """Mark the words of an element and of those in it."""
        name = etree.QName(element).localname
        if name in WHOLE:
            return
        self._is_new = self._is_new or name in PARAGRAPHS
        children = list(element)
        text, element.text = element.text, None
        for child in children:
            element.remove(child)
        _append(element, self._spans(text))
        for child in children:
            tail, child.tail = child.tail, None
            if isinstance(child.tag, str):
                if etree.QName(child).localname == "img":
                    span = self._span()
                    span.append(child)
                    element.append(span)
                else:
                    element.append(child)
                    self.mark(child)
            else:
                element.append(child)
            _append(element, self._spans(tail))

    def _spans(self, text: str | None) -> Iterator[etree._Element | str]:
        """The sentences of a text, each in an element; white space alone is left as it is."""
        if not text:
            return
        for sentence in _sentences(text):
            if sentence.isspace():
                yield sentence
            else:
                span = self._span()
                span.text = sentence
                yield span

    def _span(self) -> etree._Element:
        if self._is_new:
            self._paragraph, self._sentence, self._is_new = self._paragraph + 1, 0, False
        self._sentence += 1
        return etree.Element(f"{XHTML}span", {"class": "koboSpan", "id": f"kobo.{self._paragraph}.{self._sentence}"})


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text, which together are the text."""
    start = 0
    for end in (*(found.end() for found in END.finditer(text)), len(text)):
        if end > start:
            yield text[start:end]
        start = end


def _append(element: etree._Element, parts: Iterator[etree._Element | str]) -> None:
    """Put elements and white space at the end of an element."""
    for part in parts:
        if not isinstance(part, str):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text = (element.text or "") + part
