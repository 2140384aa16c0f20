"""What was asked of the world outside, and what it answered: so that one can ask again later, and compare.

`workspace` reports to a tracer every file, listing, date and variable that it returns. Files are remembered by
their content, never by their time stamps; that something is not there is an answer too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What can be asked."""

    LOCATED = "located"
    """Where a file is, symbolic links followed."""
    READ = "read"
    """What a file holds."""
    MATCHING = "matching"
    """Which names match a pattern."""
    BESIDE = "beside"
    """Where another folder is."""
    MOMENT = "moment"
    """The moment that artifacts carry."""
    DAY = "day"
    """Which day it is."""
    PAST = "past"
    """Whether a day is over."""
    COLOURS = "colours"
    """The CMYK profile of this computer."""
    VARIABLE = "variable"
    """An environment variable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Something that was asked."""

    kind: Kind
    about: str
    """The name of a file, a pattern, a date, a variable."""
    folder: str = ""
    """The folder that was asked; empty where it was none."""


@dataclass(slots=True)
class Tracer:
    """What remembers the answers."""

    answers: dict[Access, str] = field(default_factory=dict)
    """What was answered; of what was read, the digest."""
    steady: bool = True
    """Whether nothing has been answered in two ways."""

    def record(self, question: Access, answer: str) -> None:
        """Remembers an answer."""
        self.steady = self.steady and self.answers.setdefault(question, answer) == answer


_LISTENING: ContextVar[tuple[Tracer, ...]] = ContextVar("_LISTENING", default=())


@contextmanager
def tracing() -> Iterator[Tracer]:
    """Give a tracer of everything that is asked in the block."""
    tracer = Tracer()
    before = _LISTENING.set((*_LISTENING.get(), tracer))
    try:
        yield tracer
    finally:
        _LISTENING.reset(before)


def is_traced() -> bool:
    """Whether anyone listens."""
    return bool(_LISTENING.get())


def record_access(kind: Kind, about: str, answer: str, *, folder: str = "") -> None:
    """Reports anyone who listens what was asked and answered."""
    for tracer in _LISTENING.get():
        tracer.record(Access(kind=kind, about=about, folder=folder), answer)
