"""What stands in the project's files: no addresses of indexes, no places of one machine, no loose ends."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

MADE = frozenset(
    {
        ".git",
        ".hypothesis",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".tools",
        ".venv",
        "__pycache__",
        "node_modules",
        "output",
    }
)
"""Folders whose contents are made, not written; `.git` is a file in a linked work tree."""

MADE_AT_THE_TOP = frozenset({"build", "dist"})
"""Folders that are made if they stand at the top; `src/publisher/build` is a part of the program."""

INDEXES = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org", "deb" + ".debian.org", "docker" + ".io")
"""Hosts that packages come from; spelt in two so that this file does not hold them."""

PLACES = ("/wo" + "rk/", "/opt/wh" + "eels", "/opt/py" + "pi", "/ro" + "ot/")
"""Folders of the machines that the project was written on."""

LOOSE_ENDS = ("TO" + "DO", "FIX" + "ME", "XX" + "X ")

LONGEST = 500
"""So many lines a file of the program may have; it holds one subject."""


def files(root: Path) -> Iterator[Path]:
    """The files that somebody wrote."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - MADE - (MADE_AT_THE_TOP if Path(folder) == root else frozenset()))
        yield from (Path(folder) / name for name in sorted(set(names) - MADE))


OF_OTHERS = ("src/publisher/csl/third_party/",)
"""Files that come from elsewhere and are kept as they are."""


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    """The text of each file that is text, by its path."""
    return {
        path.relative_to(root).as_posix(): content.decode(errors="replace")
        for path in files(root)
        if b"\0" not in (content := path.read_bytes())
    }


@pytest.mark.parametrize("words", [INDEXES, PLACES, LOOSE_ENDS], ids=["indexes", "places", "loose ends"])
def test_no_file_holds_what_belongs_elsewhere(texts: dict[str, str], words: tuple[str, ...]) -> None:
    ours = {name: text for name, text in texts.items() if not name.startswith(OF_OTHERS)}
    assert {name: word for name, text in ours.items() for word in words if word in text} == {}


def test_no_module_is_named_for_nothing_in_particular(texts: dict[str, str]) -> None:
    vague = re.compile(r"(^|[/_])(helpers?|utils?|manager|common|misc|data|info)\.py$")
    assert [name for name in texts if vague.search(name)] == []


def test_every_module_opens_with_a_sentence(texts: dict[str, str]) -> None:
    silent = [name for name, text in texts.items() if name.endswith(".py") and text and not text.startswith('"""')]
    assert silent == []


def test_the_licence_is_complete(texts: dict[str, str]) -> None:
    words = texts["LICENSE"].split()
    assert " ".join(words[:12]) == "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, 19 November 2007 Copyright (C)"
    assert words[-1] == "<http://www.gnu.org/licenses/>."
    assert len(words) == 5535


@pytest.mark.parametrize("folder", ["tools", "tools/peers"])
def test_the_lock_of_npm_names_no_address_and_a_hash_for_each_package(texts: dict[str, str], folder: str) -> None:
    lock = json.loads(texts[f"{folder}/package-lock.json"])
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert lock["packages"][""]["dependencies"] == json.loads(texts[f"{folder}/package.json"])["dependencies"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_no_file_of_the_program_is_long(texts: dict[str, str]) -> None:
    long = {name: text.count("\n") for name, text in texts.items() if name.startswith("src/") and name.endswith(".py")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_every_part_of_the_program_stands_in_the_map_for_newcomers(root: Path, texts: dict[str, str]) -> None:
    parts = {name.split("/")[2] for name in texts if name.startswith("src/publisher/")} - {"__init__.py", "py.typed"}
    shown = (
        texts["docs/architecture.md"].partition("## Where things are")[2].partition("\n```\n")[2].partition("```")[0]
    )
    named = set(re.findall(r"(?:^| )([a-z_]+(?:\.py|(?=/)))", shown))
    assert sorted(parts - named) == []
    assert sorted(name for name in re.findall(r"^  (\w+(?:\.py|(?=/)))", shown, re.M) if name not in parts) == []
