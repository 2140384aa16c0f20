"""What is released: the wheel, the source archive, the list of components; the same bytes each time."""

from __future__ import annotations

import json
import os
import subprocess
import tarfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


@pytest.fixture(scope="module")
def released(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders with what is released, built with other settings of the machine."""
    folders = []
    for name, umask, zone in (("first", 0o022, "UTC"), ("second", 0o077, "Asia/Tokyo")):
        folder = tmp_path_factory.mktemp(name)
        variables = os.environ | {"TZ": zone}
        subprocess.run(
            [root / "tools" / "dist", folder], check=True, capture_output=True, env=variables, umask=umask, cwd=root
        )
        folders.append(folder)
    return folders[0], folders[1]


def test_two_builds_give_the_same_bytes(released: tuple[Path, Path]) -> None:
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in released)
    assert {path.rsplit(".", 1)[-1] for path in first} == {"whl", "gz", "json"}
    assert first == second


def test_list_of_components_is_valid_and_has_every_pinned_package(released: tuple[Path, Path], root: Path) -> None:
    (path,) = released[0].glob("*.cdx.json")
    text = path.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    pinned = {
        line.split("==")[0]
        for line in (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if line[:1].isalnum()
    }
    components = json.loads(text)["components"]
    assert {component["name"] for component in components} == pinned
    assert json.loads(text)["metadata"]["component"]["name"] == "publisher-editions"


def test_source_archive_has_what_the_tests_and_the_book_need(released: tuple[Path, Path]) -> None:
    (path,) = released[0].glob("*.tar.gz")
    with tarfile.open(path) as archive:
        tops = {name.split("/")[1] for name in archive.getnames()}
    wanted = {"book", "styles", "src", "output", "tests", "pyproject.toml", "README.md", "LICENSE", "Makefile", "tools"}
    assert wanted <= tops
