"""Notes on the page that faces their text."""

from __future__ import annotations

from typing import Any

FACING = "facing"


def is_facing(note: Any) -> bool:
    """Whether a note stands on the page that faces its text."""
    return FACING in (note.element.get("class") or "").split()
