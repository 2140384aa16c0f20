"""Sink: where the stages of a run report what they find, and which waivers an editor has written for it.

Nothing is decided here. `build/severity` applies waivers and strictness once, when the run ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from publisher.diagnostics import Diagnostic, PublisherError, Span

Unfinished = Callable[[tuple[Diagnostic, ...]], None]
"""What is called with the diagnostics of a run that ends unexpectedly."""


def disregard(_: tuple[Diagnostic, ...]) -> None:
    """Do nothing with the diagnostics of a run that ends unexpectedly."""


class Look(StrEnum):
    """What a run has looked at; a waiver can be found to be of no use only after the look that finds its code."""

    EDITION = "edition"
    NOTES = "notes"
    """The places of the notes."""
    RIGHTS = "rights"
    """The ledger of a course reader."""
    ARCHIVE = "archive"
    """The sources that a PDF for the archive carries."""
    COMPOSED = "composed"
    """The volume before it is laid out."""
    BUILT = "built"
    LAID_OUT = "laid out"
    """The words on the pages of PDFs."""
    PROOF = "proof"
    """The finished pages, as `publisher proof` looks at them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A warning that the editors accepted."""

    code: str
    reason: str
    where: str | None
    """`notes/editorial.md` or `notes/editorial.md:12`; None for every place."""
    span: Span | None
    """Its code in `edition.yaml`."""


@dataclass(slots=True, kw_only=True)
class Sink:
    """Collects what the stages of a run report about one edition or course reader."""

    reports: list[Diagnostic | Sink] = field(default_factory=list)
    """What was reported, in order; of an edition in a course reader, its own sink."""
    waivers: tuple[Waiver, ...] = ()
    looks: set[Look] = field(default_factory=set)
    """The looks that are complete."""

    def report(self, *found: Diagnostic) -> None:
        """Record diagnostics."""
        self.reports += found

    def include(self, other: Sink) -> None:
        """Record what another sink has collected, with its own waivers."""
        self.reports.append(other)

    def complete(self, *looks: Look) -> None:
        """Record that everything was looked for which these looks can find."""
        self.looks.update(looks)

    def waive(self, waivers: Iterable[Waiver]) -> None:
        """Record the waivers that an edition or a course reader has."""
        self.waivers = tuple(waivers)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Record what the block raises as `PublisherError`, and continue behind it."""
        try:
            yield
        except PublisherError as error:
            self.report(*error.diagnostics)
