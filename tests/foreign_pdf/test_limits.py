"""A small file can't take much: each way to ask for more is found before anything is drawn, and has its code."""

from __future__ import annotations

import resource
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array
from tests.foreign_pdf.hostile import BOXES, HOSTILE, LARGE
from tests.foreign_pdf.made import Sheet

from publisher.diagnostics import PublisherError
from publisher.pdf.foreign import reading
from publisher.pdf.foreign.pages import RebuiltPages, UnusablePage
from publisher.pdf.foreign.reading import PagesRead, Wanted, demand_bounded, read_pages

Reads = Callable[[bytes], PagesRead]
Rebuild = Callable[[bytes], RebuiltPages]
SECONDS = 10


def spent(call: Callable[[], Any]) -> float:
    """Seconds of CPU that the children of a call take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize("name", [name for name, (_, code) in HOSTILE.items() if code != "D-016"])
def test_each_way_to_ask_for_more_has_its_code(reads: Reads, name: str) -> None:
    change, code = HOSTILE[name]
    sheet = Sheet()
    change(sheet)
    found = reads(sheet.written())
    assert found.fault is not None
    assert (found.fault.code, found.fault.page) == (code, 1)


@pytest.mark.nightly
def test_each_way_to_ask_for_more_is_refused_within_seconds() -> None:
    wanted = []
    for change, _ in HOSTILE.values():
        sheet = Sheet()
        change(sheet)
        content = sheet.written()
        assert len(content) < 5_000_000
        wanted.append(Wanted(content, None, None))
    found: list[PagesRead] = []
    for item in wanted:
        assert spent(lambda entry=item: found.extend(read_pages((entry,)))) < SECONDS  # type: ignore[misc]
    codes = {
        name: pages_read.fault and (pages_read.fault.code, pages_read.fault.page)
        for name, pages_read in zip(HOSTILE, found, strict=True)
    }
    assert codes == {name: (code, int(code != "D-016")) for name, (_, code) in HOSTILE.items()}


@pytest.mark.parametrize(("box", "usable"), BOXES)
@pytest.mark.parametrize("key", ["MediaBox", "CropBox", "TrimBox"])
def test_a_box_is_used_or_reported_with_its_page(reads: Reads, key: str, box: str, usable: bool) -> None:
    sheet = Sheet()
    if box != "null":
        sheet.page[f"/{key}"] = pikepdf.Object.parse(box.encode())
    found = reads(sheet.written())
    if usable or (box == LARGE and key != "MediaBox"):
        assert found.fault is None
        return
    assert found.fault is not None
    assert (found.fault.code, found.fault.page) in (("D-013", 1), ("C-011", 0))
    assert key.removeprefix("Media") in found.fault.message


@pytest.mark.parametrize("unit", ["0", "-1", "1000", "(1)", "/A"])
def test_a_unit_that_cannot_be_used_is_reported(rebuilds: Rebuild, unit: str) -> None:
    sheet = Sheet()
    sheet.page.UserUnit = pikepdf.Object.parse(unit.encode())
    with pytest.raises(UnusablePage) as caught:
        rebuilds(sheet.written())
    assert caught.value.cause.code == "D-013"


def test_a_process_that_fails_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_FUNCTION", "publisher.pdf.foreign.reading:nothing")
    (found,) = read_pages((Wanted(Sheet().written(), None, None),))
    assert found.fault is not None
    assert found.fault.code == "D-016"


def test_the_file_that_makes_the_process_fail_is_found_among_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MEMORY", 30 << 20)
    large = Sheet()
    large.page.Contents = Array([large.packed(b"n " * 500_000)])
    small = Wanted(Sheet().written(), None, None)
    first, second, third = read_pages((small, Wanted(large.written(), None, None), small))
    assert first.fault is None
    assert second.fault is not None
    assert second.fault.code == "D-016"
    assert not third.content


def test_a_reader_without_pdfs_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "run_limited", None)
    assert read_pages(()) == ()


def test_what_takes_too_much_is_refused_before_it_is_read() -> None:
    change, code = HOSTILE["fan_of_forms"]
    sheet = Sheet()
    change(sheet)
    with pytest.raises(PublisherError) as caught:
        demand_bounded(sheet.written(), name="a.pdf")
    (found,) = caught.value.diagnostics
    assert (found.code, found.message.partition(":")[0]) == (code, "a.pdf, page 1")


def test_other_faults_are_left_to_whatever_reads_the_file() -> None:
    sheet = Sheet()
    sheet.resource("XObject", "X", 5)
    demand_bounded(sheet.written(), name="a.pdf")
    demand_bounded(b"no PDF", name="a.pdf")
