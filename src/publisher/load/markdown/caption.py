"""The core rule for captions of tables: a paragraph before or after a table that begins with `Table:` or with `:`.

https://pandoc.org/MANUAL.html#extension-table_captions
"""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publisher.load.markdown.heading_attributes import ATTRIBUTES
from publisher.load.markdown.table import CAPTION, begins

Rule = Callable[[StateBlock, int, int, bool], bool]


def table_captions(state: StateCore) -> None:
    """Nothing; a caption moves into its table, and what is in braces at its end to the meta of its inline token."""
    tokens = state.tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].type == "table_open":
            end = next(place for place in range(at, len(tokens)) if tokens[place].type == "table_close") + 1
            before, after = found[-3:], tokens[end : end + 3]
            caption: list[Token] = []
            behind = end
            if _is_caption(before):
                caption = _caption(before)
                del found[-3:]
            elif _is_caption(after):
                caption, behind = _caption(after), end + 3
            found += [tokens[at], *caption, *tokens[at + 1 : end]]
            at = behind
        else:
            found.append(tokens[at])
            at += 1
    state.tokens = found


def _is_caption(tokens: list[Token]) -> bool:
    """Whether three tokens are a paragraph that is the caption of a table next to it."""
    return (
        len(tokens) == 3
        and tokens[0].type == "paragraph_open"
        and not tokens[0].hidden
        and CAPTION.match(tokens[1].content) is not None
    )


def _caption(tokens: list[Token]) -> list[Token]:
    """A paragraph as a caption."""
    opened, inline, closed = tokens
    opened.type, closed.type = "caption_open", "caption_close"
    opened.tag = closed.tag = "caption"
    inline.content = CAPTION.sub("", inline.content, count=1)
    attributes = ATTRIBUTES.search(inline.content)
    if attributes:
        inline.meta["attributes"] = (attributes[1], attributes.start(1))
        inline.content = inline.content[: attributes.start()]
    return [opened, inline, closed]


def let_captions_be(md: MarkdownIt) -> None:
    """Nothing; `: words` after a blank line and before a table is then a caption, and defines no term."""
    names = md.get_active_rules()["block"]
    rule = dict(zip(names, md.block.ruler.getRules(""), strict=True))["deflist"]
    md.block.ruler.at("deflist", _unless_caption(rule), {"alt": ["paragraph", "reference", "blockquote"]})


def _unless_caption(rule: Rule) -> Rule:
    def definitions(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return not _captions(state, start + 1, end) and rule(state, start, end, silent)

    return definitions


def _captions(state: StateBlock, line: int, end: int) -> bool:
    """Whether a blank line, a caption, another blank line and a table are here."""
    if not (line + 3 < end and state.isEmpty(line)):
        return False
    line += 1
    if not CAPTION.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]):
        return False
    while line < end and not state.isEmpty(line):
        line += 1
    while line < end and state.isEmpty(line):
        line += 1
    return line < end and begins(state, line, end)
