"""What links can lead to: headings, paragraphs, letters, pictures, words with an id; and how links name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from publisher.compose.i18n import Words
from publisher.compose.i18n.dates import date_in_words
from publisher.diagnostics import Diagnostic
from publisher.model.block import (
    Block,
    CodeBlock,
    Division,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    ThematicBreak,
)
from publisher.model.inline import CrossReference, Inline, Run, Styled, Target
from publisher.model.publication import Section
from publisher.model.walk import blocks_of, inlines_of, label_of, lines, nest, place_ids
from publisher.selectors.names import KnownNames

Place = Block | Styled
Places = Mapping[str, Place]
ELLIPSIS = "[…]"
"""What is printed for a link without words to what has none, or is not in this copy."""
MOST_WORDS = 6
"""How many words of what has no number and no title name it."""


def places(sections: Iterable[Section], *, apart: Iterable[Block] = ()) -> Places:
    """What has an id in some sections and in blocks of notes and agreements, by these ids."""
    found = {name: place for section in sections for name, place in _in_section(section)}
    return {**found, **dict(_in_blocks(tuple(apart)))}


def _in_section(section: Section) -> Iterator[tuple[str, Place]]:
    yield from place_ids(nest(section.title))
    yield from _in_blocks(section.blocks)


def _in_blocks(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Place]]:
    """What has an id in blocks; words come before the paragraph that their id names, if they are none."""
    yield from place_ids(inlines_of(blocks))
    for block in blocks_of(blocks):
        if not isinstance(block, ListBlock | ThematicBreak) and block.id:
            yield block.id, block
        if isinstance(block, Paragraph):
            yield from ((name, block) for name, words in place_ids(block.children) if not words.children)


def unknown_places(inlines: Iterable[Inline], known: Places) -> Iterator[Diagnostic]:
    """M-050 for each link of a reader's own matter to an id that nothing there has."""
    names = KnownNames(tuple(sorted(known)))
    for inline in inlines:
        if isinstance(inline, CrossReference) and inline.target is Target.PLACE and inline.id not in known:
            hint = names.hint(inline.id, otherwise="link to a place in a reading as reading:slug#id")
            yield Diagnostic(code="M-050", message=f"nothing has the id “{inline.id}”", span=inline.span, hint=hint)


def words_for_place(place: Place, words: Words) -> tuple[Inline, ...]:
    """How a link names a place: a date, a number, a title, a caption, or the first words that are there."""
    if isinstance(place, Division) and place.date:
        return (Run(text=date_in_words(place.date, words.language)),)
    if isinstance(place, Paragraph) and place.number:
        return (Run(text=words.paragraph_reference.format(place.number)),)
    if isinstance(place, Heading | Styled):
        return (Run(text=label_of(place.children)),)
    if isinstance(place, Figure | Table) and place.caption:
        return (Run(text=label_of(place.caption)),)
    if isinstance(place, Figure):
        return (Run(text=place.alternative),)
    if isinstance(place, Division) and (title := _title(place)):
        return (Run(text=title),)
    return (Run(text=_first_words(place) or _picture(place) or ELLIPSIS),)


def _title(division: Division) -> str:
    """The words of the heading of a block; nothing if it has none."""
    return next((label_of(heading.children) for heading in division.blocks if isinstance(heading, Heading)), "")


def _picture(place: Block) -> str:
    """What the first picture in a block shows; nothing if it has none."""
    return next((figure.alternative for figure in blocks_of((place,)) if isinstance(figure, Figure)), "")


def _first_words(block: Block) -> str:
    """The first words of a block, with an ellipsis if there are more."""
    texts = (line.text if isinstance(line, CodeBlock) else label_of(line) for line in lines((block,)))
    found = next((text for text in texts if text.strip()), "").split()
    return " ".join(found[:MOST_WORDS]) + ("…" if len(found) > MOST_WORDS else "")
