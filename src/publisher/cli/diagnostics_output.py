"""In what manner a command speaks: the form of its diagnostics, how strict, how loud."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import assert_never

import click

from publisher.cli.streams import mute
from publisher.diagnostics import Diagnostic, Severity
from publisher.diagnostics.progress import NO_PROGRESS, Progress
from publisher.diagnostics.report import json, short
from publisher.diagnostics.report.order import Order, in_order
from publisher.workspace import variable


class Form(StrEnum):
    """How diagnostics are printed."""

    HUMAN = "human"
    SHORT = "short"
    JSON = "json"


class Verbosity(StrEnum):
    """How much is said beside errors and results."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputOptions:
    """What `--diagnostics`, `--strict`, `--quiet` and `--verbose` ask for."""

    form: Form = Form.HUMAN
    strict: bool = False
    loudness: Verbosity = Verbosity.NORMAL


KEY = "publisher.manner"
"""Where click's context keeps the manner for `failure.told`."""


def output_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that set its manner; it gets them as one argument, `manner`."""

    @click.option(
        "--diagnostics",
        "form",
        type=click.Choice([str(form) for form in Form]),
        default=str(Form.HUMAN),
        show_default=True,
        help="How errors and warnings are printed: for people, a line each for text editors, or as JSON.",
    )
    @click.option("--strict", is_flag=True, help="Warnings are errors.")
    @click.option("--quiet", "-q", "loudness", flag_value="quiet", help="Print errors only.")
    @click.option(
        "--verbose",
        "-v",
        "loudness",
        flag_value="verbose",
        help="Print the time that each stage takes; of a bug, where it happened.",
    )
    @wraps(command)
    def with_manner(*, form: str, strict: bool, loudness: str | None, **others: object) -> None:
        display = OutputOptions(form=Form(form), strict=strict, loudness=Verbosity(loudness or Verbosity.NORMAL))
        click.get_current_context().meta[KEY] = display
        command(display=display, **others)

    return with_manner


def output_options_of(context: click.Context) -> OutputOptions:
    """The manner that was asked for; the usual one where the command has no such options."""
    display = context.meta.get(KEY, OutputOptions())
    assert isinstance(display, OutputOptions)
    return display


def has_output_options(context: click.Context) -> bool:
    """Whether the command has options that set its manner."""
    return KEY in context.meta


NOTICES = "publisher.notices"
"""Where click's context keeps what was reported meanwhile and waits for the one array of JSON."""


def report_now(context: click.Context, diagnostic: Diagnostic) -> None:
    """Print a warning at once; as JSON, together with the diagnostics that are printed next."""
    display = output_options_of(context)
    if display.form is Form.JSON:
        context.meta.setdefault(NOTICES, []).append(diagnostic)
    else:
        print_diagnostics((diagnostic,), display=display)


def report_with_next(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Leave diagnostics to be printed with the next, as part of one array if they are JSON."""
    waiting().extend(diagnostics)


def waiting() -> list[Diagnostic]:
    """Return the list of diagnostics that wait to be printed with the next."""
    found: list[Diagnostic] = click.get_current_context().meta.setdefault(NOTICES, [])
    return found


def print_notices(context: click.Context) -> None:
    """Print what still waits to be printed."""
    if context.meta.get(NOTICES):
        print_diagnostics((), display=output_options_of(context))


def _notices() -> tuple[Diagnostic, ...]:
    context = click.get_current_context(silent=True)
    if context is None:
        return ()
    found = tuple(context.meta.get(NOTICES, ()))
    context.meta.get(NOTICES, []).clear()
    return found


def print_diagnostics(diagnostics: Iterable[Diagnostic], *, display: OutputOptions, order: Order = in_order) -> None:
    """Prints diagnostics on standard error; warnings are left out where it is quiet."""
    quiet = display.loudness is Verbosity.QUIET
    told = tuple(
        diagnostic for diagnostic in (*_notices(), *diagnostics) if not quiet or diagnostic.severity is Severity.ERROR
    )
    try:
        click.echo(_render(told, form=display.form, order=order), err=True, nl=False)
    except BrokenPipeError:
        mute(sys.stderr)


def progress_for(display: OutputOptions) -> Progress:
    """Whoever shows the progress: somebody on a terminal or where much is to be said, else nobody."""
    live = sys.stderr.isatty()
    if display.form is not Form.HUMAN or display.loudness is Verbosity.QUIET:
        return NO_PROGRESS
    if not live and display.loudness is not Verbosity.VERBOSE:
        return NO_PROGRESS
    from publisher.diagnostics.report.progress import TerminalProgress

    return TerminalProgress(stream=sys.stderr, live=live)


def _render(diagnostics: tuple[Diagnostic, ...], *, form: Form, order: Order) -> str:
    match form:
        case Form.HUMAN:
            return _for_people(diagnostics, order=order)
        case Form.SHORT:
            return short.render(diagnostics, order=order)
        case Form.JSON:
            return json.render(diagnostics, order=order)
        case _:
            assert_never(form)


def _for_people(diagnostics: tuple[Diagnostic, ...], *, order: Order) -> str:
    """With carets; on a terminal in its width, set off from the progress above, and in colours.

    Colours are left out where NO_COLOR is set (https://no-color.org/).
    """
    if not diagnostics:
        return ""
    from publisher.diagnostics.report import caret

    if not sys.stderr.isatty():
        return caret.render(diagnostics, order=order)
    from publisher.diagnostics.report.terminal import width_of

    paint = caret.plain if variable("NO_COLOR") else _paint
    return "\n" + caret.render(diagnostics, width=width_of(sys.stderr), paint=paint, order=order)


def _paint(ink: str, text: str) -> str:
    """The text in the colour of its ink."""
    colour = {"error": "red", "warning": "yellow", "gutter": "blue", "hint": "cyan"}.get(ink)
    return click.style(text, fg=colour, bold=ink != "gutter")
