"""The page: lengths, sides and margins, line numbers, running heads, pages in words, and the pages of a printed book.

Lengths are those of CSS, https://www.w3.org/TR/css-values-4/#absolute-lengths; the first words of a printed page are a
text quote selector, https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from publisher.diagnostics import Span
from publisher.model.apparatus import Selector

POINT = 25.4 / 72
"""Millimetres."""
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": POINT, "pc": 12 * POINT, "px": 0.75 * POINT, "q": 0.25}


def millimetres(length: str) -> float:
    """A CSS length, of a shape that was validated, in millimetres."""
    found = re.fullmatch(r"([0-9.]+)([a-zA-Z]+)", length)
    assert found, length
    return float(found[1]) * _UNITS[found[2].lower()]


class Sides(StrEnum):
    """Whether both sides of a leaf are printed."""

    TWO = "two"
    ONE = "one"


class Openings(StrEnum):
    """On which pages the sections of a PDF begin."""

    RIGHT = "right"
    """On right-hand pages."""
    ANY = "any"
    """On the next page; the title page and the first page with an Arabic number are right-hand ones."""
    NONE = "none"
    """On the next page without exception, so that no page stays empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The margins that an editor asks for, as CSS lengths; None where the style has to know."""

    top: str | None = None
    bottom: str | None = None
    inside: str | None = None
    """Next to the spine."""
    outside: str | None = None


FOREIGN_TOP, FOREIGN_BOTTOM, FOREIGN_SIDE = 13.0, 10.0, 2.0
"""The margins about a page of a PDF from elsewhere, in millimetres, as `styles/print.css` has them."""
LEAST_SCALE = 0.7
"""A page from elsewhere that is smaller than this share of its size is hard to read."""


def foreign_scale(page: tuple[float, float], size: tuple[float, float]) -> float:
    """To which share of its size a page from elsewhere is printed; a trim in millimetres, a size in points."""
    width, height = (length * POINT for length in size)
    return min((page[0] - 2 * FOREIGN_SIDE) / width, (page[1] - FOREIGN_TOP - FOREIGN_BOTTOM) / height)


class LineCount(StrEnum):
    """Where the numbers of lines begin again."""

    PAGE = "page"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNumbers:
    """Numbers next to the lines of the text, in the PDF."""

    every: int = 5
    """Which lines bear theirs: each fifth."""
    by: LineCount = LineCount.PAGE


LONGEST_HEAD = 90
"""More characters have no room above a page."""
SHORTEST_HEAD = 10
"""So many characters are left of one that is truncate."""
ELLIPSIS = "…"

HEAD_PARAGRAPH, HEAD_FROM, HEAD_TO = ", ¶\N{NO-BREAK SPACE}{}", ", ¶¶\N{NO-BREAK SPACE}{}", "–{}"
"""What is added above a page: the number of its paragraph, or those of the first and the last one."""


def running_head(text: str) -> str:
    """Return a title as a running head prints it: truncate if it is longer than `LONGEST_HEAD`.

    An editor who wants other words writes `short-title`, or `{short="…"}` after a heading.
    """
    return truncate(text, LONGEST_HEAD)


def truncate(text: str, most: int) -> str:
    """Return a text of at most so many characters, truncate behind a word if there is one, with an ellipsis."""
    if len(text) <= most:
        return text
    words, space, _ = text[:most].rpartition(" ")
    kept = words if space and len(words) > most // 2 else text[: most - 1]
    return kept.rstrip(" ,;:.–—-") + ELLIPSIS


def is_cut_from(words: str, whole: str) -> bool:
    """Whether words are a title that was truncate, white space left aside."""
    return words.endswith(ELLIPSIS) and len(words) > SHORTEST_HEAD and whole.startswith(words.removesuffix(ELLIPSIS))


RUNS_SHOWN = 10
"""How many runs of pages are reported; where there are more, how many pages the others are."""


def name_pages(pages: Sequence[int], labels: Sequence[str]) -> str:
    """The pages with these indices, in their order, by the labels that a document gives to its pages.

    Pages that follow one another are reported by the first and the last, pages with figures apart from others.
    """
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        joins = bool(runs) and runs[-1][-1] == page - 1
        if joins and labels[page].isdecimal() == labels[page - 1].isdecimal():
            runs[-1].append(page)
        else:
            runs.append([page])
    rest = sum(map(len, runs[RUNS_SHOWN:]))
    told = [labels[run[0]] if len(run) == 1 else f"{labels[run[0]]}–{labels[run[-1]]}" for run in runs[:RUNS_SHOWN]]
    told += [f"{rest} more"] if rest else []
    words = " and ".join((", ".join(told[:-1]), told[-1])) if told[1:] else told[0]
    return f"page {words}" if len(set(pages)) == 1 else f"pages {words}"


PAGE_MAP_FILE = "page-map.json"
"""The file that holds them, next to `edition.yaml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPage:
    """One page of the printed book."""

    label: str
    """Its printed label: `iv`, `12`."""
    section: str
    """Id of the section in which it begins."""
    words: Selector | None = None
    """Its first words, with as much around them as distinguishes them; None where it begins with its section."""
    note: str | None = None
    """Element id of the note at whose call it begins."""
    picture: str | None = None
    """Path of the picture before which it begins."""
    span: Span | None = None
    """Its record in the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMap:
    """The pages of a printed book."""

    identifier: str
    """What names the printed book: `urn:isbn:9783161484100`."""
    pages: tuple[FrozenPage, ...]
    """One for each page, in order."""
