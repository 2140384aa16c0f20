"""The end of a run: waivers and strictness are applied once to everything that its stages reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.diagnostics.sink import Sink, Unfinished, disregard


@contextmanager
def conclude(sink: Sink, *, strict: bool = False, unfinished: Unfinished = disregard) -> Iterator[None]:
    """Decide on everything that the block reports, when it ends or a stage in it fails.

    Raises `PublisherError` with every diagnostic if one is an error; its exit code is that of the stage that failed.
    If the block ends in another exception, `unfinished` is called with the diagnostics, and the exception is raised.
    """
    try:
        yield
    except PublisherError as error:
        found = apply_severity(sink, strict=strict)
        known = {*found}
        raised = escalate(error.diagnostics, strict=strict)
        left = (diagnostic for diagnostic in raised if diagnostic not in known)
        raise PublisherError(*found, *left, exit_code=error.exit_code) from error
    except Exception:
        unfinished(apply_severity(sink, strict=strict))
        raise
    demand_no_errors(apply_severity(sink, strict=strict))


def apply_severity(sink: Sink, *, strict: bool) -> tuple[Diagnostic, ...]:
    """Return what a sink has collected: without what is waived, with the waivers that are of no use (E-020).

    If it is strict, warnings are errors; notes remain notes.
    """
    return escalate(_waive(sink), strict=strict)


def demand(sink: Sink) -> None:
    """Raise `PublisherError` with the errors that were reported so far, if there are any: no later stage may run."""
    demand_no_errors(tuple(diagnostic for diagnostic in _waive(sink) if diagnostic.severity is Severity.ERROR))


def demand_no_errors(found: tuple[Diagnostic, ...]) -> None:
    """Raise `PublisherError` with all of these if one of them is an error."""
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise PublisherError(*found)


def escalate(found: Iterable[Diagnostic], *, strict: bool) -> tuple[Diagnostic, ...]:
    """Return the diagnostics; if it is strict, warnings as errors."""
    return tuple(_escalate(diagnostic) if strict else diagnostic for diagnostic in found)


def _waive(sink: Sink) -> tuple[Diagnostic, ...]:
    """What a sink has collected, without what is waived; sinks in it first, each by its own waivers."""
    from publisher.validate.waivers import waive

    found = (
        diagnostic
        for report in sink.reports
        for diagnostic in (_waive(report) if isinstance(report, Sink) else (report,))
    )
    return waive(found, waivers=sink.waivers, looks=sink.looks)


def _escalate(diagnostic: Diagnostic) -> Diagnostic:
    beneath = escalate(diagnostic.beneath, strict=True)
    severity = Severity.ERROR if diagnostic.severity is Severity.WARNING else diagnostic.severity
    return replace(diagnostic, severity=severity, beneath=beneath)
