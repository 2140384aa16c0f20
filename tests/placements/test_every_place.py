"""A volume with notes in every place, for the screen, the printer and the archive: every program takes every file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.profile import Profile
from publisher.validators import pagevalidation, verapdf
from publisher.workers.opening import open_executor
from publisher.workspace import Folder

ALL = (Profile.SCREEN, Profile.PRINT, Profile.ARCHIVE)
PDFS = (".pdf", ".print.pdf", ".archive.pdf")
PLACES = ("foot", "margin", "section", "end")
Built = dict[str, bytes]


def _built(folder: Path) -> Built:
    """What one build makes, in every profile; it ends with the proof and the preflight."""
    with open_executor(jobs=2) as executor:
        artifacts = pipeline.build(
            BuildRequest(folder=Folder(folder), profiles=ALL, executor=executor)
        ).volume.artifacts
    return {artifact.name: artifact.content for artifact in artifacts}


def _demand_taken(built: Built, folder: Path, said: Callable[..., str]) -> None:
    """Fails where a program has a word to say about one of the files."""
    for ending in PDFS:
        path = folder / f"volume{ending}"
        path.write_bytes(built[path.name])
        told = said("qpdf", "--check", path)
        assert "No syntax or stream encoding errors found" in told
        assert "WARNING" not in told
        assert said("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", path) == ""
        assert "Error" not in said("pdftotext", "-q", path, "-")
        assert "Syntax" not in said("pdfinfo", path)
        assert "Error" not in said("pdffonts", path)
    for ending in (".pdf", ".archive.pdf"):
        assert pagevalidation.validate(folder / f"volume{ending}") == ()
        assert verapdf.validate(folder / f"volume{ending}") == ()


def _digests(built: Built) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in built.items()}


def _pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def test_every_program_takes_a_volume_with_notes_in_every_place_and_two_builds_are_equal(
    tmp_path: Path, edition: Callable[..., Path], said: Callable[..., str]
) -> None:
    folder = edition(tmp_path / "e", count=14, series=PLACES)
    first = _built(folder)
    _demand_taken(first, tmp_path, said)
    assert _digests(_built(folder)) == _digests(first)


@pytest.mark.nightly
@pytest.mark.parametrize("series", [PLACES, *((place,) for place in PLACES)], ids="-".join)
def test_every_program_takes_two_hundred_pages_with_three_hundred_notes_in_every_place(
    tmp_path: Path, edition: Callable[..., Path], said: Callable[..., str], series: tuple[str, ...]
) -> None:
    folder = edition(tmp_path / "e", count=300, series=series, sentences=11)
    first = _built(folder)
    _demand_taken(first, tmp_path, said)
    assert _pages(tmp_path / "volume.pdf") >= 200
    assert _digests(_built(folder)) == _digests(first)
