"""Calls that have room behind them are the same calls."""

from __future__ import annotations

import sys

import pytest

from publisher.workers.cpython311 import call_in_large_frame


def _deep(depth: int) -> int:
    return depth if depth == 0 else 1 + _deep(depth - 1)


def _broken(given: str) -> str:
    raise ValueError(given)


def test_what_is_called_gives_and_raises_what_it_would() -> None:
    assert call_in_large_frame(_deep, 500) == 500
    with pytest.raises(ValueError, match="why"):
        call_in_large_frame(_broken, "why")
    with pytest.raises(RecursionError):
        call_in_large_frame(_deep, sys.getrecursionlimit())


def test_the_frame_is_larger_than_half_of_its_piece() -> None:
    assert (1 << 17) < call_in_large_frame.__code__.co_stacksize * 8 < (1 << 18)
