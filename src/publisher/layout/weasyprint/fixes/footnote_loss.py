"""Notes at the foot: each is printed once, in order, begins on the page of its call, and continues on the next page.

WeasyPrint 70 moves a note whole to the next page if the page has no room for it, with or without its call;
it forgets to look for calls in lines for which other notes were put off, and puts off notes in the wrong order.

Here a page is filled with text first. A note that has no room is divided (`note_parts`): as many lines of it as have
room are below its call, the rest begins the notes of the next page. If not even its first lines have room, the line
that calls it goes to the next page, unless another note of that line begins on this page. The engine knows of no note
on a page, so it puts none off by itself; those that wait for the next page are given to it when a page is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import FootnoteAreaBox
from weasyprint.layout import block
from weasyprint.text.line_break import strut

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.features.note_bands import (
    has_facing_notes,
    in_bands,
    is_at_foot,
    is_divisible,
    is_facing,
    lay_out_columns,
)
from publisher.layout.weasyprint.features.note_parts import Parts, continues
from publisher.layout.weasyprint.fixes.note_pages import NotesPage
from publisher.layout.weasyprint.hooks import Hook, around, around_block, around_lines, around_page

_NOTES = "publisher_notes"
"""An attribute of the layout context: the notes of the page that is being made."""
_MOST = 0.8
"""The share of a page that its notes take at most, where they don't have it for themselves."""
_REST = 1 / 3
"""The share of a page that the rest of a note takes on it at most, if the text can be filled otherwise."""
_EMPTY = 2
"""How many lines may stay empty between text and notes."""
_SLACK = 0.1
"""In pixels: what is less comes from rounding."""
_TOGETHER = 2
"""How many lines follow the first line of a paragraph that is divided there if notes force it."""


def footnote_loss_hooks(root: Element) -> tuple[Hook, ...]:
    """Return the hooks by which the note of each call in a document is laid out, and none before an earlier one."""
    inside = frozenset(element for note in root.iter("aside") if is_at_foot(note) for element in note.iter())
    notes = _Notes(root, _inside=inside, _faces=has_facing_notes(root))
    return (
        around_lines(notes.lay_out_lines),
        around_block(notes.parts.lay_out),
        around_block(lay_out_columns),
        around(patches.FOOTNOTE_AREA, notes.update_area),
        around(patches.LAY_OUT_FOOTNOTE, notes.lay_out),
        around(patches.UNLAY_FOOTNOTE, notes.take_back),
        around(patches.REPORT_FOOTNOTE, notes.put_off),
        around_page(notes.make_page),
    )


def notes_on_page(context: Any) -> list[Any]:
    """Return the notes that are laid out at the foot of a page, in the order of their calls."""
    found: list[Any] = getattr(context, _NOTES, [])
    return found


@contextmanager
def without_notes(context: Any) -> Iterator[None]:
    """While this is open, there are no notes at the foot of the page."""
    notes = notes_on_page(context)
    setattr(context, _NOTES, [])
    try:
        yield
    finally:
        setattr(context, _NOTES, notes)


