"""Every code has a directory here: one small fault over what is clean, how it is looked for, and what is found.

`clean` is an edition and `clean-reader` a course reader, both without a fault. A directory named for a code holds only
the files in which the fault stands; where another command than `publisher check` has to look, `command`; and in
`expected.txt` each finding in a line, with its hint and related places below.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CODES = tuple(sorted(path.name for path in HERE.iterdir() if re.fullmatch(r"[A-Z]-\d{3}", path.name)))
MACHINE = "it is this machine that lacks something, and no file can take it away"
CLUSTER = "it is a cluster that fails, which tests/cluster starts and stops"
VALIDATOR = "it is a validator that is missing or fails; tests/validators has ones that do"
CACHE = "it is the user's cache folder that is refused, as tests/cache_store does"
OWN_WATCH = "what is read is refused before (E-002, I-…) or named anew, so only a mistake of ours gets as far"
COMPARED = "tests/verify compares damaged files with the good ones"
PROOF = "a build never makes such a file; tests/verify damages finished files until the proof names it"
PLACE = "it is about what lies in the output folder already, as tests/workspace and tests/cli put it there"
SYSTEM = "it is the system that refuses something, as tests/workspace, tests/cli and tests/robustness make it do"
IMPORTED = "it is about a document of another program, as tests/importers makes them"
PLUGIN = "a plugin has to be installed, as in tests/plugins"
PREVIEW = "it is answered to a page of the preview, as tests/preview does"

NO_DIRECTORY = {
    "D-023": "it depends on the pages, as in tests/placements",
    "P-018": "it is about finished pages, as in tests/proof",
    "P-019": "it is about finished pages, as in tests/proof",
    "P-021": "it is about finished pages, as in tests/proof",
    "P-022": "it is about finished pages, as in tests/proof",
    "P-023": "it is about finished pages, as in tests/proof",
    **dict.fromkeys(("H-001", "H-003", "H-004", "H-005", "H-006"), PREVIEW),
    "B-003": "a file of many records, which tests/load makes",
    "B-005": "what takes too long depends on the machine; tests/csl has a processor that fails",
    "D-030": "it is about the WeasyPrint that is installed, as in tests/engine",
    "D-006": "the system ends a process, as tests/pdf does",
    "D-016": "whether a library fails on a file depends on the library; tests/foreign_pdf has a process that fails",
    "D-003": "styles and templates that reach outside are refused before (S-012, S-020)",
    "X-016": "what takes too much depends on the machine; tests/foreign_pdf has a file that does",
    "I-020": "what takes long depends on the machine; tests/load has a picture that does",
    "E-001": "the command line asks for a folder with edition.yaml before anything is read",
    "L-001": MACHINE,
    "L-002": MACHINE,
    "L-003": MACHINE,
    "K-002": "it is about what `publisher reanchor --from` names, as in tests/cli",
    "K-010": "it is about what `publisher export annotations` leaves out, as in tests/annotations",
    **dict.fromkeys(("K-005", "K-006", "K-007", "K-008", "K-009"), "it is about a document that tests/review changes"),
    "K-003": "a file of notes that Markdown reads in another way than its headings say, as tests/cli has one",
    **dict.fromkeys(("U-024", "U-025", "U-026"), "it depends on what is installed and on a scan, as in tests/ocr"),
    "L-011": VALIDATOR,
    "L-012": VALIDATOR,
    "L-020": CLUSTER,
    "L-021": CLUSTER,
    "L-022": CLUSTER,
    "L-023": CLUSTER,
    "L-040": CLUSTER,
    "L-042": CLUSTER,
    "O-001": "whether a file may be read depends on who runs the tests, and one user may read everything",
    "M-020": "a megabyte of Markdown, which tests/robustness makes",
    "O-070": "a folder with 10,000 files, which tests/workspace stands in for with a lower limit",
    "O-071": "whether a folder may be read depends on who runs the tests; tests/workspace gives up the right",
    "O-050": PLACE,
    "O-051": PLACE,
    "O-052": PLACE,
    "O-053": PLACE,
    "O-054": PLACE,
    "O-055": SYSTEM,
    "O-056": SYSTEM,
    "O-057": SYSTEM,
    "O-058": SYSTEM,
    "O-059": SYSTEM,
    "O-060": SYSTEM,
    "O-061": "sources nested so deeply are refused before (T-…, S-…); tests/cli has a command that raises it",
    "O-062": PLACE,
    "O-063": "it is about the names of folders in a catalogue, as tests/batch has them",
    "O-064": SYSTEM,
    "O-010": OWN_WATCH,
    "O-011": OWN_WATCH,
    "O-012": OWN_WATCH,
    "O-013": OWN_WATCH,
    "O-040": CACHE,
    "O-041": CACHE,
    "O-042": "it is the folder for temporary files that cannot be written, as in tests/workspace",
    **dict.fromkeys((f"V-{number:03}" for number in (40, *range(42, 52), 53)), COMPARED),
    "V-075": "a copy for an audience whose sources cannot be cut, as in tests/readers",
    "V-076": "an archive without its sources, as in tests/readers",
    "V-060": PROOF,
    "V-061": PROOF,
    "V-062": PROOF,
    "V-063": PROOF,
    "V-064": PROOF,
    **dict.fromkeys((f"W-{number:03}" for number in range(1, 14)), IMPORTED),
    "U-021": "it is about a finished EPUB and the tables of liblouis, as in tests/exports",
    "U-022": "it is about the tables of liblouis, as in tests/exports",
    "U-020": "it is reported if a shop is named, as tests/exports does",
    **dict.fromkeys((f"W-{number:03}" for number in range(1, 10)), IMPORTED),
    "Z-002": PLUGIN,
    "Z-003": PLUGIN,
}
"""Codes for which there can be no directory, and why."""
RIGHTS = ("C-007", "C-008", "C-009", "C-010")
"""What a copy for distribution of a course reader may lack."""

Finds = Callable[..., str]


@pytest.mark.parametrize("name", ["clean", "clean-reader"])
def test_what_is_clean_is_clean(finds: Finds, name: str) -> None:
    assert finds(HERE / name) == "exit 0\n"


def test_the_pages_of_the_clean_edition_are_clean_and_proved(finds: Finds, sees: Finds) -> None:
    assert finds(HERE / "clean") == "exit 0\n"
    build = "build book -o output --profile screen --profile print"
    for last in (
        "proof book output/book.pdf",
        "verify book output/book.epub output/book.pdf output/book.print.pdf",
        "verify --semantic book output/book.epub output/book.pdf output/book.print.pdf",
        "preflight output/book.print.pdf",
    ):
        assert sees(build, last) == "exit 0\n"


@pytest.mark.parametrize("code", CODES)
def test_a_fault_is_found_where_it_was_made(code: str, finds: Finds, update_golden: bool) -> None:
    expected = HERE / code / "expected.txt"
    found = finds(HERE / code)
    if update_golden:
        expected.write_text(found, encoding="utf-8")
    assert f"[{code}]" in found
    assert found == expected.read_text(encoding="utf-8")


def test_every_code_has_a_directory_or_a_reason_why_not(root: Path) -> None:
    pages = {path.stem for path in (root / "src/publisher/diagnostics/codes").glob("*.md")}
    assert sorted(pages - set(CODES) - NO_DIRECTORY.keys()) == []
    assert sorted(NO_DIRECTORY.keys() & set(CODES)) == []
    assert set(CODES) | NO_DIRECTORY.keys() <= pages


@pytest.mark.parametrize("code", RIGHTS)
def test_a_proof_is_let_through_and_says_what_a_copy_for_distribution_would_lack(code: str, finds: Finds) -> None:
    found = finds(HERE / code, "--copy", "proof")
    assert f"warning[{code}]" in found
    assert found.endswith("exit 0\n")


def test_what_an_edition_lacks_is_told_beneath_its_reading(finds: Finds) -> None:
    codes = re.findall(r"\[([A-Z]-\d{3})\]", finds(HERE / "C-002"))
    assert codes == ["C-002", "N-003", "A-005", "C-002"]
