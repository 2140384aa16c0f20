"""Tables whose words are wider than their room: narrower gaps, then hyphens, then rows that are set run in.

WeasyPrint 70 makes a table as wide as the longest words of its columns ask for, and lets it stick out of the page or of
the margin. Here its columns share the room: those with short words keep them whole, and the words of the others are
hyphenated. Where even the pieces of words have no room side by side, the table is named, to be laid out again with the
class `run-in` (`styles/print.css`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import TableCellBox
from weasyprint.layout import table

from publisher.layout.weasyprint.hooks import Hook, around_table

RUN_IN = "run-in"
"""The class of a table whose rows are set run in."""
ONCE = "once"
"""The class of a head that is printed once."""
_GAP = 0.5
"""Between columns, in ems of what they hold, where there is no room for more."""
_SLACK = 0.01
"""In pixels: what is less comes from rounding."""
_WHOLE = "publisher_whole_words"
"""Stored with the style of the first cell, which all copies of a table share: the widths of columns of whole words."""
COLUMNS, TIGHT = "data-columns", "data-tight"
"""Attributes of a part of a table: how wide its columns are, and whether its words may be hyphenated for that."""
_BREAKABLE = "anywhere"
"""How what may be broken anywhere is reported: addresses, which no hyphen may be put into."""


def set_run_in(crowded: list[Element]) -> bool:
    """Gives tables the class of those that are set run in, and forgets them; whether there were any."""
    found = [*crowded]
    crowded.clear()
    for element in found:
        run_in(element)
    return bool(found)


def run_in(table: Element) -> None:
    """Nothing; a table gets the class of those that are set run in, whose heads are not repeated."""
    add_class(table, RUN_IN)
    for head in table.iter("thead"):
        add_class(head, ONCE)


def add_class(element: Element, name: str) -> bool:
    """Whether an element did not have a class, which it has then."""
    classes = element.get("class", "").split()
    if name in classes:
        return False
    element.set("class", " ".join((*classes, name)))
    return True


class TightTables:
    """The tables whose words have no room, while a document is laid out."""

    def __init__(self) -> None:
        """Begin without any table."""
        self.crowded: list[Element] = []

    def hooks(self) -> tuple[Hook, ...]:
        """Return the hook by which no table is wider than its room."""
        return (around_table(self._lay_out),)

    def _lay_out(self, proceed: Callable[..., None], context: Any, wrapper: Any, containing_block: Any) -> None:
        width, _ = containing_block
        room = _room(wrapper, width)
        self.fit(context, wrapper, room)
        proceed(context, wrapper, containing_block)
        self.share(context, wrapper, room)

    def fit(self, context: Any, wrapper: Any, room: float) -> None:
        """Narrows the gaps of a table that is too wide; if that is not enough, its words may be hyphenated."""
        inner = wrapper.get_wrapped_table()
        if COLUMNS in inner.element.attrib:
            _relax_cells(context, inner)
            return
        if _WHOLE in _keep(inner) or _least(context, wrapper)[0] <= room + _SLACK:
            return
        for cell in _cells(inner):
            _narrow(cell)
        del context.tables[inner]
        wide, whole = _least(context, wrapper)
        if wide > room + _SLACK:
            _keep(inner)[_WHOLE] = _fair(context, wrapper, whole, room)
            for cell in _cells(inner):
                _let_break(cell)
            del context.tables[inner]

    def share(self, context: Any, wrapper: Any, room: float) -> None:
        """Shares the room out among the columns of a table whose words are hyphenated."""
        inner = wrapper.get_wrapped_table()
        if (held := inner.element.get(COLUMNS)) is not None:
            inner.column_widths = [float(width) for width in held.split()]
            inner.width = sum(inner.column_widths)
            return
        if (whole := _keep(inner).get(_WHOLE)) is None:
            return
        wide, pieces = _least(context, wrapper)
        if wide > room + _SLACK and not any(element is inner.element for element in self.crowded):
            self.crowded.append(inner.element)
        inner.width, inner.column_widths = room, share_room(room, whole, pieces)


def hold_columns(box: Any) -> None:
    """Nothing; the parts into which a laid-out table is cut then have columns as wide as now."""
    box.element.set(COLUMNS, " ".join(f"{width:.4f}" for width in box.column_widths))
    if _WHOLE in _keep(box):
        box.element.set(TIGHT, "")


def _relax_cells(context: Any, inner: Any) -> None:
    """Lets the words of a part of a table break as those of the whole table may."""
    if TIGHT not in inner.element.attrib or _WHOLE in _keep(inner):
        return
    _keep(inner)[_WHOLE] = ()
    for cell in _cells(inner):
        _narrow(cell)
        _let_break(cell)
    context.tables.pop(inner, None)


def share_room(room: float, whole: Sequence[float], pieces: Sequence[float]) -> list[float]:
    """Widths of columns that fill a room: whole words where they are short, at least the pieces of words elsewhere."""
    if sum(pieces) >= room:
        return [room * width / sum(pieces) for width in pieces]
    low, high = 0.0, room
    while high - low > _SLACK:
        middle = (low + high) / 2
        if sum(_within(whole, pieces, middle)) > room:
            high = middle
        else:
            low = middle
    return _within(whole, pieces, low)


def _within(whole: Sequence[float], pieces: Sequence[float], most: float) -> list[float]:
    return [max(piece, min(word, most)) for word, piece in zip(whole, pieces, strict=True)]


def _room(wrapper: Any, width: float) -> float:
    """How wide the columns of a table may be together."""
    inner = wrapper.get_wrapped_table()
    given = (wrapper.margin_left, wrapper.margin_right, inner.padding_left, inner.padding_right)
    edges = sum(length for length in given if length != "auto")
    return float(width - edges - inner.border_left_width - inner.border_right_width)


def _least(context: Any, wrapper: Any) -> tuple[float, list[float]]:
    """How wide a table and its columns must be, if no word is to stick out."""
    widths = table.table_and_columns_preferred_widths(context, wrapper, outer=False)
    return widths[0], widths[2]


def _fair(context: Any, wrapper: Any, whole: Sequence[float], room: float) -> list[float]:
    """Widths for whole words; a column of addresses, which may be broken anywhere, asks for no less than its share."""
    lines = table.table_and_columns_preferred_widths(context, wrapper, outer=False)[3]
    share = room / len(whole)
    return [max(word, min(line, share)) for word, line in zip(whole, lines, strict=True)]


def _keep(box: Any) -> Any:
    """What is known of all copies of a table."""
    return next((cell.style for cell in _cells(box)), {})


def _cells(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, TableCellBox):
            yield child
        else:
            yield from _cells(child)


def _narrow(cell: Any) -> None:
    """Leaves a cell no more than a narrow gap on either side."""
    for side in ("padding_left", "padding_right"):
        given = cell.style[side]
        cell.style[side] = given._replace(value=min(given.value, _GAP * cell.style["font_size"]))


def _let_break(box: Any) -> None:
    """Lets the words of a box be hyphenated, and those that cannot be, broken; notes and addresses left aside."""
    if box.is_floated() or box.is_note() or box.style["overflow_wrap"] == _BREAKABLE:
        return
    box.style["hyphens"] = "manual" if box.element_tag == "code" else "auto"
    box.style["overflow_wrap"] = "break-word"
    if box.style["white_space"] == "nowrap":
        box.style["white_space"] = "normal"
    for child in getattr(box, "children", ()):
        _let_break(child)
