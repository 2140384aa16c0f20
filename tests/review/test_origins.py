"""Where `publisher reanchor` has the earlier text from: a file, a folder, an archive, a commit of Git."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cli.program import program

FIRST = (
    "# Letters\n\nThey met in Vienna[^1] in May. The harbour was closed.\r\n\nTable: Ports of the sea\n\n"
    "| a | b |\n|---|---|\n| Bergen | 7 |\n\n[^1]: As the author says.\n"
)
SECOND = "## More\n\nA second naïve letter came in June.\n"
NOTES = """## met

> met in Vienna

One.

## sea

> of the sea

Two.

## june {kind=context}

> came in June

Three.

## said {in=footnote:1}

> the author says

Four.

## intro {in=before}

> Some words

Five.
"""
SETTINGS = """title: Letters
language: en
contributors: [{{name: A Writer, role: aut}}]
date: 2026-11-24
source:
  file: [one.md, two.md]
  sha256: [{one}, {two}]
  encoding: latin-1
rights: {{status: unknown, statement: Not known.}}
front: [before.md]
series: [{{id: ed, title: Notes, file: ed.md}}]
output: {{name: letters, formats: [pdf], profiles: [archive], page: A5}}
"""
CHANGES = (("met in Vienna", "met again in old Vienna"), ("Ports of the sea", "All ports of the sea"))


def invoke(*words: str) -> Result:
    return CliRunner().invoke(program, words)


def git(folder: Path, *words: str) -> None:
    names = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "core.autocrlf=false")
    subprocess.run(["git", *names, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of two files, committed, with its archive; a folder with its first text."""
    top = tmp_path_factory.mktemp("origins")
    mine = top / "mine"
    mine.mkdir()
    digests = {
        name: hashlib.sha256(text.encode("latin-1")).hexdigest() for name, text in (("one", FIRST), ("two", SECOND))
    }
    files = {"one.md": FIRST, "two.md": SECOND, "before.md": "# Before\n\nSome words.\n", "ed.md": NOTES}
    files["edition.yaml"] = SETTINGS.format(**digests)
    for name, text in files.items():
        (mine / name).write_bytes(text.encode("latin-1"))
    git(mine, "init", "-q")
    git(mine, "add", ".")
    git(mine, "commit", "-q", "-m", "First")
    done = invoke("build", str(mine), "-o", str(top / "output"))
    assert done.exit_code == 0, done.output
    shutil.copytree(mine, top / "before", ignore=shutil.ignore_patterns(".git"))
    return top


@pytest.fixture
def changed(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The edition with another text, on a computer that has not seen the first."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    mine = shutil.copytree(built / "mine", tmp_path / "mine")
    text = FIRST
    for before, after in CHANGES:
        assert before in text
        text = text.replace(before, after)
    (mine / "one.md").write_bytes(text.encode("latin-1"))
    return mine


ORIGINS: dict[str, Callable[[Path], tuple[str, ...]]] = {
    "folder": lambda top: ("--from", str(top / "before")),
    "archive": lambda top: ("--from", str(top / "output" / "letters.archive.pdf")),
    "commit": lambda _: ("--from", "HEAD"),
    "recorded": lambda _: (),
}


@pytest.mark.parametrize("origin", ORIGINS)
def test_notes_follow_the_text_from_wherever_the_earlier_one_is(built: Path, changed: Path, origin: str) -> None:
    done = invoke("reanchor", str(changed), *ORIGINS[origin](built), "--accept", "all")
    assert done.exit_code == 0, done.output
    notes = (changed / "ed.md").read_text(encoding="utf-8")
    assert "met again in old Vienna" in notes.replace("**", "")
    for words in ("> of the sea", "> came in June", "> the author says", "> Some words"):
        assert words in notes.replace("**", "")
    assert notes.count("\n## ") + 1 == NOTES.count("\n## ") + 1
    assert not list(changed.glob("**/*orphans*"))
    assert invoke("check", str(changed)).exit_code == 0
    health = invoke("check", "--anchors", str(changed))
    assert health.exit_code == 0, health.output
    assert health.stdout.count(" unique ") >= notes.count("\n## ") + 1


def test_what_is_no_earlier_text_is_refused(built: Path, changed: Path) -> None:
    for name in ("nosuch", "--all"):
        done = invoke("reanchor", str(changed), f"--from={name}")
        assert "[K-002 " in done.stderr
    (changed.parent / "empty.pdf").write_bytes(b"%PDF-1.7\n")
    assert "[K-002 " in invoke("reanchor", str(changed), "--from", str(changed.parent / "empty.pdf")).stderr
