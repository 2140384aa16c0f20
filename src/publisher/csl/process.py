"""One request to the citation processor, answered by a child process with limits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from publisher.csl.styles import locale_text
from publisher.workers.limited import ChildFailed, LimitExceeded, Limits, run_limited

_LIMITS = Limits(seconds=90, memory=1 << 42, output=64 << 20)
"""The processor stops itself before. V8 reserves a terabyte of addresses; its heap is limited in the child."""


SECONDS = 60
"""How long the processor may take."""


class EngineFailed(Exception):
    """The processor did not answer: too much time or memory, or no process could be started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Everything that the processor needs."""

    style: str
    """The text of a CSL style."""
    locale: str
    """The name of a CSL locale."""
    records: Sequence[Mapping[str, Any]]
    """CSL-JSON with ids of ours, in the order of their first citations."""
    citations: Sequence[Mapping[str, Any]]
    """Citation objects of citeproc-js, in the order of the volume."""
    marks: Mapping[int, str]
    """The printed mark of each note, by its index."""
    conform: bool = True
    """Whether month and day follow the locale; not in a style of the edition's own, which says what it wants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A record that the processor cannot format, or a style that it cannot use."""

    record: str | None
    """The id of the record; None if it is the style."""
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the processor returns, as the markup of `bridge.js`."""

    citations: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """The ids of the records in the order of the list; empty if the style has none."""
    entries: tuple[str, ...] = ()
    numbered: bool = False
    """Whether the style cites by number."""
    note: bool = False
    """Whether it is a style for citations in notes."""
    prefix: str = ""
    suffix: str = ""
    """What the style prints around a citation."""
    problems: tuple[Problem, ...] = ()


def format_citations(request: Request) -> Answer:
    """What the processor makes of a request. Raises `EngineFailed`."""
    question = {
        "style": request.style,
        "locale": request.locale,
        "locales": {name: locale_text(name) for name in ("en-US", request.locale)},
        "records": list(request.records),
        "citations": list(request.citations),
        "seconds": SECONDS,
        "conform": request.conform,
        "marks": {str(index): mark for index, mark in request.marks.items()},
    }
    try:
        content = _answer(json.dumps(question).encode())
    except LimitExceeded as error:
        raise EngineFailed(f"the references take more {error.limit} than they may") from error
    except ChildFailed as error:
        raise EngineFailed(error.message) from error
    found: Mapping[str, Any] = json.loads(content)
    if "failed" in found:
        raise EngineFailed(str(found["failed"]))
    return Answer(
        citations=tuple(found["citations"]),
        order=tuple(found["order"]),
        entries=tuple(found["entries"]),
        numbered=found["numbered"],
        note=found["note"],
        prefix=found["prefix"],
        suffix=found["suffix"],
        problems=tuple(Problem(record=item["record"], message=item["message"]) for item in found["problems"]),
    )


@lru_cache(maxsize=32)
def _answer(question: bytes) -> bytes:
    """What the processor answers to a question: the editions of a reader, and its copies, ask the same ones."""
    return run_limited("publisher.csl.engine:answer", question, limits=_LIMITS)
