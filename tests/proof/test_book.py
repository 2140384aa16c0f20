"""The edition of this repository has pages that a proofreader would pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher import proof as proofreading
from publisher.build.request import BuildResult
from publisher.diagnostics import Severity
from publisher.model.limits import Limits
from publisher.model.target import Format
from publisher.proof import Proof

FEW = 20
"""Of some fifty pages; the rest is a matter of taste."""


@pytest.fixture(scope="module")
def proof(root: Path, built_once: Callable[..., BuildResult]) -> Proof:
    """The proof of the book, with the usual limits."""
    volume = built_once(root / "book", formats=(Format.PDF,)).volume
    pdf = next(one for one in volume.artifacts if one.name.endswith(".pdf"))
    return proofreading.proof(pdf.content, volume.publication, limits=Limits(), measure=lambda *_: ())


def test_book_has_no_error_on_its_pages_and_few_doubts(proof: Proof) -> None:
    assert [one.message for one in proof.diagnostics() if one.severity is Severity.ERROR] == []
    assert len(proof.findings) <= FEW


def test_every_finding_in_the_book_has_its_place_in_a_source(proof: Proof) -> None:
    words = [(one.words, one.span) for one in proof.findings if one.code in ("P-003", "P-007")]
    assert words
    for said, span in words:
        assert span is not None
        line = span.source.line(span.source.position(span.start)[0])
        assert re.findall(r"[^\W_]+", said)[0] in line or re.findall(r"[^\W\d_]{2,}", said)[0] in line
