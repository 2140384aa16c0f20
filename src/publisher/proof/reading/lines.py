"""Lines of type: what is on one baseline of one block, with its word spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import fmean

from publisher.proof.reading.geometry import Box
from publisher.proof.reading.painted import Picture, Sheet, Stretch
from publisher.proof.reading.structure import Branch
from publisher.verify.line import UNSEEN, Expected

SPACES = " \N{NO-BREAK SPACE}"
APART = 0.6
"""How far apart, in sizes of the letters, the baselines of two words are that are on different lines."""
GAP = 0.1
"""How wide, in sizes of the letters, a distance is that represents a space."""
HYPHENS = "-\N{HYPHEN}"
HEADINGS = frozenset(("H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"))
SECTION = re.compile(r" in (?=[“a])")
"""What parts the name of a block from those of the section and the agreement that it is in."""
CELLS = frozenset(("TD", "TH"))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of type."""

    page: int
    stretches: tuple[Stretch, ...]
    begins: int
    """How many characters of the block are before it, white space and what no one sees left out."""

    @cached_property
    def text(self) -> str:
        """Its words as they are printed."""
        parts = [self.stretches[0].text]
        for before, stretch in pairwise(self.stretches):
            gap = stretch.starts[0] - before.ends[-1] > GAP * max(stretch.size, before.size)
            parts += [" " * gap, "-" if stretch.text == "\N{SOFT HYPHEN}" else stretch.text]
        return " ".join("".join(parts).split())

    @cached_property
    def box(self) -> Box:
        """Around its glyphs."""
        boxes = [stretch.box for stretch in self.stretches if not stretch.shown.isspace()] or [self.stretches[0].box]
        return Box(
            left=min(box.left for box in boxes),
            right=max(box.right for box in boxes),
            bottom=min(box.bottom for box in boxes),
            top=max(box.top for box in boxes),
        )

    @cached_property
    def size(self) -> float:
        """Of most of its letters."""
        return max(self.stretches, key=lambda stretch: len(stretch.shown)).size

    @cached_property
    def y(self) -> float:
        """Of the baseline of most of its letters."""
        return max(self.stretches, key=lambda stretch: len(stretch.shown)).y

    @property
    def hyphenated(self) -> bool:
        """Whether a hyphen is at its end."""
        words = self.text
        return len(words) > 1 and words[-1] in HYPHENS and words[-2].isalnum()

    @cached_property
    def looseness(self) -> float:
        """How wide its word spaces are, as a multiple of what its font has; 1 where it has none."""
        ratios = list(_ratios(self.stretches))
        return fmean(ratios) if ratios else 1.0


@dataclass(frozen=True, kw_only=True)
class SetBlock:
    """A paragraph, heading, note, cell or picture as it is on pages."""

    branch: Branch
    lines: tuple[Line, ...]
    pictures: tuple[Picture, ...]
    source: Expected | None
    """The same in the sources; None where no source holds it."""
    whole: bool = True
    """Whether all its lines are known, as they are where the PDF is tagged."""

    @property
    def kind(self) -> str:
        """The type of its element: `P`, `H1`, `TD`."""
        return self.branch.path[-1] if self.branch.path else ""

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.kind in HEADINGS

    @property
    def is_running_text(self) -> bool:
        """Whether it is a paragraph: of the text, of a list, a quotation or a note; not of a table or the contents."""
        return self.kind == "P" and not {*self.branch.path} & (CELLS | {"TOC", "TOCI"})

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that it is on, in order."""
        there = (*(line.page for line in self.lines), *(picture.page for picture in self.pictures))
        return tuple(sorted(set(there)))

    @property
    def name(self) -> str:
        """What it is, for people: `paragraph 12`, `a heading`."""
        if self.source is None:
            return "a note" if self.branch.note else "a line"
        return SECTION.split(self.source.name)[0]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A PDF as it was set."""

    sheets: tuple[Sheet, ...]
    blocks: tuple[SetBlock, ...]

    @cached_property
    def text(self) -> tuple[SetBlock, ...]:
        """The blocks that are no notes."""
        return tuple(block for block in self.blocks if not block.branch.note)


def lines_of(stretches: Iterable[Stretch]) -> Iterator[Line]:
    """The lines that stretches make which follow one another."""
    line: list[Stretch] = []
    begins = count = 0
    for stretch in stretches:
        if line and _wraps(line[-1], stretch):
            yield Line(page=line[0].page, stretches=tuple(line), begins=begins)
            line, begins = [], count
        line.append(stretch)
        count += len(solid(stretch.text))
    if line:
        yield Line(page=line[0].page, stretches=tuple(line), begins=begins)


def solid(text: str) -> str:
    """The text without white space and what no one sees."""
    return "".join(text.split()).translate(dict.fromkeys(map(ord, UNSEEN)))


def _wraps(stretch: Stretch, other: Stretch) -> bool:
    """Whether the second of two stretches begins a line."""
    size = max(stretch.size, other.size)
    return stretch.page != other.page or abs(stretch.y - other.y) > APART * size or other.starts[0] < stretch.starts[0]


def _ratios(stretches: Sequence[Stretch]) -> Iterator[float]:
    """Each space between words as a multiple of the space of its font."""
    glyphs = [
        (character, start, end)
        for stretch in stretches
        for character, start, end in zip(stretch.shown, stretch.starts, stretch.ends, strict=True)
    ]
    words = [at for at, (character, _, _) in enumerate(glyphs) if character not in SPACES]
    for before, after in pairwise(words):
        between = glyphs[before + 1 : after]
        natural = sum(end - start for _, start, end in between)
        if natural > 0:
            yield (glyphs[after][1] - glyphs[before][2]) / natural
