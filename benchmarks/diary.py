"""A text of the shape of Samuel Pepys's Diary, made from a fixed seed, and what an editor changes in it.

The shape is that of the edition of Standard Ebooks: 113 chapters of very different length, about 1.2 million words in
long paragraphs, 4,495 notes, most of a line or two and some of 900 words, and 47 footnotes of the author in a preface.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from benchmarks.manuscript import SEED, Chapter, Manuscript, Paragraph, sentence

CHAPTERS, PARAGRAPHS, NOTES, FOOTNOTES = 113, 3_685, 4_495, 47
WORDS = 319
"""Of a paragraph, on average."""
LONGEST = 900
"""Words of the longest notes."""
LONG_NOTES = 12
"""How many notes are as long as that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How long a diary is: as a part of the whole."""

    part: float = 1.0

    def of(self, count: int) -> int:
        """That part of a number, at least 1."""
        return max(1, round(count * self.part))


def diary(shape: Shape | None = None) -> Manuscript:
    """The diary, the same each time."""
    shape, chance = shape or Shape(), random.Random(SEED)
    lengths = _lengths(chance, chapters=shape.of(CHAPTERS), paragraphs=shape.of(PARAGRAPHS))
    bare = [[_paragraph(chance) for _ in range(length)] for length in lengths]
    sentences = [
        (at, place, index) for at, c in enumerate(bare) for place, p in enumerate(c) for index in range(len(p))
    ]
    called = chance.sample(sentences, k=min(len(sentences), shape.of(NOTES)))
    long = {*called[: shape.of(LONG_NOTES)]}
    notes = {place: _note(chance, long=place in long) for place in sorted(called)}
    chapters = tuple(
        Chapter(
            title=sentence(chance, least=2, most=4).rstrip("."),
            paragraphs=tuple(
                Paragraph(sentences=said, notes=tuple(notes.get((at, place, index), "") for index in range(len(said))))
                for place, said in enumerate(chapter)
            ),
        )
        for at, chapter in enumerate(bare)
    )
    return Manuscript(title="A Generated Diary", chapters=chapters, front=tuple(_preface(chance, shape.of(FOOTNOTES))))


def paragraph_changed(text: Manuscript, *, times: int) -> Manuscript:
    """The diary with one more sentence in a paragraph of its middle, another each time."""
    return _with(
        text,
        len(text.chapters) // 2,
        lambda paragraph: replace(paragraph, sentences=(*paragraph.sentences, _said(times))),
    )


def note_changed(text: Manuscript, *, times: int) -> Manuscript:
    """The diary with other words in a note of its middle."""
    return _with(
        text, len(text.chapters) // 2, lambda paragraph: replace(paragraph, notes=(_said(times), *paragraph.notes[1:]))
    )


def note_added(text: Manuscript, *, times: int) -> Manuscript:
    """The diary with a note more in the second quarter, so that the numbers of all later notes change."""
    bare = next(at for at in range(len(text.chapters) * 32 // CHAPTERS, len(text.chapters)) if _has_room(text, at))
    return _with(text, bare, lambda paragraph: replace(paragraph, notes=(*paragraph.notes[:-1], _said(times))))


def _has_room(text: Manuscript, at: int) -> bool:
    """Whether the last sentence of a chapter's first paragraph has no note."""
    first = text.chapters[at].paragraphs[0]
    return len(first.notes) == len(first.sentences) and not first.notes[-1]


def _with(text: Manuscript, at: int, change: Callable[[Paragraph], Paragraph]) -> Manuscript:
    """The diary with a change in the first paragraph of a chapter."""
    first, *others = text.chapters[at].paragraphs
    chapter = replace(text.chapters[at], paragraphs=(change(first), *others))
    return replace(text, chapters=(*text.chapters[:at], chapter, *text.chapters[at + 1 :]))


def _said(times: int) -> str:
    """A sentence that is another one each time."""
    return sentence(random.Random(times), least=16, most=24)


def _lengths(chance: random.Random, *, chapters: int, paragraphs: int) -> tuple[int, ...]:
    """How many paragraphs each chapter has: from a few to four times the mean."""
    weights = [chance.uniform(0.05, 1) ** 2 for _ in range(chapters)]
    return tuple(max(2, round(weight * paragraphs / sum(weights))) for weight in weights)


def _paragraph(chance: random.Random) -> tuple[str, ...]:
    """The sentences of a paragraph."""
    wanted = chance.triangular(0.3 * WORDS, 2 * WORDS, 0.7 * WORDS)
    return tuple(sentence(chance, least=10, most=34) for _ in range(max(2, round(wanted / 22))))


def _note(chance: random.Random, *, long: bool) -> str:
    """A note: one in twenty of a paragraph, most of one or two sentences."""
    wanted = LONGEST if long else chance.randint(80, 300) if chance.random() < 0.05 else chance.randint(5, 50)
    return " ".join(sentence(chance, least=5, most=25) for _ in range(max(1, round(wanted / 15))))


def _preface(chance: random.Random, footnotes: int) -> Iterator[Paragraph]:
    """Paragraphs with a footnote each."""
    for _ in range(footnotes):
        yield Paragraph(sentences=_paragraph(chance), notes=(sentence(chance, least=5, most=40),))
