"""The order in which diagnostics are told, and how they are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from publisher.diagnostics import Diagnostic, Severity

Order = Callable[[Iterable[Diagnostic]], tuple[Diagnostic, ...]]
"""Puts diagnostics into the order in which they are told."""


def as_given(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in the order in which they were found, where that means something."""
    return tuple(diagnostics)


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by file, line and column, each with those beneath it; those without a place come last."""
    told = sorted(diagnostics, key=_place)
    return tuple(one for diagnostic in told for one in (diagnostic, *ordered(diagnostic.beneath)))


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """How many there are of each severity: `2 errors, 1 warning`; empty where there is none."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    numbers = ((severity, severities.count(severity)) for severity in Severity)
    return ", ".join(f"{number} {severity}{'' if number == 1 else 's'}" for severity, number in numbers if number)


def _place(diagnostic: Diagnostic) -> tuple[bool, str, int, int, str, str]:
    span = diagnostic.span
    if span is None:
        return True, "", 0, 0, diagnostic.code, diagnostic.message
    line, column = span.source.position(span.start)
    return False, span.source.name, line, column, diagnostic.code, diagnostic.message
