"""Calls that never end."""

from __future__ import annotations

import re
from typing import Any

from publisher.workers.remote import Remote


def _stick(argument: tuple[str, int]) -> int:
    """Work without an end: in Python, or in a C function that does not give the interpreter's lock back."""
    where, number = argument
    if where == "c":
        re.match(r"(a|a)*$", "a" * 90 + "b")  # 2 to the power of 90 steps
    while True:
        number += 1


STUCK: Remote[Any, Any] = Remote(
    reference="pool_busy:STUCK",
    function=_stick,
    common=str,
    rest=int,
    split=lambda argument: argument,
    join=lambda where, number: (where, number),
    made=int,
    fits=lambda _, made: made > 0,
    describe=str,
)
