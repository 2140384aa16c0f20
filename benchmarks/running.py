"""One row run: each program in turn, in the other order each time, its text compared."""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.contestant import Contestant, Row
from benchmarks.figures import Measured
from benchmarks.manuscript import Manuscript
from benchmarks.measuring import Taken, measured
from benchmarks.peers.peer import ROOT, Job
from benchmarks.rows import PEERS, sixty_chapters
from benchmarks.sameness import OtherText, Words, demand_same, epub_words, pdf_words

FOLDER = ROOT / "build" / "bench"
OTHERS = frozenset(peer.name for peer in PEERS) - {"publisher"}


def measure(row: Row, *, runs: int, quick: bool) -> dict[str, Measured]:
    """What each program took in a row, by its name; says on the way what is done."""
    folder, begun = FOLDER / row.name, time.perf_counter()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _say(f"\n{row.name}: {row.work}; {runs} runs\n")
    if row.followed is not None:
        return row.followed(folder, sixty_chapters(quick=quick), runs)
    with ExitStack() as stack:
        contestants = row.contestants(folder, quick, stack)
        first = 1 if row.is_warmed else 0
        if first:
            _run(contestants[0], 0)
        taken: dict[str, list[Taken]] = {item.name: [] for item in contestants}
        found: dict[str, Measured] = {}
        for run in range(first, runs + first):
            for contestant in contestants if run % 2 else reversed(contestants):
                job, took = _run(contestant, run)
                taken[contestant.name].append(took)
                if contestant.name not in found or row.is_warmed:
                    found[contestant.name] = _compared(job, contestant, run)
    _say(f"  the row took {time.perf_counter() - begun:.0f} s\n")
    return {
        item.name: Measured(
            runs=tuple(taken[item.name]),
            pages=found[item.name].pages,
            size=found[item.name].size,
            words=found[item.name].words,
            strayed=found[item.name].strayed,
        )
        for item in contestants
    }


def _run(contestant: Contestant, run: int) -> tuple[Job, Taken]:
    job = contestant.job(run)
    took = measured(job.command, folder=job.folder, environment=dict(job.environment))
    _say(f"  {run} {contestant.name:<12} {took.wall:8.2f} s  {took.cpu:8.2f} s of processors  {took.peak:7.0f} MB\n")
    return job, took


def _compared(job: Job, contestant: Contestant, run: int) -> Measured:
    """Pages, bytes and words of what was made, and where another program strayed from the text that it was given.

    Raises `OtherText` where what publisher made is not that text.
    """
    if not contestant.read_back:
        return Measured(runs=())
    text, maker = contestant.text(run) if contestant.text else None, contestant.name
    words = epub_words(job.made) if job.made.suffix == ".epub" else pdf_words(job.made)
    strayed = _strayed(words, text, maker) if text else ""
    count = len(text.words()) + len(text.note_words()) if text else 0
    return Measured(runs=(), pages=words.pages, size=Path(job.made).stat().st_size, words=count, strayed=strayed)


def _strayed(words: Words, text: Manuscript, maker: str) -> str:
    try:
        demand_same(words, text, maker=maker)
    except OtherText as error:
        if maker not in OTHERS:
            raise
        _say(f"  {error}\n")
        return str(error)
    return ""


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
