"""`publisher check --fix`: what it mends, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cli.program import program

Run = Callable[..., Result]

FAULTS = (
    ("edition.yaml", "title: On Reading Proofs\n", "title: “On Reading: Proofs”\n", 'title: "On Reading: Proofs"\n'),
    ("edition.yaml", "subtitle: A starter edition\n", "subtitle: 'It's mine'\n", 'subtitle: "It\'s mine"\n'),
    ("edition.yaml", "short-title: On Reading Proofs ", "short-titel: On Reading Proofs ", None),
    ("edition.yaml", "language: en-GB ", "language: en_GB ", None),
    ("edition.yaml", "date: 2026-11-24 ", "date: 24 November 2026 ", None),
    ("edition.yaml", "    role: edt\n", "    role: editor\n", None),
    ("edition.yaml", "source:\n  file:", "source:\n\tfile:", None),
    ("edition.yaml", "  status: public-domain ", "  status: public-domian ", None),
    ("edition.yaml", "statement: First edition\n", "statement: 1984\n", 'statement: "1984"\n'),
    ("notes/editorial.md", "> They read aloud.\n\n", "> They read aloud.\n", None),
    ("notes/textual.md", "## ", "\ufeff\ufeff##", "\ufeff## "),
    ("edition.yaml", "# What this edition is.", "\ufeff\ufeff# What this edition is.", "\ufeff# What this edition is."),
    ("edition.yaml", "  - name: The makers", "  – name: The makers", None),
    ("edition.yaml", "  - id: textual", "  -\u00a0id: textual", None),
    ("edition.yaml", "citation-style: ", "citation-style:", "citation-style: "),
)


@pytest.fixture
def mine(run: Run, tmp_path: Path) -> Path:
    """A new edition."""
    run("init", "mine")
    return tmp_path / "mine"


def spoil(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    content = path.read_bytes()
    assert before.encode() in content
    path.write_bytes(content.replace(before.encode(), after.encode(), 1))


def test_every_fault_with_one_answer_is_mended_and_the_changes_are_shown(run: Run, mine: Path) -> None:
    files = ("edition.yaml", "notes/editorial.md", "notes/textual.md")
    good = {name: (mine / name).read_bytes() for name in files}
    for name, right, wrong, mended in FAULTS:
        spoil(mine, name, right, wrong)
        if mended is not None:
            good[name] = good[name].replace(right.encode(), mended.encode(), 1)
    text = (mine / "article.txt").read_bytes()
    result = run("check", "mine", "--fix")
    assert result.exit_code == 0
    assert {name: (mine / name).read_bytes().decode() for name in files} == {
        name: content.decode() for name, content in good.items()
    }
    assert {"-subtitle: 'It's mine'", '+subtitle: "It\'s mine"'} <= {*result.stdout.splitlines()}
    assert "--- mine/notes/editorial.md\n" in result.stdout
    assert (mine / "article.txt").read_bytes() == text
    assert run("check", "mine", "--fix").stdout == ""


def test_a_number_that_would_be_a_list_is_escaped_in_notes_and_never_in_the_text(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    mine = tmp_path / "mine"
    article = "# On Reading Proofs\n\n##x\n\n1984. The year of it. They read aloud. They recieve it. A turned letter.\n"
    (mine / "article.md").write_text(article)
    spoil(mine, "edition.yaml", "file: article.txt", "file: article.md")
    spoil(mine, "edition.yaml", "  first-paragraph-is-title: true\n", "")
    assert run("accept", "mine", "--yes").exit_code == 0
    (mine / "notes/editorial.md").write_text(
        "## a\n\n> They read aloud.\n\n1588.\n\n##b\n\n> turned letter\n\nA word.\n"
    )
    (mine / "notes/textual.md").write_text("## c\n\n> recieve\n\nA word.\n")
    run("check", "mine", "--fix")
    notes = (mine / "notes/editorial.md").read_text()
    assert ("1588\\.\n" in notes, "\n## b\n" in notes) == (True, True)
    assert (mine / "article.md").read_text() == article


def test_yaml_that_cannot_be_mended_stays_as_it_was(run: Run, mine: Path) -> None:
    spoil(mine, "edition.yaml", "subtitle: A starter edition\n", "subtitle: 'It's mine'\n")
    spoil(mine, "edition.yaml", "front: [introduction.md]\n", "front: [introduction.md\n")
    before = (mine / "edition.yaml").read_bytes()
    result = run("check", "mine", "--fix")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (mine / "edition.yaml").read_bytes() == before


def test_the_nearest_lemma_is_taken_only_if_somebody_confirms_it(
    run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(mine, "notes/editorial.md", "> They read aloud.", "> They read alowd.")
    assert run("check", "mine", "--fix").exit_code == 1
    assert b"alowd" in (mine / "notes/editorial.md").read_bytes()
    monkeypatch.setattr("publisher.cli.fix.asks", lambda: True)
    refused = CliRunner().invoke(program, ["check", "mine", "--fix"], input="n\n")
    assert (refused.exit_code, b"alowd" in (mine / "notes/editorial.md").read_bytes()) == (1, True)
    agreed = CliRunner().invoke(program, ["check", "mine", "--fix"], input="y\n")
    assert agreed.exit_code == 0
    assert b"> They read aloud.\n" in (mine / "notes/editorial.md").read_bytes()


def test_a_file_that_is_a_link_is_left_alone(run: Run, mine: Path) -> None:
    spoil(mine, "edition.yaml", "subtitle: A starter edition\n", "subtitle: 'It's mine'\n")
    (mine / "edition.yaml").rename(mine / "settings.yaml")
    (mine / "edition.yaml").symlink_to("settings.yaml")
    before = (mine / "settings.yaml").read_bytes()
    assert run("check", "mine", "--fix").exit_code == 4
    assert (mine / "settings.yaml").read_bytes() == before


@pytest.mark.parametrize("words", [("--fix", "--conformance", "mine"), ("--fix", "mine/edition.yaml")])
def test_fix_is_for_folders(run: Run, mine: Path, words: tuple[str, ...]) -> None:
    assert run("check", *words).exit_code == 2
