"""The file that is built from another: what was taken over already, and what was left out on which page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from publisher.pdf.foreign.layers import Layers
from publisher.pdf.foreign.limits import NOTHING, STREAM, Cost, Spent, Unusable, malformed_error
from publisher.pdf.foreign.values import Taken, array, display, entry, is_dictionary, one_of

GENERAL = ("/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode")
"""Filters that any stream may have (ISO 32000-1, 7.4)."""
_SHORT = {
    "/Fl": "/FlateDecode",
    "/LZW": "/LZWDecode",
    "/A85": "/ASCII85Decode",
    "/AHx": "/ASCIIHexDecode",
    "/RL": "/RunLengthDecode",
    "/CCF": "/CCITTFaxDecode",
    "/DCT": "/DCTDecode",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was left out of a page."""

    code: str
    message: str
    page: int
    """Counted from 1."""
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What something became, and what drawing it costs; None if it must not be drawn."""

    value: Any
    cost: Cost = NOTHING


@dataclass(slots=True, kw_only=True)
class Builder:
    """A file in which pages of another are rebuilt."""

    source: pikepdf.Pdf
    out: pikepdf.Pdf
    spent: Spent
    layers: Layers
    page: int = 0
    """The page that is being rebuilt, counted from 1."""
    area: float = 0.0
    """How large it is, in square units."""
    generates: bool = False
    """Whether appearances of form fields were generated."""
    notes: dict[Note, None] = field(default_factory=dict)
    _made: dict[tuple[Any, ...], Made] = field(default_factory=dict)
    _open: set[tuple[Any, ...]] = field(default_factory=set)

    def note(self, code: str, message: str, hint: str | None = None) -> None:
        """Note that something was left out of the current page."""
        self.notes[Note(code, message, self.page, hint)] = None

    def once(self, kind: str, value: Any, where: str, make: Callable[[], Made], *, within: int = 0) -> Made:
        """What `make` returns, made once for each indirect object; raises `Unusable` (D-011) if it holds itself.

        `within` says in which scope it is made if the result depends on that.
        """
        self.spent.hold()
        number = value.objgen
        if number == (0, 0):
            with self.spent.nest(where):
                return make()
        key = (kind, number, within)
        if key in self._open:
            raise Unusable("D-011", f"{where} contains itself")
        if key not in self._made:
            self._open.add(key)
            with self.spent.nest(where):
                self._made[key] = make()
            self._open.discard(key)
        return self._made[key]

    def keys(self, holder: Any, where: str, table: Mapping[str, Taken], *, needed: Iterable[str] = ()) -> Dictionary:
        """The entries of a dictionary or stream that are in a table; raises `Unusable` (D-014) for wrong types."""
        found = Dictionary()
        for key, taken in table.items():
            value = entry(holder, key)
            if value is not None:
                found[key] = taken(value, display(where, key))
        for key in needed:
            if key not in found:
                raise malformed_error(display(where, key), "there")
        return found

    def decoded(self, stream: Any, where: str, *, most: int = STREAM) -> bytes:
        """The decoded bytes of a stream; raises `Unusable`: D-010 for too many, D-014 for damaged ones."""
        self.filters(stream, where, known=GENERAL)
        try:
            content = bytes(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized))
        except MemoryError:
            raise
        except (pikepdf.exceptions.PikepdfError, RuntimeError, ValueError) as error:
            if "limit" in str(error):
                raise Unusable("D-010", f"{where} unpacks to more than {most >> 20} MB") from error
            raise Unusable("D-014", f"{where} is damaged and cannot be unpacked") from error
        if len(content) > most:
            raise Unusable("D-010", f"{where} unpacks to more than {most >> 20 or 1} MB")
        self.spent.decode(len(content))
        return content

    def filters(self, stream: Any, where: str, *, known: tuple[str, ...]) -> list[str]:
        """The filters of a stream, by their long names; raises `Unusable` (D-014) for others than those known."""
        value = entry(stream, "/Filter")
        given = [] if value is None else list(value) if isinstance(value, Array) else [value]
        place = display(where, "/Filter")
        names = [_SHORT.get(str(item), str(item)) if isinstance(item, Name) else "" for item in given]
        for name in names:
            one_of(*known)(Name(name) if name.startswith("/") else None, place)
        return names

    def parameters(self, stream: Any, where: str, count: int) -> list[Any]:
        """The decode parameters for each filter of a stream; None if a filter has none."""
        value = entry(stream, "/DecodeParms")
        if value is None:
            value = entry(stream, "/DP")
        given = [] if value is None else list(value) if isinstance(value, Array) else [value]
        found = [item if is_dictionary(item) else None for item in given[:count]]
        return [*found, *([None] * (count - len(found)))]

    def stream(self, content: bytes, entries: Dictionary) -> Any:
        """An indirect stream of the new file."""
        made = Stream(self.out, content)
        for key, value in entries.items():
            made[key] = value
        return self.out.make_indirect(made)

    def is_elsewhere(self, stream: Any, what: str) -> bool:
        """Whether a stream has its data in another file (7.3.8); it is noted (D-017), since nothing is fetched."""
        if "/F" not in stream:
            return False
        self.note("D-017", f"{what} has its data in another file and was left out")
        return True


def items(value: Any, where: str, *, most: int) -> list[Any]:
    """The elements of an array that has not too many."""
    found = array(value, where)
    if len(found) > most:
        raise Unusable("D-012", f"{where} has more than {most:,} elements")
    return list(found)
