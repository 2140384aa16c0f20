"""The command line described in Markdown, from what the commands say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

from publisher.cli.import_ import Import
from publisher.cli.program import program
from publisher.diagnostics import codes
from publisher.diagnostics.names import FAMILIES

OPENING = """# The command line

Look up a command, its options and its exit status. The page shows the output of `--help` of each command.

| exit status | meaning |
|---|---|
| 0 | success |
| 1 | the edition has errors |
| 2 | the command is wrong |
| 3 | a program or library is missing |
| 4 | a file could not be read or written |
| 5 | a file was not verified |
| 70 | publisher has a fault: please report it |
| 130 | the command was interrupted |

Results go to standard output: the paths of finished files, a schema, an explanation. Messages and progress go
to standard error. Progress appears on a terminal only, or with `--verbose`. Colours appear on a terminal only,
and not if `NO_COLOR` is set. [Messages](diagnostics.md) describes the three forms of messages.
"""

CODES_OPENING = """# Error codes

Look up what the code in a message means. Each code has a number and a name; `publisher explain` prints the page
on it, by number or by name. Both stay the same from version to version. [Messages](diagnostics.md) describes the
form of messages.

<!-- Generated: pytest --update-golden tests/cli/test_docs.py -->
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
            if isinstance(command, click.Group | Import):
                yield from _parts(command, below)


def _parts(group: click.Group | Import, context: click.Context) -> Iterator[str]:
    """The commands of a group, below it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        yield f"#{_section(f'publisher {context.info_name} {name}', command.get_help(inner))}"


def _section(title: str, text: str) -> str:
    return f"## `{title}`\n\n```\n{text}\n```\n"


def code_list() -> str:
    """Return the text of docs/codes.md: every code with its name and title, by family."""
    lines = [CODES_OPENING]
    pages = tuple(codes.pages())
    for letter, subject in FAMILIES.items():
        lines += [f"## {letter}: {subject}", "", "| code | name | meaning |", "|---|---|---|"]
        lines += [
            f"| [{page.code}](../src/publisher/diagnostics/codes/{page.code}.md) | `{page.name}` | {page.title} |"
            for page in pages
            if page.code[0] == letter
        ]
        lines.append("")
    return "\n".join(lines)
