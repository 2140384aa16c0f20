"""Differences between two forms of a file in which every word is the same: line ends, byte order marks, spaces.

The recorded form is known by its sha256 only. Each form that a program may have given the text is hashed and compared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import product
from unicodedata import normalize

from publisher.load.encodings import CODECS, UTF_8, unmark

LARGEST = 4_000_000
"""How many bytes a text has at most of which every form is tried; of a larger one, line ends and marks alone."""

_OTHERS = (UTF_8, "windows-1252", "latin-1", "macintosh", "utf-16", "windows-1251", "koi8-r", "shift-jis")
"""The encodings from which and into which texts are most often saved."""
_TRAILING = re.compile(r"[ \t]+(?=\n|\Z)")
Form = tuple[str, Callable[[str], str]]
"""A way in which a text is written, and how it is written so."""

_SAME: Form = ("", lambda text: text)
_ENDS: tuple[Form, ...] = (
    _SAME,
    ("line ends (the recorded file has LF)", lambda text: text.replace("\r\n", "\n").replace("\r", "\n")),
    ("line ends (the recorded file has CRLF)", lambda text: re.sub(r"\r\n|\r|\n", "\r\n", text)),
)
_MARKS: tuple[Form, ...] = (
    _SAME,
    ("the byte order mark (the recorded file has none)", lambda text: text.removeprefix("\ufeff")),
    ("the byte order mark (the recorded file has one)", lambda text: "\ufeff" + text.removeprefix("\ufeff")),
)
_LAST: tuple[Form, ...] = (
    _SAME,
    ("the line end of the last line", lambda text: text.rstrip("\r\n")),
    ("the line end of the last line", lambda text: text.rstrip("\r\n") + ("\r\n" if "\r\n" in text else "\n")),
)
_SPACES: tuple[Form, ...] = (_SAME, ("spaces at line ends", lambda text: _TRAILING.sub("", text)))
_NORMAL: tuple[Form, ...] = (
    _SAME,
    ("the Unicode normal form (the recorded file has NFC)", lambda text: normalize("NFC", text)),
    ("the Unicode normal form (the recorded file has NFD)", lambda text: normalize("NFD", text)),
)


def same_words(content: bytes, recorded: str, *, encoding: str = UTF_8) -> str | None:
    """Return what alone differs from the file with the recorded sha256, if every word is the same; else None.

    Also None if there is no encoding of that name, which is reported where it is written.
    """
    if encoding not in CODECS:
        return None
    body, codec = unmark(content, CODECS[encoding])
    mark = content[: len(content) - len(body)]
    try:
        text = body.decode(codec)
    except UnicodeDecodeError:
        return None
    if encoding == UTF_8:
        text, mark = mark.decode(UTF_8) + text, b""
    for said, form in _forms(text, all_forms=len(content) <= LARGEST):
        if _digest(form, codec, mark) == recorded.lower():
            return said
    for other in () if len(content) > LARGEST else _OTHERS:
        if other != encoding and _digest(text.removeprefix("\ufeff"), CODECS[other], b"") == recorded.lower():
            return f"the encoding (the recorded file has {other})"
    return None


def _digest(text: str, codec: str, mark: bytes) -> str | None:
    """The sha256 of a text in an encoding; None if that does not have its characters."""
    try:
        return hashlib.sha256(mark + text.encode(codec)).hexdigest()
    except UnicodeEncodeError:
        return None


def _forms(text: str, *, all_forms: bool) -> Iterator[tuple[str, str]]:
    """Each form of a text with what differs in it, those with one difference first."""
    kinds = (_NORMAL, _SPACES, _ENDS, _LAST, _MARKS) if all_forms else (_ENDS, _LAST, _MARKS)
    ways = sorted(product(*kinds), key=lambda way: sum(item is not _SAME for item in way))
    for way in ways[1:]:
        form = text
        for _, written in way:
            form = written(form)
        if form != text:
            yield " and ".join(said for said, _ in way if said), form
