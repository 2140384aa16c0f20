"""The core rule for spaces at the edges of a block: CommonMark drops spaces and tabs, and no other character.

https://spec.commonmark.org/0.31.2/#paragraphs; the parser drops no-break and other Unicode spaces with them.
"""

from __future__ import annotations

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

DROPPED = " \t"


def edge_spaces(state: StateCore) -> None:
    """Nothing; each inline token gets back the Unicode spaces at its edges, except in the cells of tables."""
    lines = state.src.split("\n")
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "inline" and token.map and before.type not in ("th_open", "td_open", "verse_line_open"):
            token.content = _restored(token, lines)


def _restored(token: Token, lines: list[str]) -> str:
    first, end = token.map or [0, 1]
    words = token.content.split("\n")
    last = lines[max(first, end - 1)].rstrip(DROPPED)
    whole = last.rstrip()
    tail = last[len(whole) :] if whole.endswith(words[-1].rstrip()) else ""
    at = lines[first].find(words[0])
    lead = lines[first][:at] if at > 0 and token.content else ""
    head = lead[len(lead.rstrip()) :].lstrip(DROPPED)
    return head + token.content.removesuffix(tail) + tail if tail or head else token.content
