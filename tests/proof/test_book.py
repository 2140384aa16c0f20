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
from publisher.model.publication import Role
from publisher.model.rendition import Volume
from publisher.model.target import Format
from publisher.model.walk import plain
from publisher.proof import Proof

FEW = 5
"""Warnings; the rest is a matter of taste."""


@pytest.fixture(scope="module")
def volume(root: Path, built_once: Callable[..., BuildResult]) -> Volume:
    """The book."""
    return built_once(root / "book", formats=(Format.PDF,)).volume


@pytest.fixture(scope="module")
def proof(volume: Volume) -> Proof:
    """The proof of the book, with the usual limits."""
    pdf = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".pdf"))
    return proofreading.proof(pdf.content, volume.publication, limits=Limits(), measure=lambda *_: ())


def test_book_has_no_error_on_its_pages_and_few_doubts(proof: Proof) -> None:
    found = [diagnostic.severity for diagnostic in proof.diagnostics()]
    assert Severity.ERROR not in found
    assert found.count(Severity.WARNING) <= FEW


def test_every_finding_in_the_book_has_its_place_in_a_source(proof: Proof, volume: Volume) -> None:
    """Apart from those in the list of references, which is made."""
    listed = plain(
        tuple(
            block
            for section in volume.publication.sections
            if section.role is Role.REFERENCES
            for block in section.blocks
        )
    )
    for finding in proof.findings:
        if finding.code not in ("P-003", "P-007"):
            continue
        if finding.span is None:
            assert finding.words.rstrip("…") in listed
            continue
        line = finding.span.source.line(finding.span.source.position(finding.span.start)[0])
        printed = {re.findall(r"[^\W_]+", finding.words)[0], re.findall(r"[^\W\d_]{2,}", finding.words)[0]}
        assert any(word in line for word in printed) or "@" in line  # a citation does not stand in its source
