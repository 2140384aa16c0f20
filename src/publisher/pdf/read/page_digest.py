"""Digests of pages: everything in a file that decides on what a page shows, and nothing that only says where it is.

Two pages with one digest are read alike. The programs of fonts are left out: what a code shows is read from the
character maps and the widths of a font (ISO 32000-1, 9.7 and 9.10), of its program only that it is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from publisher.pdf.read.file import Dictionary, PdfFile, Stream
from publisher.pdf.read.syntax import Name, Ref, Value

SHOWN = ("Contents", "Resources", "MediaBox", "CropBox", "TrimBox", "BleedBox", "Rotate", "UserUnit")
"""The entries of a page that decide on what is read of it."""
PROGRAMS = frozenset({"FontFile", "FontFile2", "FontFile3"})
_OPEN = b"open"
"""Represents an object that is a part of itself."""


@dataclass(slots=True)
class PageDigests:
    """The digests of the pages of a file, and of the objects that they share."""

    file: PdfFile
    _objects: dict[int, bytes] = field(default_factory=dict)

    def page(self, page: Dictionary) -> bytes:
        """Return the digest of a page with what it inherits; raises what reading raises (`UNREADABLE`)."""
        return sha256(b"".join(self._value(page.get(key)) for key in SHOWN)).digest()

    def _value(self, value: Value) -> bytes:
        """A value, written so that other values are written otherwise."""
        match value:
            case Ref():
                return self._object(value.number)
            case Stream():
                return b"stream" + self._value(value.dictionary) + sha256(value.raw).digest()
            case dict():
                entries = (self._entry(key, value[key]) for key in sorted(value))
                return b"<<%b>>" % b"".join(entries)
            case list():
                return b"[%b]" % b" ".join(map(self._value, value))
            case Name():
                return b"/%d %b" % (len(value.encode()), value.encode())
            case bytes():
                return b"(%d %b)" % (len(value), value)
            case _:
                return repr(value).encode()

    def _entry(self, key: str, value: Value) -> bytes:
        name = key.encode()
        return b"%d %b=%b " % (len(name), name, b"there" if key in PROGRAMS else self._value(value))

    def _object(self, number: int) -> bytes:
        if number not in self._objects:
            self._objects[number] = _OPEN
            self._objects[number] = sha256(self._value(self.file.resolve(Ref(number)))).digest()
        return self._objects[number]
