"""A group of commands that are imported when they are called, so that `--help` need not wait for any."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from keyword import iskeyword

import click

TAKEN = ("annotations",)
"""Names that modules have already: `from __future__ import annotations`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command that is not imported yet."""

    name: str
    """Its name, and that of its module and of the function in it, there with underscores, and one more at the end
    of a word of Python and of a name in `TAKEN`."""
    summary: str
    """The line that the group's help prints."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and summary only."""

    entries: tuple[Entry, ...] = ()
    package: str = "publisher.cli"
    """The package that has the modules of the commands."""

    def list_all(self) -> tuple[Entry, ...]:
        """Return all commands."""
        return self.entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which one meets the commands."""
        return [entry.name for entry in self.list_all()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None where no such name is known."""
        for entry in self.entries:
            if entry.name == cmd_name:
                name = entry.name.replace("-", "_") + "_" * (iskeyword(entry.name) or entry.name in TAKEN)
                command = getattr(import_module(f"{self.package}.{name}"), name)
                assert isinstance(command, click.Command)
                command.short_help = entry.summary
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; raises `UsageError` with the nearest names where it names none."""
        names = self.list_commands(ctx)
        near = () if args[0] in names or args[0].startswith("-") else get_close_matches(args[0], names, n=2)
        if near:
            ctx.fail(f"No such command '{args[0]}'. Did you mean {' or '.join(near)}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands from what is known without importing them."""
        listed = self.list_all()
        if listed:
            with formatter.section("Commands"):
                formatter.write_dl([(entry.name, entry.summary) for entry in listed])
