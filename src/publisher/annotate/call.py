"""Where a note call stands: after the lemma and whatever closes behind it (the rule is in docs/anchoring.md)."""

from __future__ import annotations

_CLOSING = frozenset("!?;…”»›")
"""Marks that close wherever they stand."""
_INNER = frozenset(".,:)]}’'\"")
"""Marks that close, except between letters and digits: `don't`, `3.5`, `(s)he`."""


def call_offset(plain: str, end: int) -> int:
    """The offset of the call of a lemma that ends at `end`: moved past closing punctuation, quotes and brackets."""
    at = end
    while at < len(plain) and plain[at] in _CLOSING | _INNER:
        at += 1
    inside_word = plain[at : at + 1].isalnum()
    while inside_word and at > end and plain[at - 1] in _INNER:
        at -= 1
    return at
