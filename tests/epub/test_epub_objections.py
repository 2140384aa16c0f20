"""What EbookLib raises, warns of or logs becomes a diagnostic."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable

import pytest
from ebooklib import epub as ebooklib

from publisher.diagnostics import PublisherError
from publisher.model.rendition import Artifact, EpubRendition


def _raises(*_: object) -> None:
    raise ebooklib.EpubException(-1, "out of order")


def _warns(*_: object) -> None:
    warnings.warn("out of fashion", stacklevel=2)


def _logs(*_: object) -> None:
    logging.error("out of sorts")


@pytest.mark.parametrize(
    ("behaviour", "words"), [(_raises, "out of order"), (_warns, "out of fashion"), (_logs, "out of sorts")]
)
def test_nothing_that_ebooklib_says_is_lost(
    rendition: EpubRendition,
    written: Callable[[EpubRendition], Artifact],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    behaviour: Callable[..., None],
    words: str,
) -> None:
    monkeypatch.setattr(ebooklib, "write_epub", behaviour)
    with pytest.raises(PublisherError, match=rf"O-010.*{words}"):
        written(rendition)
    caplog.clear()
