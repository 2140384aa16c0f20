"""The reader in examples/ builds, is proved, and is what the validators want; its rights are told as they are."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from click.testing import CliRunner

from publisher.build import pipeline
from publisher.build.request import BuildRequest, BuildResult
from publisher.cli.program import program
from publisher.model.publication import Role
from publisher.model.target import Format
from publisher.model.walk import plain
from publisher.validators.conformance import verdicts
from publisher.workspace import Folder


@pytest.fixture(scope="module")
def example(root: Path) -> Path:
    return root / "examples" / "course-reader"


@pytest.fixture(scope="module")
def built(example: Path) -> BuildResult:
    return pipeline.build(BuildRequest(folder=Folder(example)))


def texts(pdf: bytes) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def script(example: Path) -> ModuleType:
    """The script that makes the PDFs."""
    spec = importlib.util.spec_from_file_location("make_pdf", example / "make_pdf.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_pdf"] = module
    spec.loader.exec_module(module)
    return module


def test_it_has_three_units_and_every_kind_of_reading(built: BuildResult) -> None:
    sections = built.volume.publication.sections
    assert len([section for section in sections if section.role is Role.UNIT]) == 3
    assert [section.id for section in sections if section.role is Role.OPENING] == [
        "reading-how-to-read-a-treaty",
        "reading-pact-of-paris",
        "reading-atlantic-charter",
        "reading-un-charter",
        "reading-pact-of-paris-scan",
        "reading-un-charter-online",
        "reading-passage",
        "reading-putin-and-lavrov",
    ]
    assert [section.foreign.name.rpartition("/")[2] for section in sections if section.foreign] == [
        "pact-of-paris.pdf",
        "pact-of-paris-scan.pdf",
    ]


def test_the_validators_object_to_nothing(built: BuildResult) -> None:
    found = verdicts(built.volume.artifacts, publication=built.volume.publication, all_required=False)
    assert [str(diagnostic) for diagnostic in found] == []


def test_a_copy_for_distribution_is_refused_for_the_article_alone(example: Path) -> None:
    words = ("check", str(example), "--copy", "distribution", "--diagnostics", "short")
    outcome = CliRunner().invoke(program, words, prog_name="publisher")
    assert outcome.exit_code == 1
    assert re.findall(r"\[(C-\d+)[^]]*\] ?:? ?(?:the rights in “(Putin[^”]+)”)?", outcome.stderr) == [
        ("C-009", "Putin and Lavrov: the opening of the argument"),
        ("C-009", "Putin and Lavrov on the Biden Regime’s Rejection of Russia’s Security Concerns"),
    ]


def test_the_words_of_the_pages_are_in_the_epub_and_those_of_the_scan_are_not(built: BuildResult) -> None:
    sections = {section.id: section for section in built.volume.publication.sections}
    assert [plain((block,))[:20] for block in sections["reading-pact-of-paris--pages"].blocks][:4] == [
        "Page 2343",
        "TREATY FOR THE RENUN",
        "ARTICLE I",
        "The High Contracting",
    ]
    assert len(sections["reading-pact-of-paris-scan--pages"].blocks) == 1
    assert sections["reading-pact-of-paris--pages"].formats == (Format.EPUB,)


def test_the_script_makes_the_pages_that_are_there(example: Path) -> None:
    made = script(example)
    assert made.born_digital() == made.born_digital()
    assert made.scanned() == made.scanned()
    assert texts(made.born_digital()) == texts(example.joinpath("pdfs/pact-of-paris.pdf").read_bytes())
    assert texts(made.scanned()) == texts(example.joinpath("pdfs/pact-of-paris-scan.pdf").read_bytes()) == [""]


def test_the_two_editions_describe_the_same_treaty_in_the_same_words(example: Path) -> None:
    path, other = (example / name / "agreements/pact-of-paris.md" for name in ("un-charter", "atlantic-charter"))
    assert path.read_text(encoding="utf-8") == other.read_text(encoding="utf-8")
