"""A style sheet parsed, checked against the lists, and written again from its tokens.

The tokens are the whole truth: addresses, functions and names of properties are asked of what tinycss2 has parsed, with
every escape resolved, and never of the text. CSS Syntax 3, https://www.w3.org/TR/css-syntax-3/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import lru_cache
from typing import Any

import tinycss2

from publisher.sanitize.css.lists import (
    AT_RULES,
    DESCRIBING,
    DESCRIPTORS,
    EMBEDDED,
    FEATURES,
    FETCHING,
    FRAGMENT,
    FUNCTIONS,
    GROUPING,
    NAMESPACES,
    PROPERTIES,
    SELECTING,
    SHIPPED,
    WITHOUT_BLOCK,
)
from publisher.sanitize.css.write import Tokens, flat, inner, serialize, shape

MOST_CHARACTERS = 1_000_000
"""How long the style sheets of an edition may be together, pictures in them included."""
MOST_TOKENS = 100_000
"""How many tokens they may have: eight times those of publisher's own sheets."""
DEEPEST = 32
"""How deep blocks and functions may be in one another."""
MOST_SELECTED = 2_000
"""How many tokens a selector may come to where nested rules repeat the one around them."""
MOST_SUBSTITUTED = 10_000
"""How many tokens a custom property may come to where each names others."""
LONGEST_NUMBER = 100
"""How many digits a number may have."""
_DIGITS = re.compile(rf"[0-9]{{{LONGEST_NUMBER + 1}}}")
_ESCAPED_NEWLINE = re.compile(r"\r\n|\r|\f")


class Why(Enum):
    """What is wrong with a part of a style sheet."""

    SYNTAX = auto()
    ADDRESS = auto()
    """Something outside of the edition is named, or could be."""
    RULE = auto()
    FUNCTION = auto()
    PROPERTY = auto()
    """It dresses, and it is on no list."""
    SIZE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A part of a style sheet that may not be shipped."""

    why: Why
    words: str
    line: int
    """Counted from 1."""
    column: int
    length: int = 1
    """How many characters of the line are meant, as far as that is known."""
    name: str = ""
    """The property that is on no list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanitized:
    """A style sheet as it may be shipped, unless it has faults."""

    text: str
    """Empty where there are faults other than properties that are on no list."""
    faults: tuple[Fault, ...]
    tokens: Tokens = field(repr=False)
    addresses: tuple[tuple[str, int, int], ...]
    """The files that it names, each with its line and column."""


def is_local(address: str) -> bool:
    """Whether an address is in the document itself, written out, or one of a file that publisher ships."""
    return in_itself(address) or bool(SHIPPED.fullmatch(address))


def in_itself(address: str) -> bool:
    """Whether an address is in the document itself or written out."""
    return bool(FRAGMENT.fullmatch(address) or EMBEDDED.fullmatch(address))


@lru_cache(maxsize=16)
def sanitized_sheet(text: str, *, allowed: Callable[[str], bool] = is_local) -> Sanitized:
    """A style sheet, checked and written again."""
    return _sanitize(text, lambda tokens: tinycss2.parse_stylesheet(tokens, True, True), top="", allowed=allowed)


def sanitized_style(text: str, *, allowed: Callable[[str], bool] = is_local) -> Sanitized:
    """What a `style` attribute declares, checked and written again."""
    parse = tinycss2.parse_blocks_contents
    return _sanitize(text, lambda tokens: parse(tokens, True, True), top="style", allowed=allowed)


def sanitized_value(text: str, *, allowed: Callable[[str], bool] = in_itself) -> Sanitized:
    """The value of a presentation attribute (`fill`), checked and written again."""
    return _sanitize(text, lambda tokens: (), top="style", allowed=allowed)


