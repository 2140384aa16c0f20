"""The words of a note as a document for review has them, each with its place in the file of notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from publisher.diagnostics import Span
from publisher.model.block import Block, CodeBlock
from publisher.model.inline import Code, Inline, LineBreak, PageBreak, Run
from publisher.model.walk import leaf_text, leaves, lines

PARAGRAPH = "\n\n"
"""What is between two paragraphs of a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The words of a note, with white space folded in each paragraph."""

    text: str
    places: tuple[Span | None, ...]
    """Where each character is in the source: a span of one character; None for what the program made."""


def render(blocks: Iterable[Block]) -> Rendered:
    """The words of the blocks of a note."""
    characters: list[str] = []
    places: list[Span | None] = []
    for line in lines(blocks):
        found = list(_characters(line))
        if not any(text.strip() for text, _ in found):
            continue
        if characters:
            characters += PARAGRAPH
            places += [None] * len(PARAGRAPH)
        for character, place in _fold(found):
            characters.append(character)
            places.append(place)
    return Rendered(text="".join(characters), places=tuple(places))


def _characters(line: tuple[Inline, ...] | CodeBlock) -> Iterator[tuple[str, Span | None]]:
    if isinstance(line, CodeBlock):
        yield from ((text, None) for text in line.text)
        return
    for leaf in leaves(node for node in line if not isinstance(node, PageBreak)):
        words = leaf_text(leaf)
        span = None if isinstance(leaf, LineBreak | Code) else leaf.span
        exact = span is not None and span.end - span.start == len(words)
        exact = exact and span is not None and span.source.text[span.start : span.end] == words
        for at, word in enumerate(words):
            here = span.source.span(span.start + at, span.start + at + 1) if exact and span is not None else None
            yield word, here


def _fold(found: list[tuple[str, Span | None]]) -> Iterator[tuple[str, Span | None]]:
    """The characters with every run of white space as one space, and none at the ends."""
    while found and found[0][0].isspace():
        found = found[1:]
    while found and found[-1][0].isspace():
        found = found[:-1]
    last = ""
    for character, place in found:
        if character.isspace():
            if last != " ":
                yield " ", place
            last = " "
        else:
            yield character, place
            last = character


def own_leaf(line: tuple[Inline, ...]) -> Run | Code | None:
    """The first words of a line that are of its source; None if the program made all of them."""
    return next((leaf for leaf in leaves(line) if isinstance(leaf, Run | Code) and leaf.span is not None), None)


def state(words: str) -> str:
    """What the words of a note are known by."""
    return sha256(" ".join(words.split()).encode()).hexdigest()[:12]
