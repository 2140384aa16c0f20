"""Sections laid out apart: in order, on their sides, with the right page numbers, whoever lays them out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from publisher.diagnostics import PublisherError
from publisher.layout.document import ROUNDS, lay_out_volume, write_pdf
from publisher.layout.section import layout_sections
from publisher.layout.section_key import Task
from publisher.model.publication import MatterKind
from publisher.model.rendition import PdfRendition, PdfSection, Side
from publisher.pdf.assemble.order import order
from publisher.workers import child, pool
from publisher.workers.executor import Executor, SerialExecutor
from publisher.workers.opening import open_executor
from publisher.workers.pool import ProcessPool

SHEET = """
html { font: 10pt/14pt "Source Serif Pro" } body { margin: 0 }
@page { size: 80mm 60mm; margin: 12mm 10mm; @bottom-right { content: "– " counter(page) " –"; text-align: right } }
@page :left { @bottom-left { content: counter(page, upper-roman); text-align: left } @bottom-right { content: none } }
.next { break-before: page }
"""


def section(name: str, *, pages: int, matter: MatterKind = MatterKind.BODY, side: Side = Side.RIGHT) -> PdfSection:
    """A section with so many pages."""
    body = "".join(f'<p id="{name}-{page}" class="next">{name} {page}</p>' for page in range(1, pages + 1))
    document = f'<html lang="en"><head><title>A</title></head><body><section id="{name}">{body}</section></body></html>'
    return PdfSection(id=name, matter=matter, side=side, document=document)


@pytest.fixture
def volume(make: Any, faces: str) -> Any:
    """Makes a rendition of sections."""

    def made(*sections: PdfSection, sheet: str = SHEET) -> PdfRendition:
        bare: PdfRendition = make("<section id='s'></section>", faces + sheet)
        return replace(bare, sections=sections, contents=())

    return made


def pages_of(rendition: PdfRendition, executor: Executor | None = None) -> list[str]:
    """The words of every page, in one line each."""
    made = write_pdf(
        lambda *_: rendition, executor=executor or SerialExecutor(), name="a.pdf", moment="2026-11-24T00:00:00Z"
    )
    pdf = pypdfium2.PdfDocument(made.artifact.content)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_each_page_has_its_number_in_the_volume(volume: Any) -> None:
    parts = (section("a", pages=3, matter=MatterKind.FRONT), section("b", pages=11), section("c", pages=2))
    assert pages_of(volume(*parts)) == [
        *("a 1 – 1 –", "a 2 II", "a 3 – 3 –", ""),
        *("b 1 – 1 –", "b 2 II", "b 3 – 3 –", "b 4 IV", "b 5 – 5 –", "b 6 VI", "b 7 – 7 –", "b 8 VIII", "b 9 – 9 –"),
        *("b 10 X", "b 11 – 11 –", "", "c 1 – 13 –", "c 2 XIV"),
    ]


def test_a_number_keeps_to_the_edge_that_its_line_is_aligned_to(volume: Any) -> None:
    rendition = volume(section("a", pages=12))
    made = write_pdf(lambda *_: rendition, executor=SerialExecutor(), name="a.pdf", moment="2026-11-24T00:00:00Z")
    pdf = pypdfium2.PdfDocument(made.artifact.content)
    edges = []
    for page in (pdf[0], pdf[10]):
        words = page.get_textpage()
        boxes = [words.get_charbox(at) for at in range(words.count_chars()) if words.get_text_range(at, 1) == "–"]
        edges.append(max(right for _, _, right, _ in boxes))
    assert abs(edges[0] - edges[1]) < 0.1


def test_a_section_that_begins_on_the_next_page_has_the_margins_of_that_side(volume: Any) -> None:
    parts = (section("a", pages=1), section("b", pages=2, side=Side.NEXT), section("c", pages=1, side=Side.NEXT))
    assert pages_of(volume(*parts)) == ["a 1 – 1 –", "b 1 II", "b 2 – 3 –", "c 1 IV"]


def test_sides_and_printed_numbers_settle_in_one_loop(volume: Any) -> None:
    asked: list[int | None] = []

    def render(folios: Mapping[str, str], pages: int | None, before: PdfRendition | None) -> PdfRendition:
        asked.append(pages)
        first = section("a", pages=1 if pages is None else 2)  # as long as its numbers are: sides follow from them
        made: PdfRendition = volume(
            first, *(section(name, pages=n, side=Side.NEXT) for name, n in (("b", 2), ("c", 1)))
        )
        return made

    made = write_pdf(render, executor=SerialExecutor(), name="a.pdf", moment="2026-11-24T00:00:00Z")
    words = [page.get_textpage().get_text_bounded().split()[0] for page in pypdfium2.PdfDocument(made.artifact.content)]
    assert words == ["a", "a", "b", "b", "c"]
    assert asked == [None, 4, 5, 5]


def test_sections_that_do_not_settle_are_named(volume: Any) -> None:
    asked: list[int | None] = []

    def render(folios: Mapping[str, str], pages: int | None, before: PdfRendition | None) -> PdfRendition:
        asked.append(pages)
        made: PdfRendition = volume(section("a", pages=1), section("b", pages=1 + len(asked) % 2))
        return made

    with pytest.raises(PublisherError, match=rf"D-005.* after {ROUNDS} layouts these sections still change: “b”$"):
        write_pdf(render, executor=SerialExecutor(), name="a.pdf", moment="2026-11-24T00:00:00Z")
    assert len(asked) == ROUNDS + 1


def test_empty_pages_stand_before_sections_of_the_other_side() -> None:
    sections = [section(side, pages=1, side=side) for side in (Side.RIGHT, Side.LEFT, Side.LEFT, Side.RIGHT, Side.NEXT)]
    found = order(sections, [1, 1, 1, 2, 1])
    assert (found.firsts, found.count) == ((0, 1, 3, 4, 6), 7)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("counter(page) '/' counter(pages)", "the number of all pages"),
        ("counter(page, georgian)", "the style georgian"),
    ],
)
def test_what_is_not_known_yet_is_told(volume: Any, rule: str, said: str) -> None:
    sheet = SHEET + f"@page {{ @top-left {{ content: {rule} }} }}"
    with pytest.raises(PublisherError, match=said) as caught:
        pages_of(volume(section("a", pages=2), sheet=sheet))
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["S-013"]


def test_workers_set_what_one_process_sets(volume: Any) -> None:
    rendition = volume(*(section(name, pages=2) for name in "abcde"))
    with open_executor(jobs=3) as workers:
        assert (
            lay_out_volume(rendition, executor=workers).sections
            == lay_out_volume(rendition, executor=SerialExecutor()).sections
        )


def test_a_section_whose_worker_is_ended_is_set_by_another(volume: Any) -> None:
    rendition = volume(*(section(name, pages=2) for name in "abcdef"))
    with ProcessPool(2) as workers:
        assert pages_of(rendition, workers) == pages_of(rendition)
        os.kill(workers.pids[0], signal.SIGKILL)
        assert pages_of(rendition, workers) == pages_of(rendition)


def test_a_section_that_ends_every_worker_is_named(volume: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent / "workers"))
    monkeypatch.setattr(pool, "start", lambda _, *words: child.start("false_workers", "ends", *words))
    rendition = volume(section("a", pages=1))
    with ProcessPool(1) as workers, pytest.raises(PublisherError, match=r"D-006.*“a”"):
        pages_of(rendition, workers)


def test_a_mistake_of_ours_in_a_worker_is_told_with_its_trace(volume: Any) -> None:
    broken = volume(replace(section("a", pages=1), document="<html"))
    task = Task(section=broken.sections[0], dress=broken.dress, hyphen="-")
    with ProcessPool(1) as workers, pytest.raises(Exception, match="ParseError"):
        layout_sections(workers, (task,))


@pytest.mark.parametrize("broken", [False, True])
def test_workers_leave_nothing_behind(
    volume: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: bool
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[Path] = []
    with suppress(RuntimeError), ProcessPool(2) as workers:
        pages_of(volume(section("a", pages=1), section("b", pages=1)), workers)
        seen = [*tmp_path.rglob("weasyprint-*")]
        if broken:
            raise RuntimeError
    assert len(seen) == 2
    assert [*tmp_path.iterdir()] == []


KILLED = """
import time
from publisher.workers.pool import ProcessPool
if __name__ == "__main__":
    with ProcessPool(2) as workers:
        workers._grow(2)
        print(*workers.pids, flush=True)
        time.sleep(60)
"""


def test_workers_end_when_their_program_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(KILLED, encoding="utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        pids = [int(pid) for pid in program.stdout.readline().split()]
        program.kill()
    assert len(pids) == 2
    assert _all_gone(pids)


def _all_gone(pids: list[int]) -> bool:
    """Whether these processes end within ten seconds."""
    for _ in range(100):
        if not any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids):
            return True
        time.sleep(0.1)
    return False


def test_the_workers_of_these_tests_are_gone() -> None:
    ours = [path for path in Path("/proc").glob("[0-9]*/stat") if _parent(path) == os.getpid()]
    assert [path for path in ours if b"publisher.workers" in path.with_name("cmdline").read_bytes()] == []


def _parent(stat: Path) -> int:
    """The id of the process that started another, see proc_pid_stat(5)."""
    with suppress(OSError):
        return int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
    return 0
