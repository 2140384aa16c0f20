"""The same input gives the same bytes, whoever builds it, where and when; only the date may be asked for."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest

Process = Callable[..., Any]
Built = Callable[[str], Any]


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of each file in a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def elsewhere(work: Any, process: Process, at: Path, **variables: str) -> Path:
    """What is built from a copy of an edition in a folder, with everything around it changed."""
    home = at / "somebody's home"
    home.mkdir()
    shutil.copytree(work.folder, at / "ein Ordner")
    surroundings = {"HOME": str(home), "TMPDIR": str(home), "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}
    seed = {"PYTHONHASHSEED": "4242", "COLUMNS": "40", "XDG_CACHE_HOME": str(home / "cache")}
    told = process(
        "build", "ein Ordner", "-o", "made", at=at, variables={**surroundings, **seed, **variables}, umask=0o077
    )
    assert told.status == 0, told.complaints
    return at / "made"


@pytest.mark.parametrize("name", ["everything", "book"])
def test_time_zone_locale_folder_home_umask_and_hash_seed_change_nothing(
    built: Built, process: Process, tmp_path: Path, name: str
) -> None:
    work = built(name)
    assert digests(elsewhere(work, process, tmp_path)) == digests(work.epub.parent)


def test_the_file_mode_is_what_the_umask_leaves(built: Built) -> None:
    assert {path.stat().st_mode & 0o777 for path in built("everything").epub.parent.iterdir()} == {0o644}


def test_source_date_epoch_changes_the_date_and_nothing_else(built: Built, process: Process, tmp_path: Path) -> None:
    work = built("everything")
    made = elsewhere(work, process, tmp_path, SOURCE_DATE_EPOCH="1700000000")
    with ZipFile(work.epub) as before, ZipFile(made / work.epub.name) as after:
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
        dates = {entry.date_time for archive in (before, after) for entry in archive.infolist()}
        assert dates == {(1980, 1, 1, 0, 0, 0)}
        assert [name.rpartition("/")[2] for name in changed] == ["content.opf"]
        package = [archive.read(changed[0]).decode() for archive in (before, after)]
    assert package[0].replace("2026-01-02T00:00:00Z", "2023-11-14T22:13:20Z") == package[1]
    assert undated(work.pdf) == undated(made / work.pdf.name)


DATES = re.compile(rb"D:\d{14}[^)]*|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?(?:[+-]\d\d:\d\d)?")


def undated(path: Path) -> list[bytes]:
    """Every object of a PDF, without dates, and without the identifier, which is made from the content."""
    with pikepdf.open(path) as pdf:
        return [DATES.sub(b"", _written(thing)) for thing in pdf.objects if not _is_table(thing)]


def _is_table(thing: Any) -> bool:
    """Whether an object only says where the others stand."""
    return isinstance(thing, pikepdf.Stream) and thing.get("/Type") in ("/XRef", "/ObjStm")


def _written(thing: Any) -> bytes:
    """An object as it is written, with its content if it is a stream; how long it is when compressed does not count."""
    if not isinstance(thing, pikepdf.Stream):
        return thing.unparse() if isinstance(thing, pikepdf.Object) else repr(thing).encode()
    return b"".join(f"{key}{value!r}".encode() for key, value in thing.items() if key != "/Length") + thing.read_bytes()
