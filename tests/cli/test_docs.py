"""The documentation of the command line is what the commands say."""

from __future__ import annotations

import re
from pathlib import Path

from publisher.cli.manual import code_list, manual
from publisher.cli.program import COMMANDS
from publisher.diagnostics.names import FAMILIES

DOCS = Path(__file__).parents[2] / "docs"


def test_docs_are_what_the_commands_print(update_golden: bool) -> None:
    page = DOCS / "cli.md"
    if update_golden:
        page.write_text(manual(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == manual(), "docs/cli.md is behind: run pytest --update-golden"


def test_docs_name_every_command_with_an_example() -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `publisher ([\w-]+)`\n(.*?)(?=^## |\Z)", text, flags=re.M | re.S))
    assert list(sections) == [entry.name for entry in COMMANDS]
    for name, section in sections.items():
        assert re.search(rf"Examples?:\n +publisher {name}\b", section), name


def test_docs_name_every_family_of_codes() -> None:
    text = (DOCS / "diagnostics.md").read_text(encoding="utf-8")
    letters = dict(re.findall(r"^\| ([A-Z]) \| (.+?)(?: \(\[.+\]\(.+\)\))? \|$", text, flags=re.M))
    assert letters == dict(FAMILIES)
    codes = (Path(__file__).parents[2] / "src/publisher/diagnostics/codes").glob("*.md")
    assert {path.name[0] for path in codes} == FAMILIES.keys()


def test_docs_list_every_code_with_its_name(update_golden: bool) -> None:
    page = DOCS / "codes.md"
    if update_golden:
        page.write_text(code_list(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == code_list(), "docs/codes.md is behind: run pytest --update-golden"
