"""The lines of a text, found on its laid-out pages, and the numbers next to them.

A line is what is at one height of a page: in a table the cells side by side are one. Raised and lowered letters
belong to the line that they are next to; a line that has only such letters is one too. Notes, calls and what only
paper has make no line of their own. A section without text to be numbered has no model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publisher.model.page import LineCount, LineNumbers
from publisher.pdf.assemble.content import PageContent
from publisher.pdf.assemble.folios import set_line_number
from publisher.pdf.assemble.page_starts import is_aside
from publisher.pdf.assemble.section_pdf import Folio
from publisher.pdf.assemble.structure import Mark, Node
from publisher.pdf.assemble.words import Words, sequences_of

TAG = "/PublisherLine"
MODEL = "line-number"
"""Class of the model."""
_NOTES = "notes"
"""Class of the lists of notes that are in a section."""
_LEVEL = 0.6
"""Within how many sizes of the larger letters two baselines are in one line: raised and lowered letters are nearer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Letters that are on a page."""

    height: float
    """Of their baseline, in the units of the content, from the top."""
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of a text."""

    page: int
    """Index of its page in the section, from 0."""
    baseline: float
    """In the units of the content, from the top."""
    number: int


def without_model(document: Node) -> None:
    """Takes the model of line numbers out of the tree."""
    for node in document.walk():
        node.children = [child for child in node.children if not (isinstance(child, Node) and _is_model(child))]


def _is_model(node: Node) -> bool:
    return bool(node.origin and MODEL in node.origin.classes)


def text_lines(
    document: Node, contents: tuple[PageContent, ...], words: Words, lines: LineNumbers
) -> tuple[TextLine, ...]:
    """The lines of a section's text, in order, with their numbers."""
    found: defaultdict[int, list[Letters]] = defaultdict(list)
    sequences = sequences_of(contents)
    for mark in _text(document, words):
        sequence = sequences.get(mark)
        if sequence is not None and sequence.at is not None:
            found[mark.page].append(Letters(height=sequence.at[1], size=sequence.size))
    return tuple(_number(((page, _baselines(found[page])) for page in sorted(found)), lines))


def _text(node: Node, words: Words) -> Iterator[Mark]:
    """What makes lines: the words of the text itself."""
    origin = node.origin
    if origin and (origin.is_note or _NOTES in origin.classes):
        return
    counts = not node.pseudo and not is_aside(node)
    for child in node.children:
        if isinstance(child, Node):
            yield from _text(child, words)
        elif isinstance(child, Mark) and counts and words.counts.get(child):
            yield child


def _baselines(letters: Iterable[Letters]) -> Iterator[float]:
    """The baselines of lines, from the top down: each is that of the largest letters of its line."""
    line: list[Letters] = []
    for letter in sorted(letters, key=lambda item: item.height):
        if line and letter.height - line[-1].height > _LEVEL * max(letter.size, *(item.size for item in line)):
            yield max(line, key=lambda item: item.size).height
            line = []
        line.append(letter)
    if line:
        yield max(line, key=lambda item: item.size).height


def _number(pages: Iterable[tuple[int, Iterable[float]]], lines: LineNumbers) -> Iterator[TextLine]:
    number = 0
    for page, levels in pages:
        number = 0 if lines.by is LineCount.PAGE else number
        for baseline in levels:
            number += 1
            yield TextLine(page=page, baseline=baseline, number=number)


def printed_numbers(lines: Sequence[TextLine], models: Iterable[Folio], wanted: LineNumbers) -> Mapping[int, bytes]:
    """For each page the content that prints the numbers next to its lines."""
    by_page = {model.page: model for model in models}
    printed: defaultdict[int, bytes] = defaultdict(bytes)
    for line in lines:
        if line.number % wanted.every == 0 and line.page in by_page:
            printed[line.page] += set_line_number(by_page[line.page], line.number, line.baseline)
    return printed
