"""Which files in an output folder the program wrote: by a record in the user's state folder, or by marks inside them.

A file is ours if its bytes are those that were recorded when it was written, there or in the `NAME.proof.json` next to
it; if an older version built it on another computer, if it carries the program's name where finished files carry it. A
file that we wrote and that was changed since is somebody's work: it is copied into the state folder before another one
takes its place.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import sha256
from pathlib import Path
from typing import Any

from publisher.workspace.regular_file import read_regular
from publisher.workspace.secret import state_folder

RECORDS = "written"
"""The folder of the records in the state folder, one file for each output folder."""
ASIDE = "replaced"
"""The folder in the state folder for changed files that were replaced."""
ROOM = 1024 * 1024 * 1024
"""How many bytes the changed files may have together that are copied aside."""
_REMEMBERED = 4
"""How many writings of a name are recorded: of builds at the same time, any may come last."""

_PDF_MARK = b"<xmp:CreatorTool>publisher "
_PDF_INFO = (b"/Creator (publisher ", b"/Producer (publisher ")
_OBJECTS = re.compile(rb"/Type /ObjStm[^>]{0,200}>>\s*stream\r?\n")
"""Where a stream of objects begins (ISO 32000-2, 7.5.7), as qpdf writes it."""
_STREAMS = 50
"""How many such streams are looked at from the beginning, and from the end."""
_INFLATED = 1024 * 1024
"""How many bytes of such a stream, and of a package document, are looked at."""
_EPUB_MARK = b'<meta name="generator" content="publisher '
_EPUB_DATE = (1980, 1, 1, 0, 0, 0)
_JSON_KEYS = (
    frozenset({"stated", "earned", "withheld", "measured"}),
    frozenset({"built", "failed", "volumes"}),
    frozenset({"publisher", "libraries", "built", "sources", "artifacts"}),
)
"""The keys of NAME.accessibility.json, of report.json, and of NAME.proof.json."""
_PROOFS = "*.proof.json"
_PROOF_FILES = 100
"""How many such records are looked at."""
_RECORD = 16 * 1024 * 1024
"""How many bytes a record of a build may have."""
_LEDGER = b"kind,unit,reading,title,authors,source,copied,status,statement,"


class Owner(Enum):
    """Whose a file is."""

    OURS = auto()
    """The program wrote it, and nothing has changed it."""
    CHANGED = auto()
    """The program wrote it, and somebody has changed it."""
    FOREIGN = auto()
    """Somebody else wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One file that was written."""

    digest: str
    device: int
    inode: int


Record = Mapping[str, tuple[Writing, ...]]
"""The last writings of each name in a folder."""


def owner(name: str, content: bytes, status: os.stat_result, *, record: Record) -> Owner:
    """Return whose a file is that has a name in an output folder, given the record of that folder."""
    writings, digest = record.get(name, ()), sha256(content).hexdigest()
    if any(writing.digest == digest for writing in writings):
        return Owner.OURS
    if any((writing.device, writing.inode) == (status.st_dev, status.st_ino) for writing in writings):
        return Owner.CHANGED
    if not is_marked(name, content):
        return Owner.FOREIGN
    return Owner.OURS if is_as_sealed(name, content) and not writings else Owner.CHANGED


def is_marked(name: str, content: bytes) -> bool:
    """Return whether a finished file carries the program's name, or has the form that only the program writes."""
    match Path(name).suffix.lower():
        case ".pdf":
            return _PDF_MARK in content or any(mark in item for item in _objects(content) for mark in _PDF_INFO)
        case ".epub":
            return any(_EPUB_MARK in package for package in _packages(content))
        case ".json":
            return any(keys <= _keys(content) for keys in _JSON_KEYS)
        case ".csv":
            return content.startswith(_LEDGER)
        case _:
            return False


