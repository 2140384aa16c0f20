"""The house styles."""

from __future__ import annotations

from enum import StrEnum


class Style(StrEnum):
    """A house style: a set of style sheets over shared tokens."""

    DEFAULT = "default"
    ACCESSIBLE = "accessible"
    """Large sans, ragged, wide, of strong contrast."""
    COMPACT = "compact"
    """Small type, narrow margins: saves paper."""
