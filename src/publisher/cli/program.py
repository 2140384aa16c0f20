"""`publisher` itself: its commands, and how everything that can happen becomes an exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NoReturn

import click

from publisher import __version__
from publisher.cli.lazy import Entry, LazyGroup

COMMANDS = (
    Entry(name="init", summary="Write a small edition or course reader that can be built, with comments."),
    Entry(name="import", summary="Make an edition of a Word document, a web page or another text."),
    Entry(name="check", summary="Report what is wrong with an edition or a course reader; write nothing."),
    Entry(name="accept", summary="Show what changed in a text, then record the text as it is now."),
    Entry(name="reanchor", summary="Make the notes of an edition follow a text that was changed."),
    Entry(name="preview", summary="Show an edition in the browser, follow its files, and write notes there."),
    Entry(name="watch", summary="Check an edition after each change of its files, or build it."),
    Entry(name="build", summary="Build the EPUB and the PDF of an edition or a course reader."),
    Entry(name="build-all", summary="Build every edition and course reader below a folder."),
    Entry(name="import-review", summary="Bring what reviewers wrote in Word back into an edition."),
    Entry(name="export", summary="Write what other programs read: annotations, a document for review."),
    Entry(name="verify", summary="Verify that finished files are what this program makes of an edition."),
    Entry(name="cite", summary="Print the place of words, and a citation of them."),
    Entry(name="proof", summary="Check the pages of a PDF as a proofreader does."),
    Entry(name="cover", summary="Make the printer's cover: back, spine and front on one page."),
    Entry(name="impose", summary="Lay the pages of a PDF out on sheets, to be folded."),
    Entry(name="preflight", summary="Check a PDF as a printer does."),
    Entry(name="fonts", summary="List the fonts of an edition, or suggest open ones for what it lacks."),
    Entry(name="explain", summary="Explain an error code, with an example."),
    Entry(name="schema", summary="Print the JSON Schema of edition.yaml or reader.yaml."),
    Entry(name="lsp", summary="Serve a text editor: mistakes while you type, completion, fixes."),
    Entry(name="doctor", summary="List what is installed, what is missing, and how to get it."),
    Entry(name="clean", summary="Empty the cache of sections and volumes."),
    Entry(name="completion", summary="Print the script that completes commands in a shell."),
)


class Program(LazyGroup):
    """The group, with one policy for errors, interruptions and pipes that close."""

    entries = COMMANDS

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Runs a command and exits."""
        from publisher.cli.streams import UnwritableOutput, flush_output

        extra["standalone_mode"] = False
        try:
            code = int(super().main(*args, **extra) or 0)
            with _unheard():
                flush_output()
        except UnwritableOutput as error:
            code = _exit_unprinted(error)
        except click.exceptions.Exit as error:
            code = error.exit_code
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except click.Abort:
            from publisher.diagnostics import ExitCode

            click.echo("interrupted", err=True)
            code = ExitCode.INTERRUPTED
        sys.exit(code)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Parses what stands before the command; `--help` and `--version` print here."""
        with _unheard():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> None:
        """Runs the command; what it raises is told in the manner that was asked for."""
        from publisher.cli.diagnostics_output import print_notices, report_now
        from publisher.cli.errors import demand_current_folder, error_boundary
        from publisher.workspace.session import new_session

        with _unheard(), error_boundary(ctx), new_session(report=partial(report_now, ctx)):
            demand_current_folder()
            try:
                super().invoke(ctx)
            except click.exceptions.Exit:
                print_notices(ctx)
                raise
            print_notices(ctx)


@contextmanager
def _unheard() -> Iterator[None]:
    """Ends the program well where nobody reads any more what the block prints (`publisher explain | head -1`)."""
    from publisher.cli.streams import ReaderGone, mute

    try:
        yield
    except ReaderGone as error:
        mute(sys.stdout)
        raise click.exceptions.Exit from error


def _exit_unprinted(error: OSError) -> int:
    """The exit status if standard output cannot be written, after that was told."""
    from publisher.cli.diagnostics_output import OutputOptions, print_diagnostics
    from publisher.cli.errors import output_error
    from publisher.cli.streams import mute
    from publisher.diagnostics import ExitCode

    mute(sys.stdout)
    print_diagnostics((output_error(error),), display=OutputOptions())
    return ExitCode.FILES


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with:  publisher init my-edition && publisher build my-edition",
)
@click.version_option(__version__, prog_name="publisher")
def program() -> None:
    """Turn an annotated text into EPUB and PDF without changing a letter of it."""
