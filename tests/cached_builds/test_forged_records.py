"""A record that somebody else wrote, or that no build could have made, puts nothing into the output folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from publisher.cache import builds
from publisher.cache.builds import Record, decode_record, encode_record, is_volume
from publisher.cache.store import Store
from publisher.diagnostics import Diagnostic, Severity, Source
from publisher.workspace import Folder
from publisher.workspace.trace import Tracer

Build = Callable[..., Any]
FORGED = b"PK: a book that nobody has proved"
DIGEST = sha256(FORGED).hexdigest()
SOURCE = Source(name="edition.yaml", text="title: A\nlanguage: en\n")
RECORD = Record(
    asked=(("read", "edition", "edition.yaml", DIGEST),),
    files=(("a.epub", DIGEST), ("a.print.pdf", DIGEST)),
    diagnostics=(
        Diagnostic(
            code="M-001",
            message="a message",
            span=SOURCE.span(0, 5),
            hint="a hint",
            severity=Severity.WARNING,
            related=(("here", SOURCE.span(9, 17)),),
            beneath=(Diagnostic(code="E-001", message="beneath"),),
        ),
    ),
)


def stored(place: Path) -> Store:
    """The store of finished volumes in a cache."""
    return Store(place / "cache" / "publisher" / "volumes")


def record_of(place: Path) -> tuple[str, dict[str, Any]]:
    """The key of the only record in a cache, and the record."""
    shelf = stored(place)
    for path in shelf.root.glob("??/*"):
        content = shelf.get(path.parent.name + path.name) or b""
        if content.startswith(b'{"asked"'):
            return path.parent.name + path.name, json.loads(content)
    raise AssertionError("no record")


def test_a_record_that_another_user_has_written_is_a_miss(starter: Path, build: Build, place: Path) -> None:
    first = build()
    key, record = record_of(place)
    record["files"] = [[name, DIGEST] for name, _ in record["files"]]
    other = Store(stored(place).root, secret=bytes(32))
    other.put(DIGEST, FORGED)
    other.put(key, json.dumps(record).encode())
    again = build()
    assert (again.unchanged, again.files) == (False, first.files)


def test_bytes_that_have_another_digest_are_not_put_back(starter: Path, build: Build, place: Path) -> None:
    first = build()
    for name, digest in record_of(place)[1]["files"]:
        stored(place).put(digest, FORGED)
        (place / "output" / name).unlink()
    again = build()
    assert (again.exit_code, again.unchanged, again.files) == (0, False, first.files)


NAMES = [
    "../../x.epub",
    "/tmp/x.epub",
    "..",
    "a/b.epub",
    ".epub",
    "x\0.epub",
    "x.sh",
    "edition.yaml",
    "x\n.pdf",
    "\\x.pdf",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_build_makes_is_not_written(starter: Path, build: Build, place: Path, name: str) -> None:
    first = build()
    key, record = record_of(place)
    record["files"].append([name, DIGEST])
    stored(place).put(DIGEST, FORGED)
    stored(place).put(key, json.dumps(record).encode())
    before = {path for path in place.parent.rglob("*") if "cache" not in path.parts}
    again = build()
    assert (again.exit_code, again.unchanged, again.files) == (0, False, first.files)
    assert {path for path in place.parent.rglob("*") if "cache" not in path.parts} == before


def test_the_names_of_a_volume_have_one_stem() -> None:
    assert is_volume(["a.epub", "a.pdf", "a.print.pdf", "a.archive.pdf", "a.accessibility.json", "a.rights.csv"])
    assert is_volume(["a.b.print.pdf"])
    for names in ([], ["a.epub", "b.epub"], ["a.epub", "a.epub"], ["a.epub", ""], *([name] for name in NAMES)):
        assert not is_volume(names)


def test_a_build_whose_files_have_other_names_is_not_remembered(tmp_path: Path) -> None:
    class File:
        name, content = "../a.epub", b"a"

    remembered = builds.BuildCache(results=Store(tmp_path / "store"))
    remembered.store(builds.BuildKey(folder=Folder(tmp_path)), Tracer(), [File()], ())
    assert [*tmp_path.iterdir()] == []


def test_a_record_is_decoded_as_it_was_encoded() -> None:
    assert decode_record(encode_record(RECORD)) == RECORD


def _values(value: Any) -> list[tuple[Any, Any]]:
    """Each place in a value of JSON: a container and an index or key."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for at, item in inside for place in ((value, at), *_values(item))]