def _sanitize(
    text: str, parse: Callable[[Tokens], Iterable[Any]], *, top: str, allowed: Callable[[str], bool]
) -> Sanitized:
    lines = _ESCAPED_NEWLINE.sub("\n", text).split("\n")
    too_large = _unreadable(text, lines)
    if too_large:
        return Sanitized(text="", faults=(too_large,), tokens=(), addresses=())
    tokens = tinycss2.parse_component_value_list(text)
    faults = list(_size_faults(tokens))
    if not faults:
        check = _Check(allowed=allowed)
        check.nodes(parse(tokens), around=top, selector=0, nested=bool(top))
        check.tokens(tokens)
        faults = check.found()
    if any(fault.why is not Why.PROPERTY for fault in faults):
        return Sanitized(text="", faults=tuple(faults), tokens=tokens, addresses=())
    shipped = serialize(tokens, lines)
    if shape(tinycss2.parse_component_value_list(shipped)) != shape(tokens):
        first = Fault(
            why=Why.SYNTAX, words="this cannot be written so that every program reads it alike", line=1, column=1
        )
        return Sanitized(text="", faults=(first,), tokens=tokens, addresses=())
    return Sanitized(text=shipped, faults=tuple(faults), tokens=tokens, addresses=tuple(_files(tokens)))


def _unreadable(text: str, lines: Sequence[str]) -> Fault | None:
    """What keeps a text from being parsed at all."""
    if len(text) > MOST_CHARACTERS:
        return Fault(why=Why.SIZE, words=f"more than {MOST_CHARACTERS:,} characters", line=1, column=1)
    for number, line in enumerate(lines, 1):
        digits = _DIGITS.search(line) if len(line) > LONGEST_NUMBER else None
        if digits:
            words = f"a number of more than {LONGEST_NUMBER} digits"
            return Fault(why=Why.SIZE, words=words, line=number, column=digits.start() + 1, length=LONGEST_NUMBER)
    return None


def _size_faults(tokens: Tokens) -> Iterator[Fault]:
    """More tokens than there may be, or deeper ones."""
    count = 0
    stack = [iter(tokens)]
    while stack:
        token = next(stack[-1], None)
        if token is None:
            stack.pop()
            continue
        count += 1
        if count > MOST_TOKENS:
            yield _at(token, Why.SIZE, f"more than {MOST_TOKENS:,} words, numbers and signs")
            return
        inside = inner(token)
        if inside and len(stack) > DEEPEST:
            yield _at(token, Why.SIZE, f"more than {DEEPEST} blocks and functions in one another")
            return
        if inside:
            stack.append(iter(inside))


def _at(node: Any, why: Why, words: str, *, length: int = 1) -> Fault:
    return Fault(why=why, words=words, line=node.source_line, column=node.source_column, length=length)


def _describe(error: Any) -> str:
    """What tinycss2 says of an error, as the end of a sentence."""
    words = str(error.message).rstrip(".")
    return words if words.startswith("EOF") else words[:1].lower() + words[1:]


def _significant(tokens: Iterable[Any]) -> list[Any]:
    return [token for token in tokens if token.type not in ("whitespace", "comment")]


def display(words: str, most: int = 60) -> str:
    """Words of others as they are printed in a message."""
    return "".join(word if word.isprintable() else "\ufffd" for word in words[:most]) + (
        "…" if len(words) > most else ""
    )


def _files(tokens: Tokens) -> Iterator[tuple[str, int, int]]:
    """The files that tokens name, each with its line and column."""
    for token in flat(tokens):
        address = address_of(token)
        if address is not None and SHIPPED.fullmatch(address):
            yield address, token.source_line, token.source_column


def address_of(token: Any) -> str | None:
    """The address in a token `url(…)` or function `url("…")`; None where it is neither."""
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return "".join(item.value for item in _significant(token.arguments)[:1] if item.type == "string")
    return None


