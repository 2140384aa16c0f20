"""A text cut for a selection and an audience, after its notes have been woven in; the marks of what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from publisher.compose.audience import cut_for
from publisher.compose.front import run
from publisher.compose.i18n import Words
from publisher.diagnostics import Span
from publisher.model.block import Block, CodeBlock, Division, Figure, Heading, Paragraph
from publisher.model.inline import Code, FootnoteCall, Formula, Inline, NoteCall, Run
from publisher.model.reader import Paragraphs
from publisher.model.target import Audience, audience_of, is_for
from publisher.model.text import Text
from publisher.model.walk import blocks_of, inlines_of, leaves, lines, nest

OMISSION = "omission"
"""The name of the paragraph that represents what is left out; the editors' own, never part of the text."""
ELLIPSIS = "[…]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What of a text is printed."""

    audience: Audience
    words: Words
    whole: Text
    """The text as it was written, with everything for everybody in it."""
    selection: tuple[Paragraphs, ...] = ()
    """Paragraphs by their numbers; everything where none is named."""

    def leaves_whole(self, blocks: Iterable[Block]) -> bool:
        """Whether nothing is left out, so that every note has its call."""
        return not self.selection and next(_mark(blocks), None) is None

    def apply(self, blocks: tuple[Block, ...], *, prefix: str) -> tuple[Block, ...]:
        """The blocks that are printed, their paragraphs numbered; a line represents each stretch that is left out."""
        kept = tuple(_marked_up(blocks, self.selection, prefix)) if self.selection else blocks
        return cut_for(kept, self.audience, prefix=prefix, words=self.words)

    def omitted(self, printed: Iterable[Block], title: Iterable[Inline]) -> tuple[Span, ...]:
        """Where in the source is what is not printed: paragraphs, blocks for others, footnotes without a call."""
        text, printed = self.whole, tuple(printed)
        called = {
            footnote_call.label
            for footnote_call in (*nest(title), *inlines_of(printed))
            if isinstance(footnote_call, FootnoteCall)
        }
        uncalled = tuple(note.span for note in text.footnotes if note.label not in called)
        if self.leaves_whole(_with_footnotes(text)):
            return uncalled
        there = frozenset(_starts(printed))
        unselected = (block for block in text.blocks if not there.intersection(_starts((block,))))
        others = (
            division
            for division in _mark(_with_footnotes(text))
            if not is_for(self.audience, audience_of(division.name))
        )
        spans = (span for block in (*unselected, *others) if (span := _extent(block)) is not None)
        return (*spans, *uncalled)


def _with_footnotes(text: Text) -> tuple[Block, ...]:
    return (*text.blocks, *(block for note in text.footnotes for block in note.blocks))


def _mark(blocks: Iterable[Block]) -> Iterator[Division]:
    """What is between `:::` lines."""
    return (block for block in blocks_of(blocks) if isinstance(block, Division) and audience_of(block.name))


def calls_in(title: Iterable[Inline], blocks: Iterable[Block]) -> frozenset[str]:
    """The ids of the calls."""
    return frozenset(
        note_call.id for note_call in (*nest(title), *inlines_of(blocks)) if isinstance(note_call, NoteCall)
    )


def _marked_up(blocks: tuple[Block, ...], selection: tuple[Paragraphs, ...], prefix: str) -> Iterator[Block]:
    """The selected blocks with a paragraph for each stretch between them that is left out."""
    kept = _select(blocks, selection)
    omissions = 0
    for at, block in enumerate(blocks):
        if kept[at]:
            yield block
        elif at == 0 or kept[at - 1]:
            omissions += 1
            yield Paragraph(children=run(ELLIPSIS), name=OMISSION, id=f"{prefix}-omission-{omissions}")


def _select(blocks: tuple[Block, ...], selection: tuple[Paragraphs, ...]) -> list[bool]:
    """For each block whether it is taken: a paragraph by its number, any other with the paragraph that it follows.

    Headings go with the paragraph that comes after them.
    """
    kept: list[bool] = []
    last = False
    for block in blocks:
        if isinstance(block, Paragraph) and block.number is not None:
            last = any(paragraphs.first <= block.number <= paragraphs.last for paragraphs in selection)
        kept.append(last and not isinstance(block, Heading))
    for at in range(len(blocks) - 2, -1, -1):
        if isinstance(blocks[at], Heading):
            kept[at] = kept[at + 1]
    return kept


def _starts(blocks: Iterable[Block]) -> Iterator[int]:
    """Where in the source the words of blocks begin."""
    for line in lines(blocks):
        if isinstance(line, CodeBlock):
            if line.span is not None:
                yield line.span.start
            continue
        for leaf in leaves(line):
            if isinstance(leaf, Run | Code | Formula) and leaf.span is not None:
                yield leaf.span.start
    for block in blocks_of(blocks):
        if isinstance(block, Figure) and block.span is not None:
            yield block.span.start


def _extent(block: Block) -> Span | None:
    """From where the first words of a block are in the source to where its last ones end."""
    spans = [item.span for item in blocks_of((block,)) if isinstance(item, Paragraph | Heading | Figure | CodeBlock)]
    for line in lines((block,)):
        if not isinstance(line, CodeBlock):
            spans += [leaf.span for leaf in leaves(line) if isinstance(leaf, Run | Code | Formula)]
    known = [span for span in spans if span is not None]
    if not known:
        return None
    first = min(known, key=lambda span: span.start)
    return replace(first, end=max(span.end for span in known))
