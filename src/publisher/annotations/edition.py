"""The notes of a composed edition as remarks, with their places in its EPUB."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from publisher.annotations.remark import Located, Own, Remark
from publisher.compose.wording import Wording, wording
from publisher.diagnostics import Source
from publisher.epub.read.book import Book
from publisher.epub.read.positions import Positions, positions
from publisher.load.audience_cut import cut_markdown
from publisher.load.findings import Findings
from publisher.load.note_sections import describe
from publisher.load.notes import notes as read_notes
from publisher.model.apparatus import Anchor, Note, Selector
from publisher.model.block import CodeBlock
from publisher.model.edition import AnnotatedEdition
from publisher.model.publication import PlacedNote, Publication, Role
from publisher.model.target import Audience
from publisher.model.walk import plain
from publisher.selectors.describe import describe_folded
from publisher.selectors.fold import Folded, fold_spaces

AROUND = 32
"""How many characters of context an annotation has at least, where there are so many."""
REACH = 2_000
NAMESPACE = uuid.UUID("6f2f2f0e-6d0a-5a53-9c55-6f1f0a3f5d11")
"""What the ids of annotations are made in."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A section of the text: where its words are in the plain text of the edition, and in its document."""

    wording: Wording
    base: int
    """Where it begins in the text of all sections together."""
    document: Positions


class _Places:
    """The way from the plain text of an edition to the sections that a copy has."""

    def __init__(self, publication: Publication, book: Book) -> None:
        self.parts: list[_Part] = []
        self._runs: list[tuple[int, int, int, int]] = []
        texts: list[str] = []
        for section in publication.sections:
            document = positions(book, section.id) if section.role is Role.TEXT else None
            if document is None:
                continue
            worded = wording(section)
            self.parts.append(_Part(worded, sum(map(len, texts)) + len(texts), document))
            texts.append(worded.text)
            leaves = (leaf for line in worded.lines for leaf in line.leaves)
            for at, leaf in leaves:
                if isinstance(leaf, CodeBlock) or leaf.span is not None:
                    self._runs.append((leaf.start, leaf.start + len(leaf.text), len(self.parts) - 1, at))
        self._runs.sort()
        self.text = "\n".join(texts)
        self.folded = Folded.of(self.text)

    def place(self, offset: int) -> tuple[int, int] | None:
        """The number of the section and the offset in it of a character; None if the copy has it not."""
        at = bisect_right(self._runs, offset, key=lambda run: run[0]) - 1
        if at < 0 or offset >= self._runs[at][1]:
            return None
        start, _, part, begin = self._runs[at]
        return part, begin + offset - start


def located_notes(
    annotated: AnnotatedEdition, publication: Publication, book: Book, *, audience: Audience
) -> tuple[Located, ...]:
    """The notes that a copy has, each with its place in the EPUB, once for each passage that it is about."""
    places = _Places(publication, book)
    placed = {
        (placed_note.series, placed_note.note_id): placed_note
        for section in publication.sections
        for placed_note in section.notes
    }
    bodies = dict(_bodies(annotated, audience))
    person = _editor(publication)
    found = []
    for anchor in annotated.anchors:
        note = anchor.note
        printed = placed.get((note.series, note.id))
        range_ = _range(anchor, annotated.edition.text.plain, places)
        if printed is None or range_ is None or note.id not in bodies:
            continue
        part, start, end = range_
        remark = Remark(
            id=uuid.uuid5(NAMESPACE, f"{publication.metadata.identifier} {note.series} {note.id} {anchor.nth}").urn,
            person=person,
            created=publication.metadata.modified,
            selector=_selector(places, part, start, end),
            body="\n\n".join(fold_spaces(plain((block,))).strip() for block in printed.blocks),
            own=_own(anchor, printed, publication, bodies[note.id]),
        )
        found.append(_locate(remark, part, start, end))
    return tuple(found)


def _locate(remark: Remark, part: _Part, start: int, end: int) -> Located:
    place = part.document.place(part.wording.place(start), part.wording.place(end - 1))
    first, last = part.document.position(place.start), part.document.position(place.end)
    return Located(remark=remark, file=place.document.name, cfi=place.cfi, start=first, end=last)


def _range(anchor: Anchor, text: str, places: _Places) -> tuple[_Part, int, int] | None:
    """The section and the stretch of it that an anchor is about; of a passage over two sections, what the first has."""
    inside = [at for at in range(anchor.start, anchor.end) if not text[at].isspace()]
    first = next((found for at in inside if (found := places.place(at)) is not None), None)
    if first is None:
        return None
    last = next(found for at in reversed(inside) if (found := places.place(at)) is not None and found[0] == first[0])
    return places.parts[first[0]], first[1], last[1] + 1


def _selector(places: _Places, part: _Part, start: int, end: int) -> Selector:
    """The words with as much around them as makes them unique in the copy, and some more."""
    folded, text = places.folded, places.folded.text
    begin, stop = folded.folded_offset(part.base + start), folded.folded_offset(part.base + end)
    found = describe_folded(text, begin, stop, reach=REACH)
    before, after = max(len(found.prefix), AROUND), max(len(found.suffix), AROUND)
    return replace(found, prefix=text[max(0, begin - before) : begin], suffix=text[stop : stop + after])


def _own(anchor: Anchor, printed: PlacedNote, publication: Publication, markdown: str) -> Own:
    note = anchor.note
    title = next((item.title for item in publication.series if item.id == printed.series), printed.series)
    return Own(
        series=note.series,
        title=fold_spaces(title),
        note=note.id,
        nth=anchor.nth,
        markdown=markdown,
        kind=note.kind,
        audience=None if note.audience is None else str(note.audience),
    )


def _bodies(annotated: AnnotatedEdition, audience: Audience) -> Iterator[tuple[str, str]]:
    """What each note says in Markdown, without what is for others, by its id."""
    for _, group in groupby(annotated.edition.notes, key=lambda note: note.span.source.name):
        notes = list(group)
        source = notes[0].span.source
        cut = Source(name=source.name, text=cut_markdown(source.text, audience))
        left: tuple[Note, ...] = read_notes(cut, series=notes[0].series, figures=[], findings=Findings())
        yield from ((item.id, describe(item, left)) for item in left)


def _editor(publication: Publication) -> str:
    """Who wrote the notes: the only editor or annotator; empty if several did."""
    names = [
        contributor.name for contributor in publication.metadata.contributors if contributor.role in ("edt", "ann")
    ]
    return names[0] if len(names) == 1 else ""
