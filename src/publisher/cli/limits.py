"""The options of `publisher proof` that say from where on something is a fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

import click

from publisher.model.limits import USUAL_INK, Limits

USUAL = Limits()
OPTIONS = (
    click.option("--cmyk", is_flag=True, help="The file is for a printer who wants CMYK, even if it is no PDF/X."),
    click.option(
        "--ink",
        type=click.IntRange(1, 800),
        metavar="PERCENT",
        help=f"The most that all inks together may make; needs Ghostscript.  [{USUAL_INK} in files for CMYK]",
    ),
    click.option(
        "--dpi",
        "resolution",
        type=click.IntRange(1),
        metavar="NUMBER",
        help=f"Pixels an inch that a picture needs.  [{USUAL.resolution}]",
    ),
    click.option(
        "--hyphens",
        type=click.IntRange(0),
        metavar="NUMBER",
        help=f"So many lines in a row may end with a hyphen.  [{USUAL.hyphens}]",
    ),
    click.option(
        "--loose",
        "looseness",
        type=click.FloatRange(1),
        metavar="NUMBER",
        help=f"So many times as wide as normal may the word spaces of a line be.  [{USUAL.looseness}]",
    ),
    click.option(
        "--last-line",
        type=click.IntRange(0),
        metavar="NUMBER",
        help=f"Characters that a last line needs.  [{USUAL.last_line}]",
    ),
    click.option(
        "--last-page",
        type=click.IntRange(0),
        metavar="NUMBER",
        help=f"Lines that a last page needs.  [{USUAL.last_page}]",
    ),
)
Changed = Callable[[Limits], Limits]
"""Limits with those changed that were given as options."""


def limit_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that set its limits; it gets them as one argument, `limits`."""

    @wraps(command)
    def with_limits(
        *,
        cmyk: bool,
        ink: int | None,
        resolution: int | None,
        hyphens: int | None,
        looseness: float | None,
        last_line: int | None,
        last_page: int | None,
        **others: object,
    ) -> None:
        def changed(limits: Limits) -> Limits:
            return replace(
                limits,
                cmyk=cmyk or limits.cmyk,
                ink=limits.ink if ink is None else ink,
                resolution=limits.resolution if resolution is None else resolution,
                hyphens=limits.hyphens if hyphens is None else hyphens,
                looseness=limits.looseness if looseness is None else looseness,
                last_line=limits.last_line if last_line is None else last_line,
                last_page=limits.last_page if last_page is None else last_page,
            )

        command(limits=changed, **others)

    wrapped: Callable[..., None] = with_limits
    for option in reversed(OPTIONS):
        wrapped = option(wrapped)
    return wrapped
