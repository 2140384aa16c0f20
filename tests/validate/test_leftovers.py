"""What `publisher init` wrote as an example is reported once the edition is another."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher import scaffold
from publisher.cli.program import program
from publisher.validate.leftovers import DATES, EDITION_TITLE, EXAMPLES, READER_TITLE


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*words: str) -> list[str]:
    result = CliRunner().invoke(program, ["check", *words, "--diagnostics", "short"])
    return [line for line in result.output.splitlines() if "E-030" in line]


def test_every_example_is_in_the_starter() -> None:
    written = b"\n".join(content for _, content in (*scaffold.contents(), *scaffold.reader_contents())).decode()
    assert [words for words in (*EXAMPLES, *DATES, EDITION_TITLE, READER_TITLE) if words not in written] == []


WRITTEN = "is what `publisher init` wrote as an example"


def test_what_is_left_of_the_example_is_reported_at_its_line(at: Path) -> None:
    CliRunner().invoke(program, ["init", "mine"])
    assert check("mine") == []
    path = at / "mine/edition.yaml"
    path.write_text(path.read_text().replace("title: On Reading Proofs\n", "title: Mine\n", 1))
    found = check("mine")
    assert f"mine/edition.yaml:19:11: warning[E-030 example-left-over]: “Your Name” {WRITTEN}" in found
    assert f"mine/edition.yaml:11:7: warning[E-030 example-left-over]: “2026-11-24” {WRITTEN}" in found
    assert any("“Written as an example for those who begin an edition.”" in line for line in found)


def test_in_a_copy_for_distribution_it_is_an_error(at: Path) -> None:
    CliRunner().invoke(program, ["init", "--reader", "mine"])
    assert check("mine") == []
    path = at / "mine/reader.yaml"
    path.write_text(path.read_text().replace("title: Reading for Print\n", "title: Mine\n", 1))
    assert f"mine/reader.yaml:11:13: error[E-030 example-left-over]: “Your Name” {WRITTEN}" in check("mine")
    assert all("warning" in line for line in check("mine", "--copy", "proof"))
