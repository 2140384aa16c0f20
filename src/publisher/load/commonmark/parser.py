"""The Markdown parser: CommonMark, tables, definition lists, footnotes, spans with attributes, verse, citations.

https://spec.commonmark.org/ · no letter is changed: typographic replacements are off. HTML is recognised so that
it can be refused where it stands.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publisher.load.commonmark.citation import citation
from publisher.load.commonmark.edge_spaces import edge_spaces
from publisher.load.commonmark.heading_attributes import heading_attributes
from publisher.load.commonmark.line_block import line_block
from publisher.load.commonmark.positions import place_inlines

Node = SyntaxTreeNode

BRACKET = re.compile(r"(?<!\\)[\[\]]")
DEPTH = 30
"""How deep blocks and inlines may stand in each other."""


OPEN = 100
"""How many square brackets of a paragraph may be open at once: the parser tries each with every later one."""


class TooDeep(Exception):
    """Blocks or inlines stand too deep in each other; the argument is the line, counted from 1."""


class Parser(MarkdownIt):
    """A parser that leaves it to us which addresses a link may have."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is markdown-it's
        """True: what may not be linked to is told, not printed as text."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name is markdown-it's
        """Web addresses with what must be percent-encoded; anything else as it stands."""
        return super().normalizeLink(url) if re.match("(?i)(https?|mailto):", url) else url


@cache
def _parser() -> Parser:
    md = Parser("commonmark", {"html": True, "maxNesting": 2 * DEPTH})
    md.enable("table").use(deflist_plugin).use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    md.use(attrs_plugin, after=("image",), spans=True)
    md.use(container_plugin, "audience", validate=lambda params, markup: bool(params.strip()))
    md.disable("text_join")
    md.block.ruler.after("table", "line_block", line_block, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.before("link", "citation", citation)
    md.core.ruler.after("block", "edge_spaces", edge_spaces)
    md.core.ruler.after("edge_spaces", "heading_attributes", heading_attributes)
    place_inlines(md)
    return md


def document(text: str) -> Node:
    """The syntax tree of a document. Raises `TooDeep`."""
    return _tree(text, inline=False)


def inline(text: str) -> Node:
    """The inline node of a text without blocks. Raises `TooDeep`."""
    return _tree(text.replace("\n", " "), inline=True).children[0]


def attributes(text: str) -> dict[str, str]:
    """What `{#id .class key=value}` says; empty where it cannot be read."""
    try:
        end, found = parse_attributes(text)
    except ParseError:
        return {}
    return found if end == len(text) - 1 else {}


def _refuse_open_brackets(text: str) -> None:
    """Nothing; raises `TooDeep` where more brackets of a paragraph are open at once than anybody means."""
    opened = 0
    for line, words in enumerate(text.split("\n"), 1):
        opened = 0 if not words.strip() else opened
        for sign in BRACKET.findall(words):
            opened = opened + 1 if sign == "[" else max(opened - 1, 0)
            if opened > OPEN:
                raise TooDeep(line)


def _tree(text: str, *, inline: bool) -> Node:
    _refuse_open_brackets(text)
    try:
        tokens = _parser().parseInline(text) if inline else _parser().parse(text)
    except RecursionError as error:
        raise TooDeep(1) from error
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.level > DEPTH or any(child.level > DEPTH for child in token.children or ()):
            raise TooDeep(line)
    return SyntaxTreeNode(tokens)
