"""The order in which diagnostics are reported, and how they are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, Severity

FEW = 3
"""How many diagnostics that differ in quoted words are printed one by one."""
LINES = 20
"""How many lines are named that have the same diagnostic."""
_PARTICULAR = re.compile(r"“[^”]*”|\"[^\"]*\"|[0-9][0-9.,]*")
PRINTED = 100
"""How many diagnostics are printed for people and for text editors; programs get all of them."""

Order = Callable[[Iterable[Diagnostic]], tuple[Diagnostic, ...]]
"""Puts diagnostics into the order in which they are reported."""


def as_given(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in the order in which they were found, where that means something."""
    return tuple(diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics, errors first, then by file, line and column, each with those beneath it.

    Of one severity those without a place come last.
    """
    told = sorted(diagnostics, key=lambda item: (tuple(Severity).index(item.severity), _place(item)))
    return tuple(item for diagnostic in told for item in (diagnostic, *in_order(diagnostic.beneath)))


def severity_counts(diagnostics: Iterable[Diagnostic]) -> str:
    """How many there are of each severity: `2 errors, 1 warning`; empty where there is none."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    numbers = ((severity, severities.count(severity)) for severity in Severity)
    return ", ".join(f"{number} {severity}{'' if number == 1 else 's'}" for severity, number in numbers if number)


def printed_diagnostics(told: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics that are printed, in their order: if they are too many, errors go before warnings and notes."""
    return tuple(told[at] for at in printed_at(told))


def printed_at(told: Sequence[Diagnostic]) -> tuple[int, ...]:
    """Where those are that are printed."""
    gravest = sorted(range(len(told)), key=lambda at: list(Severity).index(told[at].severity))
    return tuple(sorted(gravest[:PRINTED]))


@dataclass(frozen=True, slots=True)
class Group:
    """A diagnostic and those that say the same of other places."""

    first: Diagnostic
    others: tuple[Diagnostic, ...] = ()


def group_by_cause(told: Sequence[Diagnostic]) -> tuple[Group, ...]:
    """The diagnostics, with warnings and remarks that say the same of other lines of one file put together.

    They say the same if they differ in nothing but their place; if more than three differ in quoted words and numbers
    alone, they do so too.
    """
    alike = Counter(_kind(item) for item in told if _can_be_grouped(item))
    groups: dict[object, list[Diagnostic]] = {}
    for at, diagnostic in enumerate(told):
        key: object = at
        if _can_be_grouped(diagnostic):
            key = (
                _kind(diagnostic)
                if alike[_kind(diagnostic)] > FEW
                else (_kind(diagnostic), diagnostic.message, diagnostic.hint)
            )
        groups.setdefault(key, []).append(diagnostic)
    return tuple(Group(first=members[0], others=tuple(members[1:])) for members in groups.values())


def others_said(group: Group) -> str:
    """How many more there are, and in which lines; empty if there is none."""
    if not group.others:
        return ""
    numbers = [
        diagnostic.span.source.position(diagnostic.span.start)[0]
        for diagnostic in group.others
        if diagnostic.span is not None
    ]
    lines = list(dict.fromkeys(numbers))
    shown = ", ".join(map(str, lines[:LINES])) + (" …" if len(lines) > LINES else "")
    return f"{len(group.others):,} more like this: line{'s' * (len(lines) > 1)} {shown}"


def _can_be_grouped(diagnostic: Diagnostic) -> bool:
    return (
        diagnostic.severity is not Severity.ERROR
        and diagnostic.span is not None
        and not diagnostic.beneath
        and not diagnostic.related
    )


def _kind(diagnostic: Diagnostic) -> tuple[str, str, str, str]:
    """What a diagnostic is of: its code, its file, its message without quoted words and numbers."""
    name = "" if diagnostic.span is None else diagnostic.span.source.name
    return diagnostic.severity, diagnostic.code, name, _PARTICULAR.sub("…", diagnostic.message)


def unprinted_count(told: Sequence[Diagnostic]) -> str:
    """How many diagnostics are not printed: `… and 23 more`; empty if all of them are."""
    more = len(told) - PRINTED
    return f"… and {more:,} more" if more > 0 else ""


def _place(diagnostic: Diagnostic) -> tuple[bool, str, int, int, str, str]:
    span = diagnostic.span
    if span is None:
        return True, "", 0, 0, diagnostic.code, diagnostic.message
    line, column = span.source.position(span.start)
    return False, span.source.name, line, column, diagnostic.code, diagnostic.message
