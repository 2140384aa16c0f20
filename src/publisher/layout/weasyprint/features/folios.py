"""Page numbers that are filled in when the volume is bound.

A section is laid out before anyone knows on which page it will begin. Its pages are numbered from 1, and what prints
a page number in a margin is marked, so that the binder can set the right one: with the style of its figures, where in
the line it is, how the line is aligned, and the letters or figures that page numbers are written with, drawn next to
it with the same type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.text.line_break import split_first_line

from publisher.diagnostics import Diagnostic
from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around, on_drawing

TAG = "PublisherFolio"
"""The tag of the marked content; its properties are the fields of `Mark`."""
LETTERS = {"decimal": "0123456789", "lower-roman": "ivxlcdm", "upper-roman": "IVXLCDM"}
"""What numbers are written with, by counter style (CSS Counter Styles, https://www.w3.org/TR/css-counter-styles-3/)."""
_ATTRIBUTE = "publisher_folio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How a page number is in its margin."""

    style: str
    """A counter style of `LETTERS`."""
    before: int
    """How many characters are before it in its line; -1 where it is the last thing in it."""
    align: str
    """`left`, `center` or `right`."""


@dataclass(slots=True)
class Folios:
    """The page numbers in the margins of a document."""

    _refused: dict[str, Diagnostic] = field(default_factory=dict)

    @property
    def refused(self) -> tuple[Diagnostic, ...]:
        """What style sheets ask for and cannot have (S-013), once each."""
        return tuple(self._refused.values())

    def hooks(self) -> tuple[Hook, ...]:
        """Return the hooks by which page numbers are marked."""
        return around(patches.MARGIN_BOXES, self._margin_boxes), on_drawing(_draw_text)

    def _margin_boxes(
        self, proceed: Callable[..., Iterator[Any]], context: Any, page: Any, state: Any
    ) -> Iterator[Any]:
        for box in proceed(context, page, state):
            for problem in _problems(box.style["content"]):
                self._refused.setdefault(problem.message, problem)
            mark = _mark(box)
            for child in box.descendants() if mark else ():
                if hasattr(child, "text"):
                    setattr(child, _ATTRIBUTE, mark)
            yield box


def _draw_text(proceed: Callable[..., None], stream: Any, box: Any, *others: Any) -> None:
    """Draw a text, marked if it prints a page number in a margin."""
    mark = getattr(box, _ATTRIBUTE, None)
    if mark is None:
        proceed(stream, box, *others)
    else:
        draw_marked(proceed, stream, box, *others, mark=mark, tag=TAG)


def draw_marked(show: Callable[..., None], stream: Any, box: Any, *others: Any, mark: Mark, tag: str) -> None:
    """Draws a box that holds a number, and the figures that others are written with, as marked content."""
    stream.begin_marked_content(tag, property_list=_properties(mark))
    show(stream, box, *others)
    show(stream, _letters(box, LETTERS[mark.style]), *others)
    stream.end_marked_content()


def _parts(content: Any) -> tuple[Any, ...]:
    """The parts of a `content` value; none where it is a keyword."""
    return content if isinstance(content, tuple) else ()


def _page_style(part: Any) -> str | None:
    """The counter style in which a part of `content` prints the page number; None where it prints something else."""
    kind, value = part
    return str(value[-1]) if kind == "counter()" and value[0] == "page" else None


def _mark(box: Any) -> Mark | None:
    """How a margin box prints the page number; None where it doesn't."""
    parts = _parts(box.style["content"])
    at = next((at for at, part in enumerate(parts) if _page_style(part) in LETTERS), None)
    if at is None:
        return None
    literal = all(kind == "string" for kind, _ in parts[:at])
    before = sum(len(value) for _, value in parts[:at]) if literal else -1
    align = box.style["text_align_all"]
    side = {"center": "center", "right": "right", "end": "right"}.get(align, "left")
    return Mark(style=_page_style(parts[at]) or "", before=before, align=side)


def _problems(content: Any) -> Iterator[Diagnostic]:
    """What a margin box asks for that is not known when its section is laid out."""
    for kind, value in _parts(content):
        if kind in ("counter()", "counters()") and value[0] == "pages":
            yield _unknown("the number of all pages", "counter(pages)")
        elif kind == "counter()" and value[0] == "page" and value[-1] not in LETTERS:
            yield _unknown(f"page numbers in the style {value[-1]}", "counter(page, …)")


def _unknown(what: str, name: str) -> Diagnostic:
    return Diagnostic(
        code="S-013",
        message=f"{what} cannot be printed: each section is laid out before the volume is bound",
        hint=f"take {name} out of the style sheet; page numbers can be decimal, lower-roman and upper-roman",
    )


def _properties(mark: Mark) -> pydyf.Dictionary:
    return pydyf.Dictionary({"Style": f"/{mark.style}", "Before": mark.before, "Align": f"/{mark.align}"})


def _letters(box: Any, letters: str) -> Any:
    """A box like another with these letters in it, ready to be drawn."""
    copy = box.copy_with_text(letters)
    copy.pango_layout, *_ = split_first_line(letters, box.style, None, None, 0)
    return copy
