"""A PDF's objects, found through its cross-reference tables and streams (ISO 32000-1, 7.5)."""

from __future__ import annotations

import re
import zlib
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from publisher.pdf.read.syntax import Malformed, Name, Ref, Scanner, Value, Word

Dictionary = dict[str, Value]
HEAD = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
STREAM = re.compile(rb"\s*stream(?:\r\n|\n|\r)")
_HOLDER = 1 << 48
"""What the number of an object stream is multiplied with to report it from an offset; no file is so long."""
DEEPEST = 64
"""How many references may lead from one to the next."""


@dataclass(slots=True)
class Stream:
    """A dictionary with bytes."""

    dictionary: Dictionary
    raw: bytes = field(repr=False)


class Objects(ABC):
    """The objects of a PDF."""

    __slots__ = ()

    @abstractmethod
    def resolve(self, value: Value) -> Value:
        """What a value is; if it is a reference, what it leads to, and None if it leads to nothing."""

    @abstractmethod
    def decoded(self, stream: Stream) -> bytes:
        """The bytes of a stream without their compression."""

    def dictionary(self, value: Value) -> Dictionary:
        """The dictionary that a value is, leads to or begins with; an empty one where it is none."""
        found = self.resolve(value)
        if isinstance(found, Stream):
            return found.dictionary
        return found if isinstance(found, dict) else {}

    def array(self, value: Value) -> list[Value]:
        """The array that a value is or leads to; of one element where it is something else, of none where nothing."""
        found = self.resolve(value)
        if found is None:
            return []
        return found if isinstance(found, list) else [value]

    def stream(self, value: Value) -> bytes:
        """The decoded bytes of a stream, or of several one after the other."""
        found = self.resolve(value)
        if isinstance(found, list):
            return b"\n".join(map(self.stream, found))
        return self.decoded(found) if isinstance(found, Stream) else b""


