"""The shelf: what is kept is found again whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from publisher.cache.store import Store

KEY = "ab" + "0" * 62
OTHER = "cd" + "0" * 62


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    shelf.put(KEY, b"what was made")
    assert shelf.get(KEY) == b"what was made"
    assert shelf.get(OTHER) is None


def test_an_entry_that_was_not_written_to_its_end_is_none(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    shelf.put(KEY, b"what was made")
    (entry,) = tmp_path.glob("??/*")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert shelf.get(KEY) is None


def test_what_was_asked_for_last_stays_when_there_is_too_much(tmp_path: Path) -> None:
    shelf = Store(tmp_path, limit=150)
    for number, key in enumerate((KEY, OTHER)):
        shelf.put(key, bytes(100))
        os.utime(tmp_path / key[:2] / key[2:], (number, number))
    assert shelf.get(KEY) is not None
    shelf.evict()
    assert shelf.get(KEY) is not None
    assert shelf.get(OTHER) is None


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"")
    shelf = Store(place / "cache")
    shelf.put(KEY, b"what was made")
    shelf.evict()
    assert shelf.get(KEY) is None


def test_clearing_tells_how_much_there_was(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    shelf.put(KEY, bytes(68))
    shelf.put(OTHER, bytes(68))
    assert shelf.clear() == (2, 200)
    assert shelf.get(KEY) is None


def test_nothing_partial_is_left_where_the_disk_is_full(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    (tmp_path / KEY[:2]).mkdir()
    (tmp_path / KEY[:2] / KEY[2:]).mkdir()
    shelf.put(KEY, b"a folder is in the way")
    assert [path.name for path in (tmp_path / KEY[:2]).iterdir()] == [KEY[2:]]


def _entry(root: Path, key: str = KEY) -> Path:
    return root / key[:2] / key[2:]


FORGERIES: dict[str, Callable[[Path, bytes], object]] = {
    "a digest without a secret": lambda entry, made: entry.write_bytes(sha256(b"forged").digest() + b"forged"),
    "another user's secret": lambda entry, made: Store(entry.parent.parent, secret=bytes(32)).put(KEY, b"forged"),
    "other content": lambda entry, made: entry.write_bytes(made[:32] + b"forged"),
    "the entry of another key": lambda entry, made: _entry(entry.parent.parent, OTHER).rename(entry),
    "a link": lambda entry, made: _linked(entry),
    "a second link": lambda entry, made: entry.with_name("x").hardlink_to(entry),
    "a pipe": lambda entry, made: _replaced(entry, os.mkfifo),
    "a folder": lambda entry, made: _replaced(entry, Path.mkdir),
    "a folder that is a link": lambda entry, made: _linked(entry.parent),
    "a folder that others can write to": lambda entry, made: entry.parent.chmod(0o777),
    "nothing": lambda entry, made: entry.write_bytes(b""),
}
"""What somebody else may put in the place of an entry."""


def _linked(path: Path) -> None:
    elsewhere = path.with_name("elsewhere")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def _replaced(entry: Path, make: Callable[[Path], object]) -> None:
    entry.unlink()
    make(entry)


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_what_this_user_has_not_written_under_a_key_is_a_miss(
    tmp_path: Path, forge: Callable[[Path, bytes], object]
) -> None:
    shelf = Store(tmp_path)
    shelf.put(KEY, b"what was made")
    shelf.put(OTHER, b"something else")
    forge(_entry(tmp_path), _entry(tmp_path).read_bytes())
    assert shelf.get(KEY) is None


def test_the_entries_of_one_store_are_none_of_another(tmp_path: Path) -> None:
    first, second = Store(tmp_path / "sections"), Store(tmp_path / "volumes")
    first.put(KEY, b"a section")
    (tmp_path / "sections").rename(tmp_path / "volumes")
    assert second.get(KEY) is None


def test_any_bytes_in_the_place_of_an_entry_are_a_miss(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    shelf.put(KEY, b"what was made")
    whole = _entry(tmp_path).read_bytes()
    chance = Random(12)
    for _ in range(300):
        spoilt = bytearray(whole)
        at = chance.randrange(len(spoilt))
        spoilt[at] ^= 1 << chance.randrange(8)
        other = chance.choice([bytes(spoilt), whole[:at], whole + b"?", chance.randbytes(at)])
        _entry(tmp_path).write_bytes(other)
        assert shelf.get(KEY) is None
    _entry(tmp_path).write_bytes(whole)
    assert shelf.get(KEY) == b"what was made"


@pytest.mark.parametrize("key", ["", "ab", "../../x", "ab/" + "0" * 61, "AB" + "0" * 62, "ab" + "0" * 63, "..", "\0"])
def test_what_is_no_digest_is_no_key(tmp_path: Path, key: str) -> None:
    shelf = Store(tmp_path / "cache" / "store")
    shelf.put(key, b"what was made")
    shelf.drop(key)
    assert (shelf.get(key), [*tmp_path.iterdir()]) == (None, [])


def test_folders_and_entries_are_made_for_their_user_alone(tmp_path: Path) -> None:
    shelf = Store(tmp_path / "publisher" / "sections")
    shelf.put(KEY, b"what was made")
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {"publisher": 0o700, "sections": 0o700, KEY[:2]: 0o700, KEY[2:]: 0o600}


def test_without_a_secret_nothing_is_stored(tmp_path: Path) -> None:
    shelf = Store(tmp_path / "store", secret=None)
    shelf.put(KEY, b"what was made")
    assert (shelf.get(KEY), shelf.clear(), [*tmp_path.iterdir()]) == (None, (0, 0), [])


def test_clearing_removes_entries_alone_and_follows_no_link(tmp_path: Path) -> None:
    shelf = Store(tmp_path / "store")
    shelf.put(KEY, bytes(68))
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / KEY[2:]).write_bytes(b"a file of the user's")
    (shelf.root / "ef").symlink_to(documents)
    (shelf.root / KEY[:2] / "notes.txt").write_bytes(b"another one")
    (shelf.root / KEY[:2] / OTHER[2:].replace("0", "1")).symlink_to(documents / KEY[2:])
    assert shelf.clear()[0] == 2
    assert (documents / KEY[2:]).exists()
    assert [path.name for path in (shelf.root / KEY[:2]).iterdir()] == ["notes.txt"]


def test_an_entry_that_is_dropped_is_gone(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    shelf.put(KEY, b"what was made")
    shelf.drop(KEY)
    shelf.drop(OTHER)
    assert shelf.get(KEY) is None


def test_what_killed_programs_have_left_goes_when_it_is_old(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    shelf.put(KEY, b"what was made")
    for age, name in ((10, ".partial-" + "0" * 16), (7200, ".partial-" + "1" * 16)):
        left = tmp_path / KEY[:2] / name
        left.write_bytes(b"half")
        now = _entry(tmp_path).stat().st_mtime
        os.utime(left, (now - age, now - age))
    shelf.evict()
    assert sorted(path.name for path in (tmp_path / KEY[:2]).iterdir()) == [".partial-" + "0" * 16, KEY[2:]]
