"""Files that were parsed before: a session that reads the same folder again and again parses only what has changed.

What a file gives depends on its name and its text alone, so it is found again by these. Of each file one version is
remembered. A session without such a memory (`Session.parsed`) parses every file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from publisher.diagnostics import Diagnostic, Source
from publisher.load.findings import Findings
from publisher.load.markdown.parser import MARKUP
from publisher.model.block import Figure
from publisher.workspace.session import current_session

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parsed:
    """What one version of a file gave."""

    source: Source
    content: bytes | None
    value: Any
    diagnostics: tuple[Diagnostic, ...]
    figures: tuple[Figure, ...]
    pieces: int
    """How many pieces of markup it has."""


def parse_once(
    parse: Callable[..., Value], source: Source, *, figures: list[Figure], findings: Findings, **more: object
) -> Value:
    """Return what `parse(source, figures=…, findings=…, **more)` returns; what it records is recorded each time."""
    memory = current_session().parsed
    if memory is None:
        return parse(source, figures=figures, findings=findings, **more)
    key = (f"{parse.__module__}.{parse.__qualname__}", source.name, *sorted(more.items()))
    found = memory.get(key)
    if not isinstance(found, _Parsed) or (found.source, found.content) != (source, source.content):
        found = memory[key] = _parse(parse, source, more)
    if found.pieces >= findings.room.left:
        return parse(source, figures=figures, findings=findings, **more)  # more than the edition may have
    findings.room.left -= found.pieces
    findings.diagnostics += found.diagnostics
    figures += found.figures
    value: Value = found.value
    return value


def _parse(parse: Callable[..., Any], source: Source, more: dict[str, object]) -> _Parsed:
    findings, figures = Findings(), list[Figure]()
    value = parse(source, figures=figures, findings=findings, **more)
    return _Parsed(
        source=source,
        content=source.content,
        value=value,
        diagnostics=tuple(findings.diagnostics),
        figures=tuple(figures),
        pieces=MARKUP - findings.room.left,
    )
