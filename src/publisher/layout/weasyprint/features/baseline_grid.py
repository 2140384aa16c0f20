"""One grid of lines: each paragraph of the text begins on a line of its page, whatever is above it.

Quotations, tables, pictures, facts and titles are as high as their lines are; what is lacking to the next half-line is
put above and below them, and what is then lacking to a line of the grid is put above the next paragraph. A table in a
note is stepped by whole lines of the note. See `block-step-size` in CSS Rhythmic Sizing
(https://drafts.csswg.org/css-rhythm/), which WeasyPrint 70 does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css.properties import Dimension
from weasyprint.layout.block import collapse_margin
from weasyprint.text.line_break import strut

from publisher.layout.weasyprint.hooks import Hook, around_block

_STEPPED = frozenset({"blockquote", "figure", "pre", "table", "agreement-facts", "title"})
"""Elements, or classes of theirs."""
_IN_NOTES = frozenset({"pre", "table"})
_PARTS = frozenset({"section", "div"})
"""What may hold such elements and text that continues after them."""
_STYLE = "publisher_style"
"""An attribute of a paragraph: its style, before anything was put above it."""
_MARGINS = 2
"""Which argument has the margins that are joined with that of a block."""
_LEAST = 0.05
"""In pixels: what is less comes from rounding."""


def baseline_grid_hooks(root: Element) -> tuple[Hook, ...]:
    """Return the hooks that bring paragraphs to the lines of their page, and blocks to heights of half-lines."""
    paragraphs = {id(element) for element in _paragraphs(root)}
    stepped = {id(element): 0.5 for element in _on_step(root)} | {id(element): 1.0 for element in _in_notes(root)}
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
        if name in paragraphs and skip_stack is None and box.element_tag == "p":
            _bring_to_line(context, box, others)
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


def _on_step(root: Element) -> Iterator[Element]:
    """The blocks of sections that may be on other lines than the text."""
    for section in root.iter("section"):
        classes = section.get("class", "").split()
        if "section" in classes:
            yield from _within(section)


def _paragraphs(root: Element) -> Iterator[Element]:
    """The paragraphs of sections that are on the lines of the text."""
    for section in root.iter("section"):
        if "section" in section.get("class", "").split():
            yield from (child for part in _parts(section) for child in part if child.tag == "p")


def _parts(part: Element) -> Iterator[Element]:
    yield part
    for child in part:
        if child.tag in _PARTS and "notes" not in child.get("class", "").split():
            yield from _parts(child)


def _bring_to_line(context: Any, box: Any, others: tuple[Any, ...]) -> None:
    """Put as much above a paragraph as it lacks to a line of its page."""
    style = box.__dict__.setdefault(_STYLE, box.style)
    box.style = style
    step = float(strut(style)[0])
    margin = style["margin_top"]
    page = context.current_footnote_area.page
    if (
        margin == "auto"
        or margin.value < 0
        or style.parent_style is None
        or abs(step - strut(style.parent_style)[0]) > _LEAST
    ):
        return
    above = collapse_margin([*(others[2] or ()), margin.value]) if len(others) > _MARGINS else margin.value
    lacking = -(box.position_y + above - page.content_box_y()) % step
    if _LEAST < lacking < step - _LEAST:
        box.style = style.copy()
        box.style["margin_top"] = Dimension(above + lacking, "px")


def _within(part: Element) -> Iterator[Element]:
    for child in part:
        if _is_one(child, _STEPPED):
            yield child
        elif child.tag in _PARTS:
            yield from _within(child)


def _in_notes(root: Element) -> Iterator[Element]:
    """The blocks of notes that are on other lines than the note."""
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
