"""The block rule for verse: lines that begin with `| ` keep their ends and their leading spaces."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock


def line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Whether verse begins here; if so it becomes a `verse` token with one `verse_line` for each line."""
    last = start
    while last < end and _is_verse(state, last):
        last += 1
    if last == start or silent:
        return last > start
    state.push("verse_open", "div", 1).map = [start, last]
    for line in range(start, last):
        _push_line(state, line)
    state.push("verse_close", "div", -1)
    state.line = last
    return True


def _is_verse(state: StateBlock, line: int) -> bool:
    begin = state.bMarks[line] + state.tShift[line]
    indented = state.sCount[line] - state.blkIndent
    return 0 <= indented < 4 and state.src[begin : min(begin + 2, state.eMarks[line])] in ("| ", "|")


def _push_line(state: StateBlock, line: int) -> None:
    begin = state.bMarks[line] + state.tShift[line] + 2
    words = state.src[begin : state.eMarks[line]].rstrip(" \t")
    indent = len(words) - len(words.lstrip(" "))
    state.push("verse_line_open", "div", 1)
    token = state.push("inline", "", 0)
    token.content = "\u00a0" * indent + words[indent:]
    token.map = [line, line + 1]
    token.children = []
    state.push("verse_line_close", "div", -1)
