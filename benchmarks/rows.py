"""The rows of the table: what each makes ready, for whom."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks import whole_book, workers
from benchmarks.contestant import Contestant, Row, plain
from benchmarks.diary_rows import DIARY_ROWS
from benchmarks.editions import edition, reader
from benchmarks.following import latencies
from benchmarks.manuscript import Manuscript, Size, changed, manuscript, with_note
from benchmarks.peers.pandoc import PANDOC
from benchmarks.peers.peer import ROOT, Job, Peer
from benchmarks.peers.publisher import PUBLISHER_EPUB, PUBLISHER_PDF, job
from benchmarks.peers.typst import TYPST
from benchmarks.peers.vivliostyle import VIVLIOSTYLE
from benchmarks.peers.weasyprint import WEASYPRINT, command

PEERS: tuple[Peer, ...] = (PUBLISHER_PDF, WEASYPRINT, VIVLIOSTYLE, TYPST, PANDOC)


def sixty_chapters(*, quick: bool) -> Manuscript:
    """The volume of most rows; three short chapters where it is to be quick."""
    return manuscript(Size(chapters=3, paragraphs=8) if quick else Size(chapters=60, paragraphs=40))


def _peers(peers: tuple[Peer, ...], folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    text = sixty_chapters(quick=quick)
    return tuple(plain(peer, folder, text) for peer in peers)


def _cached(folder: Path, text: Callable[[int], Manuscript], form: str = "pdf") -> Contestant:
    source, place = folder / "publisher" / "edition", folder / "publisher"

    def ready(run: int) -> Job:
        edition(source, text(run))
        return job(place, source, "--format", form, made=f"volume.{form}")

    return Contestant(name="publisher", job=ready, text=text)


def _changed(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    text = sixty_chapters(quick=quick)
    return _cached(folder, lambda run: changed(text, times=run)), plain(TYPST, folder, text)


def _added(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    text = sixty_chapters(quick=quick)
    return _cached(folder, lambda run: with_note(text, chapter=4, times=run)), plain(TYPST, folder, text)


def _changed_epub(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    text = sixty_chapters(quick=quick)
    return _cached(folder, lambda run: changed(text, times=run), "epub"), plain(PANDOC, folder, text)


def _check(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    book = ROOT / "book"
    made = job(folder, book)
    checked = replace(made, command=(made.command[0], "check", str(book), "--quiet"))
    return (Contestant(name="publisher", job=lambda run: checked, read_back=False),)


def _unchanged(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    text = sixty_chapters(quick=quick)
    return (_cached(folder, lambda run: text),)


def _growth(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    sizes = {"small": 1 if quick else 30, "large": 4 if quick else 240}
    return tuple(
        plain(PUBLISHER_PDF, folder, manuscript(Size(chapters=count, paragraphs=40)), name)
        for name, count in sizes.items()
    )


def _book(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    book = ROOT / "book"
    ours = job(folder, book, "--no-cache", made="putin-and-lavrov.pdf")
    made = folder / "one.pdf"
    page = whole_book.one_document(folder / "one", book)
    theirs = Job(command=command(page, made), folder=folder, made=made)
    return Contestant(name="publisher", job=lambda run: ours), Contestant(name="WeasyPrint", job=lambda run: theirs)


def _cluster(folder: Path, quick: bool, stack: ExitStack) -> tuple[Contestant, ...]:
    text = sixty_chapters(quick=quick)
    source = edition(folder / "edition", text)
    address = stack.enter_context(workers.cluster(folder))
    ways = {"cluster": ("--cluster", address), "local": ("--jobs", "2")}

    def contestant(name: str) -> Contestant:
        made = job(folder / name, source, "--format", "pdf", "--no-cache", *ways[name])
        made.folder.mkdir(exist_ok=True)
        return Contestant(name=name, job=lambda run: made, text=lambda run: text)

    return tuple(contestant(name) for name in ways)


def _readings(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    size = Size(chapters=1, paragraphs=8 if quick else 20)
    source = reader(folder / "reader", readings=3 if quick else 200, size=size)
    made = job(folder, source, "--no-cache")
    return (Contestant(name="publisher", job=lambda run: made),)


def _million(folder: Path, quick: bool, _: ExitStack) -> tuple[Contestant, ...]:
    size = Size(chapters=1 if quick else 100, paragraphs=10 if quick else 70, note_every=4)
    if not quick:
        size = Size(chapters=100, paragraphs=100, sentences=(5, 7), note_every=2)
    text = manuscript(size)
    return plain(PUBLISHER_PDF, folder, text), plain(TYPST, folder, text)


ROWS: tuple[Row, ...] = (
    Row(
        name="sixty",
        work="60 chapters, PDF from nothing, tagged",
        contestants=partial(_peers, (PUBLISHER_PDF, WEASYPRINT, VIVLIOSTYLE, TYPST)),
    ),
    Row(name="changed", work="60 chapters, PDF after one paragraph changed", contestants=_changed, is_warmed=True),
    Row(name="added", work="60 chapters, PDF after a note was added", contestants=_added, is_warmed=True),
    Row(
        name="epub-changed",
        work="60 chapters, EPUB after one paragraph changed",
        contestants=_changed_epub,
        is_warmed=True,
    ),
    Row(name="check", work="`publisher check book`, nothing changed", contestants=_check, is_warmed=True),
    Row(name="unchanged", work="60 chapters, PDF with nothing changed", contestants=_unchanged, is_warmed=True),
    Row(name="epub", work="60 chapters, EPUB from nothing", contestants=partial(_peers, (PUBLISHER_EPUB, PANDOC))),
    Row(name="growth", work="growth, 240 chapters against 30", contestants=_growth),
    Row(name="book", work="the edition in `book/`, both formats from nothing", contestants=_book),
    Row(name="cluster", work="60 chapters on Dask workers", contestants=_cluster),
    Row(name="readings", work="a reader of 200 readings, both formats from nothing", contestants=_readings),
    Row(name="million", work="a million words with 5,000 notes, PDF from nothing", contestants=_million),
    Row(
        name="preview",
        work="`publisher preview`, 60 chapters, one paragraph saved",
        contestants=lambda *_: (),
        followed=lambda folder, text, runs: latencies(folder, text, runs=runs),
    ),
    *DIARY_ROWS,
)
