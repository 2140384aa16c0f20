"""The inline rule for attributes whose values are letters of any script without quotation marks: `[漢字]{ruby=かんじ}`.

The plugin for attributes takes ASCII alone for bare values. Other spans are left to it.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes

_BRACES = re.compile(r"\{[^{}\n]*\}")
_BARE = re.compile(r'(?<==)[^\s"{}=]*[^\x00-\x7f\s"{}=][^\s"{}=]*')


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
        _, attributes = parse_attributes(_BARE.sub(lambda value: f'"{value[0]}"', found[0]))
    except ParseError:
        return False
    if not silent:
        state.pos, state.posMax = start, end
        state.push("span_open", "span", 1).attrs = dict(attributes)
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = found.end(), maximum
    return True
