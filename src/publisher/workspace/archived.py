"""What an archive says of the folders that its sources came from: where each lies in it, and what was cut from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

INDEX = "publisher-archive.json"
"""The name of the attached file that holds an index."""
_DEEPEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Pages of a PDF that may not be copied whole."""

    reader: str
    """The place of the reader that names the PDF."""
    name: str
    """The name that it writes."""
    first: int
    """Of the pages that it wants."""
    last: int
    count: int
    """How many pages the whole file has."""
    sha256: str
    """Of the whole file."""
    file: str
    """The file with the pages, as seen from the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveIndex:
    """What the files of an archive do not say themselves."""

    name: str = ""
    """The name of the volume's folder, from which the names of its files are made if it names none."""
    folders: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Where a folder lies in the archive, by the place of the reader that names it, and the name that it writes."""
    whole: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of the whole file, for each file that was cut for the readers of a copy."""
    extracts: tuple[Extract, ...] = ()
    """The PDFs of which only the pages that the volume has are there."""

    def encoded(self) -> bytes:
        """The index as JSON."""
        value = {
            "name": self.name,
            "folders": [
                {"reader": reader, "name": name, "place": place} for (reader, name), place in self.folders.items()
            ],
            "whole": dict(sorted(self.whole.items())),
            "extracts": [asdict(extract) for extract in self.extracts],
        }
        return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def decode(content: bytes) -> ArchiveIndex | None:
    """The index in a file that another person may have written; None if it is no index."""
    try:
        value = json.loads(content)
        index = ArchiveIndex(
            name=_text(value["name"]),
            folders={
                (_text(record["reader"]), _text(record["name"])): _text(record["place"])
                for record in _list(value["folders"])
            },
            whole={_text(name): _text(known) for name, known in value["whole"].items()},
            extracts=tuple(map(_extract, _list(value["extracts"]))),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    plain = "/" not in index.name and "\\" not in index.name and index.name.isprintable()
    return index if plain and all(map(_is_inside, index.folders.values())) else None


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 10_000 or "\0" in value:
        raise TypeError(value)
    return value


def _extract(value: dict[str, object]) -> Extract:
    first, last, count = (_number(value[key]) for key in ("first", "last", "count"))
    reader, name, known, file = (_text(value[key]) for key in ("reader", "name", "sha256", "file"))
    return Extract(reader=reader, name=name, first=first, last=last, count=count, sha256=known, file=file)


def _number(value: object) -> int:
    if not isinstance(value, int) or not 0 < value < 1_000_000:
        raise TypeError(value)
    return value


def _list(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _is_inside(place: str) -> bool:
    """Whether a place is a folder below that of the archive."""
    parts = PurePosixPath(place)
    return bool(place) and not parts.is_absolute() and ".." not in parts.parts and len(parts.parts) < _DEEPEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Unpacked sources."""

    top: Path
    """The folder that they were unpacked into."""
    index: ArchiveIndex

    def name_of(self, root: Path) -> str:
        """The name of the folder whose files are in the topmost one; empty for another folder, or if it is unknown."""
        return self.index.name if root == self.top else ""

    def beside(self, root: Path, name: str) -> Path | None:
        """The folder that a reader names; None if the archive has none of the name."""
        place = self.index.folders.get((self._place(root), name))
        return None if place is None else self.top / place

    def digest_of(self, root: Path, name: str) -> str | None:
        """The digest of the whole file; None if the archive has the whole file."""
        return self.index.whole.get((PurePosixPath(self._place(root)) / name).as_posix())

    def extract(self, root: Path, name: str, first: int | None, last: int | None) -> Extract | None:
        """The pages of a PDF that a reader wants; None if the whole file is there."""
        wanted = (self._place(root), name, first, last)
        known = (item for item in self.index.extracts if (item.reader, item.name, item.first, item.last) == wanted)
        return next(known, None)

    def _place(self, root: Path) -> str:
        """The place of a folder; empty for the topmost."""
        return "" if root == self.top else root.relative_to(self.top).as_posix()
