"""A leaf of a book: which of its sides are printed, and the margins about the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sides(StrEnum):
    """Whether both sides of a leaf are printed."""

    TWO = "two"
    ONE = "one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The margins that an editor asks for, as CSS lengths; None where the style has to know."""

    top: str | None = None
    bottom: str | None = None
    inside: str | None = None
    """Beside the spine."""
    outside: str | None = None
