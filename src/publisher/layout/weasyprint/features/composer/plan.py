"""The lines of a paragraph as they were planned: what each takes of each text, and where the next one begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi

from publisher.layout.weasyprint.features.composer.breaks import (
    EASY,
    LOOSE,
    WIDEST,
    Hyphen,
    Measure,
    Point,
    choose,
    letter_fit,
    loosest,
)
from publisher.layout.weasyprint.features.composer.letters import letter_play, may_fit
from publisher.layout.weasyprint.features.composer.points import between_words, in_words, order
from publisher.layout.weasyprint.features.composer.shaping import GLYPH, Refused, Run, leaves
from publisher.layout.weasyprint.features.composer.titles import is_title, title_breaks

Place = tuple[int, int]
"""Where a line begins: the number of a text, and a byte of it."""
NO_TEXT = "no text"
"""Why a line box without two words has no plan."""
_MOST = 40
"""How often the lines of a paragraph are planned: those next to floats have other room."""
_LAST_LINE = 2.0
"""How many ems a last line should have at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What one line takes of one text."""

    path: tuple[int, ...]
    """Where the text box is in the line box."""
    text: str
    width: float
    height: float
    baseline: float
    exact: bool
    """Whether it has to be shaped by itself."""
    resume: int | None = None
    """The byte of the text at which the next line begins; None if the line continues in the next text."""
    glyphs: bytes | None = None
    """Its glyphs, as Pango keeps them; None if it has to be shaped to be drawn."""
    face: Any = None
    layout: Any = None
    """The layout that owns the face."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a plan."""

    room: float
    """The room that it was planned for, in pixels."""
    pieces: tuple[Piece, ...]
    fit: float = 0.0
    """By which share of their width its letters are set wider, or narrower if it is negative."""


@dataclass(slots=True, kw_only=True)
class Plan:
    """The lines of a paragraph, by the places at which they begin."""

    paths: tuple[tuple[int, ...], ...]
    """Where each text box is in the line box."""
    leading: tuple[bool, ...]
    """Whether each text begins with a space."""
    lines: dict[Place, Line] = field(default_factory=dict)
    times: int = 0
    """How often lines were planned."""

    def place(self, stack: tuple[int, ...]) -> Place | None:
        """Return the place from which the engine resumes; None if there is no such place."""
        if not stack:
            return 0, int(self.leading[0])
        for number, path in enumerate(self.paths):
            if stack[: len(path)] == path:
                byte = stack[len(path)] if len(stack) > len(path) else 0
                return number, max(byte, int(self.leading[number]))
            if path >= stack:
                return number, int(self.leading[number])
        return None


def begin_plan(line: Any) -> Plan:
    """Return a plan of a line box without lines; raises `Refused` for content that is left to the engine."""
    found = tuple(leaves(line))
    if " " not in "".join(box.text for _, box, _ in found).strip():
        raise Refused(NO_TEXT)  # one word: the mark of a note whose first block is no paragraph
    return Plan(paths=tuple(path for path, _, _ in found), leading=tuple(box.text[0] == " " for _, box, _ in found))


def extend_plan(context: Any, line: Any, plan: Plan, place: Place, *, first: float, rest: float) -> None:
    """Add the lines of a paragraph from a place on to its plan.

    `first` and `rest` are the room on the first of them and on the others, in pixels. Raises `Refused` if no breaks
    fit.
    """
    plan.times += 1
    if plan.times > _MOST:
        raise Refused("lines of many widths")
    runs = _shape(context, line)
    style = line.style
    measure = Measure(
        first=first * TO_UNITS,
        rest=rest * TO_UNITS,
        em=runs[0].style["font_size"] * TO_UNITS,
        ragged=style["text_align_all"] != "justify",
        last_is_full=style["text_align_last"] == "justify" and style["text_align_all"] == "justify",
        shortest=_LAST_LINE * runs[0].style["font_size"] * TO_UNITS,
        fit=letter_play(style),
        unfitted=tuple(
            (run.base, run.base + run.total) for run in runs if not may_fit(run.text, run.glyphs, exact=run.exact)
        ),
    )
    points, chosen = _choose(context, runs, _beginning(runs, place), measure)
    if is_title(line):
        chosen = title_breaks(line, runs, points, chosen, measure)
    previous = points[0]
    for index in chosen:
        room = first if previous is points[0] else rest
        is_last = index == len(points) - 1
        fit = letter_fit(previous, points[index], measure, room * TO_UNITS, is_last=is_last)
        _add_line(context, plan, runs, previous, points[index], room=room, fit=fit)
        previous = points[index]


