"""`python -m benchmarks`: measures the rows, keeps each that is finished, prints the table, writes docs/benchmarks.md.

`--only ROW` measures these rows alone, `--runs 3` or `--runs growth=2` changes how often, `--quick` takes small volumes
and one run and writes nothing into docs/, `--pages` writes the pages from the figures that are there.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.figures import FIGURES, Figures, this_machine
from benchmarks.page import write_pages
from benchmarks.peers.peer import ROOT
from benchmarks.rows import PEERS, ROWS, sixty_chapters
from benchmarks.running import FOLDER, measure
from benchmarks.stages import stages
from benchmarks.table import table

RUNS = 5
QUICK = Path("build/bench/quick.json")


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0."""
    asked = _parser().parse_args(arguments)
    kept = ROOT / QUICK if asked.quick else FIGURES
    figures = Figures.read(kept)
    if not asked.pages:
        figures.machine, figures.versions = this_machine(), {peer.name: peer.version() for peer in PEERS}
        runs = {**dict.fromkeys((row.name for row in ROWS), 1 if asked.quick else RUNS), **_counts(asked.runs)}
        for row in ROWS:
            if not asked.only or row.name in asked.only:
                figures.rows[row.name] = measure(row, runs=runs[row.name], quick=asked.quick)
                figures.keep(kept)
        if not asked.only or asked.stages:
            figures.stages = _stages(quick=asked.quick)
            figures.keep(kept)
    sys.stdout.write(f"\n{table(figures)}\n")
    if not asked.quick:
        write_pages(Figures.read(kept))  # in the order in which they are kept
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--only", action="append", choices=[row.name for row in ROWS], help="measure this row alone")
    parser.add_argument("--runs", action="append", default=[], metavar="[ROW=]N", help="how often each is run")
    parser.add_argument("--stages", action="store_true", help="with --only: see where the time goes, too")
    parser.add_argument("--quick", action="store_true", help="small volumes, one run, nothing written into docs/")
    parser.add_argument("--pages", action="store_true", help="measure nothing, write the pages again")
    return parser


def _stages(*, quick: bool) -> dict[str, float]:
    """Where the time of a build of 60 chapters goes."""
    folder = FOLDER / "stages"
    sys.stdout.write("\nwhere the time goes\n")
    return stages(folder, sixty_chapters(quick=quick))


def _counts(asked: list[str]) -> dict[str, int]:
    """How often each row is run, where it was said."""
    counts: dict[str, int] = {}
    for text in asked:
        name, _, number = text.rpartition("=")
        counts.update(dict.fromkeys([name] if name else [row.name for row in ROWS], int(number)))
    return counts


if __name__ == "__main__":
    sys.exit(main())
