"""The numbers next to the lines of a text: each line is counted by where its words are on the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic
from publisher.model.page import LineCount
from publisher.model.publication import Publication
from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.document import PdfDocument
from publisher.verify.diagnose import wrong
from publisher.verify.line import Expected, Link
from publisher.verify.pdf.places import Pairs

LEVEL = 0.6
"""Within how many sizes of the larger letters words are on one line: raised ones are less above it."""
BESIDE = 1.0
"""How many points a number may be above or below the baseline of its line."""
SHIFT = 0.4
"""How many sizes of the text raised or lowered letters are above or below their baseline, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """A line of a text whose lines are numbered."""

    page: int
    y: float
    """Of its baseline, in points from the foot of the page."""
    baselines: tuple[float, ...]
    """Of all its words: raised letters, calls and the signs of lists are a little above or below."""
    right: float
    """Where it ends."""
    number: int
    slack: float = BESIDE
    """How many points its number may be above or below: more if it has raised or lowered letters and no others."""


def counted_lines(
    pairs: Pairs, publication: Publication, *, on_paper: bool = False
) -> Mapping[str, tuple[CountedLine, ...]]:
    """By section the lines of the texts that are numbered, in order; calls make no line.

    Pages and addresses after links, which are `on_paper`, make no line either.
    """
    wanted = publication.output.line_numbers
    words: defaultdict[str, list[Chunk]] = defaultdict(list)
    for expected, found in pairs:
        if expected.numbered:
            calls = set(map(id, found.calls))
            own = own_words(expected, found.words) if on_paper else found.words
            words[expected.numbered] += (chunk for chunk in own if chunk.text.strip() and id(chunk) not in calls)
    item = wanted is not None and wanted.by is LineCount.PAGE
    return {section: tuple(_count(chunks, each_page=item)) for section, chunks in words.items()}


def own_words(expected: Expected, words: Iterable[Chunk]) -> Iterator[Chunk]:
    """The words of a line without the pages and addresses that paper has after links."""
    added = [(link.end, link.end + _add(expected.text[link.end :], link)) for link in expected.links]
    own = [(_squeeze(expected.text[:start]), _squeeze(expected.text[:end])) for start, end in added if end > start]
    spans = [(len(before), len(through)) for before, through in own]
    text, at = _squeeze(expected.text), 0
    for chunk in words:
        letters = _squeeze(chunk.text)
        if not text.startswith(letters, at):
            letters = letters[:-1]  # a hyphen at the end of a line
        if not any(start <= at and at + len(letters) <= end for start, end in spans if letters):
            yield chunk
        at += len(letters)


def _add(following: str, link: Link) -> int:
    """How many characters are printed after a link, of which nothing is in the sources."""
    if link.address:
        return len(f" <{link.address}>")
    return following.find(")") + 1 if link.paged and following.startswith(" (") else 0


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _count(chunks: Iterable[Chunk], *, each_page: bool) -> Iterator[CountedLine]:
    by_page: defaultdict[int, list[Chunk]] = defaultdict(list)
    for chunk in chunks:
        by_page[chunk.page].append(chunk)
    sizes = Counter(chunk.size for of_page in by_page.values() for chunk in of_page for _ in chunk.text)
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    number = 0
    for page in sorted(by_page):
        number = 0 if each_page else number
        for level in _levels(by_page[page]):
            number += 1
            largest = max(level, key=lambda chunk: chunk.size)
            yield CountedLine(
                page=page,
                y=largest.y,
                baselines=tuple({chunk.y for chunk in level}),
                right=max(chunk.end for chunk in level),
                number=number,
                slack=BESIDE if largest.size >= usual else SHIFT * usual,
            )


def _levels(chunks: Iterable[Chunk]) -> Iterator[list[Chunk]]:
    """Words by the line that they are on, from the top down."""
    level: list[Chunk] = []
    for chunk in sorted(chunks, key=lambda item: -item.y):
        if level and level[-1].y - chunk.y > LEVEL * max(chunk.size, *(item.size for item in level)):
            yield level
            level = []
        level.append(chunk)
    if level:
        yield level


def line_number_faults(
    counted: Mapping[str, tuple[CountedLine, ...]], publication: Publication, document: PdfDocument, *, artifact: str
) -> Iterator[Diagnostic]:
    """Lines that bear no number, or another; their numbers are taken from what is in the margins."""
    wanted = publication.output.line_numbers
    for line in (line for lines in counted.values() for line in lines if wanted and line.number % wanted.every == 0):
        margins = document.contents[line.page].artifacts
        near = (chunk for chunk in margins if any(abs(chunk.y - height) < line.slack for height in line.baselines))
        beside = [chunk for chunk in near if chunk.text.strip().isdigit()]
        right = next((chunk for chunk in beside if chunk.text.strip() == str(line.number) and chunk.seen), None)
        if right is not None:
            margins.remove(right)
            continue
        told = f"is numbered {beside[0].text.strip()}" if beside else "has no number"
        message = f"(page {document.labels[line.page]}) line {line.number} {told}"
        yield wrong("V-016", message, artifact=artifact)
