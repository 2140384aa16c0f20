"""Words of a line in which letters run both ways: where UAX #9 puts them, and where they are on the page.

Unicode Bidirectional Algorithm, https://www.unicode.org/reports/tr9/. The levels of a paragraph are computed over all
of its words, a passage in a language of the other direction as an isolate, and reordered for each of its lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from unicodedata import category

from publisher.model.language import LTR, RTL, direction, passage_direction
from publisher.pdf.read.bidi import RIGHT_TO_LEFT, shows
from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.levels import embedding_levels, visual_order
from publisher.verify.line import Expected
from publisher.verify.pdf.found import FoundInPdf
from publisher.verify.pdf.growing import APART

SLACK = 1.0
"""Points by which words next to one another may overlap."""
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Represents a formula, whose parts have places of their own."""
ISOLATES = {LTR: "\N{LEFT-TO-RIGHT ISOLATE}", RTL: "\N{RIGHT-TO-LEFT ISOLATE}"}
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
END = "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its language, and the levels of its characters."""

    chunk: Chunk
    text: str
    levels: tuple[int, ...]


def misplaced_word(expected: Expected, found: FoundInPdf) -> Chunk | None:
    """Return the first word that is elsewhere in its line than UAX #9 puts it; None if there is none.

    A line without letters from right to left may run as a whole to the right in a volume that runs to the left.
    """
    words = [*zip(found.words, found.languages, strict=True)]
    text = "".join(chunk.text for chunk, _ in words)
    around = direction(found.language)
    if around == LTR and not RIGHT_TO_LEFT.search(text):
        return None
    if _is_number(expected, words[0][0]):
        words = words[1:]
    bases = (around,) if RIGHT_TO_LEFT.search(text) else (RTL, LTR)
    faults = [_fault(words, base) for base in bases]
    return None if None in faults else faults[0]


def _is_number(expected: Expected, word: Chunk) -> bool:
    """Whether a word is the number of its paragraph, which is in the margin."""
    return word.text.strip() == expected.name.removeprefix("paragraph ")


def _fault(words: Sequence[tuple[Chunk, str]], base: str) -> Chunk | None:
    """The first word of a paragraph that is not next to the words that it ought to be next to."""
    level = int(base == RTL)
    for line in _lines(_levell(words, base)):
        order = _order(line, level)
        if order is None:
            return line[0].chunk
        over = (right.chunk for left, right in pairwise(order) if left.chunk.box[2] > right.chunk.box[0] + SLACK)
        wrong = next(over, None) or next((word.chunk for word in line if not _is_painted(word)), None)
        if wrong is not None:
            return wrong
    return None


def _levell(words: Sequence[tuple[Chunk, str]], base: str) -> list[_Word]:
    """The words of a paragraph with their levels; passages of the other direction are isolated.

    A space at the end of a line is no part of its words.
    """
    text, starts = "", []
    before: Chunk | None = None
    for language, group in groupby(words, key=lambda pair: pair[1]):
        chunks = [chunk for chunk, _ in group]
        shown = [OBJECT if chunk.formula else chunk.text for chunk in chunks]
        own = passage_direction("".join(shown), language, around=base)
        begin, end = (ISOLATES[own], END) if own != base else ("", "")
        text += begin
        for chunk, item in zip(chunks, shown, strict=True):
            text += " " if before and _wraps(before, chunk) and not before.text.endswith(SOFT_HYPHEN) else ""
            starts.append(len(text))
            text += item
            before = chunk
        text += end
    levels = _paragraphs(text, int(base == RTL))
    seen = (OBJECT if chunk.formula else chunk.text for chunk, _ in words)
    places = zip(words, seen, starts, strict=True)
    return [_Word(chunk, place, tuple(levels[at : at + len(place)])) for (chunk, _), place, at in places]


def _paragraphs(text: str, base: int) -> list[int]:
    """The levels of characters; a line end that was asked for begins a paragraph."""
    return [level for part in text.splitlines(keepends=True) for level in embedding_levels(part, base)]


def _lines(words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """The words of each line; the marks of notes are raised a little."""
    line: list[_Word] = []
    for word in words:
        if line and _wraps(line[-1].chunk, word.chunk):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _wraps(chunk: Chunk, other: Chunk) -> bool:
    """Whether two words are on different lines."""
    return chunk.page != other.page or abs(chunk.y - other.y) > APART * max(chunk.size, other.size)


def _order(line: Sequence[_Word], base: int) -> list[_Word] | None:
    """The words of a line from left to right; None if one of them has others between its parts."""
    text = "".join(word.text for word in line)
    levels = [level for word in line for level in word.levels]
    owners = [at for at, word in enumerate(line) for _ in word.text]
    places = [owners[at] for at in visual_order(text, levels, base) if _is_seen(text[at])]
    order = [at for at, _ in groupby(places)]
    return [line[at] for at in order] if len(order) == len(set(order)) else None


def _is_seen(character: str) -> bool:
    return category(character)[0] not in "ZCM"


def _is_painted(word: _Word) -> bool:
    """Whether the letters of a word are in the order of its levels, which it has one of, or those of one direction."""
    sides = {level % 2 for level, text in zip(word.levels, word.text, strict=True) if _is_seen(text)}
    if word.chunk.formula or len(sides) != 1:
        return True
    if word.chunk.painted:
        return shows(word.chunk.painted, word.text, sides="LR"[sides.pop()])
    return sides == {0} or sum(map(_is_seen, word.text)) <= 1
