"""A content stream as instructions with their operands (ISO 32000-1, 7.8.2); the commonest are read at one go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publisher.pdf.read.syntax import Malformed, Name, Scanner, Value, Word

NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)"
PLAIN = rb"[0-9A-Fa-f<>.\s+-]*"
COMMON = re.compile(
    rb"\s*(?:ET\s+)?(?:"
    rb"((?:" + NUMBER + rb"\s+)*)([A-Za-z*]+)"
    rb"|\[(" + PLAIN + rb"(?:\(\)" + PLAIN + rb")*)\]\s*TJ"
    rb"|/(\w+)\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC"
    rb"|/([\w+.-]+)\s+(" + NUMBER + rb")\s+Tf"
    rb"|/([\w+.-]+)\s+(gs|Do|cs)"
    rb")(?=[\s/\[(<]|$)"
)
"""Numbers and an operator; a shown array of digits and shifts; the start of a sequence; a font; a named thing."""
OPERATOR, ARRAY, SEQUENCE, FONT = 2, 3, 5, 7
"""Which groups are the last of these kinds."""
HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
STRINGS = re.compile(rb"<[^<>]*>|\(\)")
IMAGE_END = re.compile(rb"\sEI(?=\s|$)")
CONSTANTS = frozenset((b"true", b"false", b"null"))

Instruction = tuple[bytes, Sequence[Value]]


def instructions(content: bytes) -> Iterator[Instruction]:
    """Every instruction: its operator and its operands; the end of a text object is left out.

    A picture that stands in the content comes as its end (`EI`), with the entries that describe it.

    An array of shown strings that holds nothing but digits and shifts comes as the string and the sum of its shifts,
    with the operator `TJ`.
    """
    end = len(content.rstrip(b"\x00\t\n\x0c\r "))
    waiting: list[Value] = []
    at, match = 0, COMMON.match
    while at < end:
        found = match(content, at)
        if found is None or found[OPERATOR] in CONSTANTS:
            scanner = Scanner(content, at)
            value = scanner.value()
            at = scanner.at
            if not isinstance(value, Word):
                waiting.append(value)
                continue
            operator = bytes(value)
        else:
            at = found.end()
            operator = _taken(found, waiting)
        if operator == b"ID":
            at = _after_image(content, at)
            yield b"EI", waiting
        else:
            yield operator, waiting
        waiting = []


def _taken(found: re.Match[bytes], operands: list[Value]) -> bytes:
    """The operator of an instruction that was read at one go; its operands come to those that were read before."""
    kind = found.lastindex
    if kind == OPERATOR:
        if found[1]:
            operands += map(float, found[1].split())
        return found[OPERATOR]
    if kind == ARRAY:
        array = found[ARRAY]
        shifts = STRINGS.sub(b" ", array).replace(b" 0 ", b" ")
        operands += (bytes.fromhex(b"".join(HEX.findall(array)).decode()), sum(map(float, shifts.split())))
        return b"TJ"
    if kind == SEQUENCE:
        operands += (Name(found[4].decode()), {"MCID": int(found[SEQUENCE])})
        return b"BDC"
    operands.append(Name(found[FONT - 1 if kind == FONT else 8].decode()))
    if kind == FONT:
        operands.append(float(found[FONT]))
        return b"Tf"
    return found[9]


def _after_image(content: bytes, at: int) -> int:
    """Where an image that stands in the content ends."""
    end = IMAGE_END.search(content, at)
    if end is None:
        raise Malformed("an image in the content does not end")
    return end.end()


def shown_string(operands: Sequence[Value]) -> tuple[bytes, float]:
    """The string of an instruction that shows one, and by how much its glyphs are moved back."""
    value = operands if len(operands) == 2 else operands[-1]
    parts = value if isinstance(value, list) else [value]
    shift = sum(part for part in parts if isinstance(part, int | float))
    return b"".join(part for part in parts if isinstance(part, bytes)), shift
