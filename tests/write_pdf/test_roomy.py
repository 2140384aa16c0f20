"""Calls that have room behind them are the same calls."""

from __future__ import annotations

import sys

import pytest

from publisher.write.roomy import roomily


def _deep(depth: int) -> int:
    return depth if depth == 0 else 1 + _deep(depth - 1)


def _broken(given: str) -> str:
    raise ValueError(given)


def test_what_is_called_gives_and_raises_what_it_would() -> None:
    assert roomily(_deep, 500) == 500
    with pytest.raises(ValueError, match="why"):
        roomily(_broken, "why")
    with pytest.raises(RecursionError):
        roomily(_deep, sys.getrecursionlimit())


def test_the_frame_is_larger_than_half_of_its_piece() -> None:
    assert (1 << 17) < roomily.__code__.co_stacksize * 8 < (1 << 18)
