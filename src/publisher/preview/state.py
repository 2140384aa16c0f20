"""What a preview shows at a moment: what it is doing, and its results, each with the change that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Phase(StrEnum):
    """What the preview is doing."""

    CHECKING = "checking"
    BUILDING = "building"
    CURRENT = "current"
    """Everything is made from the files as they are."""
    ERRORS = "errors"
    """The files have errors; what is shown was made before."""
    GONE = "gone"
    """The folder is not there."""
    FAILED = "failed"
    """A job ended without a result."""


KINDS = ("problems", "text", "section", "pdf", "epub", "findings")
"""The kinds of results, in the order in which they are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Something that a job has made."""

    run: int
    """The job, whose folder has it."""
    revision: int
    """How many changes had been seen when the job began."""
    part: str = ""
    """The folder below that of the job; empty for the folder itself."""
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything that a page has to know; it is never changed, only replaced."""

    phase: Phase = Phase.CHECKING
    step: str = ""
    """The stage of the build, for people."""
    revision: int = 1
    """How many changes were seen, the beginning included."""
    results: tuple[tuple[str, Result], ...] = ()
    """By kind: the last result."""
    failure: str = ""
    undo: str = ""
    """What can be taken back; empty if nothing can."""
    redo: str = ""

    def result(self, kind: str) -> Result | None:
        """The last result of a kind."""
        return dict(self.results).get(kind)

    def with_result(self, kind: str, result: Result) -> tuple[tuple[str, Result], ...]:
        """The results with another one of a kind."""
        return tuple({**dict(self.results), kind: result}.items())

    def record(self) -> dict[str, Any]:
        """The state as JSON: each result says whether it is current."""
        results = {
            kind: {
                "run": result.run,
                "part": result.part,
                "current": result.revision == self.revision and self.phase is not Phase.GONE,
                **dict(result.counts),
            }
            for kind, result in self.results
        }
        return {
            "phase": str(self.phase),
            "step": self.step,
            "revision": self.revision,
            "results": results,
            "failure": self.failure,
            "undo": self.undo,
            "redo": self.redo,
        }
