"""What files may be called inside an EPUB.

EPUB 3.3, §4.2.3 File paths and file names, https://www.w3.org/TR/epub-33/#sec-container-filenames;
names are compared as §4.2.3 says, without regard to case and composition.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from publisher.diagnostics import Diagnostic

FORBIDDEN = re.compile(
    '[\\s"*:<>?\\\\|\\x00-\\x1f\\x7f-\\x9f\\ue000-\\uf8ff\\ufdd0-\\ufdef\\ufff0-\\uffff'
    "\\U000e0000-\\U000e0fff\\U000f0000-\\U0010ffff]"
)
"""What the specification forbids, and white space, of which EPUBCheck warns (PKG-010)."""
LONGEST = 255
"""Bytes in UTF-8 of a name between two slashes."""


def name_faults(hrefs: Iterable[str]) -> tuple[Diagnostic, ...]:
    """What is wrong with the paths of the files of a book: O-012 where one can't be used, O-013 where two are one."""
    hrefs = tuple(hrefs)
    return (*_unusable(hrefs), *_find_repeated(hrefs))


def _unusable(hrefs: tuple[str, ...]) -> Iterator[Diagnostic]:
    for href in hrefs:
        reason = next(filter(None, map(_reason, href.split("/"))), None)
        if reason:
            yield Diagnostic(
                code="O-012",
                message=f"a file of the EPUB cannot be called {href!r}: {reason}",
                hint="rename the file: letters, digits, hyphens and full stops always work",
            )


def _reason(part: str) -> str | None:
    """Why a name between two slashes can't be used; None where it can."""
    if part in ("", ".", ".."):
        return "its path is not a plain path downwards"
    if forbidden := FORBIDDEN.search(part):
        return f"it holds the character {forbidden[0]!r} (U+{ord(forbidden[0]):04X})"
    if part.endswith("."):
        return "it ends with a full stop"
    if len(part.encode()) > LONGEST:
        return f"it is longer than {LONGEST} bytes"
    return None


def _find_repeated(hrefs: tuple[str, ...]) -> Iterator[Diagnostic]:
    for _, group in groupby(sorted(hrefs, key=_fold), key=_fold):
        same = tuple(group)
        if len(same) > 1:
            yield Diagnostic(
                code="O-013",
                message=f"{len(same)} files of the EPUB have one name: {', '.join(same)}",
                hint="rename all but one; capitals and small letters count as the same",
            )


def _fold(href: str) -> str:
    """The path as reading systems may compare it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", href).casefold())
