"""`publisher cite`: what it prints, and what it says where it finds nothing, or too much."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from publisher.cli.program import program
from publisher.diagnostics import ExitCode, Source
from publisher.load.findings import Findings
from publisher.load.references import references

Run = Callable[..., Result]


def told(result: Result) -> list[dict[str, object]]:
    """The diagnostics of a run with `--diagnostics json`."""
    return list(json.loads(result.stderr))


def fields(entry: str) -> dict[str, str]:
    """The fields of a BibTeX entry, read as BibTeX does: a value ends where its braces close."""
    head = re.match(r"@book\{(\w+),\n", entry)
    assert head
    at, found = head.end(), {"": head[1]}
    while name := re.compile(r"\s*(\w+)\s*=\s*\{").match(entry, at):
        depth, end = 1, name.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(entry[end], 0)
            end += 1
        found[name[1]] = entry[name.end() : end - 1]
        assert entry[end] == ","
        at = end + 1
    assert entry[at:].strip() == "}"
    return found


def test_words_are_printed_with_their_place_and_a_citation(run: Run) -> None:
    result = run("Paragraph 3 w0551")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = dict(re.findall(r"^(\w[\w ]*?)  +(.*)$", result.stdout, re.MULTILINE))
    assert lines["words"] == "“Paragraph 3 w0551”"
    assert lines["section"] == "All words once"
    assert lines["paragraph"] == "3"
    assert lines["EPUB"] == "output/words.epub"
    assert re.fullmatch(r"epubcfi\(/6/\d+!/4/2\[text\]/\d+\[p3\],/\d+:\d+,/\d+:\d+\)", lines["EPUB CFI"])
    assert re.fullmatch(r".*text\.md:7:1", lines["source"])
    page = lines["page"]
    assert lines["citation"] == f"(Writer [1901] 2026, {page}, ¶\u00a03)"
    assert lines["reference"].startswith("Writer, Some. (1901) 2026. All Words Once: A 50% Test of {braces}")


def test_white_space_is_folded_and_nothing_else(run: Run) -> None:
    assert run("  Paragraph   3\n w0551 ").exit_code == 0
    assert run("paragraph 3 w0551").exit_code == ExitCode.CONTENT


@pytest.mark.parametrize(
    ("words", "section", "locator"),
    [
        ("Before all words", "foreword", r"p\. [ivx]+"),
        ("Another note, which says nothing", "text", r"p\. \d+, n\. 2"),
        ("A footnote of hers", "text", r"p\. \d+, n\. \*"),
        ("All words once", "text", r"p\. 1"),
        ("Some House", "imprint", r"p\. [ivx]+"),
    ],
)
def test_everything_that_is_printed_can_be_cited(run: Run, words: str, section: str, locator: str) -> None:
    result = run(words, "--format", "json", "--nth", "1")
    found = json.loads(result.stdout)
    assert found["section"] == section
    assert re.fullmatch(locator, found["locator"].replace("\u00a0", " ")), found["locator"]


def test_the_text_goes_before_everything_else(run: Run) -> None:
    found = json.loads(run("w0151", "--format", "json").stdout)
    assert (found["section"], found["note"], found["paragraphs"]) == ("text", None, [1])


def test_words_that_are_not_there_end_with_the_nearest_text(run: Run) -> None:
    result = run("Paragraf 3 w0551", "--diagnostics", "json")
    (record,) = told(result)
    assert (result.exit_code, result.stdout, record["code"]) == (ExitCode.CONTENT, "", "Q-001")
    assert (record["file"], record["line"], record["column"], record["endColumn"]) == ("command line", 1, 1, 17)
    assert re.fullmatch(r'nearest text is "Paragraph 3 w0551" \(.*text\.md:7:1\)', str(record["hint"]))


@pytest.mark.parametrize("words", ["", " \n", "quite something else, which nobody wrote"])
def test_what_is_like_nothing_is_said_to_be_like_nothing(run: Run, words: str) -> None:
    (record,) = told(run(words, "--diagnostics", "json"))
    assert (record["code"], "nothing in the edition is like" in str(record["hint"])) == ("Q-001", True)


def test_words_in_several_places_end_with_all_of_them(run: Run) -> None:
    result = run(", and so on", "--diagnostics", "json")
    (record,) = told(result)
    assert (result.exit_code, record["code"]) == (ExitCode.CONTENT, "Q-002")
    assert record["message"] == "the words are in the edition 18 times"
    related = record["related"]
    assert isinstance(related, list)
    assert len(related) == 18
    assert all(place["file"].endswith("text.md") for place in related)
    assert related[2]["message"].startswith("3: …")
    assert "[, and so on]" in related[2]["message"]


def test_one_of_several_places_is_chosen_by_number_or_by_what_stands_around_it(run: Run) -> None:
    numbered = run(", and so on", "--nth", "2", "--format", "json")
    found = json.loads(numbered.stdout)
    assert found["paragraphs"] == [2]
    assert run("and so on", "--nth", "19").exit_code == ExitCode.CONTENT
    before = json.loads(run("Paragraph 2 w0357", "--format", "json", "--nth", "1").stdout)["words"]
    assert before == "Paragraph 2 w0357"
    assert run("Paragraph", "--suffix", "2 w0357", "--format", "json").exit_code == 0
    assert run("w0357", "--prefix", "Paragraph 2").exit_code == 0
    refused = run("w0357", "--prefix", "Paragraph 3", "--diagnostics", "json")
    assert "between the words given" in str(told(refused)[0]["message"])


@pytest.mark.parametrize(
    ("style", "citation"),
    [
        ("apa", "(Writer, 1901/2026, p. PAGE, ¶ 3)"),
        ("modern-language-association", "(Writer PAGE, ¶ 3)"),
        ("ieee", "[1, p. PAGE], ¶ 3"),
    ],
)
def test_the_citation_is_in_the_style_asked_for(run: Run, style: str, citation: str) -> None:
    found = json.loads(run("Paragraph 3 w0551", "--style", style, "--format", "json").stdout)
    assert found["style"] == style
    assert found["citation"].replace("\u00a0", " ").startswith(citation.replace("PAGE", found["pages"][0]))


def test_an_unknown_style_is_told_before_anything_is_built(run: Run) -> None:
    result = run("Paragraph 3", "--style", "aap", "--diagnostics", "json")
    (record,) = told(result)
    assert (result.exit_code, record["code"]) == (ExitCode.CONTENT, "R-010")
    assert str(record["hint"]).startswith("--style: did you mean")


def test_bibtex_is_read_as_it_was_meant(run: Run) -> None:
    found = fields(run("Paragraph 3 w0551", "--format", "bibtex").stdout.rstrip("\n"))
    page = json.loads(run("Paragraph 3 w0551", "--format", "json").stdout)["pages"][0]
    assert found == {
        "": "writer2026",
        "author": "Writer, Some",
        "editor": "{The Board and Friends}",
        "title": r"{All words once: A 50\% test of \textbraceleft{}braces\textbraceright{} \& \_signs\_}",
        "edition": "Second",
        "publisher": r"Some House \& Daughters",
        "address": "Someplace",
        "year": "2026",
        "origdate": "1901-05",
        "isbn": "978-3-16-148410-0",
        "note": f"p.~{page}, ¶~3",
    }


def test_csl_json_is_what_this_program_reads_itself(run: Run) -> None:
    printed = run("Paragraph 3 w0551", "--format", "csl-json").stdout
    (record,) = json.loads(printed)
    assert record["type"] == "book"
    assert record["author"] == [{"family": "Writer", "given": "Some"}]
    assert record["editor"] == [{"literal": "The Board and Friends"}]
    assert record["issued"] == {"date-parts": [[2026, 1, 2]]}
    assert record["original-date"] == {"date-parts": [[1901, 5]]}
    assert record["locator"].isdigit()
    findings = Findings()
    (reference,) = references(Source(name="references.json", text=printed), findings=findings)
    assert (findings.diagnostics, reference.key) == ([], "writer2026")


def test_an_epub_of_another_edition_is_refused_where_it_is_named_and_passed_over_where_it_is_not(
    run: Run, tmp_path: Path
) -> None:
    epub = tmp_path / "output" / "words.epub"
    epub.write_bytes(epub.read_bytes()[:-50])
    named = run("Paragraph 3 w0551", "--epub", str(epub))
    assert (named.exit_code, "error[V-010 epub-not-readable-back]" in named.stderr) == (ExitCode.UNPROVED, True)
    assert "EPUB       as it is built now" in run("Paragraph 3 w0551").stdout


def test_the_place_is_the_same_in_the_finished_epub_and_in_one_built_anew(run: Run, tmp_path: Path) -> None:
    finished = run("Paragraph 3 w0551").stdout
    anew = run("Paragraph 3 w0551", "--anew").stdout
    assert finished.replace("output/words.epub", "as it is built now") == anew
    assert run("w0551", "--anew", "--epub", str(tmp_path / "output" / "words.epub")).exit_code == ExitCode.USAGE


def test_styles_are_completed() -> None:
    completion = ShellComplete(program, {}, "publisher", "_PUBLISHER_COMPLETE")
    names = [
        completion_item.value
        for completion_item in completion.get_completions(["cite", "words", "--style"], "chicago-auth")
    ]
    assert "chicago-author-date" in names
    assert all(name.startswith("chicago-auth") for name in names)


def test_a_frozen_page_is_that_of_the_printed_book_and_no_pdf_is_laid_out(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(root / "tests" / "checks" / "clean", tmp_path / "book")
    shutil.copytree(root / "tests" / "checks" / "G-007", folder, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("publisher.build.pdf.Pdfs.made", None)
    pages = {}
    for words in ("A proof is read twice", "The author sees", "Neither sees everything"):
        result = CliRunner().invoke(program, ("cite", words, "--format", "json"), prog_name="publisher")
        assert result.exit_code == 0, result.output
        found = json.loads(result.stdout)
        pages[words] = (found["pages"], found["pageSource"], found["paragraphs"])
    source = "urn:uuid:746effee-8a1b-517b-b485-92de55714225#pdf"
    assert pages == {
        "A proof is read twice": (["viii"], source, [1]),
        "The author sees": (["1"], source, [2]),
        "Neither sees everything": (["1"], source, [3]),
    }
