"""An edition as a copy for one audience has to print it: without the notes and blocks that are for another.

A note on words that are for another audience alone is for that one too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publisher.model.apparatus import Selector
from publisher.model.audience import Audience, audience_of, is_for
from publisher.model.block import Block, Division
from publisher.model.change import with_blocks
from publisher.model.edition import Edition, Matter
from publisher.model.text import Text
from publisher.model.walk import plain, plain_of_inlines


def for_audience(edition: Edition, audience: Audience) -> Edition:
    """The edition with everything that the audience is to read."""

    def shown(block: Block) -> tuple[Block, ...]:
        marked = audience_of(block.name) if isinstance(block, Division) else None
        return (block,) if is_for(audience, marked) else ()

    def blocks(given: Iterable[Block]) -> tuple[Block, ...]:
        return with_blocks(given, shown)

    def text(given: Text) -> Text:
        footnotes = tuple(replace(one, blocks=blocks(one.blocks)) for one in given.footnotes)
        return replace(given, blocks=blocks(given.blocks), footnotes=footnotes)

    def matter(given: Matter) -> Matter:
        return replace(given, text=text(given.text))

    printed = text(edition.text)
    words = _folded("\n".join((plain_of_inlines(printed.title), plain(printed.blocks))))
    whole = printed.blocks == edition.text.blocks
    notes = (
        replace(note, selector=there[0].selector, lemma_span=there[0].span, again=there[1:], blocks=blocks(note.blocks))
        for note in edition.notes
        if is_for(audience, note.audience)
        and (there := tuple(one for one in note.lemmas if whole or _quoted(one.selector) in words))
    )
    return replace(
        edition,
        text=printed,
        front=tuple(map(matter, edition.front)),
        back=tuple(map(matter, edition.back)),
        notes=tuple(note for note in notes if note.blocks),
        agreements=tuple(
            replace(
                one,
                blocks=blocks(one.blocks),
                provisions=tuple(replace(each, blocks=blocks(each.blocks)) for each in one.provisions),
            )
            for one in edition.agreements
        ),
    )


def _quoted(selector: Selector) -> str:
    """Everything that a note quotes: a lemma may be a word that stands everywhere."""
    return _folded(selector.prefix + selector.exact + selector.suffix)


def _folded(words: str) -> str:
    """The words without white space: where a lemma is found is no matter of it."""
    return "".join(words.split())
