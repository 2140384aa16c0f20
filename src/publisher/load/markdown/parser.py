"""The Markdown parser: CommonMark, tables, definition lists, footnotes, spans with attributes, verse, citations.

https://spec.commonmark.org/ · no letter is changed: typographic replacements are off. HTML is recognised so that
it can be refused where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publisher.load.markdown.bare_values import bare_values, quote
from publisher.load.markdown.block_attributes import block_attributes
from publisher.load.markdown.caption import let_captions_be, table_captions
from publisher.load.markdown.citation import citation
from publisher.load.markdown.edge_spaces import edge_spaces
from publisher.load.markdown.fenced_block import NAME, fenced_block
from publisher.load.markdown.formula import formula
from publisher.load.markdown.heading_attributes import heading_attributes
from publisher.load.markdown.line_block import line_block
from publisher.load.markdown.positions import place_inlines
from publisher.load.markdown.table import table

Node = SyntaxTreeNode

BRACKET = re.compile(r"(?<!\\)[\[\]]")
DEPTH = 30
"""How deep blocks and inlines may be in each other."""


OPEN = 32
"""How many square brackets of a paragraph may be open at once: the parser tries each with every later one."""


MARKUP = 250_000
"""How many pieces of markup the Markdown of an edition may have: blocks, lines, emphasis, links, text between them."""
FORMULA = 2
"""How many pieces an element of a formula counts for each time that it is laid out."""
SIGNS = 400_000
"""How many signs that can be markup, line ends among them, are parsed at once."""
SIGN = re.compile(r"[\n*_`\[\]{}<>&\\|]")
REPEATED = 100_000
"""How many characters of addresses links may have beyond what the file has: those by reference repeat them."""


class TooMuch(Exception):
    """There is more markup than is read; the argument is the line at which it is too much, counted from 1."""


class Repeated(Exception):
    """Links by reference repeat long addresses too often; the argument is the line of one, counted from 1."""


class TooDeep(Exception):
    """Blocks or inlines are too deep in each other; the argument is the line, counted from 1."""


class Parser(MarkdownIt):
    """A parser that leaves it to us which addresses a link may have."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is markdown-it's
        """True: what may not be linked to is reported, not printed as text."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name is markdown-it's
        """The address as it is: `load.inlines` encodes what must be encoded."""
        return url


@cache
def _parser() -> Parser:
    md = Parser("commonmark", {"html": True, "maxNesting": 2 * DEPTH})
    md.enable("table").use(deflist_plugin).use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    md.use(attrs_plugin, after=("image",), spans=True)
    md.block.ruler.before("fence", NAME, fenced_block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.disable("text_join")
    md.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
    let_captions_be(md)
    md.block.ruler.after("table", "line_block", line_block, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.before("link", "citation", citation)
    md.inline.ruler.before("backticks", "formula", formula)
    md.inline.ruler.before("span", "bare_values", bare_values)
    md.core.ruler.after("block", "edge_spaces", edge_spaces)
    md.core.ruler.after("edge_spaces", "heading_attributes", heading_attributes)
    md.core.ruler.after("heading_attributes", "table_captions", table_captions)
    md.core.ruler.after("table_captions", "block_attributes", block_attributes)
    place_inlines(md)
    return md


@dataclass(slots=True)
class Room:
    """How many pieces of markup may still be read."""

    left: int = MARKUP
    formulas: set[str] = field(default_factory=set)
    """The formulas that were read."""

    def take_formula(self, markup: str, work: int) -> None:
        """Count a formula, by what it takes to lay it out if it is a new one. Raises `TooMuch`."""
        self.take(1 if markup in self.formulas else FORMULA * work, line=1)
        self.formulas.add(markup)

    def take(self, count: int, *, line: int) -> None:
        """Count some pieces. Raises `TooMuch` if they are too many."""
        self.left -= count
        if self.left < 0:
            raise TooMuch(line)


def document(text: str, room: Room) -> Node:
    """The syntax tree of a document. Raises `TooDeep`, `TooMuch` and `Repeated`."""
    return _tree(text, room, inline=False)


def inline(text: str) -> Node:
    """The inline node of a text without blocks. Raises `TooDeep`, `TooMuch` and `Repeated`."""
    return _tree(text.replace("\n", " "), Room(), inline=True).children[0]


def attributes(text: str) -> dict[str, str]:
    """What `{#id .class key=value}` says; empty where it cannot be read."""
    braces = quote(text)
    try:
        end, found = parse_attributes(braces)
    except ParseError:
        return {}
    return found if end == len(braces) - 1 else {}


def _refuse_open_brackets(text: str) -> None:
    """Nothing; raises `TooDeep` where more brackets of a paragraph are open at once than anyone means."""
    opened = 0
    for line, words in enumerate(text.split("\n"), 1):
        opened = 0 if not words.strip() else opened
        for sign in BRACKET.findall(words):
            opened = opened + 1 if sign == "[" else max(opened - 1, 0)
            if opened > OPEN:
                raise TooDeep(line)


def _refuse_many_signs(text: str, room: Room) -> None:
    """Nothing; raises `TooMuch` if there is more that can be markup than is parsed."""
    if room.left <= 0:
        raise TooMuch(1)
    sign = next(islice(SIGN.finditer(text), SIGNS, None), None)
    if sign is not None:
        raise TooMuch(text.count("\n", 0, sign.start()) + 1)


def _tree(text: str, room: Room, *, inline: bool) -> Node:
    _refuse_open_brackets(text)
    _refuse_many_signs(text, room)
    try:
        tokens = _parser().parseInline(text) if inline else _parser().parse(text)
    except RecursionError as error:
        raise TooDeep(1) from error
    line = 1
    addresses = len(text) + REPEATED
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        children = token.children or ()
        if token.level > DEPTH or any(child.level > DEPTH for child in children):
            raise TooDeep(line)
        room.take(1 + len(children), line=line)
        addresses -= sum(len(str(value)) for child in children for value in child.attrs.values())
        if addresses < 0:
            raise Repeated(line)
    return SyntaxTreeNode(tokens)