@dataclass(slots=True)
class _Notes:
    """The notes of a document, in its order, and those of the page that is being made."""

    root: Element
    parts: Parts = field(default_factory=Parts)
    _inside: frozenset[Element] = frozenset()
    """The elements of notes at the foot, or on facing pages."""
    _faces: bool = False
    """Whether notes are on the pages that face their text."""
    _places: dict[Element, int] = field(default_factory=dict)
    _carried: list[Any] = field(default_factory=list)
    """Those that the page before has put off, as long as they are not laid out."""
    _waiting: list[Any] = field(default_factory=list)
    """Those that the next page begins with."""
    _last: Any = None
    """The note that was laid out last, if its room has not been looked at."""
    _of_line: list[Any] = field(default_factory=list)
    """The notes of the line that is being laid out."""
    _divided: tuple[Any, Any] | None = None
    """The note that was divided for a line of the block that is being laid out, and the rest of it."""
    _beside: list[Any] = field(default_factory=list)
    """The notes of the page that faces the one that is being made."""
    _height: float = 0.0
    """How high they are."""
    _later: list[Any] = field(default_factory=list)
    """What the next page of text begins with, while the page that faces the one before is made."""
    _open: int = 0
    """How many areas of notes are being laid out."""

    def _place(self, note: Any) -> int:
        if not self._places:
            self._places.update((element, at) for at, element in enumerate(self.root.iter()))
        return self._places.get(note.element, -1) if hasattr(note, "element") else -1

    def make_page(self, proceed: Callable[..., Any], context: Any, *others: Any) -> Any:
        """Return a page; notes that have no room on it begin the next one."""
        setattr(context, _NOTES, [])
        self.parts.begin_page()
        self._carried, self._waiting, self._last = [*context.reported_footnotes], [], None
        self._beside, self._height = [], 0.0
        _, kind, resume_at, *_ = others
        is_text = not isinstance(kind, NotesPage)
        if self._faces and is_text and resume_at is not None:
            context.forced_break = False
        made, resume_at, following, *more = proceed(context, *others)
        waiting = sorted([*self._waiting, *context.reported_footnotes], key=self._place)
        if not self._faces:
            context.reported_footnotes = waiting
            return (made, resume_at, following, *more)
        if is_text:
            context.reported_footnotes, self._later = self._beside, waiting
            if resume_at is not None:
                following = {**following, "break": "left", "page": None}
        else:
            _begin_at_top(made)
            context.reported_footnotes, self._later = sorted([*waiting, *self._later], key=self._place), []
        if resume_at is None and not context.reported_footnotes:
            context.reported_footnotes, self._later = self._later, []
        return (made, resume_at, following, *more)

    def lay_out(self, proceed: Callable[..., bool], context: Any, note: Any) -> bool:
        """Add a note to the page; return False: whether it has room is asked for with its line."""
        if not hasattr(note, "element"):
            return proceed(context, note)
        context.footnotes.remove(note)
        on_text = not isinstance(context.current_footnote_area.page.page_type, NotesPage)
        if on_text or not is_facing(note):
            self.parts.join(note)
        if is_facing(note) and on_text:
            self._beside.append(note)
            self._measure(context)
            self._last = None if note in self._carried else note
            return False
        if note in self._carried:
            self._carried.remove(note)
            self._begin_page(context, note)
            return False
        notes_on_page(context).append(note)
        context._update_footnote_area()
        self._last = note
        return False

    def _begin_page(self, context: Any, note: Any) -> None:
        """Lay out a note that the page before has put off, as much of it as the page has room for."""
        if self._waiting:
            self._waiting.append(note)
            return
        notes_on_page(context).append(note)
        context._update_footnote_area()
        area = context.current_footnote_area
        height = area.height if self._faces and isinstance(area.page.page_type, NotesPage) else area.margin_height()
        over = height - _most(area.page)
        if over <= _SLACK:
            return
        rest = self.parts.divide(context, note, self.parts.height(note) - over) if is_divisible(note) else None
        if rest is not None:
            self._waiting.append(rest)
        elif notes_on_page(context)[1:]:
            notes_on_page(context).remove(note)
            self._waiting.append(note)
            context._update_footnote_area()

    def take_back(self, _: Callable[..., None], context: Any, note: Any) -> None:
        """Take a note off the page, for the line that calls it is laid out again."""
        if note not in context.footnotes:
            context.footnotes.append(note)
            self._remove(context, note)
            context._update_footnote_area()

    def put_off(self, _: Callable[..., None], context: Any, note: Any) -> None:
        """Take a note off the page; the next one begins with it."""
        self._remove(context, note)
        self._waiting.append(note)
        context._update_footnote_area()

    def _remove(self, context: Any, note: Any) -> None:
        notes = notes_on_page(context)
        if note in notes:
            notes.remove(note)
        if note in self._beside:
            self._beside.remove(note)
            self._measure(context)
        self._waiting = [item for item in self._waiting if item is not note and not continues(item, note)]
        self.parts.join(note)

    def update_area(self, proceed: Callable[[Any], bool], context: Any) -> bool:
        """Lay out the notes of a page in their bands; return whether they have no room."""
        if not isinstance(context.current_page_footnotes, list):
            return proceed(context)
        notes = sorted(notes_on_page(context), key=self._place)
        context.current_page_footnotes = in_bands(notes)
        self._open += 1
        try:
            return proceed(context)
        finally:
            self._open -= 1
            context.current_page_footnotes = []

    def _measure(self, context: Any) -> None:
        """Find out how high the notes of the facing page are."""
        area, bottom = context.current_footnote_area, context.page_bottom
        height, children, notes = area.height, area.children, notes_on_page(context)
        setattr(context, _NOTES, self._beside)
        area.height = "auto"
        context._update_footnote_area()
        self._height = float(area.height)
        setattr(context, _NOTES, notes)
        area.height, area.children, context.page_bottom = height, children, bottom

    def lay_out_lines(
        self, proceed: Callable[..., Any], context: Any, box: Any, index: int, child: Any, lines: list[Any], *more: Any
    ) -> Any:
        """Return what the engine returns for the lines of a block, with the notes of those that are on the page."""
        if self._open or box.element in self._inside:
            context.current_page_footnotes = []  # else the engine would put them off for lines of one of them
            return proceed(context, box, index, child, lines, *more)
        page_is_empty, absolute_boxes, fixed_boxes, *_ = more

        def lay_out() -> Any:
            before, self._last, self._of_line, self._divided = len(lines), None, [], None
            with self._asked(context, lines):
                abort, stop, resume_at, position, notes, most = proceed(context, box, index, child, lines, *more)
            if not abort:
                notes = self._of_lines(context, lines[before:], notes)
            return abort, stop, resume_at, position, notes, most

        def undo(notes: list[Any]) -> None:
            block.remove_placeholders(context, lines[before:], absolute_boxes, fixed_boxes)
            for note in notes:
                context.unlayout_footnote(note)
            del lines[before:]
            context.excluded_shapes[:] = shapes

        before, shapes = len(lines), [*context.excluded_shapes]
        found = lay_out()
        abort, *_, notes, most = found
        if not (abort and notes_on_page(context)) or page_is_empty or before or box.style["orphans"] < _TOGETHER:
            return found
        undo(notes)
        with _divided_after_one(box):
            again = lay_out()
        if not again[0] and len(lines) == 1 and self._follow(context, child, again[2], index, box):
            return again
        undo(again[4])
        return True, False, None, found[3], [], most

    def _of_lines(self, context: Any, lines: list[Any], notes: list[Any]) -> list[Any]:
        """Return the notes that lines call, laid out; those of a line that has no room are none of the page."""
        called = {
            id(descendant.footnote): descendant.footnote
            for line in lines
            for descendant in line.descendants()
            if descendant.footnote
        }
        for note in notes:
            if id(note) not in called:
                context.unlayout_footnote(note)
        for note in called.values():
            # a part of its call, without the mark, may stand in the line that had no room
            if note in context.footnotes:
                context.layout_footnote(note)
        return [*called.values()]

    def _follow(self, context: Any, child: Any, resume_at: Any, index: int, box: Any) -> bool:
        """Whether two lines follow the first line of a paragraph, and no more."""
        skip = resume_at[index] if resume_at else None
        if skip is None:
            return False
        lines = block.iter_line_boxes(context, child, 0, -block.inf, skip, box, [], [], None, None)
        count = 0
        shapes = [*context.excluded_shapes]
        for count, _ in enumerate(lines, 1):
            if count > _TOGETHER:
                break
        context.excluded_shapes[:] = shapes
        return count == _TOGETHER

    @contextmanager
    def _asked(self, context: Any, lines: list[Any]) -> Iterator[None]:
        """While this is open, the engine's question whether a line overflows makes room for it in its notes."""
        overflows, outer = type(context).overflows_page, context.__dict__.get("overflows_page")

        def overflows_page(space: float, position: float) -> bool:
            if self._open:
                return bool(overflows(context, space, position))
            note, self._last = self._last, None
            self._of_line = [*self._of_line, note] if note is not None else []
            if not self._overflows(overflows, context, space, position):
                return False
            if note is not None:
                return not self._make_room(overflows, context, note, space, position)
            return len(lines) > _TOGETHER or not self._make_more(overflows, context, space, position)

        context.overflows_page = overflows_page
        try:
            yield
        finally:
            if outer is None:
                del context.overflows_page
            else:
                context.overflows_page = outer

    def _overflows(self, overflows: Callable[..., bool], context: Any, space: float, position: float) -> bool:
        """Whether a line has no room above the notes, or these have more than their share of the page."""
        if (notes_on_page(context) and _over(context) > 0) or self._over_beside(context) > 0:
            return True
        return overflows(context, space, position)

    def _over_beside(self, context: Any) -> float:
        """How much higher the notes of the facing page are than that page."""
        return self._height - float(context.current_footnote_area.page.height)

    def _make_room(
        self, overflows: Callable[..., bool], context: Any, note: Any, space: float, position: float
    ) -> bool:
        """Whether a line has room once as much of its last note as necessary is put off."""
        if not self._waiting and is_divisible(note):
            over = max(position - (context.page_bottom - space), _over(context))
            if is_facing(note):
                over = self._over_beside(context)
            room = self.parts.height(note) - over
            if room > 0 and self._may_divide(context, note, room, over):
                rest = self.parts.divide(context, note, room, update=self._update(note))
                if rest is not None:
                    self._waiting.append(rest)
                    self._divided = note, rest
                    return not self._overflows(overflows, context, space, position)
        if len(self._of_line) > 1:
            self._put_off_last(context, note)
            return not self._overflows(overflows, context, space, position)
        return False

    def _make_more(self, overflows: Callable[..., bool], context: Any, space: float, position: float) -> bool:
        """Whether a line that has to follow that of a divided note has room once more of the note is put off."""
        if self._divided is None or is_facing(self._divided[0]):
            return False
        note, rest = self._divided
        before = self.parts.height(note)
        shorter = self.parts.divide(context, note, before - (position - (context.page_bottom - space)))
        found = shorter or self.parts.divide(context, note, before + _SLACK)
        self._waiting = [item for item in self._waiting if item is not rest]
        if found is not None:
            self._waiting.insert(0, found)
            self._divided = note, found
        return shorter is not None and not self._overflows(overflows, context, space, position)

    def _update(self, note: Any) -> Callable[[Any], Any]:
        """What lays out the notes of the page on which a note is."""
        return self._measure if is_facing(note) else _update

    def _put_off_last(self, context: Any, note: Any) -> None:
        """Put off a note of a line of which another one begins on the page."""
        self._remove(context, note)
        self._waiting.append(note)
        context._update_footnote_area()

    def _may_divide(self, context: Any, note: Any, room: float, over: float) -> bool:
        """Whether a note is divided: not if much of it would be left, and the page is nearly full without it."""
        line = strut(note.style.parent_style or note.style)[0]
        page = context.current_footnote_area.page
        return bool(over <= _REST * page.height or room > _EMPTY * line)


def _update(context: Any) -> None:
    """Lay out the notes at the foot of a page."""
    context._update_footnote_area()


def _begin_at_top(page: Any) -> None:
    """Move the notes of a page that faces their text to its head, without a rule above them."""
    for area in page.children:
        if isinstance(area, FootnoteAreaBox) and area.children:
            area.border_top_width = 0
            area.translate(dy=page.content_box_y() - area.content_box_y())


def _most(page: Any) -> float:
    """How high the notes of a page may be."""
    return float(page.height) * (1 if isinstance(page.page_type, NotesPage) else _MOST)


def _over(context: Any) -> float:
    """How much higher the notes of a page are than they may be."""
    area = context.current_footnote_area
    return 0.0 if area.height == "auto" else float(area.margin_height()) - _most(area.page)


@contextmanager
def _divided_after_one(box: Any) -> Iterator[None]:
    """While this is open, a block may be divided after its first line."""
    style = box.style
    box.style = style.copy()
    box.style["orphans"] = 1
    try:
        yield
    finally:
        box.style = style
