"""Texts with notes, made from a fixed seed: what every program that is measured is given, each in its own form."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, zip_longest

SEED = 1999
_WORDS = """
    the of and to in that with by for as which on from not this be or are all their its may each other between any
    peace security agreement ministers conference representatives internationally responsibilities considered
    undertaking obligations sovereignty every neighbouring cooperation determination confidence arms harbour treaty
    declaration participating states government principle territory integrity frontier settlement dispute arbitration
    ratification signature protocol annex article paragraph provision interpretation reservation observance monitoring
    mission mandate assembly council commission resolution recommendation consensus negotiation mediation armistice
    withdrawal deployment notification verification transparency inspection measure restraint threat force defence
    alliance neutrality guarantee assurance minority language education heritage commerce navigation river railway
    passage customs tariff currency reparation refugee humanitarian relief prisoner exchange frontiers commissioner
    historical circumstances nevertheless accordingly furthermore notwithstanding approximately administration
    constitutional parliamentary independence recognition succession continuity legitimate consultation communication
    correspondence ambassador secretary archive manuscript published translated original remained concluded agreed
    refused accepted proposed stated recalled reaffirmed welcomed expressed extended followed preceded entered
"""
VOCABULARY = tuple(_WORDS.split())
"""Words without digits and hyphens, so that both can be undone in what was laid out; the first come most often."""
_FREQUENCIES = tuple(accumulate(1 / (rank + 8) for rank in range(len(VOCABULARY))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, with at most one note for each sentence."""

    sentences: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """The note that is called at the end of each of the first sentences; empty if there is none."""

    @property
    def text(self) -> str:
        """The paragraph without its note."""
        return " ".join(self.sentences)

    def called(self) -> Iterator[tuple[str, str]]:
        """Each sentence, and the note that is called at its end; empty if there is none."""
        yield from zip_longest(self.sentences, self.notes, fillvalue="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A heading, and the paragraphs below it."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A text with notes."""

    title: str
    chapters: tuple[Chapter, ...]
    front: tuple[Paragraph, ...] = ()
    """A preface, whose notes are the author's; it is not compared."""

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs, in order."""
        for chapter in self.chapters:
            yield from chapter.paragraphs

    def all_chapters(self) -> tuple[Chapter, ...]:
        """The preface, if there is one, and the chapters."""
        preface = (Chapter(title="Preface", paragraphs=self.front),) if self.front else ()
        return (*preface, *self.chapters)

    def words(self) -> tuple[str, ...]:
        """The words of headings and paragraphs, in order."""
        parts = ((chapter.title, *(paragraph.text for paragraph in chapter.paragraphs)) for chapter in self.chapters)
        return tuple(word for part in parts for text in part for word in text.split())

    def note_words(self) -> tuple[str, ...]:
        """The words of the notes, in order."""
        return tuple(word for paragraph in self.paragraphs() for note in paragraph.notes for word in note.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How long a manuscript is."""

    chapters: int
    paragraphs: int
    """In each chapter."""
    sentences: tuple[int, int] = (5, 9)
    """In each paragraph: least and most."""
    note_every: int = 4
    """Every how many paragraphs one has a note."""


def manuscript(size: Size, *, title: str = "A Generated Volume", seed: int = SEED) -> Manuscript:
    """The manuscript of a size; the same for the same arguments."""
    chance = random.Random(seed)
    return Manuscript(title=title, chapters=tuple(_chapter(chance, size) for _ in range(size.chapters)))


def changed(text: Manuscript, *, times: int) -> Manuscript:
    """The manuscript with words added to one paragraph, another each time."""
    place = times * 7 % len(text.chapters)
    chapter = text.chapters[place]
    first, *rest = chapter.paragraphs
    added = Paragraph(sentences=(*first.sentences, f"{' '.join(VOCABULARY[20 : 30 + times])}."), notes=first.notes)
    chapters = list(text.chapters)
    chapters[place] = Chapter(title=chapter.title, paragraphs=(added, *rest))
    return replace(text, chapters=tuple(chapters))


def with_note(text: Manuscript, *, chapter: int, times: int) -> Manuscript:
    """The manuscript with so many notes more in a chapter, so that later numbers change."""
    found = text.chapters[min(chapter, len(text.chapters) - 1)]
    bare = [paragraph for paragraph in found.paragraphs if not paragraph.notes][:times]
    noted = {
        paragraph: replace(paragraph, notes=(f"{' '.join(VOCABULARY[at : at + 9])}.",))
        for at, paragraph in enumerate(bare, times)
    }
    new = replace(found, paragraphs=tuple(noted.get(paragraph, paragraph) for paragraph in found.paragraphs))
    return replace(text, chapters=tuple(new if item is found else item for item in text.chapters))


def _chapter(chance: random.Random, size: Size) -> Chapter:
    title = sentence(chance, least=4, most=6).rstrip(".")
    return Chapter(title=title, paragraphs=tuple(_paragraph(chance, size, at) for at in range(size.paragraphs)))


def _paragraph(chance: random.Random, size: Size, at: int) -> Paragraph:
    sentences = tuple(sentence(chance, least=10, most=24) for _ in range(chance.randint(*size.sentences)))
    note = sentence(chance, least=8, most=30) if at % size.note_every == size.note_every // 2 else ""
    return Paragraph(sentences=sentences, notes=(note,) if note else ())


def sentence(chance: random.Random, *, least: int, most: int) -> str:
    """A sentence of at least and at most so many words."""
    words = chance.choices(VOCABULARY, cum_weights=_FREQUENCIES, k=chance.randint(least, most))
    return f"{' '.join(words).capitalize()}."
