"""The core rule for paragraphs and verse: `{#id .salutation lang=fr}` at their end is not part of their words.

Braces that hold no id, no class and no key that a paragraph can have are words, as they always were.
"""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

ATTRIBUTES = re.compile(
    r"(?:^|(?<=[^ \t\n])[ \t\n]+)(\{[ \t]*(?:[#.][^\s{}]+|(?:lang|numbers|from)=[^{}\n]*)(?:[ \t][^{}\n]*)?\})[ \t]*$"
)
OPENED = frozenset({"paragraph_open", "verse_line_open"})


def block_attributes(state: StateCore) -> None:
    """Nothing; what is in braces at the end of a paragraph or of verse moves to the meta of its inline token."""
    tokens = state.tokens
    for before, token, after in zip(tokens, tokens[1:], [*tokens[3:], None], strict=False):
        if before.type not in OPENED or token.type != "inline":
            continue
        if before.type == "verse_line_open" and (after is None or after.type != "verse_close"):
            continue
        _move(token)


def _move(token: Token) -> None:
    if token.content.startswith("![") or not token.content.rstrip(" \t").endswith("}"):
        return
    if found := ATTRIBUTES.search(token.content):
        token.meta["attributes"] = (found[1], found.start(1))
        token.content = token.content[: found.start()]
