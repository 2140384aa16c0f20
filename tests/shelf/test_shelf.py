"""The shelf: what is kept is found again whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from publisher.shelf import Shelf

KEY = "ab" + "0" * 62
OTHER = "cd" + "0" * 62


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(KEY, b"what was made")
    assert shelf.take(KEY) == b"what was made"
    assert shelf.take(OTHER) is None


def test_an_entry_that_was_not_written_to_its_end_is_none(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(KEY, b"what was made")
    (entry,) = tmp_path.glob("??/*")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert shelf.take(KEY) is None


def test_what_was_asked_for_last_stays_when_there_is_too_much(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, limit=150)
    for number, key in enumerate((KEY, OTHER)):
        shelf.put(key, bytes(100))
        os.utime(tmp_path / key[:2] / key[2:], (number, number))
    assert shelf.take(KEY) is not None
    shelf.trim()
    assert shelf.take(KEY) is not None
    assert shelf.take(OTHER) is None


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"")
    shelf = Shelf(place / "cache")
    shelf.put(KEY, b"what was made")
    shelf.trim()
    assert shelf.take(KEY) is None


def test_clearing_tells_how_much_there_was(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(KEY, bytes(68))
    shelf.put(OTHER, bytes(68))
    assert shelf.clear() == (2, 200)
    assert shelf.take(KEY) is None


def test_nothing_partial_is_left_where_the_disk_is_full(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    (tmp_path / KEY[:2]).mkdir()
    (tmp_path / KEY[:2] / KEY[2:]).mkdir()
    shelf.put(KEY, b"a folder is in the way")
    assert [path.name for path in (tmp_path / KEY[:2]).iterdir()] == [KEY[2:]]
