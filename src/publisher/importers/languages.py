"""The language of a document, and the passages that are in another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from publisher.importers.document import Block, Document, Line, Words, lines_of
from publisher.importers.mapping import map_blocks
from publisher.model.language import fault

USUAL = "en"
"""The language of a document that names none."""


def localize(document: Document, default: str, *, is_stated: bool = False) -> Document:
    """The document with its main language among its metadata; words in another one have that in their format.

    Word processors note the language that the spelling is checked in: a region alone makes no other language. The main
    language is that of most words, or the default if the source states it.
    """
    default = default if default and fault(default) is None else ""
    counts: Counter[str] = Counter()
    stories = (document.blocks, *(footnote.blocks for footnote in document.footnotes))
    for words in (piece for blocks in stories for piece in _words(blocks)):
        counts[words.format.language or default] += sum(map(str.isalpha, words.text))
    named = document.metadata.language
    main = (
        default
        if default and is_stated
        else next((text for text, _ in counts.most_common() if text), named or default or USUAL)
    )
    main = main if fault(main) is None else USUAL
    primary = main.lower().split("-")[0]

    def line(given: Line) -> Line:
        return tuple(_localize(piece, primary) if isinstance(piece, Words) else piece for piece in given)

    return replace(
        document,
        metadata=replace(document.metadata, language=main),
        blocks=map_blocks(document.blocks, line),
        footnotes=tuple(replace(footnote, blocks=map_blocks(footnote.blocks, line)) for footnote in document.footnotes),
        comments=tuple(replace(comment, blocks=map_blocks(comment.blocks, line)) for comment in document.comments),
        matter=tuple(replace(matter, blocks=map_blocks(matter.blocks, line)) for matter in document.matter),
    )


def _words(blocks: tuple[Block, ...]) -> Iterator[Words]:
    return (piece for block in blocks for line in lines_of(block) for piece in line if isinstance(piece, Words))


def _localize(words: Words, primary: str) -> Words:
    """Words without a language if that is the main one, or if there is no letter in them."""
    language = words.format.language
    if language is None:
        return words
    is_other = language.lower().split("-")[0] != primary and any(map(str.isalpha, words.text))
    return words if is_other else replace(words, format=replace(words.format, language=None))
