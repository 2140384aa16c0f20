"""Running heads that fit above the page: their long words are divided, and they are cut if they are too high."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import MarginBox, TextBox

from publisher.layout.weasyprint.fixes.word_pieces import HERE, opened
from publisher.model.running_head import ELLIPSIS, cut

_PRINTED = ("data-running", "data-work")
"""Attributes whose words style sheets print above pages."""
_LONG = 24
"""Words with more characters may be divided. In a running head, they are never wider than their box to the engine."""
_SHORTER = 0.6
_LEAST = 20
"""Characters that are left of a running head at least."""
_WORD = re.compile(r"[^ \t\n\r\f]+")


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
            bearer.set(name, _WORD.sub(_with_marks, cut(words.removesuffix(ELLIPSIS), most)))
            found = True
    return found


def _bearers(root: Element) -> Iterator[tuple[Element, str]]:
    for element in root.iter():
        yield from ((element, name) for name in _PRINTED if len(element.get(name, "")) > _LEAST)


def _with_marks(found: re.Match[str]) -> str:
    return opened(found[0], language=None, room=0) if len(found[0]) > _LONG else found[0]


def _is_too_high(box: Any) -> bool:
    """Whether the words of a margin reach beyond the upper edge of the page."""
    return isinstance(box, MarginBox) and any(one.position_y < 0 for one in _texts(box))


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)
