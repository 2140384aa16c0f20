"""The instructions of a page as the layout engine writes them: one to a line, its operands first (ISO 32000-1, 7.8.2).

What the engine does not write, strings in brackets and images within the content, is read by pikepdf and brought into
the same form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

from publisher.pdf.read.line_text import LINE_TEXT

SHOWING = frozenset({"Tj", "TJ"})
"""What shows text."""
_PARTS = re.compile(rb"<([0-9A-Fa-f\s]*)>|([-+.0-9]+)")
"""The strings and the adjustments of what is shown (9.4.3)."""
_NUMBERED = re.compile(rb"/MCID\s+(\d+)")
_TEXT = re.compile(rb"/%b\s*<(?i:feff)([0-9A-Fa-f]*)>" % LINE_TEXT.encode())
_ENTRY = re.compile(rb"/(\w+)\s*/?([-\w.]+)")
_ELSE = re.compile(rb"\(|%|\bBI\b")
"""What is read by pikepdf."""
_OPERATOR = re.compile(rb"[A-Za-z'\"][A-Za-z01*]*")


class Instruction(NamedTuple):
    """One instruction."""

    operator: str
    operands: bytes = b""
    """As they are written."""

    @property
    def written(self) -> bytes:
        """As it is in the content."""
        return b"%b %b" % (self.operands, self.operator.encode()) if self.operands else self.operator.encode()

    def numbers(self) -> list[float]:
        """Its operands, where they are numbers."""
        return [float(part) for part in self.operands.split()]

    def name(self) -> str:
        """Its first operand, where that is a name: with its solidus."""
        return self.operands.split(None, 1)[0].decode()

    def mcid(self) -> int | None:
        """The number of the sequence that it opens; None where that has none."""
        found = _NUMBERED.search(self.operands)
        return int(found[1]) if found else None

    def line_text(self) -> str | None:
        """Return what the line that it begins is read as; None if that is not said."""
        found = _TEXT.search(self.operands)
        return bytes.fromhex(found[1].decode()).decode("utf-16-be").removeprefix("\ufeff") if found else None

    def properties(self) -> dict[str, str]:
        """The entries of its property list; names are without their solidus."""
        listed = self.operands.partition(b"<<")[2]
        return {key.decode(): value.decode() for key, value in _ENTRY.findall(listed)}

    def shown(self) -> bytes:
        """The codes of all strings that it shows."""
        return bytes.fromhex(b"".join([string for string, _ in _PARTS.findall(self.operands)]).decode())

    def split(self, length: int) -> tuple[bytes, bytes]:
        """Its operands in two: strings of so many bytes with the adjustments after them, and the rest."""
        before, after, digits = list[bytes](), list[bytes](), 2 * length
        for string, number in _PARTS.findall(self.operands):
            if number:
                (after or before).append(number)
                continue
            before += [b"<%b>" % string[:digits]] if string[:digits] else []
            after += [b"<%b>" % string[digits:]] if string[digits:] else []
            digits = max(0, digits - len(string))
        return b" ".join(before), b" ".join(after)


def read(page: pikepdf.Page) -> list[Instruction]:
    """The instructions of a page, in order."""
    content = page.obj.Contents.read_bytes()
    if _ELSE.search(content):
        return [_take(item) for item in pikepdf.parse_content_stream(page)]
    return [*_lines(content)]


def _take(instruction: Any) -> Instruction:
    """An instruction that pikepdf has read."""
    written = bytes(pikepdf.unparse_content_stream([instruction]))
    if isinstance(instruction, pikepdf.ContentStreamInlineImage):
        return Instruction("EI", written.removesuffix(b"EI").rstrip())
    operator, operands = str(instruction.operator), list(instruction.operands)
    if operator in SHOWING:
        parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
        return Instruction("TJ", b"[%b]" % b" ".join(_part(part) for part in parts))
    return Instruction(operator, written.removesuffix(operator.encode()).rstrip())


def _part(part: Any) -> bytes:
    return b"<%b>" % bytes(part).hex().encode() if isinstance(part, pikepdf.String) else str(part).encode()


def _lines(content: bytes) -> Iterator[Instruction]:
    """What is on each line, together with operands on lines before it."""
    waiting: list[bytes] = []
    for line in content.split(b"\n"):
        operands, _, last = line.strip().rpartition(b" ")
        if _OPERATOR.fullmatch(last):
            yield Instruction(last.decode(), b" ".join(filter(None, (*waiting, operands))))
            waiting = []
        elif last:
            waiting.append(line.strip())


def write(instructions: list[Instruction]) -> bytes:
    """The instructions as the content of a page."""
    return b"\n".join([instruction.written for instruction in instructions])
