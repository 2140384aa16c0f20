"""Warnings that an editor has looked at and lets stand, each with a reason in `edition.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from publisher.diagnostics import Diagnostic, Severity
from publisher.model.settings import Waiver


class Look(StrEnum):
    """What was looked at when a warning was found; a waiver of the warning is of no use only after that look."""

    EDITION = "edition"
    COMPOSED = "composed"
    """The volume before it is laid out."""
    BUILT = "built"
    LAID_OUT = "laid out"
    """The words on the pages of PDFs."""
    PROOF = "proof"
    """The finished pages, as `publisher proof` looks at them."""


REFUSED = frozenset({"D-020", "D-021", "D-022", "F-011", "S-012"})
"""What a reason may allow, and is an error without one: found as warnings, so that a waiver can be meant for them."""

_LATER = {
    "S-018": Look.COMPOSED,
    "G-007": Look.BUILT,
    "D-020": Look.LAID_OUT,
    "D-021": Look.LAID_OUT,
    "D-022": Look.LAID_OUT,
}


def _look(code: str) -> Look:
    return Look.PROOF if code.startswith("P-") else _LATER.get(code, Look.EDITION)


def unverified_pages(waivers: Iterable[Waiver]) -> tuple[Waiver, ...]:
    """The waivers that allow pages which cannot be proved."""
    return tuple(one for one in waivers if _look(one.code) is Look.LAID_OUT)


def waived(
    found: Iterable[Diagnostic], *, waivers: tuple[Waiver, ...], look: Look = Look.EDITION
) -> tuple[Diagnostic, ...]:
    """What one look found, without the warnings that are waived, and E-020 for each of its waivers that waives nothing.

    An error is never waived. A warning whose code is in `REFUSED` becomes an error where no waiver is meant for it.
    """
    waivers = tuple(waiver for waiver in waivers if _look(waiver.code) is look)
    found = tuple(found)
    used = {waiver for waiver in waivers if any(_fits(waiver, one) for one in found)}
    left = (_refused(one) for one in let_stand(found, waivers=waivers))
    return (*left, *(_unused(waiver, found) for waiver in waivers if waiver not in used))


def _refused(found: Diagnostic) -> Diagnostic:
    return replace(found, severity=Severity.ERROR) if found.code in REFUSED else found


def let_stand(found: Iterable[Diagnostic], *, waivers: tuple[Waiver, ...]) -> tuple[Diagnostic, ...]:
    """What was found without the warnings that are waived, where not everything was looked for."""
    return tuple(one for one in found if not any(_fits(waiver, one) for waiver in waivers))


def _fits(waiver: Waiver, diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic is a warning of the waiver's code, at its place where it names one."""
    if diagnostic.severity is Severity.ERROR or diagnostic.code != waiver.code:
        return False
    return waiver.where is None or (diagnostic.span is not None and _is_at(waiver.where, diagnostic))


def _is_at(where: str, diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic stands in a file (`notes/editorial.md`), or in its line (`notes/editorial.md:12`)."""
    assert diagnostic.span is not None
    name, _, line = where.partition(":")
    source = diagnostic.span.source
    in_file = source.name == name or source.name.endswith(f"/{name}")
    return in_file and (not line or source.position(diagnostic.span.start)[0] == int(line))


def _unused(waiver: Waiver, found: tuple[Diagnostic, ...]) -> Diagnostic:
    is_error = any(one.code == waiver.code and one.severity is Severity.ERROR for one in found)
    place = f" in {waiver.where}" if waiver.where else ""
    why = "is an error, which no waiver silences" if is_error else f"is not found{place}"
    return Diagnostic(
        code="E-020",
        message=f"the waiver is of no use: {waiver.code} {why}",
        span=waiver.span,
        hint="mend what it was for, then delete the waiver" if is_error else "delete it, or correct its code and place",
        severity=Severity.WARNING,
    )
