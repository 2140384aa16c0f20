"""How pages are filled: gaps above notes, the lines of facing pages, their feet, and word spaces.

It measures the glyphs of tagged PDFs, so files of earlier versions can be compared with those of the current one.
Run it as `python -m benchmarks.depth FILE.pdf …`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from types import SimpleNamespace
from typing import Any

from publisher.pdf.read.document import read_pdf
from publisher.proof.checks.depth import baselines_apart, empty_lines, uneven_feet
from publisher.proof.reading.matched import setting_of

LIMITS = (1.5, 2.0)
TIGHT = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What was measured of one file."""

    pages: int
    gaps: tuple[float, ...]
    """How many lines are empty above the notes of each page that has some and goes on with the text."""
    off_grid: int
    """Spreads whose lines are on different heights."""
    feet: int
    """Spreads whose feet differ by more than a line."""
    spaces: tuple[float, ...]
    """The word spaces of each line of paragraphs, as multiples of the normal one."""

    def row(self) -> Iterator[str]:
        """The figures as text."""
        yield f"{self.pages}"
        yield f"{fmean(self.gaps):.1f}" if self.gaps else "–"
        yield f"{max(self.gaps):.1f}" if self.gaps else "–"
        yield f"{sum(gap > 3 for gap in self.gaps)} of {len(self.gaps)}"
        yield f"{self.off_grid}"
        yield f"{self.feet}"
        yield from (f"{100 * sum(s > limit for s in self.spaces) / len(self.spaces):.1f} %" for limit in LIMITS)
        yield f"{sum(space < TIGHT for space in self.spaces)}"


def measured(content: bytes) -> Pages:
    """Return what is measured of a PDF."""
    setting = setting_of(read_pdf(content))
    job: Any = SimpleNamespace(setting=setting)
    spaces = (line.looseness for block in setting.blocks if block.is_running_text for line in block.lines)
    return Pages(
        pages=len(setting.sheets),
        gaps=tuple(max(0.0, empty) for _, empty in empty_lines(job)),
        off_grid=len(tuple(baselines_apart(job))),
        feet=len(tuple(uneven_feet(job))),
        spaces=tuple(spaces),
    )


def main() -> None:
    """Print one row for each file."""
    heads = ("file", "pages", "mean gap", "widest", "over 3 lines", "off the grid", "feet", "> 1.5", "> 2", "tight")
    print("| " + " | ".join(heads) + " |")  # noqa: T201
    print("|" + "---|" * len(heads))  # noqa: T201
    for name in sys.argv[1:]:
        print("| " + " | ".join((name, *measured(Path(name).read_bytes()).row())) + " |")  # noqa: T201


if __name__ == "__main__":
    main()
