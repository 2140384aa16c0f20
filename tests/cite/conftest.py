"""An edition in which every word stands once, built once, with pages that begin and end inside everything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.build.request import BuildResult
from publisher.cli.program import program
from publisher.model.publication import Publication

Run = Callable[..., Result]


def _text() -> str:
    """Words that are numbered, in paragraphs with everything that can stand inside one."""
    numbers = count(1)

    def words(length: int) -> str:
        return " ".join(f"w{next(numbers):04}" for _ in range(length))

    def paragraph(number: int) -> str:
        inside = (
            f"*{words(40)}*",
            f"[{words(30)} *{words(9)}*]{{lang=fr}}",
            f"[{words(25)}](https://example.org/)",
            f"`{words(20)}`",
            f"{words(5)}\u00a0{words(5)}",
            f"🄯🄯 {words(8)} 🄯 {words(8)}",
        )
        said = " ".join(f"{words(12)} {part}" for part in inside[number % 3 :: 2])
        return f"Paragraph {number} {said} {words(20)}, and so on."

    blocks = [paragraph(number) for number in range(1, 19)]
    blocks.insert(4, f"## A part {words(3)}\n\n> {words(60)}\n>\n> — {words(3)}")
    blocks.insert(8, "\n".join(f"| {words(9)}" for _ in range(20)))
    blocks.insert(
        12, f"| head {words(1)} | more |\n| --- | --- |\n" + "\n".join(f"| {words(2)} | {words(3)} |" for _ in "ab")
    )
    blocks.insert(15, "\n".join(f"- {words(14)}" for _ in range(6)) + f"\n\n    {words(6)}\n    {words(6)}")
    return "# All *words* once\n\n" + "\n\n".join(blocks) + "\n\nThe author.[^1]\n\n[^1]: A footnote of hers.\n"


NOTES = """## calls

> Paragraph **2**

A note on the second *paragraph*, with a thing called w0151 in the text.

## more

> Paragraph **7**

Another note, which says nothing.
"""


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the edition."""
    folder = tmp_path_factory.mktemp("citing") / "book"
    folder.mkdir()
    text = _text()
    folder.joinpath("text.md").write_text(text, encoding="utf-8")
    folder.joinpath("notes.md").write_text(NOTES, encoding="utf-8")
    folder.joinpath("foreword.md").write_text("# Foreword\n\nBefore all words, a *foreword*.\n", encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder.joinpath("edition.yaml").write_text(
        f"""title: All words once
subtitle: "A 50% test of {{braces}} & _signs_"
language: en-GB
date: 2026-01-02
statement: Second edition
publisher: Some House & Daughters
place: Someplace
isbn: 978-3-16-148410-0
contributors:
  - {{name: Some Writer, sort: "Writer, Some", role: aut}}
  - {{name: The Board and Friends, role: edt}}
source: {{file: text.md, sha256: {digest}, published: 1901-05}}
rights: {{status: public-domain, statement: None are claimed.}}
series: [{{id: editorial, title: Notes, file: notes.md}}]
front: [foreword.md]
output: {{name: words, page: [90mm, 120mm]}}
waivers: [{{code: S-018, reason: The pages are small so that there are many.}}]
""",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="session")
def built(edition: Path, built_once: Callable[..., BuildResult]) -> BuildResult:
    """The edition, built."""
    return built_once(edition)


@pytest.fixture(scope="session")
def files(built: BuildResult) -> dict[str, bytes]:
    """The finished files by their names."""
    return {artifact.name: artifact.content for artifact in built.volume.artifacts}


@pytest.fixture(scope="session")
def publication(built: BuildResult) -> Publication:
    """The edition, composed."""
    return built.volume.publication


@pytest.fixture
def run(edition: Path, files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `publisher cite` on the edition, beside a folder `output` with the finished files."""
    (tmp_path / "output").mkdir()
    for name, content in files.items():
        (tmp_path / "output" / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return lambda words, *more: CliRunner().invoke(program, ("cite", words, str(edition), *more), prog_name="publisher")
