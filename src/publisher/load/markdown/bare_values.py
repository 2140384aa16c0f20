"""The inline rule for attributes whose values have no quotation marks: `[漢字]{ruby=かんじ}`, `{date=1914/1918}`.

The plugin for attributes takes letters of ASCII, digits, `_`, `:` and `-` alone for bare values. Other spans are left
to it.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes

_BRACES = re.compile(r"\{[^{}\n]*\}")
_LETTER = r"[\w./?~%+@:\-\u0080-\U0010ffff]"
_BARE = re.compile(rf"(?<==){_LETTER}*[^\x00-\x20\w:\-\"{{}}=,!]{_LETTER}*", re.ASCII)
_VALUE = re.compile(rf'="[^"]*"|(?<==){_LETTER}+(?=[\s}}])')


def quote(braces: str) -> str:
    """The braces with quotation marks around each value that has none, as Pandoc reads them.

    https://pandoc.org/MANUAL.html#extension-bracketed_spans
    """
    return _VALUE.sub(lambda value: value[0] if value[0].startswith("=") else f'"{value[0]}"', braces)


def bare_values(state: StateInline, silent: bool) -> bool:
    """Whether a span with such attributes begins here; if so it becomes tokens as other spans do."""
    if not state.src.startswith("[", state.pos):
        return False
    start, maximum = state.pos + 1, state.posMax
    end = state.md.helpers.parseLinkLabel(state, state.pos, False)
    found = _BRACES.match(state.src, end + 1, maximum) if end >= 0 else None
    if found is None or not _BARE.search(found[0]):
        return False
    try:
        _, attributes = parse_attributes(quote(found[0]))
    except ParseError:
        return False
    if not silent:
        state.pos, state.posMax = start, end
        state.push("span_open", "span", 1).attrs = dict(attributes)
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = found.end(), maximum
    return True
