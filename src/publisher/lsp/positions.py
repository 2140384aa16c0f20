"""Places as this program knows them, and as the protocol names them: UTF-16 code units in lines counted from 0."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol.types import Location, Position, Range

from publisher.diagnostics import Source, Span


def path_of(uri: str) -> Path | None:
    """The resolved path of a document; None if it is no file of this machine."""
    parts = urlsplit(uri)
    return Path(unquote(parts.path)).resolve() if parts.scheme == "file" else None


def path_of_source(source: Source) -> Path:
    """The resolved path of a file that was read: its name is relative to the current folder."""
    return Path(source.name).resolve()


def range_of(span: Span) -> Range:
    """The range of a span."""
    return Range(start=_position(span.source, span.start), end=_position(span.source, span.end))


def location_of(span: Span) -> Location:
    """The document and the range of a span."""
    return Location(uri=path_of_source(span.source).as_uri(), range=range_of(span))


def offset_of(source: Source, position: Position) -> int:
    """The character offset of a position; the end of the line or of the text if the position is behind it."""
    if position.line >= len(source.line_starts):
        return len(source.text)
    return source.line_starts[position.line] + column_of(source.line(position.line + 1), position.character)


def column_of(line: str, units: int) -> int:
    """How many characters of a line are before so many UTF-16 code units."""
    count = 0
    for index, character in enumerate(line):
        if count >= units:
            return index
        count += 1 + (ord(character) > 0xFFFF)
    return len(line)


def _position(source: Source, offset: int) -> Position:
    line, column = source.position(offset)
    before = source.line(line)[: column - 1]
    return Position(line=line - 1, character=len(before) + sum(ord(text) > 0xFFFF for text in before))
