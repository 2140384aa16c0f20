"""The content of PDF streams without their compression, within bounds (ISO 32000-1, 7.4 Filters)."""

from __future__ import annotations

import zlib
from contextlib import suppress
from typing import Any

import pikepdf
from pikepdf import Array, Name

MEGABYTE = 1024 * 1024
SLACK = 4
"""A stream may be so many times as long as it should be, and a megabyte more, to be compared."""
UNPACKED = frozenset({"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"})
"""Filters that only pack bytes; the others are the format of a picture."""
PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
"""Keys of a stream that say how it is packed."""


class TooLong(Exception):
    """A stream has more bytes than may be decoded."""


def longest_allowed(expected: bytes) -> int:
    """How long the stream may be that is found where these bytes are expected."""
    return SLACK * len(expected) + MEGABYTE


def decode(stream: Any, *, most: int) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of a stream, unpacked, and the filters that are left: those of pictures, or damaged ones.

    Raises `TooLong` if there are more than `most` bytes.
    """
    filters, parameters = _list(stream.get("/Filter")), _list(stream.get("/DecodeParms"))
    raw = bytes(stream.read_raw_bytes())
    at = 0
    content = raw
    while at < len(filters) and filters[at] == Name.FlateDecode and not _is_predicted(parameters, at):
        unpacked = _inflate(content, most)
        if unpacked is None:
            return raw, tuple(map(str, filters))
        content, at = unpacked, at + 1
    left = tuple(map(str, filters[at:]))
    if left and {*left} <= UNPACKED:
        if left == ("/FlateDecode",):
            _inflate(content, most)
        with suppress(pikepdf.PdfError):
            content, left = bytes(stream.read_bytes()), ()
    if len(content) > most:
        raise TooLong
    return content, left


def _inflate(content: bytes, most: int) -> bytes | None:
    """The bytes that were deflated, as far as they are whole; None if there are none. Raises `TooLong`."""
    inflate = zlib.decompressobj()
    try:
        found = inflate.decompress(content, most + 1)
    except zlib.error:
        return None
    if len(found) > most:
        raise TooLong
    return found


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _is_predicted(parameters: list[Any], at: int) -> bool:
    """Whether the rows of a stream are predicted from each other."""
    known = parameters[at] if at < len(parameters) else None
    return isinstance(known, pikepdf.Dictionary) and known.get("/Predictor", 1) != 1
