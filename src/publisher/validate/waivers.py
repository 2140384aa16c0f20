"""Warnings that an editor has looked at and lets are, each with a reason in `edition.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from publisher.diagnostics import Diagnostic, Severity
from publisher.diagnostics.sink import Look, Waiver

REFUSED = frozenset({"D-020", "D-021", "D-022", "F-011", "K-004", "S-012"})
"""What a reason may allow, and is an error without one: found as warnings, so that a waiver can be meant for them."""

_LATER = {
    "N-005": Look.NOTES,
    "C-007": Look.RIGHTS,
    "C-008": Look.RIGHTS,
    "C-009": Look.RIGHTS,
    "C-010": Look.RIGHTS,
    "S-018": Look.COMPOSED,
    "D-030": Look.COMPOSED,
    "V-075": Look.ARCHIVE,
    "G-007": Look.BUILT,
    "D-020": Look.LAID_OUT,
    "D-021": Look.LAID_OUT,
    "D-022": Look.LAID_OUT,
}


def _look(code: str) -> Look:
    return Look.PROOF if code.startswith("P-") else _LATER.get(code, Look.EDITION)


def unverified_pages(waivers: Iterable[Waiver]) -> tuple[Waiver, ...]:
    """The waivers that allow pages which cannot be proved."""
    return tuple(waiver for waiver in waivers if _look(waiver.code) is Look.LAID_OUT)


def waive(
    found: Iterable[Diagnostic], *, waivers: tuple[Waiver, ...], looks: Collection[Look] = (Look.EDITION,)
) -> tuple[Diagnostic, ...]:
    """What was found, without the warnings that are waived, and E-020 for each waiver that waives nothing.

    E-020 is for the waivers of codes that these looks find. An error is never waived. A warning whose code is in
    `REFUSED` becomes an error if no waiver is meant for it.
    """
    found = tuple(found)
    used = {waiver for waiver in waivers if any(_fits(waiver, diagnostic) for diagnostic in found)}
    left = (_refuse(diagnostic) for diagnostic in found if not any(_fits(waiver, diagnostic) for waiver in waivers))
    return (*left, *(_unused_fault(item, found) for item in waivers if item not in used and _look(item.code) in looks))


def _refuse(found: Diagnostic) -> Diagnostic:
    return replace(found, severity=Severity.ERROR) if found.code in REFUSED else found


def _fits(waiver: Waiver, diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic is a warning of the waiver's code, at its place where it names one."""
    if diagnostic.severity is Severity.ERROR or diagnostic.code != waiver.code:
        return False
    return waiver.where is None or (diagnostic.span is not None and _is_at(waiver.where, diagnostic))


def _is_at(where: str, diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic is in a file (`notes/editorial.md`), or in its line (`notes/editorial.md:12`)."""
    assert diagnostic.span is not None
    name, _, line = where.partition(":")
    source = diagnostic.span.source
    in_file = source.name == name or source.name.endswith(f"/{name}")
    return in_file and (not line or source.position(diagnostic.span.start)[0] == int(line))


def _unused_fault(waiver: Waiver, found: tuple[Diagnostic, ...]) -> Diagnostic:
    is_error = any(diagnostic.code == waiver.code and diagnostic.severity is Severity.ERROR for diagnostic in found)
    place = f" in {waiver.where}" if waiver.where else ""
    why = "is an error, which no waiver silences" if is_error else f"is not found{place}"
    return Diagnostic(
        code="E-020",
        message=f"the waiver is of no use: {waiver.code} {why}",
        span=waiver.span,
        hint="correct the cause, then delete the waiver" if is_error else "delete it, or correct its code and place",
        severity=Severity.WARNING,
    )
