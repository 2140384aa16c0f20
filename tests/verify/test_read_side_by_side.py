"""Many pages are read by several processes, or were read before, and found to be what one finds."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pikepdf
import pytest

from publisher.cache.store import Store
from publisher.diagnostics import PublisherError
from publisher.pdf.read import document
from publisher.pdf.read.document import read_pdf
from publisher.workers.cached_executor import CachedExecutor
from publisher.workers.executor import Done, SerialExecutor
from publisher.workers.pool import ProcessPool
from publisher.workers.remote import Given, Made, Remote

PDF = "on-promises.pdf"


@pytest.fixture(scope="module")
def workers() -> Iterator[ProcessPool]:
    with ProcessPool(3) as three:
        yield three


@pytest.fixture(autouse=True)
def however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "_MANY", 1)


def test_several_find_what_one_finds(good: dict[str, bytes], workers: ProcessPool) -> None:
    assert read_pdf(good[PDF], workers).contents == read_pdf(good[PDF]).contents


def test_what_one_of_them_cannot_read_is_told(good: dict[str, bytes], workers: ProcessPool) -> None:
    with pikepdf.open(io.BytesIO(good[PDF])) as pdf:
        pdf.pages[-1].Contents = pdf.make_stream(b"BT (no font) Tj ET")
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(PublisherError, match=r"V-011.*without a font"):
        read_pdf(out.getvalue(), workers)


class _Counted(SerialExecutor):
    """Reads in this process as if there were several, and knows how many shares were asked for."""

    count = 2

    def __init__(self) -> None:
        self.read: list[int] = []

    def map(
        self, function: Remote[Given, Made], values: Sequence[Given], *, done: Done | None = None
    ) -> tuple[Made, ...]:
        self.read.append(len(values))
        return super().map(function, values, done=done)


@pytest.fixture
def single(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page is a share."""
    monkeypatch.setattr(document, "_SHARE", 1)


def _changed(content: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def _widened(pdf: pikepdf.Pdf) -> None:
    """Give a font of the first page other widths."""
    fonts = pdf.pages[0].Resources.Font
    font = fonts[sorted(fonts.keys())[0]]
    font.DescendantFonts[0].W = pikepdf.Array([0, 60000, 1])


def _drawn_over(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[-1]
    content = b"".join(stream.read_bytes() for stream in _streams(page)) + b"\nq 1 0 0 rg 0 0 900 900 re f Q"
    page.Contents = pdf.make_stream(content)


def _streams(page: pikepdf.Page) -> list[pikepdf.Object]:
    return [*page.Contents] if isinstance(page.Contents, pikepdf.Array) else [page.Contents]


def _cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[-1].CropBox = pikepdf.Array([0, 0, 40, 40])


@pytest.mark.usefixtures("single")
def test_pages_that_were_read_are_not_read_again_and_say_the_same(good: dict[str, bytes], tmp_path: Path) -> None:
    first, second = _Counted(), _Counted()
    found = read_pdf(good[PDF], CachedExecutor(first, Store(tmp_path))).contents
    again = read_pdf(good[PDF], CachedExecutor(second, Store(tmp_path))).contents
    assert again == found == read_pdf(good[PDF]).contents
    assert (first.read, second.read) == ([len(found)], [0])


@pytest.mark.usefixtures("single")
@pytest.mark.parametrize(("change", "least"), [(_drawn_over, 1), (_cropped, 1), (_widened, 2)])
def test_what_changes_a_page_has_it_read_again(
    good: dict[str, bytes], tmp_path: Path, change: Callable[[pikepdf.Pdf], object], least: int
) -> None:
    saved = _changed(good[PDF], lambda pdf: None)
    read_pdf(saved, CachedExecutor(_Counted(), Store(tmp_path)))
    other, counted = _changed(good[PDF], change), _Counted()
    assert read_pdf(other, CachedExecutor(counted, Store(tmp_path))).contents == read_pdf(other).contents
    (read,) = counted.read
    assert read == 1 if least == 1 else read >= least


@pytest.mark.usefixtures("single")
def test_a_page_that_cannot_be_read_is_never_stored(good: dict[str, bytes], tmp_path: Path) -> None:
    def break_page(pdf: pikepdf.Pdf) -> None:
        pdf.pages[-1].Contents = pdf.make_stream(b"BT (no font) Tj ET")

    broken = _changed(good[PDF], break_page)
    for _ in range(2):
        with pytest.raises(PublisherError, match=r"V-011.*without a font"):
            read_pdf(broken, CachedExecutor(_Counted(), Store(tmp_path)))
