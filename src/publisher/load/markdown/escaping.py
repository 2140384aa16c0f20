"""Words written so that Markdown reads them as they are."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_\[\]<{}@|$]|&(?=[#A-Za-z])")
_START = re.compile(r"(?P<sign>[#=~>^]|[-+](?=\s|[-+|:]|\Z)|:(?=\s|[-:|]|\Z))|\d{1,9}[.)](?=\s|\Z)|[Tt]able:(?=\s|\Z)")


def escape(text: str, *, at_start: bool = False) -> str:
    """The words with a backslash before each sign that is markup; `at_start` of a line also what begins blocks."""
    if not at_start:
        return _SIGNS.sub(lambda found: "\\" + found[0], text)
    found = _START.match(text)
    if found is None:
        return escape(text)
    if found["sign"]:
        return "\\" + found["sign"] + escape(text[1:])
    cut = found.end() - 1
    return text[:cut] + "\\" + text[cut] + escape(text[cut + 1 :])
