"""The notes of a page in bands: the author's own above, then those of each series.

WeasyPrint 70 sets the notes of a page in the order of their calls. The area that they are laid out in gets them in the
order of the bands; which notes are on a page, and which are put off, stays as it is. Between bands is half a line, and
below the author's notes a rule. Notes of a band may be run in, one after another, or be in two columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure.boxes import BlockBox
from weasyprint.text.line_break import strut

from publisher.layout.weasyprint.features.note_rules import RULED

AUTHOR = "series-author"
"""The class of the author's own notes."""
RUN_IN, IN_COLUMN = "run-in-note", "in-column"
"""The classes of notes that are run in, and of those in columns."""
FACING = "facing"
"""The class of notes on the page that faces their text."""
RULE = 0.4 * 96 / 72
"""How thick the rule below the author's notes is, in pixels."""
_GAP = 0.5
"""How many lines of notes there are between bands, and above and below the rule."""
_COLUMNS = "publisher_columns"
_COUNT = 2
_BETWEEN = 1.5
"""How many lines of notes wide the space between columns is."""


def in_bands(notes: Sequence[Any]) -> list[Any]:
    """Return the boxes of the notes of a page in the order of the bands, each with a space above it, or a rule."""
    found: list[Any] = []
    above: list[Any] = []
    for _, members in groupby(sorted(notes, key=_band), key=_band):
        band = [*members]
        boxes = [*_arrange(band)]
        if above:
            boxes[0] = _below(boxes[0], band[0], ruled=_has(above[0], AUTHOR))
        found += boxes
        above = band
    return found


def is_facing(note: Any) -> bool:
    """Whether a note is on the page that faces its text."""
    return _has(note, FACING)


def is_at_foot(note: Element) -> bool:
    """Whether an element is a note that is not printed where it is in the document: no list of notes has it."""
    return not {"listed", "margin"} & {*(note.get("class") or "").split()}


def has_facing_notes(root: Element) -> bool:
    """Whether notes of a document are on the pages that face their text."""
    return any(FACING in (note.get("class") or "").split() for note in root.iter("aside"))


def is_divisible(note: Any) -> bool:
    """Whether a note may be divided between pages: it is neither run in nor in a column."""
    return not (_has(note, RUN_IN) or _has(note, IN_COLUMN))


def lay_out_columns(proceed: Callable[..., Any], context: Any, box: Any, *others: Any) -> Any:
    """Return a block laid out; notes in columns are as wide as one, and next to one another."""
    if _COLUMNS not in box.__dict__:
        return proceed(context, box, *others)
    containing = others[2]
    between = _BETWEEN * strut(box.style)[0]
    width = float(containing.width)
    box.style = box.style.copy()
    box.style["width"] = Dimension((width - between * (_COUNT - 1)) / _COUNT, "px")
    made, *more = proceed(context, box, *others)
    if made is not None:
        _set_beside(made, step=(width + between) / _COUNT)
    return (made, *more)


def _set_beside(made: Any, *, step: float) -> None:
    """Move the notes of a band that are below one another into columns of about one height."""
    top, whole = made.content_box_y(), float(made.height)
    sign = -1 if made.style["direction"] == "rtl" else 1
    highest, at, begins = 0.0, 0, top
    for note in made.children:
        middle = note.position_y + note.margin_height() / 2 - top
        if at + 1 < _COUNT and middle > whole * (at + 1) / _COUNT:
            at, begins = at + 1, note.position_y
        note.translate(sign * at * step, top - begins)
        highest = max(highest, note.position_y + note.margin_height() - top)
    made.height = highest


def _arrange(band: list[Any]) -> Iterator[Any]:
    """The boxes of a band: notes that are run in, or in columns, together in one."""
    for how, members in groupby(band, key=_arrangement):
        notes = [*members]
        if not how:
            yield from notes
            continue
        block = BlockBox("@footnote", notes[0].style.anonymous_style, None, notes)
        if how == IN_COLUMN:
            setattr(block, _COLUMNS, True)
        yield block


def _arrangement(note: Any) -> str:
    return next((how for how in (RUN_IN, IN_COLUMN) if _has(note, how)), "")


def _band(note: Any) -> int:
    return int(note.element.get("data-band") or 0)


def _has(note: Any, name: str) -> bool:
    return name in (note.element.get("class") or "").split()


def _below(box: Any, note: Any, *, ruled: bool) -> Any:
    """A copy of the first box of a band with a space above it, and a rule."""
    below = box.copy()
    below.style = style = box.style.copy()
    gap = _GAP * float(strut(note.style)[0])
    style["margin_top"] = Dimension(gap, "px")
    if ruled:
        style["padding_top"] = Dimension(gap, "px")
        style["border_top_style"], style["border_top_width"] = "solid", RULE
        setattr(below, RULED, True)
    return below
