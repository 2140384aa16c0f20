"""The environment in which templates of an edition's own run: they can loop and ask, and reach nothing else.

Jinja's sandbox (https://jinja.palletsprojects.com/en/stable/sandbox/) denies what is known to be dangerous; this one
allows what templates need. Attributes are those of text, numbers, collections and of the frozen values that a template
is given; what depends on chance or on addresses in memory cannot be printed, since the same input makes the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError, Undefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from publisher.diagnostics import Source

DEEPEST = 16
"""So many statements of a template may be in each other; Python itself takes no more than twenty loops."""
DEEPEST_BRACKETS = 40
LONGEST = 2000
"""So many words and signs a statement or an expression may have."""
LONGEST_TEXT = 1_000_000
"""So many characters or entries `*` makes of something at most."""
LARGEST_NUMBER = 4096
"""So many bits a product or a power has at most."""
METHODS = frozenset({"note_at_call", "placement"})
"""The methods of what templates are given that they may call."""
HIDDEN = frozenset({"render_note"})
"""Fields that are no values."""
WRITES_TOO_MUCH = "it writes much more than the edition has words for"
WITHHELD = ("attr", "pprint", "random")
"""Jinja's filters that reach around the sandbox, print addresses or depend on chance."""
_OPENING = frozenset({"autoescape", "block", "call", "filter", "for", "if", "macro", "set", "with"})
_OPEN, _CLOSE = frozenset({"lparen", "lbracket", "lbrace"}), frozenset({"rparen", "rbracket", "rbrace"})
_PLAIN = (str, bytes, int, float, tuple, list, Mapping, Set, Enum, Undefined)


class TooMuch(Exception):
    """A template that exceeds a limit; the message says which."""


class OwnLoader(BaseLoader):
    """Loads an edition's own templates, and remembers which one it loaded last."""

    def __init__(self, own: Mapping[str, Source]) -> None:
        """Take the edition's own templates by name."""
        self._own = own
        self.last = next(iter(own), "")
        """The name of the template that is being compiled, if one is."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of a template, and what tracebacks call it; raises `TemplateNotFound`."""
        if template not in self._own:
            raise TemplateNotFound(template)
        self.last = template
        return self._own[template].text, f"templates/{template}", lambda: True


class Bounds(Extension):
    """Refuses templates that are nested too deeply for the compiler, with the line."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens unchanged; raises `TemplateSyntaxError`."""
        depth = 0
        for tag in _tags(stream):
            words = [token for token in tag if token.type not in ("data", "block_begin", "block_end")]
            name = words[0].value if tag[0].type == "block_begin" and words else ""
            if name.startswith("end"):
                depth -= 1
            elif name in _OPENING and not (name == "set" and any(word.type == "assign" for word in words)):
                depth += 1
            if depth > DEEPEST:
                _refuse(f"more than {DEEPEST} statements are nested", tag[0], stream)
            if len(tag) > LONGEST:
                _refuse("the expression is too long", tag[0], stream)
            brackets = 0
            for token in tag:
                brackets += (token.type in _OPEN) - (token.type in _CLOSE)
                if brackets > DEEPEST_BRACKETS:
                    _refuse(f"more than {DEEPEST_BRACKETS} brackets are nested", token, stream)
                yield token


def _tags(stream: TokenStream) -> Iterator[list[Token]]:
    """The tokens in groups: text between tags, and each tag from its beginning to its end."""
    tag: list[Token] = []
    for token in stream:
        if token.type in ("data", "block_begin", "variable_begin") and tag:
            yield tag
            tag = []
        tag.append(token)
        if len(tag) > LONGEST:
            yield tag
            tag = []
    if tag:
        yield tag


def _refuse(message: str, token: Token, stream: TokenStream) -> None:
    raise TemplateSyntaxError(message, token.lineno, stream.name, stream.filename)


class OwnEnvironment(ImmutableSandboxedEnvironment):
    """The environment of templates of an edition's own."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, loader: BaseLoader, *, largest: int) -> None:
        """Create an environment in which no text has more characters than `largest`."""
        self._largest = largest
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=False,
            keep_trailing_newline=True,
            extensions=[Bounds],
            finalize=printable,
        )
        self.globals.pop("lipsum", None)
        for name in WITHHELD:
            self.filters.pop(name, None)

    def concat(self, parts: Iterable[str]) -> str:
        """The text of a macro or block; raises `TooMuch`."""
        text = "".join(parts)
        if len(text) > self._largest:
            raise TooMuch(WRITES_TOO_MUCH)
        return text

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may ask a value for an attribute."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if isinstance(obj, _PLAIN) or type(obj).__module__.partition(".")[0] == "jinja2":
            return True
        if not is_dataclass(obj) or isinstance(obj, type):
            return False
        is_field = attr in {field.name for field in fields(obj)} - HIDDEN
        return is_field or attr in METHODS or isinstance(getattr(type(obj), attr, None), property)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The product or power of two values; raises `OverflowError` if it would be too large to be meant."""
        if operator == "*" and (_is_repeated(left, right) or _is_repeated(right, left)):
            raise OverflowError("the text or list that “*” makes is too long")
        if _bits(operator, left, right) > LARGEST_NUMBER:
            raise OverflowError("the number is too large")
        return super().call_binop(context, operator, left, right)


def printable(value: object) -> object:
    """The value, if a template may print it: text or a number; raises `TypeError`."""
    if value is None or isinstance(value, str | int | float | Undefined):
        return value
    raise TypeError(f"only text and numbers can be printed, not a {type(value).__name__}")


def _is_repeated(sequence: object, times: object) -> bool:
    """Whether repeating a sequence makes more than can be meant."""
    if not isinstance(sequence, str | bytes | tuple | list) or not isinstance(times, int):
        return False
    return len(sequence) * times > LONGEST_TEXT


def _bits(operator: str, left: object, right: object) -> int:
    """About how many bits the product or power of two whole numbers has; 0 if it is none."""
    if not isinstance(left, int) or not isinstance(right, int):
        return 0
    return left.bit_length() * max(right, 0) if operator == "**" else left.bit_length() + right.bit_length()
