"""Tokens of CSS, written so that tinycss2 and browsers read them alike, each at the line of its source.

CSS Syntax 3, https://www.w3.org/TR/css-syntax-3/#serialization; CSSOM, https://www.w3.org/TR/cssom-1/#serializing.
Comments are blanked, and white space stays, so that places in what is written are places in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Tokens = Sequence[Any]
BLOCKS = {"{} block": ("{", "}"), "[] block": ("[", "]"), "() block": ("(", ")")}
_NEWLINES = re.compile(r"[^\n]")
_RANGE = re.compile(r"[uU]\+(?:[0-9a-fA-F]{1,6}\?{0,6}|\?{1,6})(?:-[0-9a-fA-F]{1,6})?")
_NAME = re.compile(
    "[-A-Za-z0-9_\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that every program takes for a part of a name, https://www.w3.org/TR/css-syntax-3/#non-ascii-ident-code-point."""
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters and noncharacters."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXPONENT = re.compile(r"[eE](?:[-+]|[0-9]|$)")
"""The beginning of a unit that a number would take for its exponent."""


def serialize(tokens: Tokens, source: Sequence[str]) -> str:
    """The text of tokens; `source` are the lines that they were parsed from, without line ends."""
    writer = _Writer(source=source)
    writer.write(tokens)
    return "".join(writer.chunks)


@dataclass(slots=True)
class _Writer:
    """What is written so far, and in which line that ends."""

    source: Sequence[str]
    chunks: list[str] = field(default_factory=list)
    line: int = 1

    def write(self, tokens: Tokens) -> None:
        for token in tokens:
            if token.source_line > self.line:
                # line ends inside strings are lost
                self.add("/*" + "\n" * (token.source_line - self.line) + "*/")
            if token.type in BLOCKS:
                self.enclose(BLOCKS[token.type], token.content)
            elif token.type == "function":
                self.enclose((f"{_identifier(token.name)}(", ")"), token.arguments)
            else:
                self.add(_leaf(token, self.source))

    def enclose(self, marks: tuple[str, str], tokens: Tokens) -> None:
        self.add(marks[0])
        self.write(tokens)
        self.add(marks[1])

    def add(self, chunk: str) -> None:
        self.chunks.append(chunk)
        self.line += chunk.count("\n")


def _leaf(token: Any, source: Sequence[str]) -> str:
    match token.type:
        case "whitespace":
            return str(token.value)
        case "comment":
            return f"/*{_NEWLINES.sub(' ', token.value)}*/"
        case "ident":
            return _identifier(token.value)
        case "at-keyword":
            return f"@{_identifier(token.value)}"
        case "hash":
            return f"#{_identifier(token.value) if token.is_identifier else _name(token.value)}"
        case "string":
            return _string(token.value, quote=_character(token, source))
        case "url":
            return f"url({_string(token.value, quote='')})"
        case "number":
            return str(token.representation)
        case "percentage":
            return f"{token.representation}%"
        case "dimension":
            return f"{token.representation}{_unit(token.unit)}"
        case "unicode-range":
            return _range(token, source)
        case "literal":
            return str(token.value)
        case _:
            return ""


def _character(token: Any, source: Sequence[str]) -> str:
    """The character at which a token begins in its source."""
    line = source[token.source_line - 1] if token.source_line <= len(source) else ""
    return line[token.source_column - 1 : token.source_column]


def _range(token: Any, source: Sequence[str]) -> str:
    """A range of characters as its source has it, for elsewhere it may be a selector (`u+a`)."""
    line = source[token.source_line - 1] if token.source_line <= len(source) else ""
    found = _RANGE.match(line, token.source_column - 1)
    return found[0] if found else f"U+{token.start:X}-{token.end:X}"


def _hex(character: str) -> str:
    return f"\\{ord(character):X} "


def _name(value: str) -> str:
    return "".join(map(_has_name, replace(value)))


def _has_name(character: str) -> str:
    if _NAME.match(character):
        return character
    return f"\\{character}" if _PUNCTUATION.match(character) else _hex(character)


def _identifier(value: str) -> str:
    """https://www.w3.org/TR/cssom-1/#serialize-an-identifier."""
    value = replace(value)
    if value == "-":
        return "\\-"
    if value[:1].isascii() and value[:1].isdigit():
        return _hex(value[0]) + _name(value[1:])
    if value[:1] == "-" and value[1:2].isascii() and value[1:2].isdigit():
        return f"-{_hex(value[1])}{_name(value[2:])}"
    return _name(value)


def _unit(value: str) -> str:
    value = replace(value)
    return _hex(value[0]) + _name(value[1:]) if _EXPONENT.match(value) else _identifier(value)


def _string(value: str, *, quote: str) -> str:
    """A string between quotation marks; without any, the inside of `url()`."""
    mark = quote if quote in ("'", '"') else '"' if quote else ""
    special = {"\\", mark} if mark else {"\\", '"', "'", "(", ")"}
    inside = "".join(
        _hex(character)
        if _UNSAFE.match(character) or (not mark and character.isspace())
        else f"\\{character}"
        if character in special
        else character
        for character in replace(value)
    )
    return f"{mark}{inside}{mark}"


def replace(value: str) -> str:
    """The value with U+FFFD for what no text can hold, https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point."""
    return _SURROGATE.sub("\ufffd", value)


def shape(tokens: Tokens) -> tuple[object, ...]:
    """What two lists of tokens have to share to mean the same, comments left out."""
    return tuple(_shape(token) for token in tokens if token.type != "comment")


def _shape(token: Any) -> tuple[object, ...]:
    match token.type:
        case "{} block" | "[] block" | "() block":
            return (token.type, shape(token.content))
        case "function":
            return (token.type, replace(token.name), shape(token.arguments))
        case "hash":
            return (token.type, replace(token.value), token.is_identifier)
        case "number" | "percentage":
            return (token.type, token.representation)
        case "dimension":
            return (token.type, token.representation, replace(token.unit))
        case "unicode-range":
            return (token.type, token.start, token.end)
        case "error":
            return (token.type, token.kind)
        case _:
            return (token.type, replace(token.value))


def flat(tokens: Iterable[Any]) -> Iterable[Any]:
    """Every token, those inside blocks and functions too, in the order of the source."""
    stack = [iter(tokens)]
    while stack:
        token = next(stack[-1], None)
        if token is None:
            stack.pop()
            continue
        yield token
        inside = inner(token)
        if inside:
            stack.append(iter(inside))


def inner(token: Any) -> Tokens:
    """The tokens inside a block or a function; none for others."""
    if token.type in BLOCKS:
        return token.content  # type: ignore[no-any-return]
    return token.arguments if token.type == "function" else ()
