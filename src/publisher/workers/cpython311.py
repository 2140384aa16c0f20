"""Calls that have room for what they call.

CPython 3.11 keeps the frames of Python functions in pieces of 16 kilobytes, asks the system for the next piece when a
call does not fit into the last one, and gives it back when that call returns. Where a loop happens to make its calls at
the end of a piece, each of them costs two system calls: a seventh of the time that sections take. A frame that is large
gets a piece that is larger still, and the rest of it holds what is called.
https://github.com/python/cpython/blob/3.11/Python/pystate.c, `push_chunk`
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_SLOTS = (1 << 17) // 8 + 64
"""Somewhat more than 128 kilobytes, so that the piece has 256."""


def _call(function: Callable[[_Given], _Made], given: _Given) -> _Made:
    return function(given)


call_in_large_frame = FunctionType(_call.__code__.replace(co_stacksize=_SLOTS), globals(), "call_in_large_frame")
"""Call a function with one argument in a frame with room behind it."""
