"""docs/benchmarks.md and docs/scaling.md, written from the figures."""

from __future__ import annotations

from benchmarks import sameness
from benchmarks.figures import Figures
from benchmarks.peers.peer import ROOT
from benchmarks.rows import PEERS
from benchmarks.scaling import scaling
from benchmarks.stages import PART
from benchmarks.table import medians, table

_PAGE = """# How fast it is

This page is written by `make bench` from `benchmarks/figures.json`: change those, not this. Ratios count, since seconds
are those of one machine: {machine}. Each figure is the median of as many runs as the table says, the programs taking
turns, in the other order each time.

{table}

## What each took
{medians}

*Seconds* from start to exit of the command. *Of processors* and *MB, all* are those of all its processes together;
memory that processes share is counted for each. On a cluster the workers' processors and memory are not in it.

## Who is measured, and how
{peers}

All set the same text, made from a fixed seed, on the same page (156 × 234 mm, the same margins, 10.4 pt Source Serif),
hyphenated and justified, with notes at the foot, running heads and page numbers. publisher also makes title page,
imprint, contents and colophon, and reads its files back; that is in its time.

## That it is the same text
{sameness}

{strayed}

## Time by stage
Seconds of a processor for both formats of the 60 chapters, everything in one process. The last line is the floor: what
Pango alone takes to shape the same words and break them into lines, which no layout with it can do without.

{stages}

## What large and hostile inputs take
Seconds of processors and the largest process, measured once on a machine that did other work at the same time, so
that only
ratios count: a quarter of the diary (300,000 words, 1,124 notes), and Typst with the same text in the same run.

| work | seconds of processors | MB, largest |
|---|---|---|
| both formats from nothing, proof included | 45.8 | 274 |
| Typst, the PDF alone | 53.5 | 883 |
| a paragraph changed | 12.2 | 238 |
| a note changed | 13.2 | 238 |
| a note added, all later numbers changed | 13.3 | 238 |
| `verify`, both files, nothing changed | 0.3 | 34 |
| `proof` | 22.0 | 328 |
| `cite` | 4.2 | 142 |

Not reached for the whole diary, and what was tried:

- **A change in 12 seconds.** The chapter that changed is laid out again as a whole, since its pages depend on each
  other. The
  rest is done for the whole volume: reading, composing, joining, and the comparison of each page. Pages with the same
  bytes are not interpreted again.
- **Documents of the EPUB below 300 kB.** Each section is one document. The four longest chapters of the diary, of
  about 30,000
  words each, have 300 to 317 kB.
- **`proof` in 500 MB.** The places of glyphs are held in arrays, which takes a fifth of the memory that tuples
  took. For the
  whole diary about a gigabyte was needed before; every line is still held until all rules have looked at it.
- **`cite` in 2 seconds.** The edition is read, its notes are placed, and it is composed for the words and their
  place; what
  the last build has proved is not proved again, which was two thirds of the time.
- **20,000 headings.** 90 kB of text that hold 20,000 headings give 2,500 pages, 500 of them contents. Time grows in
  proportion
  to pages: 0.04 s for a page of text, 0.1 s for one of contents. No limit was set, since a real index is as long.
"""


def benchmarks(figures: Figures) -> str:
    """The text of docs/benchmarks.md."""
    peers = "\n".join(f"- **{peer.name} {figures.versions.get(peer.name, '')}**: {peer.way}." for peer in PEERS)
    stages = "\n".join(f"{_indented(name)}: {seconds:.1f} s" for name, seconds in figures.stages.items())
    return _PAGE.format(
        machine="; ".join(figures.machine.values()),
        table=table(figures),
        medians=medians(figures),
        peers=peers,
        strayed=_strayed(figures),
        sameness=(sameness.__doc__ or "").strip(),
        stages=stages or "Not measured.",
    )


def _indented(stage: str) -> str:
    """A stage as an entry of the list; its parts stand below it."""
    return f"  - {stage.removeprefix(PART)}" if stage.startswith(PART) else f"- {stage}"


def _strayed(figures: Figures) -> str:
    """Which programs made another text than they were given, and where it first differs."""
    rows = (
        (row, measured.strayed) for row, made in figures.rows.items() for measured in made.values() if measured.strayed
    )
    lines = "\n".join(f"- {row}: {strayed}" for row, strayed in rows)
    return f"Not the same, so that the time is that of another text:\n\n{lines}" if lines else "All of them are."


def write_pages(figures: Figures) -> None:
    """Writes both pages."""
    (ROOT / "docs" / "benchmarks.md").write_text(benchmarks(figures), encoding="utf-8")
    (ROOT / "docs" / "scaling.md").write_text(scaling(figures), encoding="utf-8")
