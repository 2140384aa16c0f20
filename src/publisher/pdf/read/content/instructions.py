"""A content stream as instructions with their operands (ISO 32000-1, 7.8.2); one expression reads the commonest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from publisher.pdf.read.syntax import SPACE, Malformed, Name, Scanner, Value, Word

GAP = rb"[" + SPACE + rb"]"
END = rb"(?=[" + SPACE + rb"/\[(<]|\Z)"
NUMBER = rb"[-+]?(?:\d++(?:\.\d*+)?|\.\d++)"
PLAIN = rb"(?:<(?:[0-9A-Fa-f]{2})*>|\(\)|" + NUMBER + rb"(?=[" + SPACE + rb"<(\]])|" + GAP + rb"++)*+"
BARE = (
    rb"(?:((?:" + NUMBER + GAP + rb"++){0,8}+)([A-Za-z*]++)"
    rb"|\[(" + PLAIN + rb")\]" + GAP + rb"*+TJ"
    rb"|/(\w++)" + GAP + rb"*+<<" + GAP + rb"*+/MCID" + GAP + rb"++(\d++)" + GAP + rb"*+>>" + GAP + rb"*+BDC"
    rb"|/([\w+.-]++)" + GAP + rb"++(" + NUMBER + rb")" + GAP + rb"++Tf"
    rb"|/([\w+.-]++)" + GAP + rb"++(gs|Do|cs)"
    rb")" + END
)
"""Numbers and an operator; a shown array of digits and shifts; the start of a sequence; a font; a named thing."""
COMMON = re.compile(GAP + rb"*+(?:ET" + GAP + rb"++)?" + BARE)
FOLLOWING = re.compile(GAP + rb"*+" + BARE)
"""The same after operands; the end of a text object would part them from their operator."""
OPERATOR, ARRAY, SEQUENCE, FONT = 2, 3, 5, 7
"""Which groups are the last of these kinds."""
HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
STRINGS = re.compile(rb"<[^<>]*>|\(\)")
PIECES = re.compile(rb"<([0-9A-Fa-f]+)>|([-+.\d]+)")
IMAGE_END = re.compile(GAP + rb"EI(?=" + GAP + rb"|\Z)")
REST = re.compile(rb"(?:" + GAP + rb"++|%[^\r\n]*+)*+\Z")
"""White space and comments up to the end."""
CONSTANTS = frozenset((b"true", b"false", b"null"))
MOST_OPERANDS = 10_000
"""How many operands an instruction may have."""

Instruction = tuple[bytes, Sequence[Value]]


class Shown(NamedTuple):
    """What one instruction shows (9.4.3)."""

    codes: bytes
    """The codes of all its glyphs."""
    shift: float
    """By how much its glyphs are moved back in all, in thousandths of the size."""
    array: bytes | Sequence[Value]
    """Its strings and shifts in order, as they are written or as values."""

    def pieces(self) -> Iterator[bytes | float]:
        """Its strings and shifts in order."""
        if isinstance(self.array, bytes):
            for digits, number in PIECES.findall(self.array):
                yield bytes.fromhex(digits.decode()) if digits else float(number)
        else:
            yield from (piece for piece in self.array if isinstance(piece, bytes | int | float))


def instructions(content: bytes) -> Iterator[Instruction]:
    """Every instruction: its operator and its operands. The end of a text object may be left out.

    An inline image comes as its end (`EI`), with the entries that describe it. What is shown by `TJ`, `Tj`, `'` and
    `"` has a `Shown` as its last operand. Raises `Malformed` if the bytes are no content.
    """
    end = len(content.rstrip(b"\x00\t\n\x0c\r "))
    waiting: list[Value] = []
    at = 0
    while at < end:
        found = FOLLOWING.match(content, at) if waiting else COMMON.match(content, at)
        if found is None or found[OPERATOR] in CONSTANTS:
            if REST.match(content, at):
                break
            scanner = Scanner(content, at)
            value = scanner.value()
            at = scanner.at
            if not isinstance(value, Word):
                waiting.append(value)
                if len(waiting) > MOST_OPERANDS:
                    raise Malformed(f"an instruction has more than {MOST_OPERANDS} operands")
                continue
            operator = bytes(value)
            if operator in SHOWING:
                waiting[-1:] = [_display(waiting)]
        else:
            at = found.end()
            operator = _take(found, waiting)
        if operator == b"ID":
            at = _after_image(content, at)
            operator = b"EI"
        yield operator, waiting
        waiting = []


SHOWING = frozenset((b"Tj", b"TJ", b"'", b'"'))


def _take(found: re.Match[bytes], operands: list[Value]) -> bytes:
    """The operator of an instruction that was read by one expression; its operands are added to those before."""
    kind = found.lastindex
    if kind == OPERATOR:
        operator = found[OPERATOR]
        if found[1]:
            operands += map(float, found[1].replace(b"\x00", b" ").split())
        if operator in SHOWING:
            operands[-1:] = [_display(operands)]
        return operator
    if kind == ARRAY:
        array = found[ARRAY]
        shifts = STRINGS.sub(b" ", array).replace(b"\x00", b" ").replace(b" 0 ", b" ")
        codes = bytes.fromhex(b"".join(HEX.findall(array)).decode())
        operands.append(Shown(codes, sum(map(float, shifts.split())), array))
        return b"TJ"
    if kind == SEQUENCE:
        operands += (Name(found[4].decode()), {"MCID": int(found[SEQUENCE])})
        return b"BDC"
    operands.append(Name(found[FONT - 1 if kind == FONT else 8].decode()))
    if kind == FONT:
        operands.append(float(found[FONT]))
        return b"Tf"
    return found[9]


def _display(operands: Sequence[Value]) -> Shown:
    """What the last of some operands shows; raises `Malformed` if it is no string and no array."""
    value = operands[-1] if operands else None
    if not isinstance(value, bytes | list):
        raise Malformed("an instruction shows something that is no string")
    parts = value if isinstance(value, list) else [value]
    shift = sum(part for part in parts if isinstance(part, int | float))
    return Shown(b"".join(part for part in parts if isinstance(part, bytes)), shift, parts)


def _after_image(content: bytes, at: int) -> int:
    """Where an inline image ends; raises `Malformed` if it does not."""
    end = IMAGE_END.search(content, at)
    if end is None:
        raise Malformed("an inline image does not end")
    return end.end()