@dataclass(slots=True)
class _Check:
    """The faults of one style sheet."""

    allowed: Callable[[str], bool]
    faults: list[Fault] = field(default_factory=list)
    broken: list[Fault] = field(default_factory=list)
    """Tokens that are none."""
    custom: dict[str, list[tuple[Any, int, tuple[str, ...]]]] = field(default_factory=dict)
    """Of each custom property its declarations, how many tokens they have, and which others they name."""
    vocabularies: set[int] = field(default_factory=set)
    """The tokens (by `id`) that give `@namespace` its name, which is no address."""

    def found(self) -> list[Fault]:
        """The faults in the order of the sheet; a broken token is left out where its rule is informed of."""
        told = {fault.line for fault in self.faults if fault.why is Why.SYNTAX}
        faults = [*self.faults, *(fault for fault in self.broken if fault.line not in told), *self._substitutions()]
        return sorted(dict.fromkeys(faults), key=lambda fault: (fault.line, fault.column))

    def tokens(self, tokens: Tokens) -> None:
        """Checks each token by itself, wherever it is."""
        for token in flat(tokens):
            if token.type == "error":
                self.broken.append(_at(token, Why.SYNTAX, _describe(token)))
            elif token.type == "literal" and token.value in ("\\", "<!--", "-->"):
                self.broken.append(_at(token, Why.SYNTAX, f"“{token.value}” means nothing here"))
            elif token.type == "url":
                self._address(token, token.value, length=len(token.value) + 5)
            elif token.type == "function":
                self._function(token)
            elif token.type == "[] block" and any(item == "*" for item in _significant(token.content)[:1]):
                # cssselect2, with which the layout and the proof match selectors, does not know these
                self.broken.append(_at(token, Why.SYNTAX, "a selector cannot ask for attributes of every namespace"))

    def nodes(self, nodes: Iterable[Any], *, around: str, selector: int, nested: bool) -> None:
        """Checks rules and declarations; `around` is the at-rule, or `style`, that they are in.

        `selector` is how many tokens the selector of the rule around comes to.
        """
        for node in nodes:
            match node.type:
                case "error":
                    self.faults.append(_at(node, Why.SYNTAX, _describe(node)))
                case "declaration":
                    self._declaration(node, around)
                case "qualified-rule":
                    self._rule(node, around, selector)
                case "at-rule":
                    self._at_rule(node, around, selector, nested)
                case _:
                    pass

    def _address(self, token: Any, address: str, *, length: int) -> None:
        if not self.allowed(address) and id(token) not in self.vocabularies:
            words = f"this style reaches outside the edition: {display(address)}"
            self.faults.append(_at(token, Why.ADDRESS, words, length=length))

    def _function(self, token: Any) -> None:
        name = token.lower_name
        arguments = _significant(token.arguments)
        length = len(token.name) + 1
        if name == "url":
            if len(arguments) != 1 or arguments[0].type != "string":
                self.faults.append(
                    _at(token, Why.ADDRESS, "url() must contain an address and nothing else", length=length)
                )
            else:
                self._address(token, arguments[0].value, length=len(arguments[0].value) + 7)
        elif name == "attr":
            words = {argument.lower_value for argument in arguments[1:] if argument.type == "ident"}
            if "url" in words or any(
                argument.type == "function" and argument.lower_name == "type" for argument in arguments
            ):
                self.faults.append(_at(token, Why.ADDRESS, "attr() may not be an address", length=length))
        elif name in FETCHING:
            self.faults.append(_at(token, Why.ADDRESS, f"{name}() may name what is outside the edition", length=length))
        elif name not in FUNCTIONS and name not in SELECTING:
            self.faults.append(
                _at(token, Why.FUNCTION, f"the function {display(name)}() is not allowed", length=length)
            )

    def _rule(self, node: Any, around: str, selector: int) -> None:
        own = _significant(node.prelude)
        parents = max(1, sum(1 for item in flat(node.prelude) if item == "&"))
        groups = 1 + sum(1 for item in node.prelude if item == ",")
        weight = groups * (len(own) + parents * selector) if selector else len(own)
        if weight > MOST_SELECTED:
            self.faults.append(
                _at(node, Why.SIZE, f"selectors in one another come to more than {MOST_SELECTED:,} parts")
            )
            return
        weight = 0 if around in ("keyframes", "-webkit-keyframes") else weight
        inside = tinycss2.parse_blocks_contents(node.content, True, True)
        self.nodes(inside, around="style", selector=weight, nested=True)

    def _at_rule(self, node: Any, around: str, selector: int, nested: bool) -> None:
        name = node.lower_at_keyword
        if name == "import":
            self.faults.append(_at(node, Why.ADDRESS, "this style reaches outside the edition: @import", length=7))
        elif name not in AT_RULES:
            self.faults.append(_at(node, Why.RULE, f"@{display(name)} is not allowed", length=len(node.at_keyword) + 1))
        elif node.content is None:
            self._statement(node, name)
        elif name in GROUPING and not nested:
            self.nodes(tinycss2.parse_rule_list(node.content, True, True), around=name, selector=0, nested=False)
        else:
            inside = tinycss2.parse_blocks_contents(node.content, True, True)
            around = around if name in GROUPING else name
            self.nodes(inside, around=around, selector=selector, nested=True)

    def _statement(self, node: Any, name: str) -> None:
        """An at-rule without a block."""
        words = _significant(node.prelude)
        texts = [address_of(word) if word.type != "string" else word.value for word in words]
        if name not in WITHOUT_BLOCK:
            self.faults.append(_at(node, Why.SYNTAX, f"@{name} has no block", length=len(name) + 1))
        if name == "charset" and [text.lower() if text else text for text in texts] != ["utf-8"]:
            self.faults.append(
                _at(node, Why.RULE, "a style sheet is UTF-8, and @charset may say nothing else", length=8)
            )
        if name == "namespace" and texts and texts[-1] in NAMESPACES:
            self.vocabularies.add(id(words[-1]))
        elif name == "namespace":
            self.faults.append(_at(node, Why.ADDRESS, "@namespace may only name XHTML, SVG, MathML or EPUB", length=10))

    def _declaration(self, node: Any, around: str) -> None:
        name = node.name if node.name.startswith("--") else node.lower_name
        if name.startswith("--"):
            tokens = tuple(flat(node.value))
            named = tuple(
                item.value
                for token in tokens
                if token.type == "function" and token.lower_name == "var"
                for item in _significant(token.arguments)[:1]
                if item.type == "ident"
            )
            self.custom.setdefault(name, []).append((node, len(tokens), named))
        elif name not in PROPERTIES and not (around in DESCRIBING and name in DESCRIPTORS) and not _is_feature(around):
            words = f"the property “{display(name)}” is not on the list of those that are allowed"
            fault = _at(node, Why.PROPERTY, words, length=len(node.name))
            self.faults.append(replace(fault, name=name))

    def _substitutions(self) -> Iterator[Fault]:
        """Custom properties that come to too much where each `var()` is replaced by what it names."""
        known: dict[str, float] = {}

        def weigh(name: str, depth: int) -> float:
            if name not in known:
                known[name] = float("inf")
                values = self.custom.get(name, [])
                known[name] = (
                    max(
                        (count + sum(weigh(text, depth + 1) for text in named) for _, count, named in values), default=1
                    )
                    if depth < DEEPEST
                    else float("inf")
                )
            return known[name]

        for name in self.custom:
            if weigh(name, 0) > MOST_SUBSTITUTED:
                words = f"the custom property {display(name)} has more than {MOST_SUBSTITUTED:,} parts, or names itself"
                yield _at(self.custom[name][0][0], Why.SIZE, words, length=len(name))
                return


def _is_feature(around: str) -> bool:
    """Whether declarations name features of a typeface, whose names are free."""
    return around in FEATURES
