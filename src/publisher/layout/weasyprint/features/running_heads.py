"""Running heads that say where one is: the paragraphs of the page are added, and no head is higher than its margin.

Long words of a running head are divided, and it is truncate if it is too high.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import MarginBox, TextBox

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.fixes.word_pieces import HERE, mark_breaks
from publisher.layout.weasyprint.hooks import Hook, around
from publisher.model.page import ELLIPSIS, HEAD_FROM, HEAD_PARAGRAPH, HEAD_TO, truncate

_PRINTED = ("data-running", "data-work")
"""Attributes whose words style sheets print above pages."""
_RUNNING, _NUMBERED = "running", "numbered"
"""The string that style sheets set to the running head, and the class of paragraphs with numbers."""
_ROOM = 44
"""Numbers of paragraphs are added to a running head of at most so many characters."""
_LONG = 24
"""Words with more characters may be divided. In a running head, they are never wider than their box to the engine."""
_SHORTER = 0.6
_LEAST = 20
"""Characters that are left of a running head at least."""
_WORD = re.compile(r"[^ \t\n\r\f]+")


def running_head_hooks() -> tuple[Hook, ...]:
    """Return the hook by which the running head of a numbered text has the numbers of the paragraphs on its page."""
    return (around(patches.NAMED_STRING, _named_string),)


def _named_string(
    proceed: Callable[..., tuple[Any, ...]], context: Any, store: Any, page: Any, name: str, keyword: str
) -> tuple[Any, ...]:
    """Return what a page prints of a named string; the head of a section with numbers of paragraphs has these too."""
    found = proceed(context, store, page, name, keyword)
    own = next((values[0] for values in store[name].values() if values), None) if name == _RUNNING else None
    if own is None or found != (own,) or not own or len(own) > _ROOM:
        return found
    numbers = [number for box in page.descendants() if (number := _number(box))]
    if not numbers:
        return found
    first, last = numbers[0], numbers[-1]
    added = HEAD_PARAGRAPH.format(first) if first == last else HEAD_FROM.format(first) + HEAD_TO.format(last)
    return (f"{own}{added}",)


def _number(box: Any) -> str:
    """The number of the paragraph that a box is or continues; nothing if it is no numbered paragraph."""
    if box.element is None or box.element_tag != "p" or _NUMBERED not in (box.element.get("class") or "").split():
        return ""
    mark = box.element.find("span")
    return "" if mark is None else (mark.text or "")


def let_heads_break(root: Element) -> None:
    """Writes marks at which a line may end into the long words of running heads."""
    for bearer, name in _bearers(root):
        bearer.set(name, _WORD.sub(_with_marks, bearer.attrib[name]))


def cut_high_heads(document: Any, root: Element) -> bool:
    """Cuts the running heads of a laid-out document if one of them is higher than the margin; whether it did."""
    if not any(_is_too_high(box) for page in document.pages for box in page._page_box.children):
        return False
    found = False
    for bearer, name in _bearers(root):
        words = bearer.attrib[name].replace(HERE, "")
        most = max(int(len(words) * _SHORTER), _LEAST)
        if len(words) > most:
            bearer.set(name, _WORD.sub(_with_marks, truncate(words.removesuffix(ELLIPSIS), most)))
            found = True
    return found


def _bearers(root: Element) -> Iterator[tuple[Element, str]]:
    for element in root.iter():
        yield from ((element, name) for name in _PRINTED if len(element.get(name, "")) > _LEAST)


def _with_marks(found: re.Match[str]) -> str:
    return mark_breaks(found[0], language=None, room=0) if len(found[0]) > _LONG else found[0]


def _is_too_high(box: Any) -> bool:
    """Whether the words of a margin reach beyond the upper edge of the page."""
    return isinstance(box, MarginBox) and any(text.position_y < 0 for text in _texts(box))


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)
