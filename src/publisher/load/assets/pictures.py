"""Pictures checked and decoded in a child process, all of an edition in one.

A picture may be damaged, or unpack to more than a machine has memory for; only the child sees that. What comes back is
the type and the size of each picture, or why it cannot be used.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

import msgspec
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits, run_limited

PIXELS = 50_000_000
"""More than a page at 600 dots an inch; a picture with more slows every reading system down."""
WEBP_PIXELS = 20_000_000
"""Decoding a WebP takes 17 bytes and 120 nanoseconds for each pixel, several times as much as the others take."""
DECODED, DECODED_PER_BYTE = 300_000_000, 120
"""Bytes that the pictures of an edition may unpack to: so many, and so many more for each byte of their files."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
"""The names that Pillow has for what may be decoded."""
_OF_DAMAGE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow's decoders raise on damaged files."""
_FUNCTION = "publisher.load.assets.pictures:answer"
_MEGABYTE = 1 << 20
_MEMORY = 512 * _MEGABYTE
"""What a WebP of `WEBP_PIXELS` takes, and a PNG of `PIXELS`, with a half more."""
_BYTES = {"1": 0.125, "L": 1, "P": 1, "LA": 2, "PA": 2, "I;16": 2, "RGB": 3, "YCbCr": 3, "LAB": 3, "HSV": 3}
"""Bytes of a pixel by the mode of a picture; 4 for others."""


class Fault(StrEnum):
    """Why a picture cannot be used."""

    LARGE = "large"
    """More than `PIXELS`."""
    LARGE_WEBP = "large WebP"
    """More than `WEBP_PIXELS`."""
    UNKNOWN = "unknown"
    """None of the known types."""
    DAMAGED = "damaged"
    SLOW = "slow"
    """Decoding it takes too long."""
    MEMORY = "memory"
    """Decoding it takes too much memory."""
    CRASHED = "crashed"
    """A library that decodes it fails on it."""
    TOGETHER = "together"
    """It and those before it unpack to more than `DECODED`."""


class Picture(msgspec.Struct, frozen=True, array_like=True):
    """What was read of a picture."""

    format: str = ""
    """One of `FORMATS`."""
    width: int = 0
    """In pixels."""
    height: int = 0
    fault: Fault | None = None


def read_pictures(contents: Sequence[bytes]) -> tuple[Picture | None, ...]:
    """What a child process reads of pictures; None for those after one that made the child fail."""
    if not contents:
        return ()
    try:
        return _send(contents, seconds=5)
    except (LimitExceeded, ChildFailed) as error:
        if len(contents) == 1:
            return (Picture(fault=_fault(error)),)
    found: list[Picture | None] = []
    for content in contents:
        try:
            found += _send((content,), seconds=4)
        except (LimitExceeded, ChildFailed) as error:
            return (*found, Picture(fault=_fault(error)), *([None] * (len(contents) - len(found) - 1)))
    return tuple(found)


def _send(contents: Sequence[bytes], *, seconds: int) -> tuple[Picture, ...]:
    size = sum(map(len, contents))
    limits = Limits(
        seconds=seconds + size // (2 * _MEGABYTE),
        memory=_MEMORY + 4 * size,
        output=_MEGABYTE + 64 * len(contents),
    )
    ask = _remembered if size <= _MEGABYTE else _answer
    answered = ask(msgspec.msgpack.encode(list(contents)), limits)
    try:
        found = msgspec.msgpack.decode(answered, type=tuple[Picture, ...])
    except msgspec.DecodeError as error:
        raise ChildFailed("the answer cannot be read") from error
    if len(found) != len(contents):
        raise ChildFailed("the answer is not complete")
    return found


def _answer(request: bytes, limits: Limits) -> bytes:
    return run_limited(_FUNCTION, request, limits=limits)


_remembered = lru_cache(maxsize=8)(_answer)
"""The same for pictures that take little memory, of which several editions or copies may have the same."""


def _fault(error: LimitExceeded | ChildFailed) -> Fault:
    match error:
        case LimitExceeded(limit=Limit.TIME):
            return Fault.SLOW
        case LimitExceeded():
            return Fault.MEMORY
        case _:
            return Fault.CRASHED


def answer(request: bytes) -> bytes:
    """What is read of each picture of a request; runs in the child."""
    contents = msgspec.msgpack.decode(request, type=list[bytes])
    left = DECODED + DECODED_PER_BYTE * sum(map(len, contents))
    found: list[Picture] = []
    for content in contents:
        read, size = _read(content, left)
        found.append(read)
        left -= size
    return msgspec.msgpack.encode(found)


def _read(content: bytes, left: int) -> tuple[Picture, int]:
    """What a picture is, and how many bytes it unpacks to."""
    try:
        return _decode(content, left)
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        return Picture(fault=Fault.LARGE), 0
    except UnidentifiedImageError:
        return Picture(fault=Fault.UNKNOWN), 0
    except MemoryError:
        raise
    except _OF_DAMAGE:
        return Picture(fault=Fault.DAMAGED), 0


def _decode(content: bytes, left: int) -> tuple[Picture, int]:
    """A picture that was checked and decoded to its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Pillow.DecompressionBombWarning)
        warnings.filterwarnings("ignore", category=UserWarning)
        with Pillow.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > PIXELS:
                raise Pillow.DecompressionBombError
            if picture.format == "WEBP" and picture.width * picture.height > WEBP_PIXELS:
                return Picture(fault=Fault.LARGE_WEBP), 0
            size = int(picture.width * picture.height * _BYTES.get(picture.mode, 4))
            if size > left:
                return Picture(fault=Fault.TOGETHER), 0
            picture.verify()
        with Pillow.open(io.BytesIO(content), formats=FORMATS) as picture:
            picture.load()
            return Picture(format=str(picture.format), width=picture.width, height=picture.height), size
