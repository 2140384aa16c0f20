"""Numbers next to the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LineCount(StrEnum):
    """Where the numbers of lines begin again."""

    PAGE = "page"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNumbers:
    """Numbers next to the lines of the text, in the PDF."""

    every: int = 5
    """Which lines bear theirs: each fifth."""
    by: LineCount = LineCount.PAGE
