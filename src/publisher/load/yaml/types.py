"""What a YAML key may hold: text, a word of a list, a list; each kind reads a node and has a JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeAlias, TypeVar

from publisher.diagnostics import Span
from publisher.load.findings import Findings, only_meant, suggestion
from publisher.load.yaml.nodes import Node, Scalar, Sequence

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"

T = TypeVar("T")
C = TypeVar("C", bound=StrEnum)
T_co = TypeVar("T_co", covariant=True)

NO_TEXT = re.compile(r"(?:null|~|true|false|[-+]?(?:\d+|\d*\.\d+|\d+\.\d*)(?:e[-+]?\d+)?|0x[0-9a-f]+|0o[0-7]+|)", re.I)
"""Plain scalars that YAML takes for something else than text (YAML 1.2, §10.3.2)."""


class Kind(Protocol[T_co]):
    """What a key may hold."""

    def read(self, node: Node, *, findings: Findings) -> T_co | None:
        """The value; None after noting what is wrong with it."""

    def schema(self) -> dict[str, Json]:
        """The same as JSON Schema (draft 2020-12)."""

    def blank(self) -> T_co:
        """What represents a value that is missing or wrong, so that reading can continue."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A word and where it was written."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Text."""

    code: str = "E-005"

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """The text. Notes the code where it is none, E-007 where it is empty."""
        if not isinstance(node, Scalar):
            findings.error(self.code, "text expected", span=node.span, hint="write words, in quotes where in doubt")
            return None
        if node.plain and NO_TEXT.fullmatch(node.text):
            shown = f"“{node.text}” is no text in YAML" if node.text else "no value is given"
            hint = f'put it in quotes: "{node.text}"' if node.text else "write one after the colon, or delete the key"
            fix = f'"{node.text}"' if node.text else None
            findings.error(self.code, shown, span=node.span, hint=hint, fix=fix)
            return None
        if not node.text.strip():
            findings.error("E-007", "the text is empty", span=node.span, hint="write something, or delete the key")
            return None
        return node.text

    def schema(self) -> dict[str, Json]:
        """A string with a character other than white space."""
        return {"type": "string", "pattern": r"\S"}

    def blank(self) -> str:
        """No text."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """Text of a certain shape."""

    what: str
    """In words: `a date`."""
    example: str
    pattern: str
    """Regular expression for the whole, understood alike by Python and JSON Schema."""
    sound: Callable[[str], bool] = bool
    """What no pattern can report: whether February has that day."""
    meant: Callable[[str], str] = str
    """The text as it should be, if it was written in a usual way that is not the right one."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """The text. Notes E-005 where it is none, E-007 where its shape is wrong."""
        text = node.text if isinstance(node, Scalar) else ""
        if not text.strip() or (re.fullmatch(self.pattern, text) and self.sound(text)):
            return Words().read(node, findings=findings)
        meant = self.meant(text.strip())
        near = meant if re.fullmatch(self.pattern, meant) and self.sound(meant) else None
        hint = f"did you mean “{short(near)}”?" if near else f"write it like {self.example}"
        findings.error("E-007", f"“{short(text)}” is not {self.what}", span=node.span, hint=hint, fix=near)
        return None

    def schema(self) -> dict[str, Json]:
        """A string of the pattern."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "examples": [self.example]}

    def blank(self) -> str:
        """The example."""
        return self.example


@dataclass(frozen=True, slots=True)
class At:
    """A value stored with its place."""

    kind: Kind[str]

    def read(self, node: Node, *, findings: Findings) -> Placed | None:
        """The text with its place; notes what its kind notes."""
        text = self.kind.read(node, findings=findings)
        return None if text is None else Placed(text, node.span)

    def schema(self) -> dict[str, Json]:
        """The schema of its kind."""
        return self.kind.schema()

    def blank(self) -> Placed:
        """No text at no place."""
        return Placed("")