def is_as_sealed(name: str, content: bytes) -> bool:
    """Return whether a marked file has the form in which the program leaves it.

    False for a PDF to which updates were appended (ISO 32000-2, 7.5.6), and an EPUB whose container was written again.
    """
    match Path(name).suffix.lower():
        case ".pdf":
            return content.count(b"\n%%EOF") == 1
        case ".epub":
            with zipfile.ZipFile(io.BytesIO(content)) as container:
                return all(zip_info.date_time == _EPUB_DATE for zip_info in container.infolist())
        case _:
            return True


def _objects(content: bytes) -> Iterator[bytes]:
    """Yield the objects of a PDF that are compressed together; nothing of streams that cannot be decompressed."""
    places = [*_OBJECTS.finditer(content)]
    for found in (*places[:_STREAMS], *places[_STREAMS:][-_STREAMS:]):
        stream = content[found.end() : content.find(b"endstream", found.end())]
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(stream, _INFLATED)


def _packages(content: bytes) -> Iterable[bytes]:
    """Return the package documents of an EPUB; none if it is no ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            entries = [zip_info for zip_info in container.infolist() if zip_info.filename.endswith(".opf")]
            return [_begin(container, zip_info) for zip_info in entries[:4]]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return []


def _begin(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with container.open(entry) as member:
        return member.read(_INFLATED)


def _keys(content: bytes) -> frozenset[str]:
    """Return the keys of a JSON object; none if it is no object."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(found) if isinstance(found, dict) else frozenset()


def known_writings(folder: Path) -> Record:
    """Return what was written into a folder: as it is recorded here, and as its `NAME.proof.json` files say."""
    known = dict(read_record(folder))
    for path in sorted(folder.glob(_PROOFS))[:_PROOF_FILES]:
        with suppress(OSError):
            for name, digest in _prove(path.name, read_regular(path, follow=False, limit=_RECORD)):
                known[name] = (*known.get(name, ()), Writing(digest=digest, device=-1, inode=-1))
    return known


def _prove(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the files that a build's record names, with their digests."""
    artifacts = json.loads(content)["artifacts"] if is_marked(name, content) else {}
    if isinstance(artifacts, dict):
        yield from ((artifact, digest) for artifact, digest in artifacts.items() if isinstance(digest, str))


def read_record(folder: Path) -> Record:
    """Return what was written into a folder; nothing if there is no record."""
    path = _record_path(folder)
    if path is None:
        return {}
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        return _decode(json.loads(path.read_bytes()))
    return {}


def add_to_record(folder: Path, writings: Mapping[str, Writing]) -> None:
    """Add files to the record of a folder; nothing if the record cannot be written."""
    path = _record_path(folder)
    if path is None:
        return
    record = dict(read_record(folder))
    for name, writing in writings.items():
        others = tuple(item for item in record.get(name, ()) if item != writing)
        record[name] = (*others, writing)[-_REMEMBERED:]
    content = {
        "folder": str(folder.resolve()),
        "files": {name: [[item.digest, item.device, item.inode] for item in found] for name, found in record.items()},
    }
    partial = path.with_name(f".{path.name}-{os.urandom(8).hex()}")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            partial.write_bytes(json.dumps(content).encode())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def copy_aside(name: str, content: bytes) -> Path | None:
    """Return where a changed file is retained before it is replaced; None if there is no room or no place for it."""
    state = state_folder()
    if state is None:
        return None
    place = state / ASIDE
    path = place / f"{sha256(content).hexdigest()[:16]}-{name}"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        if path.is_file() and path.read_bytes() == content:
            return path
        if sum(item.stat().st_size for item in place.iterdir()) + len(content) > ROOM:
            return None
        partial = place / f".{os.urandom(8).hex()}"
        try:
            _write(partial, content)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _decode(content: Any) -> Record:
    return {
        str(name): tuple(
            Writing(digest=str(digest), device=int(device), inode=int(inode)) for digest, device, inode in found
        )
        for name, found in content["files"].items()
    }


def _record_path(folder: Path) -> Path | None:
    state = state_folder()
    name = sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    return None if state is None else state / RECORDS / f"{name}.json"
