"""Lines with text from right to left, whose boxes are put in order as one text (UAX #9).

Unicode Bidirectional Algorithm, https://www.unicode.org/reports/tr9/, applied as CSS says
(https://www.w3.org/TR/css-writing-modes-3/#text-direction). WeasyPrint 70 orders the letters of each text by
themselves, and the boxes of a line by the direction of the paragraph: two links in brackets change places.

The levels of a paragraph are resolved over all of its boxes, once, before it is broken into lines. Texts are divided
where the level changes, so that each runs one way. When a line is full, its boxes are placed by rule L2.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.features.ruby import base_letters, is_ruby
from publisher.layout.weasyprint.hooks import Hook, after
from publisher.pdf.read.levels import embedding_levels, reorder

_TURNING = re.compile(
    "[\u0590-\u08ff\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters from right to left, and the controls that begin text of this direction."""
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_ISOLATES = {"ltr": "\N{LEFT-TO-RIGHT ISOLATE}", "rtl": "\N{RIGHT-TO-LEFT ISOLATE}", "auto": "\N{FIRST STRONG ISOLATE}"}
_END = "\N{POP DIRECTIONAL ISOLATE}"
_DIRECTIONS = ("ltr", "rtl")
"""By the last bit of a level."""
_LEVEL, _ORDERED = "publisher_level", "publisher_is_ordered"


def bidirectional_line_hooks(root: Element) -> tuple[Hook, ...]:
    """Return the hooks by which the lines of a document are in order if it has text from right to left."""
    styles = _Styles() if _turns(root) else None
    return after(patches.INLINE_IN_BLOCK, partial(_resolve, styles=styles)), after(patches.TEXT_ALIGN, _place)


def is_ordered(box: Any) -> bool:
    """Return whether a text is on a line in which letters run both ways; a space alone is written there too.

    Elsewhere the distance of two words says that there is a space between them.
    """
    return hasattr(box, _LEVEL)


def _resolve(made: Any, *_given: Any, styles: _Styles | None, **_named: Any) -> Any:
    """Give each box in the lines of a block its level; lines between blocks are in blocks of their own."""
    if styles is None:
        return made
    for box in made.all_children():
        for line in (box, *box.children[:1]):
            if isinstance(line, LineBox) and not getattr(line, _ORDERED, False):
                _resolve_line(line, styles)
    return made


def _turns(root: Element) -> bool:
    """Whether anything in a document runs from right to left."""
    return any(element.get("dir") == "rtl" for element in root.iter()) or any(map(_TURNING.search, root.itertext()))


@dataclass(slots=True)
class _Paragraphs:
    """The text of a line box, with each character's box; a line end in it begins a paragraph."""

    text: list[str] = field(default_factory=list)
    owners: list[Any] = field(default_factory=list)
    """The box of each character; None for the controls around a box of another direction."""
    opened: list[str] = field(default_factory=list)

    def add(self, text: str, owner: Any = None) -> None:
        """Grow by the characters of a box."""
        self.text += text
        self.owners += (owner,) * len(text)

    def read(self, box: Any, direction: str) -> None:
        """Grow by what is in a box."""
        for child in box.children:
            if not child.is_in_normal_flow():
                continue
            if isinstance(child, TextBox):
                self._add_text(child)
            elif isinstance(child, InlineBox):
                own = "auto" if child.element_tag == "bdi" else child.style["direction"]
                self._read_part(child, direction, own)
            elif is_ruby(child):
                self.add("".join(base_letters(child)), child)
            else:
                self.add(_OBJECT, child)

    def _add_text(self, box: Any) -> None:
        """Grow by a text; a line end in it ends the isolates that are open, and begins them again."""
        for at, part in enumerate(re.split("(\n)", box.text)):
            if at % 2:
                self.add(_END * len(self.opened))
                self.add(part, box)
                self.add("".join(self.opened))
            else:
                self.add(part, box)

    def _read_part(self, box: Any, around: str, own: str) -> None:
        """Grow by a box; one of another direction is isolated."""
        if own == around:
            self.read(box, around)
            return
        self.opened.append(_ISOLATES[own])
        self.add(self.opened[-1])
        self.read(box, box.style["direction"])
        self.opened.pop()
        self.add(_END)

    def levels(self, base: str) -> list[int]:
        """The level of each character."""
        parts = re.findall("[^\n]*\n|[^\n]+", "".join(self.text))
        return [level for part in parts for level in embedding_levels(part, _DIRECTIONS.index(base))]


def _resolve_line(line: Any, styles: _Styles) -> None:
    """Give the boxes of a paragraph their levels; its texts are divided where the level changes."""
    base = line.style["direction"]
    paragraphs = _Paragraphs()
    paragraphs.read(line, base)
    if base == "ltr" and not any(map(_TURNING.search, paragraphs.text)):
        return
    levels: defaultdict[int, list[int]] = defaultdict(list)
    for owner, level in zip(paragraphs.owners, paragraphs.levels(base), strict=True):
        levels[id(owner)].append(level)
    _divide(line, levels, styles)
    setattr(line, _ORDERED, True)


def _divide(box: Any, levels: Mapping[int, Sequence[int]], styles: _Styles) -> None:
    """Divide the texts in a box where the level changes, and note the level of each part."""
    children: list[Any] = []
    for child in box.children:
        known = levels.get(id(child), ())
        if isinstance(child, TextBox) and known:
            children += _parts(child, known, styles)
            continue
        if isinstance(child, InlineBox) and child.is_in_normal_flow():
            _divide(child, levels, styles)
        elif known:
            setattr(child, _LEVEL, known[0])
        children.append(child)
    box.children = children


