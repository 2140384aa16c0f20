"""The map of a printed book's pages, from a publication in which they are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.compose.pages.text_index import TextIndex, name_of, text_indexes
from publisher.model.apparatus import Selector
from publisher.model.block import Figure
from publisher.model.inline import NoteCall, PageBreak
from publisher.model.page import FrozenPage, PageMap
from publisher.model.publication import Metadata, Publication
from publisher.selectors.describe import describe_folded

LONGEST, MOST = 60, 8
"""So many characters, and so many words, of a page are retained at the most."""
ENOUGH = 24
"""With fewer characters than these, words continue into the next line: a heading alone may come to be elsewhere."""


def page_map(publication: Publication) -> PageMap:
    """The pages of a publication that has page breaks, in order, each so that it is found again."""
    return PageMap(
        identifier=printed_book(publication.metadata),
        pages=tuple(page for ground in text_indexes(publication).values() for page in _pages(ground)),
    )


def printed_book(metadata: Metadata) -> str:
    """What names the printed book: its ISBN, else the PDF of the edition."""
    digits = re.sub("[^0-9Xx]", "", metadata.isbn or "").upper()
    return f"urn:isbn:{digits}" if digits else f"{metadata.identifier}#pdf"


def _pages(ground: TextIndex) -> Iterator[FrozenPage]:
    section = ground.wording.section
    for opening in section.page_breaks:
        yield FrozenPage(label=opening.label, section=section.id)
    for mark in ground.wording.marks:
        if isinstance(mark.node, PageBreak):
            before = mark.before if mark.before and name_of(mark.before) in ground.landmarks else None
            yield FrozenPage(
                label=mark.node.label,
                section=section.id,
                words=first_words(ground, mark.offset),
                note=before.note_id if isinstance(before, NoteCall) else None,
                picture=before.path if isinstance(before, Figure) else None,
            )


def first_words(ground: TextIndex, offset: int) -> Selector | None:
    """The words from an offset on, whole and as far as may be of one line, with what sets them apart in their section.

    Where nothing follows, the last word of the section; None where it has no words.
    """
    text, folded = ground.wording.text, ground.folded
    if not text.strip():
        return None
    if not text[offset:].strip():
        offset = text.rstrip().rfind(" ") + 1
    offset += len(text[offset:]) - len(text[offset:].lstrip())
    line = ground.wording.line_at(offset)
    rest = text[offset : line.start + len(line.text)].rstrip()
    start = folded.folded_offset(offset)
    words = _cut(folded.text[start:], line=folded.folded_offset(offset + len(rest)) - start)
    return describe_folded(folded.text, start, start + len(words))


def _cut(words: str, *, line: int) -> str:
    """The first of the words, no more than are retained; `line` is how many characters of them are in their line."""
    end = line if line >= ENOUGH else words.find(" ", ENOUGH)
    words = words[:end] if end >= 0 else words
    if len(words) > LONGEST:
        words = words[: LONGEST + 1].rpartition(" ")[0] or words[:LONGEST]
    return " ".join(words.split(" ")[:MOST]).rstrip()
