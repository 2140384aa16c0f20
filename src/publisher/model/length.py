"""Lengths as style sheets write them, https://www.w3.org/TR/css-values-4/#absolute-lengths."""

from __future__ import annotations

import re

POINT = 25.4 / 72
"""Millimetres."""
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": POINT, "pc": 12 * POINT, "px": 0.75 * POINT, "q": 0.25}


def millimetres(length: str) -> float:
    """A CSS length, of a shape that was validated, in millimetres."""
    found = re.fullmatch(r"([0-9.]+)([a-zA-Z]+)", length)
    assert found, length
    return float(found[1]) * _UNITS[found[2].lower()]
