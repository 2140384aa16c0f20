"""A piece of a volume that is handed out alone: a reading, or a section with its notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.model.publication import ContentsEntry, Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks for; one of the two."""

    reading: str | None = None
    """The number of a reading, from 1, or its slug."""
    section: str | None = None
    """The id of a section."""


def wanted_by(name: str) -> Wanted | None:
    """What was asked for where a piece of this name was made: `reading-two`, `section-text`; None for another name."""
    kind, _, asked = name.partition("-")
    match kind:
        case "reading":
            return Wanted(reading=asked)
        case "section":
            return Wanted(section=asked)
        case _:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be asked for."""

    name: str
    """The slug of a reading, the id of a section."""
    label: str
    """What it is called in the contents."""


class UnknownPiece(LookupError):
    """The volume has nothing of the name that is asked for."""

    def __init__(self, wanted: Wanted, choices: tuple[Choice, ...]) -> None:
        """Take the excerpt that was requested and the ones that exist."""
        super().__init__(wanted.reading or wanted.section)
        self.wanted, self.choices = wanted, choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What of a volume is handed out, and what its file says of itself."""

    name: str
    """What is put behind the name of the volume: `reading-two`, `section-text`."""
    section_ids: tuple[str, ...]
    """In the order of the volume."""
    line: str
    """What is printed above its first page: from which volume it is."""
    metadata: Metadata
    contents: tuple[ContentsEntry, ...]
    """Its bookmarks."""
