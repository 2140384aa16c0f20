"""Where the characters of a content are in the source that holds it in a quoted form.

The title of a link or an image in Markdown (https://spec.commonmark.org/0.31.2/#link-title) and a quoted value of YAML
(https://yaml.org/spec/1.2.2/#73-flow-scalar-styles) write some characters as escapes or entities, double a quotation
mark, and fold line ends. The content has the characters themselves.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_WRITTEN = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|\\(?:x..|u.{4}|U.{8}|\S)")
"""What may represent one character: an entity, an escape of Markdown or of YAML."""
_NEAR = 32
"""How far ahead in the source the next character is looked for."""


@dataclass(slots=True)
class _Pieces:
    """Stretches of the content that are in the source as they are."""

    begins: list[int] = field(default_factory=list)
    stands: list[int] = field(default_factory=list)

    def add(self, at: int, place: int) -> None:
        """One character of the content is at a place of the source."""
        if not self.begins or self.stands[-1] - self.begins[-1] != place - at:
            self.begins.append(at)
            self.stands.append(place)


def align(content: str, source: str, *, start: int, end: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Offsets in the content at which a new stretch begins, and where each of them is in the source.

    A character that is not found is where the one before it ends.
    """
    pieces, place, at = _Pieces(), start, 0
    while at < len(content):
        place = _next(content, at, source, place, end)
        pieces.add(at, place)
        place, read = _after(content, at, source, place, end)
        at += read
    return tuple(pieces.begins) or (0,), tuple(pieces.stands) or (start,)


def _next(content: str, at: int, source: str, place: int, end: int) -> int:
    """The place of a character: here, or a little further on where something is before it that is not content."""
    for ahead in range(place, min(place + _NEAR, end)):
        if _same(content[at], source[ahead]) or _says(content, at, source, ahead):
            return ahead
    return place


def _after(content: str, at: int, source: str, place: int, end: int) -> tuple[int, int]:
    """The place behind a character, and how many characters of the content have been read."""
    if place >= end:
        return place, 1
    found = _WRITTEN.match(source, place, end)
    if found and not content.startswith(found[0], at) and (said := _says(content, at, source, place)):
        return found.end(), said
    return place + _same(content[at], source[place]), 1


def _says(content: str, at: int, source: str, place: int) -> int:
    """How many characters of the content an entity or escape at a place of the source represents; 0 if none."""
    found = _WRITTEN.match(source, place)
    if not found:
        return 0
    return next((len(said) for said in _read(found[0]) if said and content.startswith(said, at)), 0)


def _read(written: str) -> tuple[str, ...]:
    """What an entity or an escape can mean."""
    if written.startswith("&"):
        return (html.unescape(written),)
    if written[1] in "xuU" and re.fullmatch("[0-9A-Fa-f]+", written[2:]):
        code = int(written[2:], 16)
        return (chr(code) if code <= 0x10FFFF else "",)
    return (written[1], {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "_": "\u00a0"}.get(written[1], ""))


def _same(text: str, other: str) -> bool:
    """Whether two characters are one, or both are white space: a line end is read as a space."""
    return text == other or (text in " \n" and other in " \t\r\n")
