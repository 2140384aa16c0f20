"""The keys of `edition.yaml` and `reader.yaml` as their JSON Schemas declare them, by the place in the file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from publisher.diagnostics import Source, Span
from publisher.load.config.settings import schema as edition_schema
from publisher.load.reader import schema as reader_schema

_KEY = re.compile(r"^(\s*(?:- +)*)([A-Za-z][\w-]*)(\s*:)")
_INLINE = re.compile(r"[{,]\s*([A-Za-z][\w-]*)\s*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key with its place."""

    name: str
    about: str
    span: Span


def key_at(source: Source, offset: int) -> Key | None:
    """The declared key at an offset; None if there is none."""
    number, column = source.position(offset)
    line = source.line(number)
    for found in (*_KEY.finditer(line), *_INLINE.finditer(line)):
        group = 2 if found.re is _KEY else 1
        if found.start(group) < column <= found.end(group) + 1:
            path = path_at(source, number, inline=found.re is _INLINE)
            about = properties(source, path).get(found[group], {}).get("description")
            start = source.line_starts[number - 1]
            span = source.span(start + found.start(group), start + found.end(group))
            return None if about is None else Key(name=found[group], about=str(about), span=span)
    return None


def path_at(source: Source, number: int, *, inline: bool = False) -> tuple[str, ...]:
    """The keys above a line (counted from 1), outermost first; with `inline`, that of the line itself too.

    Above are the nearest lines before it whose keys begin further left.
    """
    line = source.line(number)
    own = _KEY.match(line)
    path = [own[2]] if inline and own else []
    width = len(own[1]) if own else len(line) - len(line.lstrip(" -"))
    for above in range(number - 1, 0, -1):
        if width == 0:
            break
        found = _KEY.match(source.line(above))
        if found and len(found[1]) < width:
            path.append(found[2])
            width = len(found[1])
    return tuple(reversed(path))


def properties(source: Source, path: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The keys that can be below a path; none if the path is not declared."""
    node: Any = _schema(Path(source.name).name == "reader.yaml")
    for name in path:
        node = _inner(node).get("properties", {}).get(name)
        if node is None:
            return {}
    found = _inner(node).get("properties", {})
    return found if isinstance(found, dict) else {}


def words(source: Source, path: tuple[str, ...]) -> tuple[str, ...]:
    """The words that a key can have; none if it can have any."""
    node = properties(source, path[:-1]).get(path[-1], {})
    for record in (node, *node.get("anyOf", ()), *node.get("oneOf", ()), node.get("items", {})):
        if isinstance(record, dict) and "enum" in record:
            return tuple(map(str, record["enum"]))
    return ("true", "false") if node.get("type") == "boolean" else ()


def _inner(node: Any) -> Any:
    """The object below a node: the node itself, its items, or one of its alternatives."""
    if "properties" in node:
        return node
    for record in (node.get("items"), *node.get("anyOf", ()), *node.get("oneOf", ())):
        if isinstance(record, dict):
            found = _inner(record)
            if "properties" in found:
                return found
    return node


@cache
def _schema(of_reader: bool) -> Any:
    return json.loads(reader_schema() if of_reader else edition_schema())
