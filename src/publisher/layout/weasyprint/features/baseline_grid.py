"""What is set on other lines than the text takes up whole half-lines, so that the text after it is back on its own.

Quotations, tables, pictures, facts and titles are as high as their lines are; what is lacking to the next half-line is
put above and below them. A table in a note is stepped by whole lines of the note. See `block-step-size` in CSS Rhythmic
Sizing (https://drafts.csswg.org/css-rhythm/), which WeasyPrint 70 does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.text.line_break import strut

from publisher.layout.weasyprint.hooks import Hook, around_block

_STEPPED = frozenset({"blockquote", "figure", "pre", "table", "agreement-facts", "title"})
"""Elements, or classes of theirs."""
_IN_NOTES = frozenset({"pre", "table"})
_PARTS = frozenset({"section", "div"})
"""What may hold such elements and text that goes on after them."""
_LEAST = 0.05
"""In pixels: what is less comes from rounding."""


def baseline_grid_hooks(root: Element) -> tuple[Hook, ...]:
    """Return the hook by which blocks on other lines than those of the text are as high as some of its half-lines."""
    stepped = {id(element): 0.5 for element in _stepped(root)} | {id(element): 1.0 for element in _in_notes(root)}
    open_: set[int] = set()

    def lay_out(
        proceed: Callable[..., Any],
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool,
        *others: Any,
    ) -> Any:
        name = id(box.element)
        if name not in stepped or name in open_:
            return proceed(context, box, bottom_space, skip_stack, containing_block, page_is_empty, *others)
        open_.add(name)
        try:
            made, resume_at, *more = proceed(
                context, box, bottom_space, skip_stack, containing_block, page_is_empty, *others
            )
        finally:
            open_.discard(name)
        if made is not None and resume_at is None:
            step = stepped[name] * strut(made.style.parent_style)[0]
            _step(made, step, room=_room(context, made, bottom_space), at_top=bool(page_is_empty or skip_stack))
        return (made, resume_at, *more)

    return (around_block(lay_out),)


def _stepped(root: Element) -> Iterator[Element]:
    """The blocks of sections that may stand on other lines than the text."""
    for section in root.iter("section"):
        classes = section.get("class", "").split()
        if "section" in classes:
            yield from _within(section)


def _within(part: Element) -> Iterator[Element]:
    for child in part:
        if _is_one(child, _STEPPED):
            yield child
        elif child.tag in _PARTS:
            yield from _within(child)


def _in_notes(root: Element) -> Iterator[Element]:
    """The blocks of notes that stand on other lines than the note."""
    for note in root.iter("aside"):
        yield from (child for child in note if _is_one(child, _IN_NOTES))


def _is_one(element: Element, names: frozenset[str]) -> bool:
    return not names.isdisjoint((element.tag, *element.get("class", "").split()))


def _room(context: Any, made: Any, space: Any) -> float:
    """How much higher a block may become on its page."""
    bottom = made.position_y + made.margin_top + made.border_height()
    return float(context.page_bottom - space - bottom)


def _step(made: Any, step: float, *, room: float, at_top: bool) -> None:
    """Makes a block as high as some steps; half of what that takes is put above what it holds."""
    lacking = -made.border_height() % step
    if lacking < _LEAST or step - lacking < _LEAST or lacking > room:
        return
    made.height += lacking
    if not at_top:
        for child in made.children:
            child.translate(dy=lacking / 2)
