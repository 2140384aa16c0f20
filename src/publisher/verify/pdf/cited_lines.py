"""The lines that notes cite, found again: the words of each lemma are looked for on the pages, before its call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from publisher.model.page import LineCount
from publisher.model.publication import PlacedNote, Publication
from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.document import PdfDocument
from publisher.verify.languages import moved_tongues
from publisher.verify.line import ONE_GLYPH, UNSEEN, Bond, Expected, Link
from publisher.verify.pdf.found import FoundInPdf, PdfReading
from publisher.verify.pdf.line_numbers import CountedLine
from publisher.verify.pdf.places import Pairs

UNKNOWN = "?"


@dataclass(slots=True)
class _Stream:
    """The text of a section without white space, and where its notes are called."""

    letters: list[str] = field(default_factory=list)
    """Each letter of the text; what is printed between its words, such as a citation, is left out."""
    chunks: list[Chunk] = field(default_factory=list)
    """The words on a page that each letter is part of."""
    calls: dict[str, int] = field(default_factory=dict)
    """By note how many letters are before its call."""

    def add(self, expected: Expected, found: FoundInPdf) -> None:
        """Goes on with a line."""
        notes = {id(chunk): link.target for chunk, link in zip(found.calls, _calls(expected), strict=False)}
        own = _own(expected, "".join(_key(chunk.text) for chunk in found.words if id(chunk) not in notes))
        at = 0
        for chunk in found.words:
            if id(chunk) in notes:
                self.calls.setdefault(notes[id(chunk)], len(self.chunks))
                continue
            letters = _key(chunk.text)
            kept = [letter for letter, is_own in zip(letters, own[at:], strict=False) if is_own]
            self.letters += kept
            self.chunks += [chunk] * len(kept)
            at += len(letters)

    def lemmas(self, notes: Iterable[PlacedNote]) -> Iterator[tuple[PlacedNote, Chunk, Chunk]]:
        """The notes whose lemmas are found, each with the words with which its lemma begins and ends."""
        text = "".join(self.letters)
        for note in notes:
            lemma = _key(note.lemma)
            at = text.rfind(lemma, 0, self.calls.get(note.id, 0))
            if lemma and at >= 0:
                yield note, self.chunks[at], self.chunks[at + len(lemma) - 1]


def _own(expected: Expected, letters: str) -> list[bool]:
    """Of each letter of a line on a page whether it is of the text: not if it is printed where the text has a citation.

    All but the number of the paragraph are if the page has other letters than the line should have.
    """
    of_text = [False] * len(expected.text)
    for piece in expected.pieces:
        of_text[piece.start : piece.start + piece.length] = [True] * piece.length
    marks = {at for link in _calls(expected) for at in range(link.start, link.end)}
    wanted = [
        (letter, of_text[at]) for at, text in enumerate(expected.text) if at not in marks for letter in _key(text)
    ]
    if "".join(letter for letter, _ in wanted) == letters:
        return [is_own for _, is_own in wanted]
    number = expected.name.removeprefix("paragraph ")
    numbered = len(number) if number.isdigit() and letters.startswith(number) else 0
    return [False] * numbered + [True] * (len(letters) - numbered)


def _calls(expected: Expected) -> list[Link]:
    return [link for link in expected.links if link.bond is Bond.NOTE]


def _key(text: str) -> str:
    return "".join(text.split()).translate(dict.fromkeys(map(ord, UNSEEN))).translate(ONE_GLYPH)


def with_cited_lines(
    notes: Iterable[Expected],
    text: Pairs,
    counted: Mapping[str, tuple[CountedLine, ...]],
    publication: Publication,
    document: PdfDocument,
    reading: PdfReading,
) -> tuple[Expected, ...]:
    """The lines of notes; those on the text that cite lines have the ones in which their lemmas are on the pages."""
    if publication.output.line_numbers is None:
        return tuple(notes)
    pages = {name: line.page for line in reading.notes for name in line.ids}
    cited = dict(_cite(text, counted, publication, document, pages))
    placed = {note.id: note for section in publication.sections for note in section.notes if note.cited and note.end}
    return tuple(
        _insert(item, placed[item.note], cited.get(item.note, UNKNOWN))
        if item.note in placed and item.note in item.ids
        else item
        for item in notes
    )


def _cite(
    text: Pairs,
    counted: Mapping[str, tuple[CountedLine, ...]],
    publication: Publication,
    document: PdfDocument,
    pages: Mapping[str, int],
) -> Iterator[tuple[str, str]]:
    wanted = publication.output.line_numbers
    each_page = wanted is not None and wanted.by is LineCount.PAGE
    streams: defaultdict[str, _Stream] = defaultdict(_Stream)
    for expected, found in text:
        if expected.numbered:
            streams[expected.numbered].add(expected, found)
    for section in publication.sections:
        citing = tuple(note for note in section.notes if note.cited and section.id in streams)
        for note, *lemma in streams[section.id].lemmas(citing) if citing else ():
            first, last = (_line(counted[section.id], chunk) for chunk in lemma)
            labels = (document.labels[first.page], document.labels[last.page])
            here = not each_page or first.page == last.page == pages.get(note.id)
            yield note.id, _words(first, last, labels=("", "") if here else labels)


def _line(lines: Iterable[CountedLine], chunk: Chunk) -> CountedLine:
    """The line on which a word is."""
    return min(
        (line for line in lines if line.page == chunk.page), key=lambda counted_line: abs(counted_line.y - chunk.y)
    )


def _words(first: CountedLine, last: CountedLine, *, labels: tuple[str, str]) -> str:
    begin = f"{labels[0]}.{first.number}" if labels[0] else str(first.number)
    if (first.page, first.number) == (last.page, last.number):
        return begin
    return f"{begin}–{labels[1]}.{last.number}" if labels[0] != labels[1] else f"{begin}–{last.number}"


def _insert(line: Expected, note: PlacedNote, words: str) -> Expected:
    """The first line of a note with lines behind its marks; whatever is behind moves on."""
    marks = (
        link for link in line.links if link.bond is Bond.NOTE and link.target in (note.call_id, *note.called_again)
    )
    at, more = max(link.end for link in marks) + 1, f"{words} "
    return replace(
        line,
        text=line.text[:at] + more + line.text[at:],
        links=tuple(replace(link, start=link.start + len(more) * (link.start >= at)) for link in line.links),
        pieces=tuple(replace(piece, start=piece.start + len(more) * (piece.start >= at)) for piece in line.pieces),
        tongues=moved_tongues(line.tongues, at, len(more)),
    )
