"""A property that is on no list needs a waiver with a reason, and nothing is claimed of it; addresses never pass."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher import compose
from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.cli.program import program
from publisher.diagnostics import PublisherError
from publisher.model.accessibility import Claim
from publisher.model.target import Format
from publisher.render import render_epub
from publisher.validate.accessibility import measure
from publisher.verify import tally
from publisher.workspace import Folder

TEXT = b"# A text\n\nThe first words.\n"
SETTINGS = f"""title: A title
language: en
date: 2026-01-02
contributors: [{{name: Somebody, role: aut}}]
source: {{file: text.md, sha256: {hashlib.sha256(TEXT).hexdigest()}}}
rights: {{status: public-domain, statement: Free.}}
"""
WAIVER = "waivers: [{code: S-012, where: styles/a.screen.css, reason: The reading system of our school asks for it.}]\n"


def laid(folder: Path, sheet: str, *, name: str = "a.screen.css", settings: str = SETTINGS) -> Folder:
    (folder / "styles").mkdir()
    (folder / "text.md").write_bytes(TEXT)
    (folder / "edition.yaml").write_text(settings, encoding="utf-8")
    (folder / "styles" / name).write_text(sheet, encoding="utf-8")
    return Folder(folder)


def found(folder: Folder) -> list[str]:
    with pytest.raises(PublisherError) as caught:
        pipeline.check(BuildRequest(folder=folder))
    return [f"{diagnostic.code} {str(diagnostic.span).rpartition('/')[2]}" for diagnostic in caught.value.diagnostics]


def test_an_unlisted_property_is_an_error_at_its_place(tmp_path: Path) -> None:
    assert found(laid(tmp_path, "p { color: black;\n  zoom-x: 3 }\n")) == ["S-012 a.screen.css:2:3"]


def test_a_sheet_that_the_pdf_reads_is_told_what_its_engine_does_not_know(tmp_path: Path) -> None:
    assert found(laid(tmp_path, "p { colour: red }\n", name="a.css")) == ["S-001 a.css:1:5"]


def test_a_waiver_allows_the_property_and_nothing_is_claimed_of_how_words_look(tmp_path: Path) -> None:
    checked = pipeline.check(BuildRequest(folder=laid(tmp_path, "p { zoom-x: 3 }\n", settings=SETTINGS + WAIVER)))
    assert checked.warnings == ()
    publication = compose.compose(checked.annotated, moment="2026-01-02T00:00:00Z")
    rendition = render_epub(publication, cover=b"", page_break_source=None)
    assert any(b"zoom-x: 3" in asset.content for asset in rendition.assets)
    withheld = {item.claim: item.reason for item in measure(rendition, paged=False).withheld}
    assert "appearance not verified" in withheld[Claim.CONTRAST]
    assert Claim.CONFORMANCE in withheld
    assert str(tally(publication, Format.EPUB)).endswith("appearance not verified (zoom-x)")
    assert "not verified" not in str(tally(publication, Format.PDF))


def test_no_waiver_allows_an_address(tmp_path: Path) -> None:
    sheet = "p { zoom-x: url(https://edition.invalid/a) }\n"
    assert found(laid(tmp_path, sheet, settings=SETTINGS + WAIVER)) == ["S-012 a.screen.css:1:13"]


def test_a_waiver_without_use_is_reported(tmp_path: Path) -> None:
    checked = pipeline.check(BuildRequest(folder=laid(tmp_path, "p { color: black }\n", settings=SETTINGS + WAIVER)))
    assert [diagnostic.code for diagnostic in checked.warnings] == ["E-020"]


def test_a_file_that_is_not_in_the_volume_is_an_error_at_its_place(tmp_path: Path) -> None:
    assert found(laid(tmp_path, "p {\n  background: url(../images/001-a.png) }\n")) == ["S-012 a.screen.css:2:1"]


def test_the_proof_says_that_the_appearance_is_not_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path, "p { zoom-x: 3 }\n", settings=SETTINGS + WAIVER + "output: {name: book, formats: [epub]}\n")
    monkeypatch.chdir(tmp_path)
    for words in (["build", ".", "-o", "output"], ["verify", ".", "output/book.epub"]):
        result = CliRunner().invoke(program, words, prog_name="publisher", catch_exceptions=False)
        assert result.exit_code == 0, result.output
    assert "appearance not verified (zoom-x)" in result.output
