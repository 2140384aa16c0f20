"""Lines as Markdown can hold them: no control characters, no white space at the edges of a line or of a format.

See https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis for what emphasis may begin and end with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from publisher.importers.document import PLAIN, Break, Call, Cite, Format, Formula, Line, Piece, Point, Words
from publisher.load.decode import CONTROL

_BREAKS = re.compile("[\u2028\u2029\v\f]")
_SPACES = re.compile("[\t\n\r]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_HYPHEN = "\u2011"
"""The hyphen that lets no line end after it, which few typefaces have."""
NESTED = (
    "link",
    "place",
    "language",
    "date",
    "abbreviation",
    "kind",
    "small_caps",
    "raised",
    "lowered",
    "bold",
    "italic",
    "code",
)
"""The properties of a format as they are written inside each other, the outermost first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """A line and what it lost."""

    line: Line
    controls: int = 0
    """How many control characters, and characters without a meaning of their own, were left out."""
    hyphens: int = 0
    """How many hyphens that let no line end after them became hyphens."""


def tidy_line(line: Line, *, one_line: bool = False, is_verse: bool = False) -> Tidied:
    """Return the line as Markdown can hold it; in `one_line` a forced line end is a space.

    Of a line of verse, spaces at its beginning are retained, as no-break spaces.
    """
    pieces, controls, hyphens = _clean(line, one_line=one_line)
    pieces = _strip(pieces, is_verse=is_verse)
    return Tidied(line=join(_space_outside(pieces)), controls=controls, hyphens=hyphens)


def common(item: Format, other: Format) -> Format:
    """The format that two neighbours share, from the outermost property to the first in which they differ."""
    alike = takewhile(lambda name: getattr(item, name) == getattr(other, name), NESTED)
    return Format(**{name: getattr(item, name) for name in alike})


def _clean(line: Line, *, one_line: bool) -> tuple[list[Piece], int, int]:
    pieces: list[Piece] = []
    controls = hyphens = 0
    for piece in line:
        if isinstance(piece, Break) and one_line:
            pieces.append(Words(text=" "))
        elif isinstance(piece, Words):
            for number, part in enumerate(_BREAKS.split(piece.text)):
                if number:
                    pieces.append(Words(text=" ", format=piece.format) if one_line else Break())
                text, lost = CONTROL.subn("", _SPACES.sub(" ", part))
                text, private = _PRIVATE.subn("", text)
                controls += lost + private
                hyphens += text.count(_HYPHEN)
                text = text.replace(_HYPHEN, "-")
                pieces += [replace(piece, text=text)] if text else []
        else:
            pieces.append(piece)
    return pieces, controls, hyphens


def _strip(pieces: list[Piece], *, is_verse: bool) -> list[Piece]:
    """The pieces without white space at the edges of lines, and without line ends at the edges of the whole."""
    printed = [at for at, piece in enumerate(pieces) if _prints(piece)]
    first, last = (printed[0], printed[-1]) if printed else (0, 0)
    inner = [piece for at, piece in enumerate(pieces) if first < at < last or not isinstance(piece, Break)]
    kept = _strip_pieces(inner, is_verse=is_verse)
    return _strip_pieces(kept[::-1], is_right=True)[::-1]


def _prints(piece: Piece) -> bool:
    """Whether a piece is more than white space."""
    if isinstance(piece, Words):
        return bool(piece.text.strip())
    return not isinstance(piece, Break | Point)


def _strip_pieces(pieces: Iterable[Piece], *, is_right: bool = False, is_verse: bool = False) -> list[Piece]:
    """The pieces without the white space that begins a line; with `is_right`, of pieces in reverse, that ends one."""
    kept: list[Piece] = []
    at_edge = True
    indent = 0
    for piece in pieces:
        if isinstance(piece, Words) and at_edge:
            bare = piece.text.rstrip() if is_right else piece.text.lstrip()
            indent += len(piece.text) - len(bare) if is_verse else 0
            text = "\u00a0" * indent + bare if bare else ""
            kept += [replace(piece, text=text, format=piece.format)] if text else []
            at_edge = not text
        else:
            kept.append(piece)
            at_edge = isinstance(piece, Break) or (at_edge and isinstance(piece, Point))
    return kept


def _space_outside(pieces: list[Piece]) -> list[Piece]:
    """The pieces with white space at the edges of a format in the format of both neighbours."""
    parts = [part for piece in pieces for part in _separate_spaces(piece)]
    formats = [part.format if isinstance(part, Words) and not part.text.isspace() else None for part in parts]
    before, after = _fill(formats), _fill(formats[::-1])[::-1]
    found: list[Piece] = []
    for part, own, left, right in zip(parts, formats, before, after, strict=True):
        if isinstance(part, Words) and own is None:
            shared = common(left, right)
            found.append(replace(part, format=shared))
        else:
            found.append(part)
    return found


def _separate_spaces(piece: Piece) -> list[Piece]:
    """Words with the white space at their edges apart; all other pieces as they are."""
    if not isinstance(piece, Words):
        return [piece]
    core = piece.text.strip()
    if not core:
        return [piece]
    start = piece.text.index(core)
    texts = (piece.text[:start], core, piece.text[start + len(core) :])
    return [replace(piece, text=text) for text in texts if text]


def _fill(formats: list[Format | None]) -> list[Format]:
    """For each place the last format before it."""
    found, last = [], PLAIN
    for item in formats:
        last = last if item is None else item
        found.append(last)
    return found


def join(pieces: Iterable[Piece]) -> Line:
    """The pieces with neighbours of one format joined."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, Words) and isinstance(last, Words) and piece.format == last.format:
            found[-1] = replace(last, text=last.text + piece.text)
        else:
            found.append(piece)
    return tuple(found)


def formats_of(line: Line) -> list[Format]:
    """The format of each piece: what prints nothing, and line ends, have what their neighbours share.

    Calls, citations and formulas are in no link.
    """
    own = [piece.format if isinstance(piece, Words) else None for piece in line]
    before, after = _fill(own), _fill(own[::-1])[::-1]
    found = []
    for piece, mine, left, right in zip(line, own, before, after, strict=True):
        shared = common(left, right) if mine is None else mine
        if isinstance(piece, Call | Cite | Formula):
            shared = replace(shared, link=None, code=False)
        elif mine is None:
            shared = replace(shared, code=False)
        found.append(shared)
    return found


def is_blank(line: Line) -> bool:
    """Whether a line prints nothing."""
    return all(isinstance(piece, Point | Break) or (isinstance(piece, Words) and not piece.text) for piece in line)
