"""The core rule for headings: `{#id kind=word}` at the end of a heading is not part of its words."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore

ATTRIBUTES = re.compile(r"(?:^|(?<![ \t])[ \t]++)(?<!\\)(\{[^{}]*+\})[ \t]*+$")


def heading_attributes(state: StateCore) -> None:
    """Nothing; what is in braces at the end of a heading moves to the meta of its inline token."""
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if before.type == "heading_open":
            found = ATTRIBUTES.search(token.content)
            if found:
                token.meta["attributes"] = (found[1], found.start(1))
                token.content = token.content[: found.start()]
