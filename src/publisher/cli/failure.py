"""What a command raises, told to whoever ran it, and the exit status that follows."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from publisher import __version__
from publisher.cli.manner import Loudness, has_manner, manner_of, tell
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError


@contextmanager
def told(context: click.Context) -> Iterator[None]:
    """Turns what the block raises into a message and an exit status; what click raises goes on to click."""
    try:
        yield
    except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
        raise
    except PublisherError as error:
        tell(error.diagnostics, manner=manner_of(context))
        context.exit(error.exit_code)
    except ModuleNotFoundError as error:
        tell((_not_installed(error),), manner=manner_of(context))
        context.exit(ExitCode.MISSING)
    except Exception as error:
        click.echo(_apology(error, context=context), err=True)
        context.exit(ExitCode.BUG)


def _not_installed(error: ModuleNotFoundError) -> Diagnostic:
    return Diagnostic(
        code="L-001",
        message=f"the Python package that holds {error.name} is not installed",
        hint="run publisher doctor: it says what is missing and how to get it",
    )


def _apology(error: Exception, *, context: click.Context) -> str:
    """What is said of a bug; with the traceback only where it was asked for."""
    begin = (
        f"This is a bug in publisher {__version__}, not a mistake of yours; nothing was half-written.\n"
        "Please report it, with the files that led to it"
    )
    if manner_of(context).loudness is Loudness.VERBOSE:
        return "".join((*traceback.format_exception(error), f"{begin} and with what stands above."))
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    end = " and with what the same command prints with --verbose." if has_manner(context) else "."
    return f"publisher stopped unexpectedly: {type(error).__name__}: {error} ({where})\n{begin}{end}"