def _shape(context: Any, line: Any) -> tuple[Run, ...]:
    """The texts of a paragraph, shaped, each with its place in the paragraph set in one line."""
    base = spaces = 0
    runs = []
    for path, box, in_call in leaves(line):
        run = Run(context, path, box, in_call=in_call)
        run.base, run.space_base = base, spaces
        base, spaces = base + run.total, spaces + len(run.spaces) * run.space
        runs.append(run)
    return tuple(runs)


def _beginning(runs: Sequence[Run], place: Place) -> Point:
    number, byte = place
    run = runs[number]
    index = bisect_left(run.bytes, byte)
    at, spaces = run.base + run.at(index), run.spaces_up_to(index)
    return Point(order(number, index), 0, at, 0, spaces, Hyphen.NONE, number, index, index)


def _end(runs: Sequence[Run]) -> Point:
    run = runs[-1]
    stop = len(run.text) - (run.text[-1] == " ")
    spaces = run.spaces_up_to(stop)
    return Point(order(len(runs), 0), run.base + run.at(stop), 0, spaces, 0, Hyphen.NONE, len(runs) - 1, stop, None)


def _choose(
    context: Any, runs: Sequence[Run], beginning: Point, measure: Measure
) -> tuple[Sequence[Point], tuple[int, ...]]:
    """The points of a paragraph and the indices of the best: without hyphens if it is even, else with them."""
    end = _end(runs)
    limit = order(end.run, end.stop)
    between = [point for point in between_words(context, runs) if beginning.order < point.order < limit]
    points = [beginning, *between, end]
    found = choose(points, measure, most=EASY)
    if found:
        return points, found
    points = _with(points, (point for point in in_words(context, runs) if point.order > beginning.order))
    found = choose(points, measure, most=LOOSE)
    if not found or (not measure.ragged and loosest(points, found, measure) > STRETCHED):
        more = _with(points, (point for point in in_words(context, runs, short=True) if point.order > beginning.order))
        if len(more) > len(points) or not found:
            points = more
            found = choose(points, measure, most=LOOSE) or choose(points, measure, most=WIDEST)
    if not found:
        raise Refused("no breaks that fit")
    return points, found


STRETCHED = 0.5
"""A paragraph in which a space gains more than this share of its width may be divided after two letters."""


def _with(points: Sequence[Point], more: Any) -> list[Point]:
    """Points with others between them, each place once."""
    beginning, *between, end = points
    known = {point.order for point in between}
    return [beginning, *sorted([*between, *(point for point in more if point.order not in known)]), end]


def _add_line(
    context: Any, plan: Plan, runs: Sequence[Run], begin: Point, end: Point, *, room: float, fit: float
) -> None:
    """Add one line to a plan."""
    number, start = begin.run, begin.resume or 0
    if start == len(runs[number].text) and number + 1 < len(runs):
        number += 1
        start = int(runs[number].text[0] == " ")
    pieces = tuple(
        _piece(
            context,
            runs[index],
            start if index == number else 0,
            end if index == end.run else None,
        )
        for index in range(number, end.run + 1)
    )
    if _ends_with_call(runs, end):
        # what the engine has of the call behind its mark belongs to this line: it ends in the text after it
        pieces = (*pieces[:-1], replace(pieces[-1], resume=None), _nothing(runs[end.run + 1]))
    plan.lines[number, runs[number].bytes[start]] = Line(room=room, pieces=pieces, fit=fit)


