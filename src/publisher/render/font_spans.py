"""Sets words in other families where a document needs it: elements `span` with a class are put around them.

A word may be in several elements, and be interrupted by the call of a note; a passage in another language is set
whole in one family if one of its words needs one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from lxml import etree

from publisher.fonts.scripts import is_blank, words
from publisher.render.font_plan import SERIF, Candidate, FontPlan, Setting
from publisher.sanitize.xml import parse_xml

XHTML = "{http://www.w3.org/1999/xhtml}"
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code dfn em i kbd mark q rb rt ruby s samp small span strong sub sup time u var".split()  # noqa: SIM905
)
_APART = frozenset({"aside", "note-call", "note-mark", "rt", "rp", "paragraph-number"})
"""Elements and classes inside a line that are no part of the words around them."""
_MODEL = "line-number"
"""The class of the model of line numbers, which are drawn when sections are joined."""
_EMPTY = frozenset({"img", "wbr"})
_SILENT = frozenset({"head", "math", "script", "style", "svg", "title"})
"""Elements without words of a line; formulas and drawings have typefaces of their own."""
_ITALIC = frozenset({"em", "i", "cite"})
_STRONG = frozenset({"strong", "b", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
CLASS = "in-font-"


@dataclass(slots=True)
class _Part:
    """Text of a document in one place."""

    element: etree._Element
    is_tail: bool
    """Whether it is behind the element, not at its beginning."""
    text: str
    setting: Setting
    passage: etree._Element | None
    """The element of the passage in another language that it is in."""


def with_fonts(text: str, plan: FontPlan, *, root: etree._Element | None = None) -> str:
    """The text of a document with its words in the families of the plan; the text itself if nothing has to be set."""
    root = parse_xml(text.encode(), long=True) if root is None else root
    if root.tag != f"{XHTML}html":
        return text
    lines = _Lines()
    lines.walk(root, Setting(), None, root.get("lang", ""))
    changed = [*(_set(line, plan) for line in lines.all if line), _set_heads(root, plan)]
    if not any(changed):
        return text
    return str(etree.tostring(root.getroottree(), encoding="unicode")) + "\n"


def _set_heads(root: etree._Element, plan: FontPlan) -> bool:
    """Whether the running heads of a section of a PDF got the family that one of their words needs.

    They are content of margin boxes, in which no element can be put around a word.
    """
    heads = [
        str(element.get(name, "")) for element in root.iter(f"{XHTML}section") for name in ("data-running", "data-work")
    ]
    setting = Setting(cut="It")
    found = (plan.chosen(head[a:b], script, setting) for head in heads for a, b, script in words(head))
    family = next((candidate for candidate in found if candidate is not None), None)
    head = root.find(f"{XHTML}head")
    if family is None or head is None or "epub" in root.nsmap:
        return False
    style = etree.SubElement(head, f"{XHTML}style")
    style.text = f"@page {{ @top-center {{ font-family: {plan.stack(family, SERIF)} !important; }} }}"
    return True


class _Lines:
    """The lines of a document, each the text that words can run through."""

    def __init__(self) -> None:
        self.all: list[list[_Part]] = []
        self.begin()

    def begin(self) -> None:
        """A new line."""
        self.current: list[_Part] = []
        self.all.append(self.current)

    def walk(self, element: etree._Element, setting: Setting, passage: etree._Element | None, document: str) -> None:
        """Gather the text of an element; the current line continues behind it."""
        name = etree.QName(element).localname
        language = element.get("lang", "")
        if language and name != "html":
            other = language != document
            setting = replace(setting, language=language if other else "")
            passage = element if other and name in _INLINE else None
        setting = replace(setting, cut=_cut(setting.cut, name))
        if element.text:
            self.current.append(_Part(element, False, element.text, setting, passage))
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, setting, passage, document)
            if child.tail:
                self.current.append(_Part(child, True, child.tail, setting, passage))

    def _child(self, child: etree._Element, setting: Setting, passage: etree._Element | None, document: str) -> None:
        name, around = etree.QName(child).localname, self.current
        if name in _SILENT or _MODEL in child.get("class", "").split():
            return
        if name not in _INLINE or _is_apart(child):
            self.begin()
        self.walk(child, setting, None if _is_apart(child) else passage, document)
        if _is_apart(child) or name in _EMPTY:
            self.current = around
        elif name not in _INLINE:
            self.begin()


def _is_apart(element: etree._Element) -> bool:
    return bool(_APART & {etree.QName(element).localname, *element.get("class", "").split()})


def _cut(cut: str, name: str) -> str:
    italic = cut.endswith("It") != (name in _ITALIC)
    strong = cut.startswith("Semibold") or name in _STRONG
    return ("Semibold" if strong else "") + ("It" if italic else "" if strong else "Regular")


def _set(line: list[_Part], plan: FontPlan) -> bool:
    """Whether words of a line were set in other families."""
    if all(plan.is_plain(part.text, part.setting) for part in line):
        return False
    found = _merge(_spread(_choices(line, plan), line), "".join(part.text for part in line))
    end = sum(len(part.text) for part in line)
    for part in reversed(line):
        start = end - len(part.text)
        pieces = [
            (max(first, start) - start, min(last, end) - start, family)
            for first, last, family in found
            if first < end and last > start
        ]
        _wrap(part, pieces)
        end = start
    return bool(found)


_Chosen = list[tuple[int, int, Candidate]]


def _choices(line: list[_Part], plan: FontPlan) -> _Chosen:
    """The words that are set in other families: where they begin and end."""
    text = "".join(part.text for part in line)
    settings = [part.setting for part in line for _ in part.text]
    chosen = ((begin, end, plan.chosen(text[begin:end], script, settings[begin])) for begin, end, script in words(text))
    return [(begin, end, family) for begin, end, family in chosen if family is not None]


def _spread(found: _Chosen, line: list[_Part]) -> _Chosen:
    """The choices, with each passage in another language set whole where all of its choices are the same."""
    at = 0
    for passage, parts in groupby(line, key=lambda part: part.passage):
        begin, at = at, at + sum(len(part.text) for part in parts)
        inside = [item for item in found if begin <= item[0] and item[1] <= at]
        if passage is not None and len({family.key for _, _, family in inside}) == 1:
            found = [*(item for item in found if item not in inside), (begin, at, inside[0][2])]
    return sorted(found, key=lambda item: item[0])


def _merge(found: Iterable[tuple[int, int, Candidate]], text: str) -> _Chosen:
    """The choices, with neighbours of one family joined across the spaces between them."""
    merged: _Chosen = []
    for begin, end, family in found:
        if merged and merged[-1][2] is family and all(map(is_blank, text[merged[-1][1] : begin])):
            merged[-1] = (merged[-1][0], end, family)
        else:
            merged.append((begin, end, family))
    return merged


def _wrap(part: _Part, pieces: list[tuple[int, int, Candidate]]) -> None:
    """Put elements around the pieces of a text."""
    if not pieces:
        return
    text, parent = part.text, part.element.getparent() if part.is_tail else part.element
    assert parent is not None
    at = parent.index(part.element) + 1 if part.is_tail else 0
    if part.is_tail:
        part.element.tail = text[: pieces[0][0]]
    else:
        part.element.text = text[: pieces[0][0]]
    for (begin, end, family), following in zip(pieces, [*(piece[0] for piece in pieces[1:]), len(text)], strict=True):
        span = etree.Element(f"{XHTML}span", {"class": f"{CLASS}{family.key}"})
        span.text, span.tail = text[begin:end], text[end:following]
        parent.insert(at, span)
        at += 1
