"""`publisher` itself: its commands, and how everything that can happen becomes an exit status."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from publisher import __version__
from publisher.cli.lazy import Entry, LazyGroup
from publisher.diagnostics import ExitCode

COMMANDS = (
    Entry(name="init", summary="Start an edition: a small working one, with comments."),
    Entry(name="check", summary="Say what is wrong with an edition; build nothing."),
    Entry(name="build", summary="Build the EPUB and the PDF of an edition."),
    Entry(name="explain", summary="Explain the code of an error, with an example."),
    Entry(name="schema", summary="Print the JSON Schema of edition.yaml."),
    Entry(name="doctor", summary="Say what is installed, what is missing, how to get it."),
    Entry(name="completion", summary="Print the script that completes commands in a shell."),
)


class Program(LazyGroup):
    """The group, with one policy for errors, interruptions and pipes that close."""

    entries = COMMANDS

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Runs a command and exits; whoever stops reading what it prints hears nothing more."""
        extra["standalone_mode"] = False
        try:
            code = self._exit_code(*args, **extra)
            sys.stdout.flush()
        except BrokenPipeError:
            code = ExitCode.DONE
            _close_quietly()
        sys.exit(code)

    def _exit_code(self, *args: Any, **extra: Any) -> int:
        """The exit status; prints what click has to say."""
        try:
            return int(super().main(*args, **extra) or ExitCode.DONE)
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except click.Abort:
            click.echo("interrupted", err=True)
            return ExitCode.INTERRUPTED

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what it raises is told in the manner that it was asked for."""
        from publisher.cli.failure import told

        with told(ctx):
            return super().invoke(ctx)


def _close_quietly() -> None:
    """Lets what is still to be printed go nowhere (https://docs.python.org/3/library/signal.html#note-on-sigpipe)."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with:  publisher init my-edition && publisher build my-edition",
)
@click.version_option(__version__, prog_name="publisher")
def program() -> None:
    """Publish a text with notes about it, and without a letter changed, as EPUB and PDF."""