def _ends_with_call(runs: Sequence[Run], end: Point) -> bool:
    """Whether a line ends with the mark of a call, and the next one begins behind a space."""
    is_whole = end.resume is not None and end.resume == len(runs[end.run].text) and end.run + 1 < len(runs)
    return is_whole and runs[end.run].in_call and runs[end.run + 1].text[0] == " "


def _nothing(run: Run) -> Piece:
    """What a line takes of a text of which it has nothing but the space before it."""
    return Piece(path=run.path, text="", width=0, height=0, baseline=0, exact=False, resume=1)


def _piece(context: Any, run: Run, start: int, end: Point | None) -> Piece:
    """What a line takes of a text from a character on: all of it, or up to the end of the line."""
    stop = len(run.text) if end is None else end.stop
    text, width = run.text[start:stop], run.at(stop) - run.at(start)
    hyphen = end is not None and bool(end.hyphen)
    if end is not None:
        width = end.end - run.base - run.at(start)
    glyphs = _glyphs(context, run, start, stop, hyphen=hyphen)
    return Piece(
        path=run.path,
        text=text + (run.style["hyphenate_character"] if hyphen else ""),
        width=width * FROM_UNITS,
        height=run.height,
        baseline=run.baseline,
        exact=run.exact,
        resume=None if end is None or end.resume is None else run.bytes[end.resume],
        glyphs=glyphs,
        face=run.face,
        layout=run.keep,
    )


def _glyphs(context: Any, run: Run, start: int, stop: int, *, hyphen: bool) -> bytes | None:
    """The glyphs of a piece; None if it has to be shaped."""
    if run.exact or run.glyphs is None or start == stop:
        return None
    if start not in run.x or stop not in run.x:  # the line ends inside a ligature
        return _shaped_alone(context, run, run.text[start:stop] + (run.style["hyphenate_character"] if hyphen else ""))
    first, last = bisect_left(run.clusters, start), bisect_left(run.clusters, stop)
    glyphs = run.glyphs[first * GLYPH : last * GLYPH]
    if not hyphen:
        return glyphs
    ending = _ending(context, run, run.text[stop - 1])
    if ending is None or ending[:4] != glyphs[-GLYPH : 4 - GLYPH]:
        return None
    return glyphs[:-GLYPH] + ending


def _shaped_alone(context: Any, run: Run, text: str) -> bytes | None:
    """The glyphs of a text shaped by itself; None if they are not all of the typeface of the run."""
    layout = line_break.create_layout(text, run.style, context, None, 0)
    node = layout.get_first_line()[0].runs
    if node.next != ffi.NULL or node.data.item.analysis.font != run.face:
        return None
    return bytes(ffi.buffer(node.data.glyphs.glyphs, GLYPH * node.data.glyphs.num_glyphs))


def _ending(context: Any, run: Run, letter: str) -> bytes | None:
    """The glyphs of a letter and a hyphen in the typeface of a text; None if they are not one each."""
    known: dict[Any, bytes | None] = run.style.font_config.__dict__.setdefault("publisher_endings", {})
    hyphen = run.style["hyphenate_character"]
    key = (int(ffi.cast("uintptr_t", run.face)), letter, hyphen)
    if key not in known:
        layout = line_break.create_layout(letter + hyphen, run.style, context, None, 0)
        node = layout.get_first_line()[0].runs
        glyphs = node.data.glyphs
        is_plain = node.next == ffi.NULL and node.data.item.analysis.font == run.face and glyphs.num_glyphs == 2
        known[key] = bytes(ffi.buffer(glyphs.glyphs, GLYPH * 2)) if is_plain else None
    return known[key]
