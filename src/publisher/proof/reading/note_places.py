"""Where notes are called, and where they begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.lines import Line, SetBlock, solid
from publisher.verify.line import Bond, Expected

SIDE = 8.0
"""Points; about the size of the mark of a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePlace:
    """A note and its call on pages."""

    expected: Expected
    called: int
    """The page of its first call, by index."""
    call: Box
    caller: Span | None
    """Where in its source the call is."""
    printed: int
    """The page on which it begins."""


def note_places(blocks: Iterable[SetBlock]) -> Iterator[NotePlace]:
    """Each note that is not gathered in a list, with its first call."""
    blocks = [block for block in blocks if block.lines and block.source]
    calls: dict[str, _Call] = {}
    for block in blocks:
        for target, call in _calls(block):
            calls.setdefault(target, call)
    seen: set[str] = set()
    for block in blocks:
        source = block.source
        if source is None or source.note is None or source.note in seen:
            continue
        seen.add(source.note)
        if source.note in calls and not source.gathered:
            call = calls[source.note]
            yield NotePlace(
                expected=source, called=call.page, call=call.box, caller=call.span, printed=block.lines[0].page
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """A call as it is on a page and in a source."""

    page: int
    box: Box
    span: Span | None


def _calls(block: SetBlock) -> Iterator[tuple[str, _Call]]:
    """The calls in a block with the ids of their notes."""
    assert block.source is not None
    for link in block.source.links:
        if link.bond is Bond.NOTE and link.id is not None:
            before = len(solid(block.source.text[: link.start]))
            line = next((item for item in block.lines if 0 <= before - item.begins < _length(item)), None)
            if line is not None:
                span = block.source.span(max(link.start - 1, 0))
                yield link.target, _Call(page=line.page, box=_box(line, before - line.begins), span=span)


def _length(line: Line) -> int:
    return sum(len(solid(stretch.text)) for stretch in line.stretches)


def _box(line: Line, before: int) -> Box:
    """Around the mark that so many characters of a line are before."""
    for stretch in line.stretches:
        said = len(solid(stretch.text))
        if before < said:
            at = min(before, len(stretch.starts) - 1)
            left, whole = stretch.starts[at], stretch.box
            return Box(left=left - 1, right=left + SIDE, bottom=whole.bottom, top=whole.top)
        before -= said
    return Box(left=line.box.right - SIDE, right=line.box.right, bottom=line.box.bottom, top=line.box.top)
