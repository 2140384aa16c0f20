"""The order in which diagnostics are told, and how they are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from publisher.diagnostics import Diagnostic, Severity

PRINTED = 100
"""How many diagnostics are printed for people and for text editors; programs get all of them."""

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


def printed(told: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics that are printed, in their order: if they are too many, errors go before warnings and notes."""
    if len(told) <= PRINTED:
        return tuple(told)
    gravest = sorted(range(len(told)), key=lambda at: list(Severity).index(told[at].severity))
    return tuple(told[at] for at in sorted(gravest[:PRINTED]))


def unprinted(told: Sequence[Diagnostic]) -> str:
    """How many diagnostics are not printed: `… and 23 more`; empty if all of them are."""
    more = len(told) - PRINTED
    return f"… and {more:,} more" if more > 0 else ""


def _place(diagnostic: Diagnostic) -> tuple[bool, str, int, int, str, str]:
    span = diagnostic.span
    if span is None:
        return True, "", 0, 0, diagnostic.code, diagnostic.message
    line, column = span.source.position(span.start)
    return False, span.source.name, line, column, diagnostic.code, diagnostic.message
