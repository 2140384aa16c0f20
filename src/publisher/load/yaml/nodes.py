"""YAML with positions: text to a tree of scalars, sequences and mappings that know where they are.

Read from the events of ruamel.yaml (https://yaml.org/spec/1.2.2/), so that nothing is built that was not asked for:
no tags, no aliases, a bounded depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from publisher.diagnostics import Source, Span
from publisher.load.findings import Findings
from publisher.load.yaml.causes import cause

DEPTH = 12
"""How deep lists and mappings may be in each other."""

LENGTH = 200_000
"""How many characters of YAML are read; the longest `edition.yaml` that anyone needs has a tenth of that."""

END = "end of stream"
"""What the parser says where it looks for a closing quotation mark in vain; what was opened is shown then."""

IN_PLAIN_WORDS = (
    ("mapping values are not allowed", "there is a colon where none is allowed"),
    ("'\\t'", "there is a tab where only spaces are allowed"),
    ("found character", "a value begins with a sign that means something else in YAML"),
    (END, "a quotation mark is opened and never closed"),
    ("expected ',' or ']'", "a list is opened with a bracket and never closed"),
    ("expected ',' or '}'", "a brace is opened and never closed"),
    ("could not find expected ':'", "in the line before, a colon and a space are missing"),
    ("<block end>", "this does not belong here"),
    ("unknown escape character", "a backslash in double quotes precedes a letter that it cannot precede"),
)
"""What the parser says of the mistakes that are made most often, and what an editor understands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value."""

    text: str
    plain: bool
    """Whether it is without quotes, so that `true` is no word."""
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list."""

    entries: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A key with its value."""

    key: str
    key_span: Span
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys with values, in the order of the file, each key once."""

    pairs: tuple[Pair, ...]
    span: Span


Node = Scalar | Sequence | Mapping


