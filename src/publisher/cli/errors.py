"""What a command raises, told to whoever ran it, and the exit status that follows."""

from __future__ import annotations

import errno
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from publisher import __version__
from publisher.cli.diagnostics_output import (
    Verbosity,
    has_output_options,
    output_options_of,
    print_diagnostics,
    print_notices,
)
from publisher.cli.streams import ReaderGone, UnwritableOutput, mute
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workspace import here
from publisher.workspace.errors import files_error

REMEDIES = {
    errno.ENOSPC: "make room on that disk; temporary files are in the folder that TMPDIR names, else in /tmp",
    errno.EDQUOT: "make room within your quota; temporary files are in the folder that TMPDIR names, else in /tmp",
    errno.EFBIG: "let files be larger: ulimit -f unlimited",
    errno.EMFILE: "let more files be open at once: ulimit -n 4096",
    errno.ENFILE: "end other programs: the system has too many files open",
    errno.ENOMEM: "end other programs, or use fewer workers: --jobs 1",
    errno.EAGAIN: "end other programs: the system starts no more processes",
    errno.EACCES: "change who may use it, or run the command as its owner",
    errno.EPERM: "change who may use it, or run the command as its owner",
    errno.EROFS: "choose a folder on a disk that can be written",
    errno.EIO: "look at the disk or the network drive: it has a fault",
}
"""What to do about an error of the operating system."""


@contextmanager
def error_boundary(context: click.Context) -> Iterator[None]:
    """Turns what the block raises into a message and an exit status; what click raises goes on to click."""
    try:
        yield
    except (click.ClickException, click.Abort, click.exceptions.Exit, ReaderGone):
        raise
    except PublisherError as error:
        print_diagnostics(error.diagnostics, display=output_options_of(context))
        context.exit(error.exit_code)
    except UnwritableOutput as error:
        mute(sys.stdout)
        print_diagnostics((output_error(error),), display=output_options_of(context))
        context.exit(ExitCode.FILES)
    except ModuleNotFoundError as error:
        print_diagnostics((_not_installed(error),), display=output_options_of(context))
        context.exit(ExitCode.MISSING)
    except (OSError, MemoryError) as error:
        _trace(error, context=context)
        print_diagnostics((_refuse(error),), display=output_options_of(context))
        context.exit(ExitCode.FILES)
    except RecursionError as error:
        _trace(error, context=context)
        print_diagnostics((_too_deep(),), display=output_options_of(context))
        context.exit(ExitCode.CONTENT)
    except Exception as error:
        print_notices(context)
        click.echo(_apology(error, context=context), err=True)
        context.exit(ExitCode.BUG)


def demand_current_folder() -> None:
    """Raise `PublisherError` (O-059, exit code 4) if the folder in which the command was run has been deleted."""
    try:
        here()
    except OSError as error:
        raise files_error(
            "O-059",
            "the current folder cannot be found: it was deleted, moved, or may not be read",
            hint="change into a folder that is there (cd), and run the command again",
        ) from error


def output_error(error: OSError) -> Diagnostic:
    """What is said if standard output cannot be written."""
    return Diagnostic(
        code="O-058",
        message=f"the result cannot be printed on standard output: {error.strerror}",
        hint="send it where there is room; files that were built are in their places",
    )


def _trace(error: BaseException, *, context: click.Context) -> None:
    """Prints where an error happened, where that was asked for."""
    if output_options_of(context).loudness is Verbosity.VERBOSE:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)


def _refuse(error: OSError | MemoryError) -> Diagnostic:
    """What is said of an error of the operating system that no part of the program has expected."""
    if isinstance(error, MemoryError):
        hint = "end other programs, or use fewer workers: --jobs 1"
        return Diagnostic(code="O-060", message="there is not enough memory", hint=hint)
    if isinstance(error, FileNotFoundError) and "temporary" in str(error):
        hint = "make room in /tmp, or name a folder with room: TMPDIR=/path/to/folder"
        return Diagnostic(code="O-060", message="no folder for temporary files can be written", hint=hint)
    named = error.filename if isinstance(error.filename, str) else None
    reason = error.strerror or str(error) or type(error).__name__
    return Diagnostic(
        code="O-060",
        message=f"{named}: {reason}" if named else f"the system refused what is needed: {reason}",
        hint=REMEDIES.get(error.errno or 0, "run the command again; if it fails again, with --verbose or elsewhere"),
    )


def _too_deep() -> Diagnostic:
    return Diagnostic(
        code="O-061",
        message="something in the sources is nested more deeply than can be read",
        hint="look for brackets, quotations, lists or tables within each other, hundreds of levels deep",
    )


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
    if output_options_of(context).loudness is Verbosity.VERBOSE:
        return "".join((*traceback.format_exception(error), f"{begin} with the lines above."))
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    end = " and with what the same command prints with --verbose." if has_output_options(context) else "."
    return f"publisher stopped unexpectedly: {type(error).__name__}: {error} ({where})\n{begin}{end}"
