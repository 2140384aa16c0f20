"""How evenly lines are set: the word spaces of each justified line of a PDF against the space of its typeface.

Glyphs are read by PDFium, whichever program wrote the file. A line counts if it reaches the right edge of its column,
so that last lines do not. Run it as `python -m benchmarks.spacing FILE.pdf …`.
"""

from __future__ import annotations

import ctypes
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

LIMITS = (1.33, 1.5, 2.0)
TIGHT = 0.85
_EDGE = 0.6
"""In points: how far from the right edge of its column a justified line may end."""
_LEAST = 4
"""How many lines end at an edge that is one of a column."""
_SPACES = frozenset(" \N{NO-BREAK SPACE}")
_HYPHENS = frozenset("-\u2010\u00ad\x02\ufffe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A character on a page, in points."""

    text: str
    x: float
    y: float
    size: float
    right: float
    """Where its width ends, without what is added behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLine:
    """One line of text."""

    glyphs: tuple[Glyph, ...]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.glyphs[-1].right

    @property
    def is_hyphenated(self) -> bool:
        """Whether it ends with a hyphen."""
        return self.glyphs[-1].text in _HYPHENS

    @property
    def ratio(self) -> float | None:
        """The mean width of its spaces against that of the typeface's; None if it has none."""
        pairs = [
            (after.x - glyph.x, glyph.right - glyph.x)
            for glyph, after in zip(self.glyphs, self.glyphs[1:], strict=False)
            if glyph.text in _SPACES and glyph.right > glyph.x
        ]
        return sum(width for width, _ in pairs) / sum(natural for _, natural in pairs) if pairs else None


@dataclass(slots=True)
class Quality:
    """What was measured of one file."""

    ratios: list[float] = field(default_factory=list)
    hyphens: int = 0
    consecutive: int = 0
    """Hyphens at the ends of lines that follow a line with one."""
    ladders: int = 0
    """Hyphens that follow two lines with one."""

    def row(self) -> dict[str, str]:
        """The figures, as they are printed."""
        count = max(len(self.ratios), 1)
        shares = {f"> {limit}": f"{100 * sum(r > limit for r in self.ratios) / count:.1f} %" for limit in LIMITS}
        tight = 100 * sum(ratio < TIGHT for ratio in self.ratios) / count
        return {
            "lines": f"{len(self.ratios)}",
            "mean": f"{sum(self.ratios) / count:.3f}",
            **shares,
            "worst": f"{max(self.ratios, default=0):.2f}",
            f"< {TIGHT}": f"{tight:.1f} %",
            "least": f"{min(self.ratios, default=0):.2f}",
            "hyphens": f"{100 * self.hyphens / count:.1f} %",
            "in two lines": f"{self.consecutive}",
            "in three": f"{self.ladders}",
        }


def measured(content: bytes) -> Quality:
    """Return what was measured of the justified lines of a PDF."""
    quality = Quality()
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            _add(quality, tuple(_lines(_glyphs(page))))
    finally:
        document.close()
    return quality


def _add(quality: Quality, lines: tuple[SetLine, ...]) -> None:
    """Add the lines of a page."""
    edges = Counter(round(line.right) for line in lines)
    run = 0
    for line in lines:
        near = sum(edges[round(line.right) + step] for step in (-1, 0, 1))
        edge = max((at for at in edges if abs(at - line.right) <= 1), key=lambda at: edges[at])
        ratio = line.ratio
        if near < _LEAST or line.right < edge - 1 - _EDGE or ratio is None:
            run = 0
            continue
        quality.ratios.append(ratio)
        run = run + 1 if line.is_hyphenated else 0
        quality.hyphens += run > 0
        quality.consecutive += run > 1
        quality.ladders += run > 2


def _lines(glyphs: Iterable[Glyph]) -> Iterator[SetLine]:
    """The lines of a page, by the baselines of their glyphs; raised and small ones are left out."""
    rows: defaultdict[tuple[float, float], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        rows[round(glyph.y, 1), round(glyph.size, 1)].append(glyph)
    for _, found in sorted(rows.items(), key=lambda item: -item[0][0]):
        row = sorted(found, key=lambda glyph: glyph.x)
        while row and row[-1].text in _SPACES:
            row.pop()
        if row:
            yield SetLine(glyphs=tuple(row))


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """The characters of a page that are written in the file, in its order."""
    text = page.get_textpage()
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        yield Glyph(
            text=chr(pdfium.FPDFText_GetUnicode(text, index)),
            x=x.value,
            y=y.value,
            size=pdfium.FPDFText_GetFontSize(text, index),
            right=box.right,
        )


def main(files: Iterable[str]) -> None:
    """Print a table with a row for each file."""
    rows = {Path(file).name: measured(Path(file).read_bytes()).row() for file in files}
    headings = ("file", *next(iter(rows.values()), {}))
    for cells in (headings, tuple("---" for _ in headings), *((name, *row.values()) for name, row in rows.items())):
        print(f"| {' | '.join(cells)} |")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
