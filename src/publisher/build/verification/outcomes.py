"""The outcomes that a file can have apart from being identical, each with its words."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.build.verification.outcome import PROGRAM, Given, Outcome, Shown, Verdict
from publisher.diagnostics import Diagnostic, amount
from publisher.model.excerpt import Wanted
from publisher.verify.comparison import Difference, diagnostic

MOST = 60
"""How many differences of one file are reported."""
SAVED = f"equivalent to the output of {PROGRAM}, saved again by another program"


def equivalent(item: Given, how: str) -> Outcome:
    """For a file that another program has only saved again."""
    return Outcome(name=item.name, verdict=Verdict.EQUIVALENT, line=f"{SAVED} ({how})")


def skip(item: Given, line: str) -> Outcome:
    """For a file that cannot be verified here."""
    return Outcome(name=item.name, verdict=Verdict.SKIPPED, line=line)


def different(item: Given, differences: Iterable[Difference] = (), *, told: Iterable[Diagnostic] = ()) -> Outcome:
    """For a file that differs; `told` is said before the differences."""
    found = list(differences)
    shown = [Shown(diagnostic=entry) for entry in told]
    shown += (
        Shown(diagnostic=diagnostic(difference, artifact=item.name), picture=difference.picture)
        for difference in found[:MOST]
    )
    if len(found) > MOST:
        rest = Difference(kind=found[MOST].kind, place="", message=f"{amount(len(found) - MOST, 'more difference')}")
        shown.append(Shown(diagnostic=diagnostic(rest, artifact=item.name)))
    return Outcome(name=item.name, verdict=Verdict.DIFFERENT, shown=tuple(shown))


def unknown(item: Given) -> Outcome:
    """For a file that is nothing this program writes."""
    told = Diagnostic(
        code="V-019",
        message=f"{item.name} is not a file that publisher writes for this edition",
        hint="leave it out, or name the edition that it belongs to: publisher verify DIR FILE",
    )
    return Outcome(name=item.name, verdict=Verdict.UNKNOWN, shown=(Shown(diagnostic=told),))


def without_sources(item: Given) -> Outcome:
    """For a PDF for the archive that is verified without its edition, and carries no sources."""
    told = Diagnostic(
        code="V-076",
        message=f"{item.name} carries no sources, so it does not verify itself",
        hint="name the folder of its edition: publisher verify DIR FILE",
    )
    return Outcome(name=item.name, verdict=Verdict.UNKNOWN, shown=(Shown(diagnostic=told),))


def of_another_edition(item: Given, said: str | None, identifier: str) -> Outcome:
    """For a volume of another edition, or a file of which nothing is known."""
    says = f"it says that it is {said!r}" if said else "it does not say what it is"
    told = Diagnostic(
        code="V-019",
        message=f"{item.name} is no file of this edition: {says}, and the edition is {identifier!r}",
        hint="name the edition that it belongs to: publisher verify DIR FILE",
    )
    return different(item, told=(told,))


def another_part(item: Given, fragment: str, wanted: Wanted) -> Outcome:
    """For a file that is another part of the volume than was asked for."""
    asked = f"the reading “{wanted.reading}”" if wanted.reading is not None else f"the section “{wanted.section}”"
    said = f"the excerpt “{fragment}”" if fragment else "the whole volume"
    told = Diagnostic(
        code="V-017",
        message=f"{item.name} says that it is {said}, and was to be {asked} alone",
        hint=f"without the option it is verified as what it says that it is: publisher verify {item.name}",
    )
    return different(item, told=(told,))


def edition_changed(item: Given, change: str) -> Diagnostic:
    """The error for a source that has changed since a file was built."""
    return Diagnostic(
        code="V-018",
        message=f"the edition has changed since {item.name} was built: {change}",
        hint="build it again, or take the edition as it was then",
    )


def other_report(item: Given) -> Diagnostic:
    """The error for a report that is not the one that a build writes."""
    return Diagnostic(
        code="V-052",
        message=f"{item.name} is not what a build of this edition writes",
        hint="build the edition again; no other program should write this file",
    )
