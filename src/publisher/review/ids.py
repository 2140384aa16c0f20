"""The hidden words that say what a paragraph, a note or a comment of a document for review is."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TEXT = re.compile(r"§t:(\d+)§")
_NOTE = re.compile(r"§n:([A-Za-z0-9-]+)/([^§]+)§")


@dataclass(frozen=True, slots=True)
class NoteId:
    """A note by its series and its id."""

    series: str
    note: str


_HIDDEN = re.compile(r"§(?:t:\d+|n:[A-Za-z0-9-]+/[^§]+|x)§")


def divide(words: str) -> tuple[str, str]:
    """The hidden words in some words, and the others: programs may join what has different formats."""
    return "".join(_HIDDEN.findall(words)), _HIDDEN.sub("", words)


def text_id(offset: int) -> str:
    """The hidden words of a paragraph of the text, by the offset at which it begins in the plain text."""
    return f"§t:{offset}§"


def note_id(series: str, note: str) -> str:
    """The hidden words of a note."""
    return f"§n:{series}/{note}§"


OTHER = "§x§"
"""The hidden words of a paragraph that is in no text."""


def text_offset(words: str) -> int | None:
    """The offset that hidden words name; None if they are those of no paragraph of the text."""
    found = _TEXT.search(words)
    return int(found[1]) if found else None


def note_of(words: str) -> NoteId | None:
    """The note that hidden words name; None if they name none."""
    found = _NOTE.search(words)
    return NoteId(found[1], found[2]) if found else None
