"""The inline rules for citations: `[see @key, para. 8; @other]`, `[-@key]`, `@key [p. 3]`, `@{key}`.

The forms are those of Pandoc (https://pandoc.org/MANUAL.html#extension-citations) but for a bare `@key`, which a text
may have that means somebody's name on a network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

_KEY = r"@(?:(?P<key>\w(?:[\w:.#$%&+?<>~/-]*\w)?+)|\{(?P<braced>[^{}\s]++)\})"
_TAIL = r"(?:(?:\s*+,\s*+|\s++)(?P<locator>[^,;\[\]\s](?:[^;\[\]]*[^;\[\]\s])?+))?+\s*+"
ONE = rf"\s*+(?P<prefix>[^\[\]@;]*+)(?P<at>{_KEY}){_TAIL}"
"""One reference. There is one way at most to read it: what could be tried in two ways takes ever longer to fail."""
REFERENCE = re.compile(ONE)
CITATION = re.compile(r"\[{one}(?:;{one})*+\]".replace("{one}", re.sub(r"\?P<\w+>", "?:", ONE)))
NARRATIVE = re.compile(rf"{_KEY}(?:[ \n]\[\s*+(?P<locator>[^\[\]@;]*\d[^\[\]@;]*)\])?+")

Found = tuple[str, str | None, str, bool, int, int]
"""Key, locator, prefix, whether the author is left out, and where the reference begins and ends."""


def citation(state: StateInline, silent: bool) -> bool:
    """Whether a citation begins here; if so it becomes one token whose meta holds what it cites."""
    if state.src.startswith("[", state.pos):
        return _is_bracketed(state, silent)
    return state.src.startswith("@", state.pos) and _narrative(state, silent)


def _is_bracketed(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    references = tuple(_references(state.src, found.start() + 1, found.end() - 1))
    affixed = any(prefix for _, _, prefix, _, _, _ in references)
    if not references or (affixed and state.src[found.end() : found.end() + 1] in tuple("([{")):
        return False
    if not silent:
        _push(state, found, references, narrative=False)
    state.pos = found.end()
    return True


def _references(text: str, start: int, end: int) -> Iterator[Found]:
    """The references of a citation; none if an address (`a@b.org`) is among them."""
    found: list[Found] = []
    for match in REFERENCE.finditer(text, start, end):
        before = match["prefix"]
        prefix = before.removesuffix("-")
        if prefix and not (prefix[-1].isspace() or prefix[-1] in "(“‘\"'"):
            return
        tail = match["locator"]
        stop = match.end("locator") if tail else match.end("at")
        key = match["key"] or match["braced"]
        found.append((key, tail, prefix.strip(), before.endswith("-"), match.start("at"), stop))
    yield from found


def _narrative(state: StateInline, silent: bool) -> bool:
    """A reference whose author is a word of the sentence: `@key [p. 3]`, `@{key}`."""
    before = state.src[state.pos - 1 : state.pos]
    found = NARRATIVE.match(state.src, state.pos, state.posMax)
    if found is None or before.isalnum() or not (found["locator"] or found["braced"]):
        return False
    tail = found["locator"].strip() if found["locator"] else None
    reference: Found = (found["key"] or found["braced"], tail, "", False, found.start(), found.end())
    if not silent:
        _push(state, found, (reference,), narrative=True)
    state.pos = found.end()
    return True


def _push(state: StateInline, found: re.Match[str], references: tuple[Found, ...], *, narrative: bool) -> None:
    token = state.push("citation", "", 0)
    token.content = found.group()
    token.meta["references"] = references
    token.meta["narrative"] = narrative
