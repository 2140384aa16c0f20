"""The rules of an EPUB's style sheets, flat, as far as they can take words away or print words of their own.

CSS Syntax 3, https://www.w3.org/TR/css-syntax-3/; CSS Nesting 1, https://www.w3.org/TR/css-nesting-1/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tinycss2

NOT_OF_ELEMENTS = frozenset({"font-face", "page", "keyframes", "-webkit-keyframes", "counter-style", "property"})
"""At-rules in which no elements are chosen."""
PRINTING = frozenset({"content", "list-style", "list-style-type", "quotes"})
"""Properties that print words of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one rule declares for the elements that its selector chooses."""

    selector: str
    condition: str
    """The at-rules around it: `@media(prefers-color-scheme:dark)`; empty where it always holds."""
    declarations: Mapping[str, tuple[list[Any], bool]]
    """The tokens of each property, and whether it is `!important`."""
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A style sheet, parsed."""

    name: str
    text: str
    rules: tuple[Rule, ...]
    imports: tuple[str, ...]
    """The addresses of sheets that it brings in."""


def sheet(name: str, text: str) -> Sheet:
    """The style sheet in a text."""
    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    brought = (node for node in nodes if node.type == "at-rule" and node.lower_at_keyword == "import")
    imports = tuple(part.value for node in brought for part in _addresses(node.prelude))
    return Sheet(name=name, text=text, rules=tuple(_walk(nodes, condition="", around="")), imports=imports)


def declare(style: str) -> Mapping[str, tuple[list[Any], bool]]:
    """What a `style` attribute declares."""
    nodes = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return {node.lower_name: (node.value, node.important) for node in nodes if node.type == "declaration"}


def generated_words(rule: Rule, *, numbers: bool) -> Iterator[tuple[str, str]]:
    """The properties of a rule that print words, or what an attribute says, and how they are written.

    `numbers` asks for what counts and for pictures too.
    """
    for name in sorted(PRINTING & rule.declarations.keys()):
        tokens, _ = rule.declarations[name]
        if any(_prints(token, numbers=numbers) for token in tokens):
            yield name, str(tinycss2.serialize(tokens)).strip()


def _prints(token: Any, *, numbers: bool) -> bool:
    if token.type == "string":
        return any(character.isalnum() for character in token.value)
    if token.type == "function":
        return token.lower_name == "attr" or (numbers and token.lower_name in ("counter", "counters", "url"))
    return numbers and token.type == "url"


def _addresses(prelude: Iterable[Any]) -> Iterator[Any]:
    for token in prelude:
        if token.type in ("string", "url"):
            yield token
        elif token.type == "function" and token.lower_name == "url":
            yield from (argument for argument in token.arguments if argument.type == "string")


def _walk(nodes: Iterable[Any], *, condition: str, around: str) -> Iterator[Rule]:
    """The rules among some nodes, those inside at-rules and inside one another too."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield from _flat(node, condition, around)
        elif node.type == "at-rule" and node.content is not None and node.lower_at_keyword not in NOT_OF_ELEMENTS:
            prelude = "".join(tinycss2.serialize(node.prelude).lower().split())
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            within = f"{condition}@{node.lower_at_keyword}{prelude}"
            yield from _walk(inner, condition=within, around=around)


def _flat(node: Any, condition: str, around: str) -> Iterator[Rule]:
    """A rule, then those inside it with whole selectors."""
    selector = tinycss2.serialize(node.prelude).strip()
    if around:
        parent = f":is({around})"
        selector = selector.replace("&", parent) if "&" in selector else f"{parent} {selector}"
    inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    yield Rule(
        selector=selector,
        condition=condition,
        declarations={item.lower_name: (item.value, item.important) for item in inner if item.type == "declaration"},
        line=node.source_line,
    )
    yield from _walk((item for item in inner if item.type != "declaration"), condition=condition, around=selector)
