"""The rows of a text as large as Pepys's Diary: from nothing, and after a change, with the commands that read it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from benchmarks.contestant import Contestant, Row, plain
from benchmarks.diary import Shape, diary, note_added, note_changed, paragraph_changed
from benchmarks.editions import edition
from benchmarks.manuscript import Manuscript
from benchmarks.peers.pandoc import PANDOC
from benchmarks.peers.peer import Job
from benchmarks.peers.publisher import PUBLISHER_EPUB, job
from benchmarks.peers.typst import TYPST

_QUICK = Shape(part=0.02)
_WORDS = 14
"""How many words are cited."""


def _text(*, quick: bool) -> Manuscript:
    return diary(_QUICK if quick else None)


def _from_nothing(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    text = _text(quick=quick)
    source = edition(folder / "edition", text)
    made = job(folder, source, "--no-cache")
    both = Contestant(name="publisher", job=lambda run: made, text=lambda run: text)
    return both, plain(TYPST, folder, text), plain(PUBLISHER_EPUB, folder, text, "EPUB"), plain(PANDOC, folder, text)


def _again(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    """The builds after a change, then the commands that look at the last one."""
    text, source = _text(quick=quick), folder / "edition"
    build = job(folder, source)

    def changed(name: str, change: Callable[..., Manuscript]) -> Contestant:
        def ready(run: int) -> Job:
            edition(source, change(text, times=run) if run else text)
            return build

        return Contestant(name=name, job=ready, read_back=False)

    def command(name: str, *words: str) -> Contestant:
        program = str(Path(sys.executable).with_name("publisher"))
        made = replace(build, command=(program, name, *words))
        return Contestant(name=name, job=lambda run: made, read_back=False)

    output = folder / "output"
    pdf, epub = str(output / "volume.pdf"), str(output / "volume.epub")
    cited = " ".join(text.chapters[-1].paragraphs[-1].text.split()[:_WORDS])
    return (
        changed("paragraph changed", paragraph_changed),
        changed("note changed", note_changed),
        changed("note added", note_added),
        command("verify", str(source), pdf, epub),
        command("proof", str(source), pdf, "--diagnostics", "short"),
        command("cite", cited, str(source), "--epub", epub),
    )


DIARY_ROWS: tuple[Row, ...] = (
    Row(name="diary", work="a diary of 1.2 million words, both formats from nothing", contestants=_from_nothing),
    Row(name="diary-again", work="the diary after a change", contestants=_again, is_warmed=True),
)
