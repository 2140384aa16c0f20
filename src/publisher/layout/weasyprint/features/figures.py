"""Pictures made smaller, so that their captions have room on the same page.

WeasyPrint 70 divides what is higher than a page wherever it can: the caption of a high picture is then on the next
page. If a picture and its caption do not fit, the picture gets as much of the page as its caption leaves. A caption
that is longer than half a page may continue on the next one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import LineBox, ReplacedBox

_DIVIDED = "divided"
"""The class of a figure whose caption may continue on the next page."""
_CAPTION = 0.5
"""How much of a page a caption may take that stays in one piece."""
_LEAST = 0.25
"""How much of a page is left to a picture at least."""
_AT_FOOT = 0.6
"""How much of a page a picture in a note at the foot may take, with its caption."""
_AGAIN = 0.8
"""How much smaller a picture becomes that still does not fit."""
_SLACK = 0.5
"""In pixels: what is less comes from rounding."""
_HIGH = "data-high"
"""An attribute of a picture: how high it may be, in pixels."""


def fit_pictures(document: Any) -> bool:
    """Gives pictures of a laid-out document the height that their captions leave them; whether any had more."""
    parts: defaultdict[Element, list[tuple[Any, Any, float]]] = defaultdict(list)
    for page in document.pages:
        for child in page._page_box.children:
            share = _AT_FOOT if type(child).__name__ == "FootnoteAreaBox" else 1.0
            for box in _figures(child):
                parts[box.element].append((page, box, share))
    changes = [_fit(element, boxes) for element, boxes in parts.items()]
    return any(changes)


def _figures(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element_tag == "figure":
            yield child
        else:
            yield from _figures(child)


def _fit(figure: Element, parts: list[tuple[Any, Any, float]]) -> bool:
    """Whether the picture of a figure was made smaller, or its caption may now be divided."""
    images = [(page, box, share) for page, part, share in parts for box in _boxes(part, "img")]
    element = figure.find("img")
    if not images or element is None:
        return False
    page, image, share = images[0]
    captions = [(on, box) for on, part, _ in parts for box in _boxes(part, "figcaption")]
    high = sum(box.height for _, box in captions)
    room = page._page_box.height * share
    if element.get(_HIGH) is not None and share == 1.0:
        room = max(room - _notes(page), _LEAST * room)
    if image.height + high <= room and _is_together(page, image, captions):
        return False
    divided = high > _CAPTION * room and _divide(figure)
    most = room - (_CAPTION * room if high > _CAPTION * room else high) - _gap(captions)
    before = float(element.get(_HIGH, "inf"))
    most = min(most, _AGAIN * before, max(image.height, room * _LEAST)) if before < float("inf") else most
    if most < _LEAST * room:
        most = _LEAST * room
    if most >= before or (image.height <= most and not _is_apart(page, captions)):
        return divided
    element.set(_HIGH, f"{most:.2f}")
    own = element.get("style")
    element.set("style", "; ".join((*([own] if own else []), f"max-height: {most:.2f}px")))
    return True


def _notes(page: Any) -> float:
    """How high the notes at the foot of a page are."""
    areas = (box for box in page._page_box.children if type(box).__name__ == "FootnoteAreaBox")
    return sum(float(box.margin_height()) for box in areas)


def _is_together(page: Any, image: Any, captions: list[tuple[Any, Any]]) -> bool:
    """Whether a picture is on its page, above the notes of that, and its caption begins there."""
    bottom = page._page_box.content_box_y() + page._page_box.height - _notes(page) + _SLACK
    return bool(image.position_y + image.height <= bottom) and not _is_apart(page, captions)


def _is_apart(page: Any, captions: list[tuple[Any, Any]]) -> bool:
    """Whether a caption begins on another page."""
    lines = [on for on, box in captions for _ in _lines(box)]
    return bool(lines) and lines[0] is not page


def _gap(captions: list[tuple[Any, Any]]) -> float:
    """What is between a picture and its caption, and below both."""
    margins = sum(float(box.margin_top + box.margin_bottom) for _, box in captions[:1])
    return margins + 2 * _line_height(captions)


def _line_height(captions: list[tuple[Any, Any]]) -> float:
    return next((float(line.height) for _, box in captions for line in _lines(box)), 0.0)


def _divide(figure: Element) -> bool:
    """Lets the caption of a figure continue on the next page; whether it could not yet."""
    if _DIVIDED in figure.get("class", "").split():
        return False
    figure.set("class", f"{figure.get('class', '')} {_DIVIDED}".strip())
    return True


def _boxes(box: Any, tag: str) -> Iterator[Any]:
    """The boxes of an element with that tag: those of a picture are replaced by it."""
    for child in getattr(box, "children", ()):
        if child.element_tag == tag and (tag != "img" or isinstance(child, ReplacedBox)):
            yield child
        else:
            yield from _boxes(child, tag)


def _lines(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield child
        else:
            yield from _lines(child)