@dataclass(frozen=True, slots=True)
class OneOf(Generic[C]):
    """One of a few words."""

    words: type[C]
    code: str = "E-006"

    def read(self, node: Node, *, findings: Findings) -> C | None:
        """The word. Notes the code where it is none of them."""
        text = Words().read(node, findings=findings)
        known = tuple(word.value for word in self.words)
        if text is None or _hyphenate(text) in known:
            return None if text is None else self.words(_hyphenate(text))
        findings.error(
            self.code,
            f"“{short(text)}” is not one of the allowed values",
            span=node.span,
            hint=suggestion(text, known),
            fix=only_meant(text, known),
        )
        return None

    def schema(self) -> dict[str, Json]:
        """The words."""
        return {"enum": [str(word) for word in self.words]}

    def blank(self) -> C:
        """The first of them."""
        return next(iter(self.words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One of many words, reported without listing them all."""

    what: str
    words: tuple[str, ...]

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """The word. Notes E-006 where it is not known."""
        text = Words().read(node, findings=findings)
        if text is None or text in self.words:
            return text
        findings.error(
            "E-006", f"“{short(text)}” is not {self.what}", span=node.span, hint=suggestion(text, self.words)
        )
        return None

    def schema(self) -> dict[str, Json]:
        """The words."""
        return {"enum": list(self.words)}

    def blank(self) -> str:
        """The first of them."""
        return self.words[0]


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def read(self, node: Node, *, findings: Findings) -> bool | None:
        """Whether it is true. Notes E-005 where it is neither."""
        if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
            return node.text == "true"
        findings.error("E-005", "true or false expected", span=node.span, hint="write true or false, without quotes")
        return None

    def schema(self) -> dict[str, Json]:
        """A boolean."""
        return {"type": "boolean"}

    def blank(self) -> bool:
        """False."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Many(Generic[T]):
    """A list of values of one kind."""

    kind: Kind[T]
    least: int = 0
    most: int | None = None

    def read(self, node: Node, *, findings: Findings) -> tuple[T, ...] | None:
        """Those that are right. Notes E-005 where it is no list, E-007 where it is too short or too long."""
        if not isinstance(node, Sequence):
            findings.error(
                "E-005", "a list expected", span=node.span, hint="write [one, two], or a line “- one” for each"
            )
            return None
        count = len(node.entries)
        if count < self.least or (self.most is not None and count > self.most):
            wanted = f"{self.least}" if self.least == self.most else f"at least {self.least}"
            findings.error("E-007", f"{count} given, {wanted} expected", span=node.span, hint="correct the list")
            return None
        read = (self.kind.read(entry, findings=findings) for entry in node.entries)
        right = tuple(value for value in read if value is not None)
        return right if len(right) >= self.least else None

    def schema(self) -> dict[str, Json]:
        """An array."""
        schema: dict[str, Json] = {"type": "array", "items": self.kind.schema()}
        if self.least:
            schema["minItems"] = self.least
        if self.most is not None:
            schema["maxItems"] = self.most
        return schema

    def blank(self) -> tuple[T, ...]:
        """None of them."""
        return ()


@dataclass(frozen=True, slots=True)
class PatternOrList:
    """A text, or a list of texts."""

    kind: Kind[Placed]
    least: int = 0
    """How many a list needs."""

    def read(self, node: Node, *, findings: Findings) -> tuple[Placed, ...] | None:
        """The texts; one where no list is given."""
        if isinstance(node, Sequence):
            return Many(kind=self.kind, least=self.least).read(node, findings=findings)
        item = self.kind.read(node, findings=findings)
        return None if item is None else (item,)

    def schema(self) -> dict[str, Json]:
        """Either."""
        return {"anyOf": [self.kind.schema(), Many(kind=self.kind, least=self.least).schema()]}

    def blank(self) -> tuple[Placed, ...]:
        """None."""
        return ()


def _hyphenate(text: str) -> str:
    """A word of a list as it is declared: hyphens may be written as spaces."""
    return "-".join(text.split())


def short(text: str) -> str:
    """Return a text for a message: its first 57 characters and an ellipsis if it has more than 60."""
    return text if len(text) <= 60 else text[:57] + "…"
