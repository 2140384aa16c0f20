"""Declarations of YAML keys and of the records that they make, read with positions and reported as JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar, cast

from publisher.diagnostics import Span
from publisher.load.findings import Findings, nearest, only_meant, suggestion
from publisher.load.yaml.nodes import Mapping, Node, Pair
from publisher.load.yaml.types import Json, Kind, short

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Generic[T_co]):
    """A key: its name, what it holds, what it is for, whether it must be there."""

    name: str
    kind: Kind[object]
    about: str
    must: bool
    absent: T_co
    """Its value where it is missing or wrong."""
    checked_later: bool = False
    """Whether the code that uses it reports that it is missing, because it can say what to write."""


def require(name: str, kind: Kind[T], *, about: str) -> Key[T]:
    """A key that must be there."""
    return Key(name=name, kind=kind, about=about, must=True, absent=kind.blank())


def require_later(name: str, kind: Kind[T], *, about: str) -> Key[T | None]:
    """A key that must be there, and whose absence is reported by the code that uses it."""
    return Key(name=name, kind=kind, about=about, must=True, absent=None, checked_later=True)


def optional(name: str, kind: Kind[T], *, about: str) -> Key[T | None]:
    """A key that may be missing."""
    return Key(name=name, kind=kind, about=about, must=False, absent=None)


def default(name: str, kind: Kind[T], *, absent: T, about: str) -> Key[T]:
    """A key that represents something where it is missing."""
    return Key(name=name, kind=kind, about=about, must=False, absent=absent)


class Keys:
    """The keys of a mapping, each declared once: as an attribute that has the name of the field that it fills."""

    @classmethod
    def by_field(cls) -> dict[str, Key[object]]:
        """Return the keys by the names of their attributes, in order; those of a class above come last."""
        return {name: value for item in cls.__mro__ for name, value in vars(item).items() if isinstance(value, Key)}

    @classmethod
    def all(cls) -> tuple[Key[object], ...]:
        """Return the keys in order."""
        return tuple(cls.by_field().values())

    @classmethod
    def fields(cls, given: Values, model: type) -> dict[str, Any]:
        """Return the values of those keys that have the name of a field of a dataclass, by these names."""
        named = {field.name for field in fields(model)}
        return {name: given[key] for name, key in cls.by_field().items() if name in named}


def record(keys: type[Keys], model: Callable[..., T], *, empty: T) -> Record[T]:
    """Return a mapping whose keys have the names of the fields of the model, one for one."""
    return Record(
        keys=keys.all(),
        build=lambda given: model(**{name: given[key] for name, key in keys.by_field().items()}),
        empty=empty,
    )


@dataclass(frozen=True, slots=True)
class Values:
    """What was read for the keys of a record."""

    read: dict[str, object]
    span: Span
    begin: Span
    """Its first key."""

    def __getitem__(self, key: Key[T]) -> T:
        """The value of a key, or what represents it."""
        return cast(T, self.read.get(key.name, key.absent))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Generic[T]):
    """A mapping with known keys, built into a value."""

    keys: tuple[Key[object], ...]
    build: Callable[[Values], T]
    empty: T

    def read(self, node: Node, *, findings: Findings) -> T | None:
        """The value. Notes E-005 where it is no mapping, and what `values` notes."""
        if isinstance(node, Mapping):
            return self.build(values(node, keys=self.keys, findings=findings))
        findings.error("E-005", "keys with values expected", span=node.span, hint=f"write {self.keys[0].name}: …")
        return None

    def schema(self) -> dict[str, Json]:
        """An object."""
        return object_schema(self.keys)

    def blank(self) -> T:
        """What represents it."""
        return self.empty


def values(node: Mapping, *, keys: Iterable[Key[object]], findings: Findings) -> Values:
    """The values of a mapping. Notes E-003 at unknown keys, E-004 at missing ones, and what the kinds note."""
    known = {key.name: key for key in keys}
    given = {pair.key for pair in node.pairs}
    read: dict[str, object] = {}
    mistyped: set[str] = set()
    for pair in node.pairs:
        if pair.key not in known:
            mistyped |= _note_unknown(pair, known=tuple(name for name in known if name not in given), findings=findings)
            continue
        value = known[pair.key].kind.read(pair.value, findings=findings)
        if value is not None:
            read[pair.key] = value
    for key in known.values():
        if key.must and not key.checked_later and key.name not in given | mistyped:
            findings.error(
                "E-004", f"“{key.name}” is missing", span=_beginning(node), hint=f"add “{key.name}: …”: {key.about}"
            )
    return Values(read, node.span, _beginning(node))


def object_schema(keys: Iterable[Key[object]]) -> dict[str, Json]:
    """The JSON Schema of a mapping with these keys and no others."""
    keys = tuple(keys)
    return {
        "type": "object",
        "properties": {key.name: {"description": key.about, **key.kind.schema()} for key in keys},
        "required": [key.name for key in keys if key.must],
        "additionalProperties": False,
    }


def _note_unknown(pair: Pair, *, known: tuple[str, ...], findings: Findings) -> set[str]:
    """Record E-003; return the known key that was meant, if there is one, which is then not missing too."""
    findings.error(
        "E-003",
        f"unknown key “{short(pair.key)}”",
        span=pair.key_span,
        hint=suggestion(pair.key, known) if known else "delete it",
        fix=only_meant(pair.key, known),
    )
    return set(nearest(pair.key, known))


def _beginning(node: Mapping) -> Span:
    return node.pairs[0].key_span if node.pairs else node.span
