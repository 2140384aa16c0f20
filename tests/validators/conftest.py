"""What the tests of the validators share: PDFs, good and damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from publisher.validators import epubcheck
from publisher.validators.process import Outcome

Says = Callable[[str], None]


@pytest.fixture
def plain_pdf(tmp_path: Path) -> Path:
    """A PDF of one blank page: sound, and without anything that PDF/UA asks for."""
    path = tmp_path / "plain.pdf"
    document = pikepdf.new()
    document.add_blank_page()
    document.save(path)
    return path


@pytest.fixture
def damaged_pdf(plain_pdf: Path) -> Path:
    """The PDF with its cross-reference table cut off."""
    path = plain_pdf.with_name("damaged.pdf")
    content = plain_pdf.read_bytes()
    path.write_bytes(content[: content.rindex(b"xref")])
    return path


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with none of the validators and none of their needs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("publisher.validators.process.tool_folders", lambda: ())
    monkeypatch.setattr("publisher.validators.verapdf._JAXB", tmp_path / "jaxb-runtime.jar")
    for module in ("epubcheck", "pagevalidation", "verapdf"):
        monkeypatch.setattr(f"publisher.validators.{module}.find_spec", lambda _: None)
    for module in ("ace", "nu"):
        monkeypatch.setattr(f"publisher.validators.{module}.npm_package", lambda _: None)


@pytest.fixture
def epubcheck_says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """Puts words into EPUBCheck's mouth."""

    def says(words: str) -> None:
        outcome = Outcome(status=1, stdout=words, stderr="")
        monkeypatch.setattr(epubcheck, "run", lambda *_, **__: outcome)

    return says
