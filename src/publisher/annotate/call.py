"""Where a note call is: after the lemma and whatever closes behind it (the rule is in docs/anchoring.md)."""

from __future__ import annotations

import regex

_CLUSTER = regex.compile(r"\X")
"""What a reader takes for one character: a letter with its marks, an emoji of several parts (Unicode UAX #29)."""
_BACK = 64
"""So many characters before a lemma's end are looked at for the beginning of the cluster that it ends in."""
_CLOSING = frozenset("!?;…”»›")
"""Marks that close wherever they are."""
_INNER = frozenset(".,:)]}’'\"")
"""Marks that close, except between letters and digits: `don't`, `3.5`, `(s)he`."""


def call_offset(plain: str, end: int) -> int:
    """Return the offset of the call of a lemma that ends at `end`.

    It is moved past the rest of a character that has several code points, then past closing punctuation, quotes and
    brackets.
    """
    end = at = _cluster_end(plain, end)
    while at < len(plain) and plain[at] in _CLOSING | _INNER:
        at += 1
    inside_word = plain[at : at + 1].isalnum()
    while inside_word and at > end and plain[at - 1] in _INNER:
        at -= 1
    return at


def _cluster_end(plain: str, end: int) -> int:
    """The end of the grapheme cluster in which a lemma ends."""
    at = max(plain.rfind(" ", max(end - _BACK, 0), end), plain.rfind("\n", max(end - _BACK, 0), end), end - _BACK, 0)
    while at < end:
        found = _CLUSTER.match(plain, at)
        at = found.end() if found else end
    return at
