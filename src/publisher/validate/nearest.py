"""Hints for names that lead nowhere."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def nearest(name: str, known: Collection[str], *, otherwise: str) -> str:
    """A hint that names the known name nearest to one that is not known, or else says what to do."""
    found = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean “{found[0]}”?" if found else otherwise
