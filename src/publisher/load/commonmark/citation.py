"""The inline rule for citations: `[@key, para. 8; @other]`."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

ONE = r"@(?P<key>\w(?:[\w:.#$%&+?<>~/-]*\w)?+)(?:\s*+,\s*+(?P<locator>[^;\[\]\s](?:[^;\[\]]*[^;\[\]\s])?+))?+\s*+"
"""One reference. There is one way at most to read it: what could be tried in two ways takes ever longer to fail."""
REFERENCE = re.compile(ONE)
CITATION = re.compile(r"\[\s*+{one}(?:;\s*+{one})*+\]".replace("{one}", re.sub(r"\?P<\w+>", "?:", ONE)))


def citation(state: StateInline, silent: bool) -> bool:
    """Whether a citation begins here; if so it becomes one token whose meta holds what it cites."""
    if not state.src.startswith("[", state.pos):
        return False
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = found.group()
        token.meta["references"] = tuple(
            (one["key"], one["locator"], one.start(), one.end("locator") if one["locator"] else one.end("key"))
            for one in REFERENCE.finditer(state.src, found.start(), found.end())
        )
    state.pos = found.end()
    return True
