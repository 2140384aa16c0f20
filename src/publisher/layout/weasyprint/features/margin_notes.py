"""Notes in the margin, page by page: each at the outer edge, below those before it, and no word off the page.

WeasyPrint 70 floats them to the right of what calls them. On a page whose left margin is the wider one they are moved
there, and the numbers of paragraphs to the other side of the text, unless lines have their numbers there. Where a page
ends before a line that was begun, the engine still prints on the next page what a note of that line had left over,
although the note is whole there.

It has no place for a note that is called next to or below one that does not fit on the page, and sets its first lines
far off; what several notes continue with, it sets in one place; what is left when the text ends, it forgets. A cell of
a table knows nothing of the notes above it, and becomes as high as the notes that are called in it. So such a note
waits for the next page, there each is below the one before, and a text that ends before its notes gets pages for them.

What is in the margin takes no room from the text. The engine would put notes at the foot off to later pages where a
note in the margin has none left, set tables and overlong words below the notes next to them, and hold a page that
begins with the rest of a note for one that the text need not continue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import LineBox, TableCellBox

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.features.margin_boxes import NOTE, align, boxes, is_note, no_target
from publisher.layout.weasyprint.features.note_columns import column_count, join
from publisher.layout.weasyprint.fixes.footnote_loss import notes_on_page, without_notes
from publisher.layout.weasyprint.fixes.note_pages import NotesPage
from publisher.layout.weasyprint.hooks import Hook, around, around_page

_NO_SPACE = 0.0
"""What a note leaves free at the foot of the page; to the head of a table the engine gives all pages below as well."""
_ORPHANS = 2
"""How many lines of a note are at the foot of a column at least, where it continues in the next."""
_AWAY = 100_000.0
"""Where what a note continues with waits near its page; where the page before has its margin, it would narrow lines."""


def margin_note_hooks(root: Element) -> tuple[Hook, ...]:
    """Return the hooks by which the notes in the margin of a document are at the outer edge of their pages.

    A document without notes in the margin needs none.
    """
    classes = [frozenset(element.get("class", "").split()) for element in root.iter()]
    if not any(item >= NOTE for item in classes):
        return ()
    margin = _Margin(lines_numbered=any("line-number" in item for item in classes), cells=_in_cells(root))
    return (
        around_page(margin.make_page),
        around(patches.PAGE_FLOAT, margin.go_on),
        around(patches.PAGE_BLOCK, _set_text),
        around(patches.BLOCK_FLOAT, margin.begin),
        around(patches.BLOCK_COLLISIONS, _avoid_floats),
        around(patches.INLINE_FLOAT, margin.begin),
        around(patches.INLINE_COLLISIONS, _avoid_floats),
        around(patches.LAY_OUT_FOOTNOTE, _lay_out_footnote),
        around(patches.FINISH_CONTEXT, _finish_cell),
    )


def _in_cells(root: Element) -> dict[Element, tuple[int, bool]]:
    """The place of each element in the document, and whether it is in a cell of a table."""
    within = {id(item) for cell in root.iter() if cell.tag in ("td", "th") for item in cell.iter()}
    return {element: (at, id(element) in within) for at, element in enumerate(root.iter())}


class _Margin:
    """Represents functions of the engine while a document with notes in the margin is laid out."""

    def __init__(self, *, lines_numbered: bool, cells: dict[Element, tuple[int, bool]]) -> None:
        self._lines_numbered = lines_numbered
        self._cells = cells
        self._ends: dict[Element, tuple[int, float]] = {}
        """The page that each note is on, and where on it the note ends."""
        self._lowest = 0.0
        """Where on a page that which notes continue with ends."""
        self._first_pages: dict[Any, int] = {}
        """The page on which each note begins, by its element."""
        self._begun: dict[int, list[Any]] = {}
        """The notes that begin on each page."""

    def make_page(
        self,
        proceed: Callable[..., Any],
        context: Any,
        root: Any,
        kind: Any,
        resume_at: Any,
        page_number: int,
        page_state: Any,
    ) -> Any:
        """A page, with its notes at the outer edge, or in columns where the text has ended and they have not."""

        def make(resume_at: Any, page_state: Any) -> Any:
            return self._make_one(proceed, context, root, kind, resume_at, page_number, page_state)

        if not isinstance(kind, NotesPage):
            return make(resume_at, page_state)
        again = deepcopy((resume_at, page_state))
        made, *more = make(resume_at, page_state)
        columns, count = [made], column_count(made)
        while len(columns) < count and _goes_on(context):
            columns.append(make(*deepcopy(again))[0])
        if count > 1:
            join(columns)
        return (made, *more)

    def _make_one(
        self,
        proceed: Callable[..., Any],
        context: Any,
        root: Any,
        kind: Any,
        resume_at: Any,
        page_number: int,
        page_state: Any,
    ) -> Any:
        """A page with its notes at the outer edge; and a reason for one more where they have not ended."""
        self._lowest = 0.0
        self._forget_pages(page_number)
        made, resume_at, *more = proceed(context, root, kind, resume_at, page_number, page_state)
        if context.broken_out_of_flow:
            _forget_what_was_not_begun(context, made)
        if context.broken_out_of_flow and resume_at is None and not context.reported_footnotes:
            context.reported_footnotes = [_MORE]
        align(made, lines_numbered=self._lines_numbered)
        for box in boxes(made):
            if is_note(box) and box.element not in self._first_pages:
                self._first_pages[box.element] = context.current_page
                self._begun.setdefault(context.current_page, []).append(box.element)
        return (made, resume_at, *more)

    def _forget_pages(self, first: int) -> None:
        """Forgets what began on a page and on those after it: they are made again, perhaps with other breaks."""
        self._ends = {element: place for element, place in self._ends.items() if place[0] < first}
        for page_number in [number for number in self._begun if number >= first]:
            for element in self._begun.pop(page_number):
                del self._first_pages[element]

    def begin(self, proceed: Callable[..., Any], context: Any, box: Any, *others: Any, skip_stack: Any) -> Any:
        """A note next to its call, or nothing of it if the page has no room left for it, or a page before has it.

        A page before has the notes that are called in the head of a table, which each page of the table repeats.
        """
        if not is_note(box):
            return proceed(context, box, *others, skip_stack)
        box.position_y = max(box.position_y, self._above(context, box))
        if self._cells.get(box.element, (0, False))[1]:
            others = (*others[:-1], _NO_SPACE)
        with _whole_margin(context):
            note, resume_at = proceed(context, box, *others, skip_stack)
            self._ends[box.element] = context.current_page, note.position_y + note.margin_height()
            if self._first_pages.get(box.element, context.current_page) < context.current_page:
                return _waiting(context, note)[0], None
            return _waiting(context, note) if _is_off(context, note) else (note, resume_at)

    def _above(self, context: Any, box: Any) -> float:
        """Where those notes end that a note knows nothing of, since it or they are called in a cell of a table."""
        own, in_cell = self._cells.get(box.element, (-1, False))
        ends = (
            end
            for element, (number, end) in self._ends.items()
            if number == context.current_page
            and (in_cell or self._cells.get(element, (0, False))[1])
            and self._cells.get(element, (0, False))[0] < own
        )
        return max(ends, default=self._lowest if in_cell else 0.0)

    def go_on(
        self,
        proceed: Callable[..., Any],
        context: Any,
        box: Any,
        containing_block: Any,
        absolute_boxes: list[Any],
        fixed_boxes: list[Any],
        bottom_space: float,
        skip_stack: Any,
    ) -> Any:
        """What a note continues with, below what others do on the same page."""

        def lay_out() -> Any:
            return proceed(context, box, containing_block, absolute_boxes, fixed_boxes, bottom_space, skip_stack)

        if not is_note(box):
            return lay_out()
        box.position_y = max(box.position_y, self._lowest)
        with _whole_margin(context), _alone(context):
            rest, resume_at = lay_out()
            if self._lowest and (_is_off(context, rest) or (resume_at and _line_count(rest) < _ORPHANS)):
                rest, resume_at = _waiting(context, rest, skip_stack)
        self._lowest = rest.position_y + rest.margin_height() + _drawn_up(box)
        rest.translate(_AWAY)
        return rest, resume_at


@contextmanager
def _whole_margin(context: Any) -> Iterator[None]:
    """While this is open, notes at the foot neither end the margin nor are put off for what is in it."""
    bottom = context.page_bottom
    context.page_bottom = context.current_footnote_area.position_y
    try:
        with without_notes(context):
            yield
    finally:
        context.page_bottom = bottom


@contextmanager
def _alone(context: Any) -> Iterator[None]:
    """While this is open, a note is not retained off those that are above it; what is set is added to them."""
    above = context.excluded_shapes
    context.excluded_shapes = []
    try:
        yield
    finally:
        context.excluded_shapes = [*above, *context.excluded_shapes]


def _set_text(
    proceed: Callable[..., Any],
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool = True,
    *others: Any,
    **named: Any,
) -> Any:
    """The text of a page; to the text, a page is empty that has nothing but notes in its margin."""
    return proceed(context, box, bottom_space, skip_stack, containing_block, True, *others, **named)


def _avoid_floats(proceed: Callable[..., Any], context: Any, *others: Any, **named: Any) -> Any:
    """Where a line or a table has room next to floats, notes in the margin left aside."""
    floats = context.excluded_shapes
    context.excluded_shapes = [item for item in floats if not is_note(item)]
    try:
        return proceed(context, *others, **named)
    finally:
        context.excluded_shapes = floats


def _finish_cell(proceed: Callable[..., None], context: Any, root_box: Any = None) -> None:
    """The end of a formatting context; that of a cell ends with its words, not with the notes that are called in it."""
    if isinstance(root_box, TableCellBox):
        context.excluded_shapes = [
            excluded_shape for excluded_shape in context.excluded_shapes if not is_note(excluded_shape)
        ]
    proceed(context, root_box)


_MORE = object()
"""Among the notes that are put off, a reason for one more page after the end of the text, as those are."""


def _lay_out_footnote(proceed: Callable[..., bool], context: Any, footnote: Any) -> bool:
    """Whether the notes of a page have no room with one more; the reason for the page needs none."""
    if footnote is _MORE:
        context.footnotes.remove(footnote)
        return False
    return proceed(context, footnote)


def _goes_on(context: Any) -> bool:
    """Whether notes in the margin continue, and nothing at the foot of the page is in the way of another column."""
    waiting = [note for note in context.reported_footnotes if note is not _MORE]
    return bool(context.broken_out_of_flow) and not [*notes_on_page(context), *waiting]


def _is_off(context: Any, note: Any) -> bool:
    """Whether the first line of a note is below the page."""
    first = next((box for box in boxes(note) if hasattr(box, "text")), None)
    return first is not None and first.position_y + first.height / 2 > context.page_bottom


def _line_count(note: Any) -> int:
    return sum(isinstance(box, LineBox) for box in boxes(note))


def _drawn_up(note: Any) -> float:
    """How far up a note is drawn to the line of its call, so that it is nearer to the one above it; in pixels."""
    return float(note.style["margin_top"].value)


def _waiting(context: Any, note: Any, skip_stack: Any = None) -> tuple[Any, Any]:
    """Nothing of a note on this page, and all that there was to set of it to continue with."""
    context.excluded_shapes.remove(note)
    nothing = note.copy_with_children(())
    nothing.remove_decoration(start=True, end=True)
    no_target(nothing)
    nothing.height = 0
    nothing.translate(dy=context.page_bottom - nothing.position_y)
    return nothing, skip_stack or {0: None}


def _forget_what_was_not_begun(context: Any, made: Any) -> None:
    """Takes rests of notes from what the next page begins with, where the page has no beginning of them."""
    there = {id(box.element) for box in boxes(made) if box.is_floated()}
    for box in tuple(context.broken_out_of_flow):
        if box.is_floated() and id(box.element) not in there:
            del context.broken_out_of_flow[box]
