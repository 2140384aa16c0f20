"""Two style sheets compared token by token (CSS Syntax 3, https://www.w3.org/TR/css-syntax-3/)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

import tinycss2
from tinycss2.ast import Node

from publisher.verify.comparison.difference import Difference, Kind


def sheet_differences(expected: bytes, found: bytes, *, name: str) -> tuple[Difference, ...]:
    """Where two style sheets differ; nothing if they differ in comments and white space between rules only."""
    want, have = _rules(expected), _rules(found)
    if [rule for _, rule in want] == [rule for _, rule in have]:
        return ()
    matcher = SequenceMatcher(a=[rule for _, rule in want], b=[rule for _, rule in have], autojunk=False)
    return tuple(
        Difference(
            kind=Kind.RESOURCE,
            place=f"{name}, line {have[min(first, len(have) - 1)][0]}" if have else name,
            message="the style sheet differs",
            expected=" ".join(rule for _, rule in want[start:end]),
            found=" ".join(rule for _, rule in have[first:last]),
        )
        for operation, start, end, first, last in matcher.get_opcodes()
        if operation != "equal"
    )


def _rules(content: bytes) -> list[tuple[int, str]]:
    """The rules of a style sheet in one spelling, each with its line.

    Only tokens are read, so that an error in what was found is one more token: a rule ends with its block or semicolon.
    """
    tokens = tinycss2.parse_component_value_list(content.decode("utf-8", errors="surrogateescape"), skip_comments=True)
    rules, line, spelled = list[tuple[int, str]](), 0, list[str]()
    for token in tokens:
        line = line or (0 if token.type == "whitespace" else token.source_line)
        spelled += _token(token)
        if token.type == "{} block" or token == ";":
            rules.append((line, "".join(spelled).strip()))
            line, spelled = 0, []
    rest = "".join(spelled).strip()
    return [*rules, (line, rest)] if rest else rules


def _token(token: Node) -> Iterator[str]:
    if token.type == "whitespace":
        yield " "
    elif token.type in ("{} block", "[] block", "() block"):
        yield token.type[0]
        yield from _all(token.content)
        yield token.type[1]
    elif token.type == "function":
        yield f"{token.name}("
        yield from _all(token.arguments)
        yield ")"
    else:
        yield token.serialize()


def _all(tokens: list[Node]) -> Iterator[str]:
    """The tokens in a block, without white space at its ends."""
    inside = "".join(part for token in tokens for part in _token(token))
    yield inside.strip()
