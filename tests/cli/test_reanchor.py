"""`publisher reanchor`: what it writes, what it leaves alone, and where it finds the earlier text."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cli.program import program
from publisher.diagnostics import PublisherError, Source
from publisher.load.findings import Findings
from publisher.load.notes import notes as read_notes
from publisher.model.apparatus import Note, Selector
from publisher.revision.quoting import rewrite_quotations

Run = Callable[..., Result]
TEXT = """A first sentence was here before all others, as everybody knew.

In 1999 the ministers met in Vienna, and they agreed on very little. The press waited outside in the rain.

Nobody had prepared a draft of the long letter. A silence followed, which was explained later.
"""
NOTES = (
    "# Notes\r\n\r\n## met {kind=context}\r\n\r\n>   the ministers met in\r\n> Vienna\r\n\r\nThe *first*  time.\r\n\r\n"
    "##  press\r\n\r\n> The press\r\n\r\n> waited\r\n{.x}\r\n\r\nThey did.  \r\n\r\n"
    "## letter\r\n\r\n> the long letter\r\n\r\n```\r\n## no heading\r\n```\r\n\r\n"
    "## silence\r\n\r\n> A silence followed\r\n\r\nIt did.\r\n"
)
SETTINGS = """title: A letter
language: en
contributors: [{name: A Writer, role: aut}]
date: 2026-11-24
source: {file: text.txt, sha256: DIGEST}  # recorded
rights: {status: unknown, statement: Not known.}
series:
  - {id: ed, title: Notes, file: notes/ed.md}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def call(*words: str, answers: str | None = None, terminal: bool = False) -> Result:
        if terminal:
            monkeypatch.setattr("publisher.cli.reanchor.asks", lambda: True)
        return CliRunner().invoke(program, words, input=answers)

    return call


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    (folder / "notes").mkdir(parents=True)
    (folder / "text.txt").write_text(TEXT)
    (folder / "edition.yaml").write_text(SETTINGS.replace("DIGEST", hashlib.sha256(TEXT.encode()).hexdigest()))
    (folder / "notes/ed.md").write_bytes(b"\xef\xbb\xbf" + NOTES.replace("> waited\r\n{.x}\r\n\r\n", "").encode())
    return folder


def change(folder: Path, *pairs: tuple[str, str]) -> str:
    text = (folder / "text.txt").read_text()
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    (folder / "text.txt").write_text(text)
    return text


def test_only_the_lemmas_and_the_digest_change(run: Run, mine: Path) -> None:
    assert run("check", "mine").exit_code == 0
    before = (mine / "notes/ed.md").read_bytes()
    text = change(mine, ("the long letter", "the very long letter"), ("explained later.", "explained. The press left."))
    asked = run("reanchor", "mine")
    assert asked.exit_code == 1
    assert "3 unchanged, 1 changed; 1 of them need more context" in asked.stdout
    assert (mine / "notes/ed.md").read_bytes() == before
    done = run("reanchor", "mine", "--accept", "all")
    assert done.exit_code == 0, done.output
    after = (mine / "notes/ed.md").read_bytes()
    changed = before.replace(b"> the long letter", b"> the very long letter")
    assert after == changed.replace(b"> The press\r\n", b"> **The press** waited\r\n")
    assert hashlib.sha256(text.encode()).hexdigest() in (mine / "edition.yaml").read_text()
    assert (mine / "edition.yaml").read_text().endswith("\n  - {id: ed, title: Notes, file: notes/ed.md}\n")
    assert run("check", "mine", "--strict").exit_code == 0
    assert run("reanchor", "mine", "--accept", "all").exit_code == 0


def test_notes_without_words_become_orphans_that_are_counted(run: Run, mine: Path) -> None:
    assert run("check", "mine").exit_code == 0
    whole = (mine / "notes/ed.md").read_bytes()
    change(mine, (" A silence followed, which was explained later.", ""), (" of the long letter", ""))
    assert run("reanchor", "mine", "--accept", "moved").exit_code == 1
    assert (mine / "notes/ed.md").read_bytes() == whole
    done = run("reanchor", "mine", "--accept", "all")
    assert done.exit_code == 0, done.output
    orphans = (mine / "notes/ed.orphans.md").read_bytes()
    assert orphans.startswith(
        b"## letter\r\n\r\n> the long letter\r\n\r\n```\r\n## no heading\r\n```\r\n\r\n## silence"
    )
    kept = (mine / "notes/ed.md").read_bytes()
    assert kept == whole[: whole.index(b"## letter")]
    found = run("check", "mine")
    assert found.exit_code == 0
    assert "warning[K-001 orphaned-notes]: 2 notes without words in the text: letter, silence" in found.stderr
    refused = run("check", "mine", "--copy", "distribution")
    assert refused.exit_code == 1
    assert "error[K-004 " in refused.stderr
    settings = mine / "edition.yaml"
    waivers = "waivers:\n  - {code: K-001, reason: Known.}\n  - {code: K-004, reason: Wanted.}\n"
    settings.write_text(settings.read_text() + waivers)
    assert run("check", "mine", "--copy", "distribution", "--strict").exit_code == 0


