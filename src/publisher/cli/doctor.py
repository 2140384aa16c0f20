"""`publisher doctor`: what this machine has and lacks."""

from __future__ import annotations

import sys

import click

from publisher.diagnostics import ExitCode
from publisher.doctor import Part, examine, lacks_for_building

HEADINGS = ("", "Part", "Kind", "For", "Found, or how to get it")


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """List what is installed, what is missing, and how to get it.

    The exit status is 3 if something is missing that every build needs. Programs for the project's own
    tests do not count, nor does a colour profile, which only files for a printer need.

    \b
    Example:
      publisher doctor
    """
    parts = examine()
    rows = [_row(part) for part in parts]
    if sys.stdout.isatty():
        from publisher.diagnostics.report.terminal import print_table

        print_table(HEADINGS, rows, stream=sys.stdout)
    else:
        click.echo("\n".join("\t".join(row) for row in rows))
    if lacks_for_building(parts):
        context.exit(ExitCode.MISSING)


def _row(part: Part) -> tuple[str, ...]:
    """The mark is `✓` where it is there, `✗` where building needs it, `–` where only tests or printers do."""
    if part.found is not None:
        return "✓", part.name, part.kind, part.need, part.found
    return "✗" if lacks_for_building((part,)) else "–", part.name, part.kind, part.need, f"missing: {part.remedy}"
