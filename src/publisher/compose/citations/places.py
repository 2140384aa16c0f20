"""Where a volume cites: every citation with what is around it and the note in which it is, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from publisher.model.block import Block, CodeBlock
from publisher.model.inline import (
    Citation,
    Code,
    CrossReference,
    FootnoteCall,
    Foreign,
    Formula,
    Inline,
    InternalLink,
    LineBreak,
    Link,
    NoteCall,
    Run,
    Styled,
)
from publisher.model.publication import PlacedNote
from publisher.model.walk import Inlines, leaf_text, lines

GAP = 100
"""How far the notes of two series are apart, so that no `ibid.` leads from one series to the other."""
GROUP = 1_000_000
"""How far two readings are apart. A style begins again where numbers fall, so readings count down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A citation where it is."""

    citation: Citation
    before: str = ""
    after: str = ""
    """The words of its line before and after it."""
    note: int = 0
    """The index of its note; 0 in a text."""
    mark: str = ""
    """The printed mark of its note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Blocks in the order of reading, and what they call."""

    blocks: tuple[Block, ...]
    footnotes: Mapping[str, PlacedNote] = field(default_factory=dict)
    """The author's own, by their labels."""
    notes: Mapping[str, PlacedNote] = field(default_factory=dict)
    """The editors', by their element ids."""
    group: int = 0
    """Its reading in a course reader."""


def everywhere(blocks: Iterable[Block]) -> tuple[Place, ...]:
    """The citations of blocks that call no notes."""
    return places_of((Part(blocks=tuple(blocks)),))


def places_of(parts: Iterable[Part], *, rest: Iterable[Block] = ()) -> tuple[Place, ...]:
    """The citations of all parts, those of a note at its first call; then those of `rest` that were not met."""
    walk = _Walk()
    for part in parts:
        walk.part(part)
    walk.part(Part(blocks=tuple(rest)), only_new=True)
    return walk.numbered()


@dataclass(slots=True)
class _Walk:
    """Gathers citations."""

    found: list[tuple[Place, PlacedNote | None, int]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    notes: dict[tuple[int, str], PlacedNote] = field(default_factory=dict)

    def part(self, part: Part, *, only_new: bool = False) -> None:
        """Gather what a part cites."""
        for line in lines(part.blocks):
            if not isinstance(line, CodeBlock):
                self._line(line, part, None, only_new=only_new)

    def _line(self, line: Inlines, part: Part, note: PlacedNote | None, *, only_new: bool = False) -> None:
        nodes = tuple(_nodes(line))
        for at, node in enumerate(nodes):
            if isinstance(node, Citation) and id(node) not in self.seen:
                self.seen.add(id(node))
                before = "".join(_words(nodes[:at]))
                place = Place(citation=node, before=before, after="".join(_words(nodes[at + 1 :])))
                self.found.append((place, note, part.group))
            elif isinstance(node, NoteCall) and not only_new:
                self._note(part.notes.get(node.note_id), part)
            elif isinstance(node, FootnoteCall) and not only_new:
                self._note(part.footnotes.get(node.label), part)

    def _note(self, note: PlacedNote | None, part: Part) -> None:
        if note is None or (part.group, note.id) in self.notes:
            return
        self.notes[part.group, note.id] = note
        for line in lines(note.blocks):
            if not isinstance(line, CodeBlock):
                self._line(line, part, note)

    def numbered(self) -> tuple[Place, ...]:
        """The citations with the indices of their notes."""
        indices = self._indices()
        return tuple(
            place
            if note is None
            else Place(
                citation=place.citation,
                before=place.before,
                after=place.after,
                note=indices[group, note.id],
                mark=note.mark,
            )
            for place, note, group in self.found
        )

    def _indices(self) -> dict[tuple[int, str], int]:
        """The index of each note: series after series in each group."""
        indices = {}
        groups = sorted({group for group, _ in self.notes})
        for group in groups:
            index = (len(groups) - 1 - groups.index(group)) * GROUP
            own = [note for (of, _), note in self.notes.items() if of == group]
            for series in dict.fromkeys(note.series for note in own):
                for note in own:
                    if note.series == series:
                        index += 1
                        indices[group, note.id] = index
                index += GAP
        return indices


def _nodes(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """The leaves of a line, citations and calls among them."""
    for inline in inlines:
        if isinstance(inline, Styled | Foreign | Link | CrossReference | InternalLink):
            yield from _nodes(inline.children)
        else:
            yield inline


def _words(nodes: Iterable[Inline]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Run | Code | Formula | LineBreak):
            yield leaf_text(node)
        elif isinstance(node, Citation):
            yield "…"
