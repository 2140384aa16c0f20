"""What a content stream has set when it paints: transformation, colours, font, marked sequences (ISO 32000-1, 8.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.pdf.read.syntax import Malformed, Value
from publisher.proof.reading.geometry import IDENTITY, Matrix
from publisher.proof.reading.glyphs import Face
from publisher.proof.reading.painted import Ink

PIECE = re.compile(rb"<([0-9A-Fa-f]+)>|([-+.\d]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The graphics state, as far as a proof needs it."""

    matrix: Matrix = IDENTITY
    fill: Ink = Ink.GRAY
    stroke: Ink = Ink.GRAY
    face: Face | None = None
    size: float = 0
    leading: float = 0
    letter_space: float = 0
    word_space: float = 0
    stretch: float = 1
    """Horizontal scaling."""
    mode: int = 0
    """Text rendering mode (ISO 32000-1, table 106)."""


@dataclass(slots=True)
class Marked:
    """A marked sequence that has begun and not ended."""

    mcid: int | None
    artifact: bool
    actual: str | None
    """What a reader is told in place of what is painted."""
    told: bool = False


def numbers(values: Sequence[Value]) -> list[float]:
    """The operands of an instruction, which have to be numbers."""
    found = [float(value) for value in values if isinstance(value, int | float)]
    if len(found) != len(values):
        raise Malformed("an instruction has other operands than numbers")
    return found


def matrix_of(values: Sequence[Value]) -> Matrix:
    """The six numbers of a transformation."""
    a, b, c, d, e, f = numbers(values)
    return a, b, c, d, e, f


def with_number(state: State, operator: bytes, number: float) -> State:
    """The state with the number that an instruction sets."""
    match operator:
        case b"TL":
            return replace(state, leading=number)
        case b"Tc":
            return replace(state, letter_space=number)
        case b"Tw":
            return replace(state, word_space=number)
        case b"Tz":
            return replace(state, stretch=number / 100)
        case _:
            return replace(state, mode=int(number))


def pieces_of(array: bytes) -> Iterator[Value]:
    """The strings and numbers of an array."""
    for digits, number in PIECE.findall(array):
        yield bytes.fromhex(digits.decode()) if digits else float(number)
