"""The command line described in Markdown, from what the commands say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

from publisher.cli.program import program

OPENING = """# The command line

What every command says of itself with `--help`. The exit status is 0 where all went well, 1 where the
edition has errors, 2 where the command was not understood, 3 where a program or library is missing, 4
where a file could not be read or written, 5 where what was built does not verify, 70 where publisher
itself is at fault, 130 where it was interrupted.

Results go to standard output (the paths of what was built, a schema, an explanation), diagnostics and
progress to standard error. Progress is shown on a terminal only, or with `--verbose`; colours on a
terminal only, and not where `NO_COLOR` is set. The three forms of diagnostics are described in
[diagnostics.md](diagnostics.md).
"""


def manual() -> str:
    """The text of docs/cli.md."""
    return "\n".join([OPENING, *_sections()])


def _sections() -> Iterator[str]:
    with click.Context(program, info_name="publisher", terminal_width=100, **program.context_settings) as context:
        yield _section("publisher", program.get_help(context))
        for name in program.list_commands(context):
            command = program.get_command(context, name)
            assert command is not None
            below = click.Context(command, info_name=name, parent=context)
            yield _section(f"publisher {name}", command.get_help(below))


def _section(title: str, text: str) -> str:
    return f"## `{title}`\n\n```\n{text}\n```\n"
