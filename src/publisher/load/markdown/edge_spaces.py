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
            token.content = _restore(token, lines)


def _restore(token: Token, lines: list[str]) -> str:
    """The content of an inline token with the spaces, and the lines of nothing but spaces, at its edges."""
    first, end = token.map or [0, 1]
    here, words = lines[first : max(end, first + 1)], token.content.split("\n")
    missing = len(here) - len(words)
    if not token.content:
        return "\n".join(map(_blank, here))
    top = next((number for number in range(max(missing, 0)) if words[0] in here[number]), max(missing, 0))
    above, below = here[:top], here[top + len(words) :]
    last = here[min(top + len(words), len(here)) - 1]
    words[0] = _head(here[min(top, len(here) - 1)], words[0]) + words[0]
    if last.rstrip().endswith(words[-1].rstrip()):
        words[-1] = words[-1].rstrip() + _tail(last)
    return "\n".join((*map(_blank, above), *words, *map(_blank, below)))


def _head(line: str, words: str) -> str:
    """The Unicode spaces in a line just before some words."""
    before = line[: max(line.find(words), 0)]
    return before[len(before.rstrip()) :].lstrip(DROPPED)


def _tail(line: str) -> str:
    """The Unicode spaces at the end of a line."""
    bare = line.rstrip(DROPPED)
    return bare[len(bare.rstrip()) :]


def _blank(line: str) -> str:
    """What a line of nothing but spaces holds, without those that CommonMark drops."""
    return _tail(line).lstrip(DROPPED)