ODD: tuple[Any, ...] = (
    *(None, True, -1, 10**30, 0.5, "", "x", "\ud800", [], {}, [[]], "E-001", "error", "../x.epub"),
    *([["a", "b", "c", "d"]], {"told": []}, [0, 0, 0], [0, -5, 9], [7, 0, 1], [["edition.yaml", "x"]]),
)


def test_records_of_other_types_are_no_records() -> None:
    whole, chance = encode_record(RECORD), Random(12)
    for _ in range(3000):
        value = json.loads(whole)
        container, at = chance.choice(_values(value))
        container[at] = chance.choice(ODD)
        _is_sound_or_none(json.dumps(value).encode())


def test_any_other_bytes_are_no_record() -> None:
    whole, chance = encode_record(RECORD), Random(12)
    for _ in range(2000):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        other = [bytes(spoilt), whole[: chance.randrange(len(whole))], chance.randbytes(40), b"[" * 5000, b"9" * 5000]
        _is_sound_or_none(chance.choice(other))


def _is_sound_or_none(content: bytes) -> None:
    """Fails if bytes are taken for a record of anything but a check, or a volume, with diagnostics to be printed."""
    try:
        record = decode_record(content)
    except ValueError:
        return
    assert not record.files or is_volume(name for name, _ in record.files)
    for diagnostic in record.diagnostics:
        assert diagnostic.span is None or str(diagnostic.span)
        assert all(str(span) for _, span in diagnostic.related)


def _spoil(place: Path, chance: Random) -> None:
    """Changes some entries of a cache, by any user or by one who knows the secret."""
    for name in ("sections", "volumes"):
        shelf = Store(place / "cache" / "publisher" / name)
        entries = sorted(path for path in shelf.root.glob("??/*") if path.is_file())
        for path in chance.sample(entries, min(3, len(entries))):
            key, whole, at = path.parent.name + path.name, path.read_bytes(), chance.randrange(path.stat().st_size)
            match chance.randrange(7):
                case 0:
                    path.write_bytes(whole[:at])
                case 1:
                    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
                case 2:
                    path.write_bytes(chance.randbytes(at % 4096))
                case 3:
                    path.write_bytes(chance.choice(entries).read_bytes() if entries else b"")
                case 4:
                    shelf.put(key, chance.randbytes(at % 4096))
                case 5:
                    shelf.put(key, whole[32:at])
                case _:
                    shelf.put(key, _changed(whole[32:], chance))


def _changed(content: bytes, chance: Random) -> bytes:
    """A record with a value of another kind; of other content, the beginning.

    Whoever knows the secret could sign a section with other pages too; that is the user, whose program does so.
    """
    if not content.startswith(b'{"asked"'):
        return content[: chance.randrange(len(content))]
    value = json.loads(content)
    container, at = chance.choice(_values(value))
    container[at] = chance.choice(ODD)
    return json.dumps(value).encode()


def _stands(place: Path, build: Build, seeds: range, formats: tuple[str, ...]) -> None:
    """Fails if a build with a spoilt cache makes anything but what one without a cache makes."""
    first = build(formats=formats)
    for seed in seeds:
        chance = Random(seed)
        _spoil(place, chance)
        if chance.randrange(2):
            (place / "output" / chance.choice(sorted(first.files))).unlink()
        again = build(formats=formats)
        assert (again.exit_code, again.files) == (0, first.files), (seed, again.stderr)


FEW, MANY = 5, 295
"""How many spoilt caches are tried always, and at night; each build succeeds."""


def test_a_spoilt_cache_changes_no_file(starter: Path, build: Build, place: Path) -> None:
    _stands(place, build, range(FEW), ("epub",))


@pytest.mark.nightly
def test_hundreds_of_spoilt_caches_change_no_file(starter: Path, build: Build, place: Path) -> None:
    _stands(place, build, range(FEW, FEW + MANY), ("epub", "pdf"))
