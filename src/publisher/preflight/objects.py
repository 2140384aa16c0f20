"""The objects of a PDF that qpdf has opened, as the interpreter of content reads them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from publisher.pdf.read import file, syntax
from publisher.pdf.read.syntax import Malformed, Ref, Value

_DEEPEST = 64
"""How many arrays and dictionaries may be inside one another."""


@dataclass(slots=True)
class _OpenedStream(file.Stream):
    """A stream that qpdf unpacks."""

    source: Any


class OpenedObjects(file.Objects):
    """The objects of an opened PDF; those that others refer to are converted when they are asked for."""

    def __init__(self) -> None:
        """Begin without an object."""
        self._met: dict[int, Any] = {}
        """The objects that references lead to, by their numbers."""
        self._known: dict[int, Value] = {}

    def resolve(self, value: Value) -> Value:
        """What a value is or refers to; raises `Malformed` if its parts are too deep in one another."""
        if not isinstance(value, Ref):
            return value
        if value.number not in self._known:
            self._known[value.number] = self.converted(self._met[value.number])
        return self._known[value.number]

    def decoded(self, stream: file.Stream) -> bytes:
        """The bytes of a stream without their compression; raises `pikepdf.PdfError` if they cannot be unpacked."""
        assert isinstance(stream, _OpenedStream)
        content: bytes = stream.source.read_bytes()
        return content

    def converted(self, found: Any, *, depth: int = 0) -> Value:
        """An object of qpdf as a value; objects in it that have numbers become references. Raises `Malformed`."""
        if depth > _DEEPEST:
            raise Malformed("objects are too deep in one another")
        if depth and isinstance(found, Object) and found.is_indirect:
            self._met[found.objgen[0]] = found
            return Ref(found.objgen[0])
        match found:
            case Name():
                return syntax.Name(str(found)[1:])
            case String():
                return bytes(found)
            case Array():
                return [self.converted(part, depth=depth + 1) for part in found]
            case Stream():
                return _OpenedStream(self._entries(found, depth), b"", found)
            case Dictionary():
                return self._entries(found, depth)
            case Decimal():
                return float(found)
            case _:
                return found

    def _entries(self, found: Any, depth: int) -> file.Dictionary:
        return {key[1:]: self.converted(found.get(key), depth=depth + 1) for key in found.keys()}  # noqa: SIM118
