"""Many pages are read by several processes, and found to be what one finds."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from publisher.diagnostics import PublisherError
from publisher.pdf.read import document
from publisher.pdf.read.document import read_pdf
from publisher.workers.pool import ProcessPool

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
