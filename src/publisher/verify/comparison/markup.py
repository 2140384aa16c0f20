"""Two XML documents compared: in their canonical form first, then part by part.

Canonical XML 1.1, https://www.w3.org/TR/xml-c14n11/.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from lxml import etree

from publisher.sanitize.xml import parse_xml
from publisher.verify.comparison.difference import Difference, Kind
from publisher.verify.comparison.words import changed_words

XHTML = "{http://www.w3.org/1999/xhtml}"
# fmt: off
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "html", "li", "main", "nav",
        "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
    }
)
# fmt: on
LINKS = frozenset({"href", "src", "{http://www.w3.org/1999/xlink}href", "poster", "data", "srcset", "action", "cite"})
LOOKS = frozenset({"class", "style", "width", "height", "hidden", "color", "fill", "stroke", "transform"})
ACTIVE = frozenset({"script", "form", "input", "button", "iframe", "object", "embed", "video", "audio", "base", "meta"})
DECLARES = re.compile(r"<!DOCTYPE[^>\[]*\[")
MOST = 60
"""How many differences of one document are reported."""


class NotMarkup(Exception):
    """The bytes are no XML that can be read without fetching or expanding anything."""


def markup_differences(expected: bytes, found: bytes, *, name: str, kind: Kind | None = None) -> tuple[Difference, ...]:
    """Where two documents differ; nothing if both are the same in canonical form.

    `kind` is what every difference is about, if it does not depend on the element.
    Raises `NotMarkup` if what was found cannot be parsed.
    """
    want, have = _parse(expected), _parse(found)
    if _type(want) != _type(have):
        return (Difference(kind=Kind.OBJECT, place=name, message="the document type declaration differs"),)
    if _canonical(want.getroottree()) == _canonical(have.getroottree()):
        return ()
    walk = _Walk(name=name, kind=kind)
    walk.compare(want, have)
    walk.around(want, have)
    return tuple(walk.differences[:MOST]) or (
        Difference(kind=Kind.OBJECT, place=name, message="the documents differ in their canonical form"),
    )


def _parse(content: bytes) -> etree._Element:
    try:
        root = parse_xml(content)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotMarkup(str(error)) from error
    if any(isinstance(node, etree._Entity) for node in root.iter()):
        raise NotMarkup("it uses an entity that it declares itself")
    return root


def _type(root: etree._Element) -> str:
    """The document type declaration, and whether it declares anything itself: entities, attributes."""
    information: Any = root.getroottree().docinfo
    declares = DECLARES.search(etree.tostring(root.getroottree(), encoding="unicode"))
    return f"{information.doctype}{' [' if declares else ''}"


def _canonical(tree: etree._ElementTree | etree._Element) -> bytes:
    """The canonical form of a document or an element; comments and processing instructions have but one form."""
    if isinstance(tree, etree._Comment | etree._ProcessingInstruction):
        return bytes(etree.tostring(tree, with_tail=False))
    return bytes(etree.tostring(tree, method="c14n", with_comments=True))


class _Walk:
    """Both trees side by side, down to where they differ."""

    def __init__(self, *, name: str, kind: Kind | None) -> None:
        self.name, self.kind = name, kind
        self.differences: list[Difference] = []

    def add(self, kind: Kind, element: etree._Element, message: str, *sides: str | None) -> None:
        expected, found = sides or (None, None)
        line = f", line {element.sourceline}" if element.sourceline else ""
        difference = Difference(
            kind=self.kind or kind, place=f"{self.name}{line}", message=message, expected=expected, found=found
        )
        if len(self.differences) < MOST:
            self.differences.append(difference)

    def around(self, want: etree._Element, have: etree._Element) -> None:
        """Compares what is outside of the root: comments and processing instructions."""
        sides = [
            [_canonical(node) for way in (True, False) for node in root.itersiblings(preceding=way)]
            for root in (want, have)
        ]
        if sides[0] != sides[1]:
            self.add(Kind.OBJECT, have, "comments or processing instructions around the document differ")

    def compare(self, want: etree._Element, have: etree._Element) -> None:
        """Compares two elements and everything in them. Their depth is bounded by the parser (256)."""
        if len(self.differences) >= MOST or _digest(want) == _digest(have):
            return
        if want.tag != have.tag:
            self.add(
                _kind_of_element(have),
                have,
                f"{_element_name(want)} has become {_element_name(have)}",
                *_texts(want, have),
            )
            return
        self._attributes(want, have)
        if _is_markup(want) and _inner(want) == _inner(have) and _tags(want) == _tags(have):
            for element, other in zip(want, have, strict=True):
                self.compare(element, other)
            return
        if _holds_words(want, have):
            self._words(want, have)
            return
        self._children(want, have)

    def _words(self, want: etree._Element, have: etree._Element) -> None:
        """Reports the words of a block that differ; if none do, continues to what is in it."""
        texts = _texts(want, have)
        if texts[0] != texts[1]:
            self.add(Kind.WORDS, have, f"the text of {_element_name(have)} differs", *changed_words(*texts))
        if len(want) == len(have):
            for element, other in zip(want, have, strict=True):
                if _tag(element) == _tag(other):
                    self._only_attributes(element, other)
                else:
                    self.add(
                        _kind_of_element(other), other, f"{_element_name(element)} has become {_element_name(other)}"
                    )
        elif texts[0] == texts[1]:
            self._children(want, have)
        else:
            self._strangers(want, have)

    def _strangers(self, want: etree._Element, have: etree._Element) -> None:
        """Reports active elements that came in with changed words."""
        known = [_digest(item) for item in want.iter(*_ACTIVE_TAGS)]
        for element in have.iter(*_ACTIVE_TAGS):
            if _digest(element) not in known:
                self.add(Kind.ACTION, element, f"{_element_name(element)} was added")

    def _only_attributes(self, want: etree._Element, have: etree._Element) -> None:
        """Compares the attributes of two elements whose words are compared already, and of what is in them."""
        self._attributes(want, have)
        if _tags(want) != _tags(have):
            self.add(Kind.OBJECT, have, f"what is in {_element_name(have)} differs")
            return
        for element, other in zip(want, have, strict=True):
            self._only_attributes(element, other)

    def _attributes(self, want: etree._Element, have: etree._Element) -> None:
        for name in sorted({*map(str, want.attrib), *map(str, have.attrib)}):
            text, other = want.get(name), have.get(name)
            if text != other:
                kind = _kind_of_attribute(name, have)
                self.add(kind, have, f"{_plain(name)} of {_element_name(have)} differs", text or "", other or "")
        if dict(want.nsmap) != dict(have.nsmap) and want.attrib == have.attrib:
            self.add(Kind.OBJECT, have, f"the namespaces of {_element_name(have)} differ")

    def _children(self, want: etree._Element, have: etree._Element) -> None:
        """Aligns the children of two elements, and compares those that belong together."""
        if _own(want) != _own(have):
            self.add(Kind.WORDS, have, f"the text in {_element_name(have)} differs", _own(want), _own(have))
        wanted, others = list(want), list(have)
        matcher = SequenceMatcher(
            a=[_digest(item) for item in wanted], b=[_digest(item) for item in others], autojunk=False
        )
        for operation, start, end, first, last in matcher.get_opcodes():
            if operation == "equal":
                continue
            pairs = min(end - start, last - first)
            for element, other in zip(wanted[start : start + pairs], others[first : first + pairs], strict=True):
                self.compare(element, other)
            for element in wanted[start + pairs : end]:
                self.add(_kind_of_element(element), have, f"{_element_name(element)} is missing", _text(element), None)
            for other in others[first + pairs : last]:
                self.add(_kind_of_element(other), other, f"{_element_name(other)} was added", None, _text(other))


_ACTIVE_TAGS = tuple(f"{XHTML}{name}" for name in sorted(ACTIVE))


def _digest(element: etree._Element) -> bytes:
    return sha256(_canonical(element) + (element.tail or "").encode()).digest()


def _is_markup(element: etree._Element) -> bool:
    return isinstance(element.tag, str)


def _tag(element: etree._Element) -> str:
    return element.tag if isinstance(element.tag, str) else f"{type(element).__name__} {element.text}"


def _tags(element: etree._Element) -> list[str]:
    return [_tag(child) for child in element]


def _plain(name: str) -> str:
    return str(name).rpartition("}")[2]


def _element_name(element: etree._Element) -> str:
    """What an element is called in a message: `<p id="x">`."""
    if not isinstance(element.tag, str):
        return "a comment" if isinstance(element, etree._Comment) else "a processing instruction"
    found = element.get("id")
    return f'<{_plain(element.tag)} id="{found}">' if found else f"<{_plain(element.tag)}>"


def _own(element: etree._Element) -> str:
    """The characters that are in an element itself, not in its children."""
    return "".join([element.text or "", *(child.tail or "" for child in element)])


def _inner(element: etree._Element) -> list[str]:
    return [element.text or "", *(child.tail or "" for child in element)]


def _text(element: etree._Element) -> str:
    if not isinstance(element.tag, str):
        return element.text or ""
    return str(element.xpath("string()"))


def _texts(want: etree._Element, have: etree._Element) -> tuple[str, str]:
    return _text(want), _text(have)


def _holds_words(want: etree._Element, have: etree._Element) -> bool:
    """Whether an element is a paragraph or the like: it has words of its own, or no blocks."""
    if _own(want).strip() or _own(have).strip():
        return True
    return not any(
        _plain(child.tag) in BLOCKS for side in (want, have) for child in side if isinstance(child.tag, str)
    ) and bool(_text(want).strip() or _text(have).strip())


def _kind_of_element(element: etree._Element) -> Kind:
    if not isinstance(element.tag, str):
        return Kind.OBJECT
    name = _plain(element.tag)
    if name in ACTIVE and element.tag.startswith(XHTML):
        return Kind.ACTION
    if name in ("img", "image", "svg", "style", "link"):
        return Kind.RESOURCE
    return Kind.WORDS if _text(element).strip() else Kind.LINK if name == "a" else Kind.OBJECT


def _kind_of_attribute(name: str, element: etree._Element) -> Kind:
    if _plain(name).startswith("on"):
        return Kind.ACTION
    if name in LINKS or name == "id":
        return Kind.LINK
    if name in LOOKS:
        return Kind.DRAWING
    if _plain(name) in ("lang", "alt", "role", "type", "title", "dir", "label") or _plain(name).startswith("aria-"):
        return Kind.SPOKEN
    return Kind.OBJECT
