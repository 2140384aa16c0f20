"""Scanned pages of a PDF with a layer of the words that Tesseract recognises in them.

The work is done in a child process with limits (`program`), and its result is stored by what it was made from: the
file, the pages, the language, the options and the versions of both programs.
https://ocrmypdf.readthedocs.io/, https://tesseract-ocr.github.io/tessdoc/
"""

from __future__ import annotations

from hashlib import sha256

import msgspec

from publisher.cache.store import user_recognised
from publisher.ocr.languages import tesseract_name
from publisher.ocr.program import DOUBTFUL, OPTIONS, Programs, Recognised, Request, find_programs
from publisher.workers.limited import ChildFailed, LimitExceeded, Limits, run_limited

_PAGES = 20
"""How many pages count for the time that the programs may take, at most; a whole file counts as so many."""
_FUNCTION = "publisher.ocr.program:answer"
_MEGABYTE = 1 << 20
_SECONDS = 30
"""Of CPU that each program may take for a page, and some more."""
_DEBIAN = "sudo apt-get install ocrmypdf tesseract-ocr"
_ELSEWHERE = "Fedora: sudo dnf install ocrmypdf tesseract, macOS: brew install ocrmypdf"


class Unrecognised(Exception):
    """Why the words of pages are not recognised, and what to do about it."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        """Take the code of the diagnostic, its message and its hint."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def recognise(content: bytes, *, first: int | None, last: int | None, language: str) -> Recognised:
    """Return a PDF in which the scanned pages from `first` to `last` have a layer of words.

    Raises `Unrecognised`: U-025 if a program or the data of the language is missing, U-026 if they fail.
    """
    programs = find_programs()
    if programs is None:
        hint = f"{_DEBIAN}   ({_ELSEWHERE}); or delete ocr: true"
        raise Unrecognised("U-025", "ocr: true needs OCRmyPDF and Tesseract, which are not installed", hint)
    name = tesseract_name(language)
    if name not in programs.languages:
        package = f"tesseract-ocr-{(name or language).replace('_', '-')}"
        message = f"Tesseract has no data for the language {language}"
        raise Unrecognised("U-025", message, f"sudo apt-get install {package}; or correct language: {language}")
    store, key = user_recognised(), _key(content, (first, last, name), programs)
    stored = store.get(key)
    if stored is None:
        stored = _make(Request(content, first, last, name, programs))
        store.put(key, stored)
    return msgspec.msgpack.decode(stored, type=Recognised)


def _key(content: bytes, asked: tuple[int | None, int | None, str], programs: Programs) -> str:
    """The digest of everything that decides about the result."""
    said = (sha256(content).hexdigest(), *map(str, asked), *programs.versions, *OPTIONS, str(DOUBTFUL))
    return sha256("\0".join(said).encode()).hexdigest()


def _make(request: Request) -> bytes:
    """What the child process makes. Raises `Unrecognised`."""
    count = _PAGES if request.first is None or request.last is None else request.last - request.first + 1
    limits = Limits(
        seconds=60 + _SECONDS * min(count, _PAGES),
        memory=3 * 1024 * _MEGABYTE,
        output=256 * _MEGABYTE + 8 * len(request.content),
    )
    try:
        return run_limited(_FUNCTION, msgspec.msgpack.encode(request), limits=limits)
    except LimitExceeded as error:
        message = f"to recognise the words takes too much {error.limit}"
        raise Unrecognised(
            "U-026", message, "name fewer pages (pages: 3-9), or scan them with 300 dots an inch"
        ) from error
    except ChildFailed as error:
        reason = str(error).partition(": ")[2] or str(error)
        hint = "print the file into a new PDF, and use that; or delete ocr: true"
        raise Unrecognised("U-026", f"the words cannot be recognised: {reason}", hint) from error
