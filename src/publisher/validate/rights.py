"""Whether a course reader may be given away: the rights in each reading and picture, as the ledger has them.

A distribution copy is refused with everything that is missing; a proof copy is let through with warnings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, Severity
from publisher.model.date import last_day
from publisher.model.ledger import Entitlement, Kind, LedgerEntry
from publisher.model.reader import Reader
from publisher.model.settings import RightsStatus
from publisher.model.target import Copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Who knows the day. It is asked no more than is needed: what no one asks of the day, changes with no day."""

    current_day: Callable[[], str]
    is_past: Callable[[str], bool]
    """Whether a day, ISO 8601, lies before today."""


def rights_faults(ledger: Iterable[LedgerEntry], reader: Reader, *, calendar: Calendar) -> tuple[Diagnostic, ...]:
    """Return an error for each entry whose rights are unknown, incomplete, expired or for fewer copies.

    A permission has to hold today, on the date of the reader, and on the last day of its units.
    """
    course = reader.course
    ends = (day for unit in reader.units for day in (unit.starts, unit.ends) if day)
    needed = max(map(last_day, (course.date, *ends)))
    severity = Severity.ERROR if course.copy is Copy.DISTRIBUTION else Severity.WARNING
    found = (
        fault
        for entry in ledger
        if entry.copied
        for fault in (*_faults(entry, course.copies), *_run_out(entry, needed, calendar))
    )
    return tuple(
        Diagnostic(code=code, message=message, span=entry.entitlement.span, hint=hint, severity=severity)
        for entry, code, message, hint in found
    )


Fault = tuple[LedgerEntry, str, str, str]


def _run_out(entry: LedgerEntry, needed: str, calendar: Calendar) -> Iterator[Fault]:
    """C-007 where the permission does not hold until the last day that the reader is needed, or today."""
    expires = entry.entitlement.expires
    if expires and (expires < needed or calendar.is_past(expires)):
        until = max(needed, calendar.current_day())
        message = f"the permission for {_holder_name(entry)} runs out on {expires}, and it has to hold until {until}"
        yield entry, "C-007", message, "ask for a longer one, or give a link instead: link: https://…"


def _faults(entry: LedgerEntry, copies: int | None) -> Iterator[Fault]:
    rights, what = entry.entitlement, _holder_name(entry)
    if rights.status is RightsStatus.UNKNOWN:
        hint = "find out who holds them, and write it under rights:; or give a link instead: link: https://…"
        if entry.kind is Kind.IMAGE:
            hint = f"write them below the reading: images: [{{file: {entry.title}, rights: {{status: …}}}}]"
        yield entry, "C-009", f"the rights in {what} are unknown", hint
    for name, why in _missing(rights):
        yield (
            entry,
            "C-010",
            f"the rights in {what} have the status {rights.status}, and {why} is missing",
            f"add {name}: …",
        )
    if rights.copies is not None and (copies is None or copies > rights.copies):
        made = (
            "it is not said how many are made" if copies is None else f"{copies} {'is' if copies == 1 else 'are'} made"
        )
        copied = "1 copy" if rights.copies == 1 else f"{rights.copies:,} copies"
        message = f"the permission for {what} is for {copied}, and {made}"
        yield entry, "C-008", message, f"write copies: {rights.copies} at the top of reader.yaml, or ask for more"


def _missing(rights: Entitlement) -> Iterator[tuple[str, str]]:
    """The keys that the status needs and that are not there, with what each is."""
    needed: tuple[tuple[str, str, str | None], ...] = ()
    match rights.status:
        case RightsStatus.LICENSED:
            needed = (("licence-url", "the web address of the licence", rights.licence_url),)
        case RightsStatus.PERMISSION:
            needed = (
                ("granted", "the day on which permission was given", rights.granted),
                ("scope", "what the permission is for", rights.scope),
            )
        case RightsStatus.EXCEPTION:
            needed = (("reason", "the reason why an exception holds", rights.reason),)
        case RightsStatus.PUBLIC_DOMAIN | RightsStatus.UNKNOWN:
            pass
    return ((name, why) for name, why, value in needed if not value)


def _holder_name(entry: LedgerEntry) -> str:
    if entry.kind is Kind.IMAGE:
        return f"the picture {entry.title} in “{entry.source}”"
    return f"“{entry.title}”"
