"""Words that the layout has put where no one can read them: beyond the edge of the page, cut off, or over other words.

Letters count as high as small ones are. What the boxes of laid-out pages say is measured, not what is drawn of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from weasyprint.formatting_structure.boxes import TextBox

from publisher.layout.weasyprint.fixes.word_pieces import HERE, HYPHEN_HERE
from publisher.pdf.assemble.section_pdf import Misplaced, PageSize

POINTS = 0.75
"""Of a pixel."""
SLACK = 0.5 / POINTS
"""In pixels: by so much letters may protrude from the page or from what cuts them off."""
SMALL_LETTERS = 0.45
"""How high letters without ascenders are, in sizes."""
OVER = 0.4
"""How much of its size a word may be over another one."""
HALF = 0.5
ROW = 24
"""In pixels: words are looked for in rows of this height."""
_LATER = frozenset({"line-number"})
"""Classes of what the binder puts in its place."""
_SHOWN = 200
_MARKS = str.maketrans("", "", HERE + HYPHEN_HERE)


class _Box(NamedTuple):
    """Left, top, right and bottom, in pixels from the top left of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: _Box) -> bool:
        """Whether another box lies in it, but for what no one sees."""
        across = self.left - SLACK <= other.left and other.right <= self.right + SLACK
        return across and self.top - SLACK <= other.top and other.bottom <= self.bottom + SLACK


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    size: float
    box: _Box


def find_misplaced(document: Any) -> Iterator[Misplaced]:
    """The words of a laid-out document that no one can read, in the order of its pages."""
    for index, page in enumerate(document.pages):
        box = page._page_box
        whole = _Box(0, 0, box.margin_width(), box.margin_height())
        placed = [*_words(box, whole)]
        for words, seen in placed:
            if not seen.holds(words.box):
                yield Misplaced(page=index, words=_display(words))
        for words, under in _over(words for words, _ in placed):
            yield Misplaced(page=index, words=_display(words), over=_display(under))


def page_sizes(document: Any) -> Iterator[PageSize]:
    """The size of the first page of a laid-out document, and of each page that has another one than that before it."""
    before = None
    for index, page in enumerate(document.pages):
        size = page.width * POINTS, page.height * POINTS
        if size != before:
            yield PageSize(page=index, width=size[0], height=size[1])
        before = size


def _display(words: _Words) -> str:
    return words.text.translate(_MARKS)[:_SHOWN]


def _words(box: Any, seen: _Box) -> Iterator[tuple[_Words, _Box]]:
    """The words of a box, each with what is seen of the page where they are."""
    inner = getattr(box, "_box", None) or box
    if _is_left_out(inner):
        return
    if isinstance(inner, TextBox):
        if inner.text.strip() and inner.style["visibility"] == "visible":
            yield _Words(inner.text.strip(), inner.style["font_size"], _around(inner)), seen
        return
    if getattr(inner, "style", {}).get("overflow", "visible") != "visible" and hasattr(inner, "padding_box_x"):
        seen = _visible_box(seen, inner)
    for child in getattr(inner, "children", ()):
        yield from _words(child, seen)


def _is_left_out(box: Any) -> bool:
    """Whether a box is put in its place later, or is turned or moved when it is drawn."""
    element = box.element
    later = element is not None and not _LATER.isdisjoint(element.get("class", "").split())
    return later or bool(box.style["transform"])


def _around(box: Any) -> _Box:
    """What the letters of a text fill."""
    base, size = box.position_y + box.baseline, box.style["font_size"]
    return _Box(box.position_x, base - SMALL_LETTERS * size, box.position_x + box.width, base)


def _visible_box(seen: _Box, box: Any) -> _Box:
    """What is seen inside a box that cuts off what is out of it."""
    left, top = box.padding_box_x(), box.padding_box_y()
    right, bottom = left + box.padding_width(), top + box.padding_height()
    return _Box(max(seen.left, left), max(seen.top, top), min(seen.right, right), min(seen.bottom, bottom))


def _over(words: Iterable[_Words]) -> Iterator[tuple[_Words, _Words]]:
    """The words of a page that are over others, each with those."""
    rows: defaultdict[int, list[_Words]] = defaultdict(list)
    for word in words:
        row = int(word.box.top // ROW)
        near = (other for at in (row - 1, row, row + 1) for other in rows[at])
        under = next((other for other in near if _stands_over(word, other)), None)
        if under is not None:
            yield word, under
        rows[row].append(word)


def _stands_over(item: _Words, other: _Words) -> bool:
    across = min(item.box.right, other.box.right) - max(item.box.left, other.box.left)
    down = min(item.box.bottom, other.box.bottom) - max(item.box.top, other.box.top)
    height = SMALL_LETTERS * min(item.size, other.size)
    return across > OVER * min(item.size, other.size) and down > HALF * height