class Unreadable(Exception):
    """The YAML cannot be understood; it has been noted why."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """One pass through the events of a stretch of a source."""

    source: Source
    offset: int
    findings: Findings
    events: Iterator[Event]
    depth: int = 0

    def span(self, event: Event) -> Span:
        """Where an event is in the source."""
        return self.source.span(self.offset + event.start_mark.index, self.offset + event.end_mark.index)

    def refuse(self, code: str, message: str, *, at: Span, hint: str) -> Unreadable:
        """The exception to raise, after noting why."""
        self.findings.error(code, message, span=at, hint=hint)
        return Unreadable(message)


def tree(source: Source, *, start: int, end: int, findings: Findings) -> Mapping | None:
    """The mapping that a stretch of a source holds; None where it holds none, after noting why.

    Notes malformed YAML, values that are no mapping, keys that occur twice, and unsupported features.
    """
    reading = Reading(
        source=source, offset=start, findings=findings, events=YAML(typ="safe", pure=True).parse(source.text[start:end])
    )
    try:
        _demand_bounds(reading, start=start, end=end)
        return _document(reading)
    except MarkedYAMLError as error:
        problem = str(error.problem or error.context or "it cannot be read")
        opened = error.context_mark if END in problem else None
        mark = opened or error.problem_mark or error.context_mark
        _note_malformed(reading, at=start + (mark.index if mark else 0), problem=problem)
    except (YAMLError, ValueError) as error:
        _note_malformed(reading, at=start, problem=str(error).splitlines()[0])
    except Unreadable:
        pass
    return None


def _demand_bounds(reading: Reading, *, start: int, end: int) -> None:
    """Nothing; raises `Unreadable` where there is more than anyone writes by hand."""
    if end - start > LENGTH:
        raise reading.refuse(
            "E-009",
            f"{end - start:,} characters of YAML, more than {LENGTH:,}",
            at=reading.source.span(start, start + 1),
            hint="long texts belong into a file of their own, which edition.yaml names",
        )


def _note_malformed(reading: Reading, *, at: int, problem: str) -> None:
    at = min(at, max(len(reading.source.text) - 1, 0))
    if found := cause(reading.source.text, at):
        span = reading.source.span(found.start, found.end)
        reading.findings.error(
            "E-002", f"malformed YAML: {found.message}", span=span, hint=found.hint, fix=found.replacement
        )
        return
    problem = next((plain for said, plain in IN_PLAIN_WORDS if said in problem), problem)
    reading.findings.error(
        "E-002",
        f"malformed YAML: {problem}",
        span=reading.source.span(at, min(at + 1, len(reading.source.text))),
        hint="look at this line and the one before: a colon, a quotation mark, a bracket or the indentation is wrong; "
        "put text that holds “: ” or “#” or begins with a quotation mark in quotes",
    )


def _document(reading: Reading) -> Mapping | None:
    node: Node | None = None
    for event in reading.events:
        if isinstance(event, DocumentStartEvent) and node is not None:
            raise reading.refuse(
                "E-009", "a second document begins", at=reading.span(event), hint="delete the line “---”"
            )
        if isinstance(event, NodeEvent):
            node = _node(event, reading)
    if isinstance(node, Mapping):
        return node
    at = node.span if node else reading.source.span(reading.offset, reading.offset)
    raise reading.refuse("E-005", "keys with values expected", at=at, hint="write one “key: value” a line")


def _node(event: Event, reading: Reading) -> Node:
    _plain_yaml(event, reading)
    match event:
        case ScalarEvent():
            return Scalar(text=_value(event, reading), plain=event.style is None, span=reading.span(event))
        case SequenceStartEvent():
            return _sequence(event, reading)
        case MappingStartEvent():
            return _mapping(event, reading)
        case _:
            raise reading.refuse("E-002", "a value is missing", at=reading.span(event), hint="write one")


def _plain_yaml(event: Event, reading: Reading) -> None:
    """Nothing; raises `Unreadable` at aliases, anchors, tags and values that are too deep in each other."""
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
        raise reading.refuse(
            "E-009",
            "an anchor or alias (& or *) has no meaning here",
            at=reading.span(event),
            hint="write the value out; put text that begins with & or * in quotes",
        )
    if getattr(event, "tag", None) not in (None, "!"):
        raise reading.refuse(
            "E-009",
            "a tag (!) has no meaning here",
            at=reading.span(event),
            hint="put text that begins with ! in quotes",
        )
    if reading.depth > DEPTH:
        raise reading.refuse(
            "E-009", "lists are nested too deeply", at=reading.span(event), hint="nothing here needs that depth"
        )


def _value(event: ScalarEvent, reading: Reading) -> str:
    value = str(event.value)
    if any("\ud800" <= character <= "\udfff" or (character < " " and character not in "\t\n") for character in value):
        raise reading.refuse(
            "E-002", "the value holds a character that no book can print", at=reading.span(event), hint="delete it"
        )
    return value


def _sequence(event: Event, reading: Reading) -> Sequence:
    reading.depth += 1
    entries: list[Node] = []
    last = event
    for last in reading.events:
        if isinstance(last, SequenceEndEvent):
            break
        entries.append(_node(last, reading))
    reading.depth -= 1
    return Sequence(entries=tuple(entries), span=_extent(event, last, reading))


def _mapping(event: Event, reading: Reading) -> Mapping:
    reading.depth += 1
    pairs: dict[str, Pair] = {}
    last = event
    for last in reading.events:
        if isinstance(last, MappingEndEvent):
            break
        pair = _pair(last, reading)
        if pair.key in pairs:
            reading.findings.error(
                "E-008",
                f"“{pair.key}” occurs here twice",
                span=pair.key_span,
                hint="delete one of the two",
                related=(("first here", pairs[pair.key].key_span),),
            )
        pairs.setdefault(pair.key, pair)
    reading.depth -= 1
    return Mapping(pairs=tuple(pairs.values()), span=_extent(event, last, reading))


def _pair(event: Event, reading: Reading) -> Pair:
    key = _node(event, reading)
    if not isinstance(key, Scalar):
        raise reading.refuse("E-002", "a key must be a word", at=key.span, hint="write “key: value”")
    value = _node(next(reading.events), reading)
    if isinstance(value, Scalar) and value.plain and not value.text:
        value = Scalar(text="", plain=True, span=key.span)
    return Pair(key=key.text, key_span=key.span, value=value)


def _extent(first: Event, last: Event, reading: Reading) -> Span:
    return reading.source.span(reading.offset + first.start_mark.index, reading.offset + last.end_mark.index)
