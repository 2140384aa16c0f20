"""What was found, weighed: warnings are let through, errors end the run; where it is strict, warnings are errors."""

from __future__ import annotations

from dataclasses import replace

from publisher.diagnostics import Diagnostic, PublisherError, Severity


def raise_errors(found: tuple[Diagnostic, ...], *, strict: bool) -> tuple[Diagnostic, ...]:
    """What was found, if it is no more than warnings; raises `PublisherError` where it is more."""
    found = escalate(found, strict=strict)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise PublisherError(*found)
    return found


def escalate(found: tuple[Diagnostic, ...], *, strict: bool) -> tuple[Diagnostic, ...]:
    """What was found; where it is strict, warnings weigh as errors, and remarks stay remarks."""
    return tuple(_escalated(diagnostic) if strict else diagnostic for diagnostic in found)


def _escalated(diagnostic: Diagnostic) -> Diagnostic:
    return replace(diagnostic, severity=Severity.ERROR) if diagnostic.severity is Severity.WARNING else diagnostic
