"""Pages rebuilt in this process, and seen as PDFium draws them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pikepdf
import pypdfium2
import pytest

from publisher.pdf.foreign import reading
from publisher.pdf.foreign.pages import RebuiltPages, rebuild
from publisher.pdf.foreign.reading import PagesRead, Wanted

Rebuild = Callable[[bytes], RebuiltPages]


@pytest.fixture
def rebuilds() -> Rebuild:
    """Rebuilds every page of a file."""

    def rebuilds(content: bytes) -> RebuiltPages:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return rebuild(pdf, range(1, len(pdf.pages) + 1), size=len(content))

    return rebuilds


@pytest.fixture
def reads() -> Iterator[Callable[[bytes], PagesRead]]:
    """Reads a file as the child does, in this process."""
    saved: dict[str, Any] = pikepdf.settings.get_qpdf_limits()

    def reads(content: bytes) -> PagesRead:
        request = msgspec.msgpack.encode([Wanted(content, None, None)])
        (found,) = msgspec.msgpack.decode(reading.answer(request), type=tuple[PagesRead, ...])
        return found

    yield reads
    pikepdf.settings.set_qpdf_limits(**saved)


@pytest.fixture
def seen() -> Callable[..., Any]:
    """A page of a file as PDFium draws it."""

    def seen(content: bytes, at: int = 0, **options: Any) -> Any:
        document = pypdfium2.PdfDocument(content)
        try:
            return document[at].render(scale=2, **options).to_pil().convert("RGB")
        finally:
            document.close()

    return seen
