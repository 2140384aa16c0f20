"""Any byte of any file of an edition changed: what is built is what a build without the cache makes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

Build = Callable[..., Any]


def changed(content: bytes, chance: Random) -> bytes:
    """Bytes of which one is another, is gone, or has come in."""
    at = chance.randrange(len(content))
    new = bytes([chance.choice(b"aA1 .\n#*>-")])
    return chance.choice((content[:at] + content[at + 1 :], content[:at] + new + content[at:], new + content[1:]))


def assert_alike(folder: Path, build: Build, *, seed: int, formats: tuple[str, ...]) -> None:
    """That a build of an edition with one byte changed is that of a clean one, whether it can be built or not."""
    chance = Random(seed)
    path = chance.choice(sorted(path for path in folder.rglob("*") if path.is_file()))
    before = path.read_bytes()
    path.write_bytes(changed(before, chance))
    differs = path.read_bytes() != before
    found = build(formats=formats)
    clean = build("--no-cache", formats=formats, output="clean")
    assert not (found.unchanged and differs), (path.name, seed)
    assert (found.exit_code, found.told) == (clean.exit_code, clean.stderr), (path.name, seed)
    if clean.exit_code == 0:
        assert found.files == clean.files, (path.name, seed)
        assert build(formats=formats).unchanged
    path.write_bytes(before)


def tried(root: Path, place: Path, build: Build, *, seeds: range, formats: tuple[str, ...]) -> None:
    """Nothing; as many changes as there are seeds, each to the edition as it was."""
    folder = shutil.copytree(root / "src" / "publisher" / "scaffold" / "edition", place / "edition")
    first = build(formats=formats)
    for seed in seeds:
        assert_alike(folder, build, seed=seed, formats=formats)
        again = build(formats=formats)
        assert again.files == first.files, seed


def test_any_byte_of_any_file(root: Path, place: Path, build: Build) -> None:
    tried(root, place, build, seeds=range(12), formats=("epub",))


@pytest.mark.nightly
def test_a_thousand_bytes_of_any_file(root: Path, place: Path, build: Build) -> None:
    tried(root, place, build, seeds=range(12, 1000), formats=("epub", "pdf"))
