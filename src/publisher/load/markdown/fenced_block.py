"""The block rule for what is between lines of colons: `::: letter`, blocks, `:::`.

As in Pandoc (https://pandoc.org/MANUAL.html#extension-fenced_divs) an opening line has words after its colons and a
closing line has none, so blocks nest with any number of colons.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

OPENING = re.compile(r":{3,}[ \t]*(?P<words>[^ \t].*?)[ \t]*:*[ \t]*$")
CLOSING = re.compile(r":{3,}[ \t]*$")
LITERAL = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
NAME = "fenced_block"


def fenced_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Whether a block between lines of colons begins here; if so it becomes a `fenced_block` token.

    The info of the token is what is after the colons; the markup of its closing token is empty if no line closes
    it.
    """
    if state.is_code_block(start) or not (found := OPENING.match(_line(state, start))):
        return False
    if silent:
        return True
    last = _closing(state, start + 1, end)
    closed = last < end and CLOSING.match(_line(state, last)) is not None and _inside(state, last)
    around, most = state.parentType, state.lineMax
    state.parentType, state.lineMax = NAME, last
    opened = state.push(f"{NAME}_open", "div", 1)
    opened.markup, opened.block, opened.info, opened.map = ":::", True, found["words"], [start, last]
    state.md.block.tokenize(state, start + 1, last)
    ended = state.push(f"{NAME}_close", "div", -1)
    ended.markup, ended.block = ":::" if closed else "", True
    state.parentType, state.lineMax = around, most
    state.line = last + (1 if closed else 0)
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _inside(state: StateBlock, line: int) -> bool:
    """Whether a line is part of the block around it: it is empty or indented enough."""
    return state.isEmpty(line) or state.sCount[line] >= state.blkIndent


def _closing(state: StateBlock, line: int, end: int) -> int:
    """The line that closes a block; the one behind its end if none does."""
    depth, literal = 1, ""
    while line < end and _inside(state, line):
        words = "" if state.is_code_block(line) else _line(state, line)
        fence = LITERAL.match(words)
        if literal:
            literal = "" if fence and fence["fence"].startswith(literal) and not fence["info"].strip() else literal
        elif fence:
            literal = fence["fence"]
        elif CLOSING.match(words):
            depth -= 1
            if not depth:
                return line
        elif OPENING.match(words):
            depth += 1
        line += 1
    return line
