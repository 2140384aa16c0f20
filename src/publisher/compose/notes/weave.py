"""Note calls and page breaks woven into a text at offsets of its plain text; the text itself stays as it is.

Where an insertion lands:

- A call is at the end of what precedes it, a page break at the beginning of what follows it: between two runs,
  and between two blocks. A page break before a line end goes to the next line.
- At the end of styled or foreign words a call follows them, so that its mark is neither italic nor in their
  language; at their beginning a page break precedes them.
- Inside a link, a cross-reference or code no call is inserted: it follows. A page break is there at its word; at
  the very beginning of one of these it precedes it. Code is cut in two by it, a code block keeps it.
- Before and after a code block what is woven is in a paragraph of its own, which has no text.
- At one offset calls come before page breaks, and otherwise are in the order in which they were given.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from publisher.diagnostics import Span
from publisher.model.block import Block, CodeBlock, Paragraph
from publisher.model.inline import (
    Citation,
    Code,
    CrossReference,
    Emphasis,
    FootnoteCall,
    Foreign,
    Formula,
    Inline,
    InternalLink,
    LineBreak,
    Link,
    NoteCall,
    PageBreak,
    Run,
    Styled,
)
from publisher.model.walk import (
    Inlines,
    Leaf,
    leaf_text,
    leaves,
    lines,
    only_woven,
    plain,
    plain_of_inlines,
    rebuilt,
)

__all__ = ["Insertion", "plain", "plain_of_inlines", "weave", "weave_inlines"]

Woven = NoteCall | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """A node to insert."""

    offset: int
    """Where, in characters of the plain text."""
    node: Woven


@dataclass(frozen=True, slots=True)
class _Place:
    """A leaf (or a code block) with the offsets at which it begins and ends."""

    leaf: Leaf | CodeBlock
    start: int
    end: int


_Slots = Iterator[Sequence[tuple[int, Woven]]]
"""For each leaf in turn, what goes into it and how many of its characters are before that."""


def weave(blocks: Iterable[Block], insertions: Iterable[Insertion], *, origin: int | None = None) -> tuple[Block, ...]:
    """The blocks with every insertion in its place, once and in order.

    Offsets count as `Run.start` does (in `Text.plain`); where `origin` is given they count through `plain(blocks)`
    instead, from that number: for blocks that hold runs of other origins. Raises `ValueError` where an
    offset lies outside the blocks.
    """
    blocks = tuple(blocks)
    slots = _slots(_places(lines(blocks), origin), insertions)
    return rebuilt(
        blocks,
        line=lambda line: tuple(_weave(line, slots)),
        code=lambda block: _beside(block, next(slots)),
    )


def weave_inlines(inlines: Iterable[Inline], insertions: Iterable[Insertion], *, origin: int | None = None) -> Inlines:
    """The line with every insertion in its place; offsets and errors as in `weave`."""
    line = tuple(inlines)
    return tuple(_weave(line, _slots(_places((line,), origin), insertions)))


def is_wordless(blocks: Iterable[Block]) -> bool:
    """Whether blocks have nothing that something can be woven into."""
    return not _places(lines(blocks), 0)


def _places(all_lines: Iterable[Inlines | CodeBlock], origin: int | None) -> list[_Place]:
    """Every leaf with its offsets, in the order in which weaving meets them."""
    places: list[_Place] = []
    at = 0 if origin is None else origin
    for line in all_lines:
        if only_woven(line):
            continue
        for leaf in (line,) if isinstance(line, CodeBlock) else leaves(line):
            length = len(leaf.text if isinstance(leaf, CodeBlock) else leaf_text(leaf))
            start = leaf.start if origin is None else at
            places.append(_Place(leaf, start, start + length))
            at += length
        at += 1
    return places


def _slots(places: list[_Place], insertions: Iterable[Insertion]) -> _Slots:
    """What goes into each leaf, none before one that precedes it; raises `ValueError` for an offset outside them."""
    order = sorted(range(len(places)), key=lambda index: places[index].start)
    sorted_places = [places[index] for index in order]
    starts = [place.start for place in sorted_places]
    ends = [place.end for place in sorted_places]
    slots: list[list[tuple[int, Woven]]] = [[] for _ in places]
    last = (0, 0)
    for insertion in sorted(insertions, key=lambda item: (item.offset, isinstance(item.node, PageBreak))):
        if not places or not starts[0] <= insertion.offset <= ends[-1]:
            raise ValueError(f"offset {insertion.offset} lies outside the text")
        at = _index(insertion, sorted_places, starts, ends)
        last = max(last, (at, _within(insertion, sorted_places[at])))
        slots[order[last[0]]].append((last[1], insertion.node))
    return iter(slots)


def _index(insertion: Insertion, places: list[_Place], starts: list[int], ends: list[int]) -> int:
    """Which place an insertion belongs to: a call to the earliest that reaches it, a page break to the latest."""
    offset = insertion.offset
    if isinstance(insertion.node, NoteCall):
        index = bisect_left(ends, offset)
        return index - 1 if index and starts[index] > offset else index
    index = bisect_right(starts, offset) - 1
    last = len(places) - 1
    while index < last and offset >= ends[index]:
        index += 1
    return index


def _within(insertion: Insertion, place: _Place) -> int:
    """How many characters of the place are before an insertion; a page break at a line end goes behind it."""
    if isinstance(insertion.node, PageBreak) and isinstance(place.leaf, LineBreak) and insertion.offset >= place.start:
        return 1
    return min(max(insertion.offset, place.start), place.end) - place.start


def _weave(inlines: Inlines, slots: _Slots) -> Iterator[Inline]:
    """The line with what goes into each of its leaves."""
    for inline in inlines:
        match inline:
            case Run():
                yield from _split(inline, next(slots))
            case Code() | Formula() | LineBreak():
                yield from _around(inline, next(slots))
            case Styled(style=Emphasis.RUBY):
                yield from _outside(inline, slots)
            case Styled() | Foreign():
                before, children, after = _lift(tuple(_weave(inline.children, slots)), own=inline.children)
                yield from (*before, replace(inline, children=children), *after)
            case Link() | CrossReference() | InternalLink():
                yield from _outside(inline, slots)
            case Citation() | FootnoteCall() | NoteCall() | PageBreak():
                yield inline
            case _:
                assert_never(inline)


def _split(run: Run, inside: Sequence[tuple[int, Woven]]) -> Iterator[Inline]:
    """The run cut where something goes in."""
    done = 0
    for within, node in inside:
        if within > done:
            yield _piece(run, done, within)
            done = within
        yield node
    if done < len(run.text) or not run.text:
        yield _piece(run, done, len(run.text)) if done else run


def _piece(run: Run, start: int, end: int) -> Run:
    """A part of a run; its span is exact where the source has the run character for character."""
    span = run.span
    if span is not None and span.end - span.start == len(run.text):
        span = Span(source=span.source, start=span.start + start, end=span.start + end)
    return Run(text=run.text[start:end], start=run.start + start, span=span)


def _around(leaf: Code | Formula | LineBreak, inside: Sequence[tuple[int, Woven]]) -> Iterator[Inline]:
    """A leaf that only page breaks cut, with what goes before and after it."""
    yield from (node for within, node in inside if within == 0)
    cuts = [(within, node) for within, node in inside if _cuts(node, within, leaf)]
    done = 0
    for within, node in cuts:
        assert isinstance(leaf, Code)
        if within > done:
            yield replace(leaf, text=leaf.text[done:within], start=leaf.start + done)
        yield node
        done = within
    yield replace(leaf, text=leaf.text[done:], start=leaf.start + done) if done and isinstance(leaf, Code) else leaf
    yield from (node for within, node in inside if within and not _cuts(node, within, leaf))


def _cuts(node: Woven, within: int, leaf: Code | Formula | LineBreak | CodeBlock) -> bool:
    """Whether a node is inside code: a page break between two of its characters."""
    return isinstance(node, PageBreak) and not isinstance(leaf, LineBreak | Formula) and 0 < within < len(leaf.text)


def _lift(children: Inlines, *, own: Inlines = ()) -> tuple[Inlines, Inlines, Inlines]:
    """What is before the first child that is not woven, those up to the last, what is after it.

    Calls of the author's own notes that were there before are not woven.
    """
    there = set(map(id, own))
    kept = [
        index
        for index, child in enumerate(children)
        if id(child) in there or not isinstance(child, NoteCall | PageBreak)
    ]
    if not kept:
        return (), (), children
    return children[: kept[0]], children[kept[0] : kept[-1] + 1], children[kept[-1] + 1 :]


def _outside(link: Link | Styled | CrossReference | InternalLink, slots: _Slots) -> Iterator[Inline]:
    """A link with the page breaks inside it, the calls set after it; what is at its very beginning precedes it."""
    first = True
    before: list[Inline] = []
    breaks: list[list[tuple[int, Woven]]] = []
    after: list[Inline] = []
    for leaf in leaves(link.children):
        breaks.append([])
        for within, node in next(slots):
            if first and within == 0:
                before.append(node)
            elif isinstance(node, PageBreak):
                breaks[-1].append((within, node))
            else:
                after.append(node)
        first = first and not leaf_text(leaf)
    opening, children, closing = _lift(tuple(_weave(link.children, iter(breaks))))
    yield from (*before, *opening, replace(link, children=children), *closing, *after)


def _beside(block: CodeBlock, inside: Sequence[tuple[int, Woven]]) -> tuple[Block, ...]:
    """A code block with its page breaks, and with paragraphs for what goes before and after it."""
    before = tuple(node for within, node in inside if within == 0)
    breaks = tuple(
        (within, node) for within, node in inside if isinstance(node, PageBreak) and _cuts(node, within, block)
    )
    after = tuple(node for within, node in inside if within and not _cuts(node, within, block))
    return (*_paragraph(before), replace(block, breaks=(*block.breaks, *breaks)), *_paragraph(after))


def _paragraph(nodes: Inlines) -> tuple[Block, ...]:
    """A paragraph of nodes, where there are any."""
    return (Paragraph(children=nodes),) if nodes else ()
