"""qpdf, which knows the syntax of PDF: https://qpdf.readthedocs.io/."""

from __future__ import annotations

from pathlib import Path

from publisher.diagnostics import Severity
from publisher.validators.finding import Finding
from publisher.validators.process import Need, Outcome, find_programs, program, run

NAME = "qpdf"
SECONDS = 120
NEEDS = (Need(name="qpdf", locate=lambda: program("qpdf"), remedy="sudo apt-get install qpdf"),)
WARNING_PREFIX = "WARNING: "
PLACES = ("(", "page object ")
"""How what it says begins where it names a place."""


def version() -> str | None:
    """The version installed; None where there is none."""
    path = program("qpdf")
    if path is None:
        return None
    return (
        run((path, "--version"), validator=NAME, seconds=SECONDS).stdout.split("\n", 1)[0].removeprefix("qpdf version ")
    )


def validate(path: Path) -> tuple[Finding, ...]:
    """What is wrong with the structure of a PDF; raises L-010 and L-011.

    Its status is 0 where nothing is wrong, 2 where there are errors, 3 where there are warnings only.
    """
    (qpdf,) = find_programs(NAME, *NEEDS)
    outcome = run((qpdf, "--check", path), validator=NAME, seconds=SECONDS)
    if outcome.status == 0:
        return ()
    lines = [line for line in outcome.stderr.splitlines() if line.strip() and ": operation succeeded" not in line]
    return tuple(_finding(line, path) for line in lines) or (_unexplained_finding(outcome, path),)


def _finding(line: str, path: Path) -> Finding:
    """`WARNING: book.pdf (object 3 0, offset 12): message`, or `qpdf: book.pdf: message`.

    What a page draws wrongly is reported as `WARNING: page object 3 0 stream 4 0 (content, offset 12): message`.
    """
    warns = line.startswith(WARNING_PREFIX)
    told = line.removeprefix(WARNING_PREFIX).removeprefix("qpdf: ").removeprefix(str(path)).lstrip(" :")
    where, closed, message = told.partition("): ") if told.startswith(PLACES) else ("", "", told)
    return Finding(
        validator=NAME,
        rule="warning" if warns else "error",
        message=message if closed else told,
        where=where.lstrip("(") if closed else "",
        severity=Severity.WARNING if warns else Severity.ERROR,
    )


def _unexplained_finding(outcome: Outcome, path: Path) -> Finding:
    message = f"{path.name} failed with status {outcome.status}"
    return Finding(validator=NAME, rule="error", message=message, where="", severity=Severity.ERROR)
