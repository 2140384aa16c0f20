"""Every planted fault is named, and what is good passes."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from zipfile import ZIP_STORED, ZipFile

import pikepdf
import pytest

Faults = Callable[[str, bytes], tuple[str, ...]]
EPUB, PDF = "on-promises.epub", "on-promises.pdf"


def _beside(name: str) -> ModuleType:
    """A module that stands beside this one."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


IN_EPUB = _beside("corruptions_epub").CORRUPTIONS
IN_PDF = _beside("corruptions_pdf").CORRUPTIONS


def _named(corruption: object) -> str | None:
    return getattr(corruption, "__name__", None)


@pytest.mark.parametrize("name", [EPUB, PDF])
def test_the_clean_file_passes(good: dict[str, bytes], faults: Faults, name: str) -> None:
    assert faults(name, good[name]) == ()


@pytest.mark.parametrize(("corruption", "code"), IN_EPUB, ids=_named)
def test_a_spoilt_epub_is_found_out(
    good: dict[str, bytes], faults: Faults, corruption: Callable[[dict[str, str]], None], code: str
) -> None:
    found = faults(EPUB, damaged_epub(good[EPUB], corruption))
    assert code in {fault[:5] for fault in found}, found


@pytest.mark.parametrize(("corruption", "code"), IN_PDF, ids=_named)
def test_a_spoilt_pdf_is_found_out(
    good: dict[str, bytes], faults: Faults, corruption: Callable[[pikepdf.Pdf], None], code: str
) -> None:
    found = faults(PDF, damaged_pdf(good[PDF], corruption))
    assert code in {fault[:5] for fault in found}, found


def test_a_pdf_saved_by_another_hand_passes(good: dict[str, bytes], faults: Faults) -> None:
    assert faults(PDF, damaged_pdf(good[PDF], lambda pdf: None)) == ()


@pytest.mark.parametrize("kept", [0, 9, 5000, -600])
def test_a_pdf_that_is_cut_off_is_no_pdf(good: dict[str, bytes], faults: Faults, kept: int) -> None:
    assert [fault[:5] for fault in faults(PDF, good[PDF][:kept])] == ["V-011"]


@pytest.mark.parametrize("kept", [0, 9, 5000])
def test_an_epub_that_is_cut_off_is_no_epub(good: dict[str, bytes], faults: Faults, kept: int) -> None:
    assert [fault[:5] for fault in faults(EPUB, good[EPUB][:kept])] == ["V-010"]


def damaged_epub(content: bytes, corruption: Callable[[dict[str, str]], None]) -> bytes:
    """An EPUB, changed; files that are no text are texts of one character a byte."""
    with ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode(_coding(name)) for name in archive.namelist()}
    corruption(files)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode(_coding(name)))
    return out.getvalue()


def _coding(name: str) -> str:
    """How the bytes of a file are turned into characters."""
    return "latin-1" if name.endswith((".otf", ".png")) else "utf-8"


def damaged_pdf(content: bytes, corruption: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A PDF, changed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        corruption(pdf)
        pdf.save(out)
    return out.getvalue()


def test_there_are_a_hundred_faults_of_an_epub_and_sixty_of_a_pdf() -> None:
    assert len({corruption for corruption, _ in IN_EPUB}) == len(IN_EPUB) >= 100
    assert len({corruption for corruption, _ in IN_PDF}) == len(IN_PDF) >= 60