@dataclass(slots=True)
class PdfFile(Objects):
    """The objects of a PDF, read when they are asked for."""

    content: bytes = field(repr=False)
    trailer: Dictionary = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict)
    """For each object its byte offset, or the object stream that holds it, times `_HOLDER`, and its index there."""
    _objects: dict[int, Value] = field(default_factory=dict)
    _packed: dict[int, tuple[Value, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, content: bytes) -> PdfFile:
        """The file in some bytes; raises `Malformed` where they are no PDF."""
        file = cls(content=content)
        last = content.rfind(b"startxref")
        if not content.startswith(b"%PDF-") or last < 0:
            raise Malformed("it does not begin or end like a PDF")
        waiting, seen = [int(_number(Scanner(content, last + 9).value()))], set[int]()
        while waiting:
            at = waiting.pop(0)
            if at not in seen:
                seen.add(at)
                waiting += file._cross_references(at)
        return file

    def resolve(self, value: Value) -> Value:
        """What a value is, where it is a reference what it leads to; None where it leads to nothing."""
        for _ in range(DEEPEST):
            if not isinstance(value, Ref):
                return value
            if value.number not in self._objects:
                self._objects[value.number] = self._load(value.number)
            value = self._objects[value.number]
        raise Malformed("references lead in a circle")

    def forget(self) -> None:
        """Lets go of the objects that were read; what is asked for again is read again."""
        self._objects.clear()
        self._packed.clear()

    def _cross_references(self, at: int) -> list[int]:
        """Reads the cross references at an offset; where there are more."""
        table = re.compile(rb"\s*xref\b").match(self.content, at)
        trailer = self._table(table.end()) if table else self._cross_reference_stream(at)
        for key, value in trailer.items():
            self.trailer.setdefault(key, value)
        return [int(_number(trailer[key])) for key in ("XRefStm", "Prev") if key in trailer]

    def _table(self, at: int) -> Dictionary:
        scanner = Scanner(self.content, at)
        while True:
            first = scanner.value()
            if first == b"trailer":
                break
            number, count = int(_number(first)), int(_number(scanner.value()))
            for index in range(number, number + count):
                offset, _, kind = int(_number(scanner.value())), scanner.value(), scanner.value()
                if kind == b"n":
                    self._places.setdefault(index, offset)
        trailer = scanner.value()
        if not isinstance(trailer, dict):
            raise Malformed("a cross-reference table has no trailer")
        return trailer

    def _cross_reference_stream(self, at: int) -> Dictionary:
        stream = self._object(at)
        if not isinstance(stream, Stream):
            raise Malformed(f"no cross references at byte {at}")
        widths = [int(_number(width)) for width in self.array(stream.dictionary.get("W"))]
        size = int(_number(stream.dictionary.get("Size")))
        index = [int(_number(entry)) for entry in self.array(stream.dictionary.get("Index", [0, size]))]
        rows, at = self.decoded(stream), 0
        for first, count in zip(index[::2], index[1::2], strict=True):
            for number in range(first, first + count):
                kind, item, other = _fields(rows, at, widths)
                at += sum(widths)
                if kind == 1:
                    self._places.setdefault(number, item)
                elif kind == 2:
                    self._places.setdefault(number, item * _HOLDER + other)
        return stream.dictionary

    def _load(self, number: int) -> Value:
        place = self._places.get(number)
        if place is None:
            return None
        holder, at = divmod(place, _HOLDER)
        return self._unpack(holder)[at] if holder else self._object(at)

    def _unpack(self, number: int) -> tuple[Value, ...]:
        """The objects of an object stream (ISO 32000-1, 7.5.7)."""
        if number not in self._packed:
            stream = self.resolve(Ref(number))
            if not isinstance(stream, Stream):
                raise Malformed(f"object {number} holds no objects")
            content, first = self.decoded(stream), int(_number(self.resolve(stream.dictionary.get("First"))))
            head = [int(_number(item)) for item in Scanner(content[:first]).values()]
            self._packed[number] = tuple(Scanner(content, first + offset).value() for offset in head[1::2])
        return self._packed[number]

    def _object(self, at: int) -> Value:
        head = HEAD.match(self.content, at)
        if head is None:
            raise Malformed(f"no object at byte {at}")
        scanner = Scanner(self.content, head.end())
        value = scanner.value()
        begin = STREAM.match(self.content, scanner.at) if isinstance(value, dict) else None
        if begin is None or not isinstance(value, dict):
            return None if isinstance(value, Word) else value
        length = int(_number(self.resolve(value.get("Length"))))
        return Stream(dictionary=value, raw=self.content[begin.end() : begin.end() + length])

    def decoded(self, stream: Stream) -> bytes:
        """The bytes of a stream without their compression; raises `Malformed` where it is one that hides text."""
        content = stream.raw
        for filter_ in self.array(stream.dictionary.get("Filter")):
            if self.resolve(filter_) != Name("FlateDecode"):
                raise Malformed(f"a stream is packed with {filter_}")
            content = _inflate(content)
        parameters = self.array(stream.dictionary.get("DecodeParms"))
        known = self.dictionary(parameters[0]) if parameters else {}
        predictor = int(_number(self.resolve(known.get("Predictor", 1))))
        return content if predictor < 10 else _undo_prediction(content, int(_number(known.get("Columns", 1))))


def _inflate(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content)
    except zlib.error as error:
        raise Malformed(f"a stream cannot be unpacked: {error}") from error


def _undo_prediction(content: bytes, columns: int) -> bytes:
    """Rows of bytes without their PNG prediction, the kinds Up, Sub and None (ISO 32000-1, 7.4.4.4)."""
    result, above = bytearray(), bytes(columns)
    for at in range(0, len(content), columns + 1):
        kind, row = content[at], bytearray(content[at + 1 : at + 1 + columns])
        if kind == 2:
            row = bytearray((byte + up) & 255 for byte, up in zip(row, above, strict=False))
        elif kind == 1:
            for index in range(1, len(row)):
                row[index] = (row[index] + row[index - 1]) & 255
        elif kind:
            raise Malformed(f"a row is predicted in the way {kind}")
        above = bytes(row)
        result += row
    return bytes(result)


def _fields(rows: bytes, at: int, widths: list[int]) -> tuple[int, int, int]:
    first, second, third = widths
    kind = int.from_bytes(rows[at : at + first], "big") if first else 1
    middle = at + first + second
    return kind, int.from_bytes(rows[at + first : middle], "big"), int.from_bytes(rows[middle : middle + third], "big")


def _number(value: Value) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise Malformed(f"{value!r} is in the place of a number")
