"""Where a word that is wider than its line may be divided, written into the word itself.

An address is divided behind punctuation, as Chicago 14.18 asks, and gets no hyphen. A word of a language is divided at
its hyphenation points. If a piece has still no room, it is divided between any two of its characters (UAX #29), as
`overflow-wrap: anywhere` does (https://www.w3.org/TR/css-text-3/#overflow-wrap-property).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import regex
from weasyprint.text.line_break import pyphen  # the hyphens are those of the layout engine

HERE = "\N{ZERO WIDTH SPACE}"
"""A line may end here; nothing is printed (UAX #14, LB8)."""
HYPHEN_HERE = "\N{SOFT HYPHEN}"
_OPENING = re.compile(f"([{HERE}{HYPHEN_HERE}])")
_MARKS = r"/\\.,;:?!&=#%_~@|+*$)\]}>»”’\u00a0\u202f\u2007–—\-"
_JOINT = re.compile(rf"(?<=[{_MARKS}])(?![{_MARKS}])|(?<=[^{_MARKS}(\[{{<«“])(?=[(\[{{<«“])")
"""Behind marks that close or join, and before those that open."""
_ADDRESS = re.compile(r"://|^www\.|@|[/_\\]")
_LETTERS = regex.compile(r"\p{L}[\p{L}\p{M}’']{5,}")
"""Words that are long enough for a hyphen."""
_CLUSTER = regex.compile(r"\X")
_LEAST = 3
"""So many letters are before and behind a hyphen."""
_LONGEST = 200
"""No word of a language is longer; hyphens in what is longer would mean nothing."""


def mark_breaks(word: str, *, language: str | None, room: float) -> str:
    """Return a word with marks at which a line may end, so that no piece has more than about `room` characters.

    `language` is that of the word (BCP 47), or None if it is to have no hyphens. Marks that it has are retained. With
    no room at all, a line may end behind each character.
    """
    plain = language is None or HYPHEN_HERE in word or _ADDRESS.search(word)
    hyphens = None if plain or language is None else _hyphens(language)
    return HERE.join(_divide(piece, hyphens, room) for piece in _JOINT.split(word) if piece)


def _divide(piece: str, hyphens: Any, room: float) -> str:
    if hyphens is not None:
        piece = _LETTERS.sub(lambda found: _hyphenate(found[0], hyphens), piece)
    parts = _OPENING.split(piece)
    return "".join(part if len(part) <= room else HERE.join(_CLUSTER.findall(part)) for part in parts)


def _hyphenate(word: str, hyphens: Any) -> str:
    return hyphens.inserted(word, hyphen=HYPHEN_HERE) if len(word) <= _LONGEST else word


@lru_cache(maxsize=8)
def _hyphens(language: str) -> Any:
    """The hyphenation of a language; None if no one has written it down."""
    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known, left=_LEAST, right=_LEAST) if known else None
