"""One face of a font file as a font file of its own: out of a collection, decompressed, at its place on the axes.

It is made in a child process with limits. HarfBuzz makes static fonts of variable ones, so that pages and reading
systems need no support for variations (OpenType 1.9.1, Font variations overview).
"""

from __future__ import annotations

import io
import json
from functools import lru_cache

import uharfbuzz
from fontTools.ttLib import TTFont, woff2

from publisher.workers.limited import ChildFailed, LimitExceeded, Limits, run_limited

LIMITS = Limits(seconds=30, memory=1536 * 1024 * 1024, output=128 * 1024 * 1024)
"""What making a font may take."""
_COLLECTION, _WOFF2 = b"ttcf", b"wOF2"


class NoFont(Exception):
    """A face that cannot be made a font of its own; the argument says why, as the end of a sentence."""


@lru_cache(maxsize=64)
def standalone(content: bytes, *, index: int = 0, axes: tuple[tuple[str, float], ...] = ()) -> bytes:
    """The face as an OpenType or TrueType font; the content itself if it is one and does not vary. Raises `NoFont`."""
    if content[:4] not in (_COLLECTION, _WOFF2) and not axes:
        return content
    head = json.dumps({"index": index, "axes": axes}).encode()
    request = len(head).to_bytes(4) + head + content
    try:
        return run_limited("publisher.fonts.standalone:extract", request, limits=LIMITS)
    except LimitExceeded as error:
        raise NoFont(f"takes too much to read: the limit on {error.limit} was exceeded") from error
    except ChildFailed as error:
        raise NoFont(f"cannot be used: {error.message[:120]}") from error


def extract(request: bytes) -> bytes:
    """The font of a request: the length of a JSON object, the object with `index` and `axes`, the file.

    Runs in the child. Raises whatever the libraries raise.
    """
    length = int.from_bytes(request[:4])
    wanted, content = json.loads(request[4 : 4 + length]), request[4 + length :]
    if content[:4] == _WOFF2:
        written = io.BytesIO()
        woff2.decompress(io.BytesIO(content), written)
        content = written.getvalue()
    if content[:4] == _COLLECTION:
        content = _taken_out(content, int(wanted["index"]))
    return _pin(content, wanted["axes"]) if wanted["axes"] else content


def _taken_out(content: bytes, index: int) -> bytes:
    """One font of a collection, its tables as they are."""
    written = io.BytesIO()
    with TTFont(io.BytesIO(content), fontNumber=index, lazy=True, recalcTimestamp=False) as font:
        font.save(written, reorderTables=None)
    return written.getvalue()


def _pin(content: bytes, axes: list[tuple[str, float]]) -> bytes:
    """A variable font at one place on its axes."""
    face = uharfbuzz.Face(content)
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.flags |= uharfbuzz.SubsetFlags.DOWNGRADE_CFF2
    for tag, place in axes:
        wanted.pin_axis_location(face, tag, place)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)
