"""The sections of the EPUB as texts in which the pages of a printed book are looked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from publisher.compose.notes.lists import Lists
from publisher.compose.wording import Mark, Wording, wording
from publisher.model.block import Figure
from publisher.model.inline import NoteCall, PageBreak
from publisher.model.publication import Publication
from publisher.model.target import Format
from publisher.selectors.fold import Folded


@dataclass(frozen=True, kw_only=True)
class TextIndex:
    """One section."""

    order: int
    """Its place among the sections."""
    wording: Wording

    @cached_property
    def folded(self) -> Folded:
        """Its text with white space folded."""
        return Folded.of(self.wording.text)

    @cached_property
    def landmarks(self) -> dict[str, Mark]:
        """Its calls by the ids of their notes, its pictures by their paths; only what is there once."""
        named = [(name_of(mark.node), mark) for mark in self.wording.marks if not isinstance(mark.node, PageBreak)]
        counts = Counter(name for name, _ in named)
        return {name: mark for name, mark in named if counts[name] == 1}


def name_of(node: NoteCall | Figure | PageBreak) -> str:
    """What a map of pages calls it: a call by its note, a picture by its path, a page by its label."""
    match node:
        case NoteCall():
            return node.note_id
        case Figure():
            return node.path
        case PageBreak():
            return node.label


def text_indexes(publication: Publication) -> dict[str, TextIndex]:
    """The sections of the EPUB by their ids, in order."""
    lists = Lists.of(publication.series)
    sections = (section for section in publication.sections if Format.EPUB in section.formats)
    return {
        section.id: TextIndex(order=order, wording=wording(section, notes=lists.shown(section)))
        for order, section in enumerate(sections)
    }
