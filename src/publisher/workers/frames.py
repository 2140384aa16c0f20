"""Bytes in pipes: segments, each after its length in eight bytes, high byte first."""

from __future__ import annotations

import os
from collections.abc import Iterator

LARGEST = 1 << 31
"""How many bytes a segment may have; whatever announces more is none of ours."""
_LENGTH = 8
_CHUNK = 1 << 20


class Garbage(Exception):
    """Bytes that are not what this program writes; says what is wrong with them."""


def send(descriptor: int, *segments: bytes) -> None:
    """Write segments. Raises `BrokenPipeError` if no one reads them any more."""
    for segment in segments:
        _write(descriptor, len(segment).to_bytes(_LENGTH, "big"))
        _write(descriptor, segment)


def receive(descriptor: int, count: int) -> tuple[bytes, ...]:
    """Return so many segments.

    Raises `EOFError` if the other end is closed before the last one was written, `Garbage` for an impossible length.
    """
    return tuple(_segment(descriptor) for _ in range(count))


def _segment(descriptor: int) -> bytes:
    length = int.from_bytes(_read(descriptor, _LENGTH), "big")
    if length > LARGEST:
        raise Garbage(f"a segment of {length} bytes")
    return _read(descriptor, length)


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _read(descriptor: int, length: int) -> bytes:
    return b"".join(_chunks(descriptor, length))


def _chunks(descriptor: int, length: int) -> Iterator[bytes]:
    while length:
        chunk = os.read(descriptor, min(length, _CHUNK))
        if not chunk:
            raise EOFError
        length -= len(chunk)
        yield chunk