def _parts(box: Any, levels: Sequence[int], styles: _Styles) -> Iterator[Any]:
    """The parts of a text that have one level each, as boxes that run in the direction of their level."""
    end = 0
    for level, characters in groupby(levels):
        start, end = end, end + sum(1 for _ in characters)
        part = box.copy_with_text(box.text[start:end])
        part.style = styles.turned(box.style, _DIRECTIONS[level % 2])
        part.leading_collapsible_space = box.leading_collapsible_space and not start
        part.trailing_collapsible_space = box.trailing_collapsible_space and end == len(box.text)
        setattr(part, _LEVEL, level)
        yield part


@dataclass(slots=True)
class _Styles:
    """Styles that differ from others in their direction alone, one for each of these."""

    known: dict[tuple[int, str], tuple[Any, Any]] = field(default_factory=dict)

    def turned(self, style: Any, direction: str) -> Any:
        """Return a style with a direction; itself if it has that."""
        if style["direction"] == direction:
            return style
        key = id(style), direction
        if key not in self.known:
            other = style.copy()
            other["direction"] = direction
            self.known[key] = style, other
        return self.known[key][1]


def _place(offset: float, context: Any, line: Any, *_given: Any, **_named: Any) -> float:
    """Put the boxes of a line that is full in order; return how far it is moved, which is as before."""
    leaves = [*_leaves(line)] if getattr(line, _ORDERED, False) else []
    if leaves:
        _strip(context, leaves[-1])
        order = {id(leaf): at for at, leaf in enumerate(_visual(leaves, _base(line)))}
        line.children = _contiguous(line.children, order)
        indent = line.width - sum(_width(child) for child in line.children if child.is_in_normal_flow())
        _set(line.children, order, line.position_x + (0 if line.style["direction"] == "rtl" else indent))
    return offset


def _strip(context: Any, box: Any) -> None:
    """Shape the last text of a line without the space behind it, which the engine took from its width alone."""
    if isinstance(box, TextBox) and box.text and box.text != box.pango_layout.text:
        box.pango_layout = inline.create_layout(box.text, box.style, context, None, box.justification_spacing)
        box.pango_layout.deactivate()


def _base(line: Any) -> int:
    return _DIRECTIONS.index(line.style["direction"])


def _leaves(box: Any) -> Iterator[Any]:
    """The boxes of a line that have no boxes of the line in them, in the order of the text."""
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, InlineBox) and child.children:
            yield from _leaves(child)
        else:
            yield child


def _visual(leaves: Sequence[Any], base: int) -> list[Any]:
    """Boxes from left to right (rule L2); the empty ones at the end of a line are on the level of the paragraph."""
    levels = [getattr(leaf, _LEVEL, base) for leaf in leaves]
    for at in reversed(range(len(leaves))):
        if not isinstance(leaves[at], TextBox) or leaves[at].text.strip():
            break
        levels[at] = base
    return [leaves[at] for at in reorder(levels)]


def _contiguous(children: Iterable[Any], order: Mapping[int, int]) -> list[Any]:
    """Boxes, each of which is in one place of the line: one whose parts are apart is divided."""
    return [part for child in children for part in _unbroken_parts(child, order)]


def _unbroken_parts(box: Any, order: Mapping[int, int]) -> list[Any]:
    """A box, or its parts in the order of the text, that have nothing else between them on the line."""
    if not (isinstance(box, InlineBox) and box.is_in_normal_flow() and box.children):
        return [box]
    box.children = _contiguous(box.children, order)
    if _is_contiguous(box.children, order):
        return [box]
    groups: list[list[Any]] = [[]]
    for child in box.children:
        if not _is_contiguous([*groups[-1], child], order):
            groups.append([])
        groups[-1].append(child)
    parts = [box.copy_with_children(group) for group in groups]
    for at, part in enumerate(parts):
        part.remove_decoration(start=at > 0, end=at < len(parts) - 1)
    return parts


def _places(box: Any, order: Mapping[int, int]) -> list[int]:
    """The places of the boxes in one, of which those out of the flow have none."""
    if id(box) in order:
        return [order[id(box)]]
    return [order[id(leaf)] for leaf in _leaves(box)] if isinstance(box, InlineBox) else []


def _is_contiguous(boxes: Iterable[Any], order: Mapping[int, int]) -> bool:
    places = [place for box in boxes for place in _places(box, order)]
    return not places or max(places) - min(places) + 1 == len(places)


def _width(box: Any) -> float:
    """The width of a box with its margins, as wide as what is in it."""
    if isinstance(box, InlineBox) and box.children:
        inner = sum(_width(child) for child in box.children if child.is_in_normal_flow())
        return float(box.margin_width() - box.width + inner)
    return float(box.margin_width())


def _set(boxes: Iterable[Any], order: Mapping[int, int], x: float) -> None:
    """Put boxes next to one another, from left to right."""
    placed = [box for box in boxes if box.is_in_normal_flow() and _places(box, order)]
    for box in sorted(placed, key=lambda item: _places(item, order)[0]):
        width = _width(box)
        if isinstance(box, InlineBox) and box.children:
            box.position_x = x
            box.width += width - box.margin_width()
            _set(box.children, order, box.content_box_x())
        else:
            box.translate(dx=x - box.position_x, ignore_floats=True)
        x += width