def test_an_editor_answers_on_a_terminal(run: Run, mine: Path) -> None:
    assert run("check", "mine").exit_code == 0
    change(mine, ("the long letter", "the very long letter"), ("A silence followed", "Some noise was heard"))
    change(mine, ("The press waited outside", "The newspapers waited outside"))
    answers = "e\nThe newspapers\na\no\n"
    done = run("reanchor", "mine", answers=answers, terminal=True)
    assert done.exit_code == 0, done.output
    notes = (mine / "notes/ed.md").read_text()
    assert "> The newspapers\n" in notes
    assert "> the very long letter\n" in notes
    assert "## silence" in (mine / "notes/ed.orphans.md").read_text()
    assert run("check", "mine").exit_code == 0


def test_what_is_put_off_stays_as_it_is(run: Run, mine: Path) -> None:
    assert run("check", "mine").exit_code == 0
    before = (mine / "notes/ed.md").read_bytes(), (mine / "edition.yaml").read_bytes()
    change(mine, ("the long letter", "the very long letter"))
    done = run("reanchor", "mine", answers="l\n", terminal=True)
    assert done.exit_code == 1
    assert ((mine / "notes/ed.md").read_bytes(), (mine / "edition.yaml").read_bytes()) == before


def test_the_earlier_text_is_found_in_git_and_in_files(run: Run, mine: Path, tmp_path: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words),
            cwd=mine,
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    (tmp_path / "old.txt").write_text(TEXT)
    change(mine, ("the long letter", "the very long letter"))
    git("commit", "-qam", "second")
    for words, origin in ((), "Git ("), (("--from", "HEAD~1"), "Git (HEAD~1)"), (("--from", "old.txt"), "old.txt"):
        found = json.loads(run("reanchor", "mine", "--json", *words).stdout)
        assert origin in found["compared-with"]
        assert [item["state"] for item in found["notes"]] == ["unchanged", "unchanged", "changed", "unchanged"]
        assert found["notes"][2]["candidates"][0]["words"] == "the very long letter"
    missing = run("reanchor", "mine", "--from", "HEAD~9")
    assert missing.exit_code == 1
    assert "[K-002 " in missing.stderr


def test_a_repository_cannot_make_the_command_run_anything(run: Run, mine: Path, tmp_path: Path) -> None:
    subprocess.run(("git", "init", "-q"), cwd=mine, check=True)
    trap = tmp_path / "trap"
    trap.write_text("#!/bin/sh\ntouch sprung\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "core.sshCommand"):
        subprocess.run(("git", "config", key, str(trap)), cwd=mine, check=True)
    change(mine, ("the long letter", "the very long letter"))
    run("reanchor", "mine")
    assert not list(tmp_path.rglob("sprung"))


def _notes(content: str) -> tuple[Note, ...]:
    return read_notes(Source(name="n.md", text=content), series="s", figures=[], findings=Findings())


@pytest.mark.parametrize(
    "words",
    [
        "1. first",
        "- dash",
        "# sign",
        "*a* and _b_",
        "x < y & z",
        "[brackets](there)",
        "`code`",
        "2999) x",
        "a|b ~ c $1",
    ],
)
def test_every_lemma_reads_back_as_it_was_meant(words: str) -> None:
    notes = _notes("## one\n\n> old\n\nSaid.\n")
    for selector in (Selector(exact=words), Selector(exact=words, prefix="- ", suffix=" end")):
        made = rewrite_quotations(notes, {("one", 0): selector}, ())
        (again,) = _notes(made.text)
        assert again.selector == selector


def test_a_file_that_would_read_otherwise_is_not_written() -> None:
    notes = _notes("## one\n\n> old\n\nSaid.\n\n## two\n\n> words\n\n```\nopen\n")
    with pytest.raises(PublisherError) as caught:
        rewrite_quotations(notes, {("one", 0): Selector(exact="a\n\n> b")}, ())
    assert caught.value.diagnostics[0].code == "K-003"


def test_the_health_of_anchors_is_measured(run: Run, mine: Path) -> None:
    whole = run("check", "mine", "--anchors")
    assert whole.exit_code == 0
    assert whole.stdout.splitlines()[0].startswith("mine/notes/ed.md:5:5: met: unique by its words")
    assert whole.stdout.splitlines()[-1] == "4 anchors: 4 unique by their words, 0 with context"
    change(mine, ("explained later.", "explained later. The press had the long letters."), ("A silence", "Noise"))
    found = run("check", "mine", "--anchors", "--json")
    assert found.exit_code == 1
    anchors = {load["note"]: load for load in json.loads(found.stdout)["anchors"]}
    assert [anchor["state"] for anchor in anchors.values()] == ["words", "ambiguous", "ambiguous", "missing"]
    assert anchors["press"]["times"] == 2
    assert anchors["press"]["context"] > 0
    assert anchors["press"]["next"]["likeness"] == 100
    assert anchors["silence"]["next"]["words"]
    assert run("check", "mine", "--json").exit_code == 2
