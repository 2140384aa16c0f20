"""The options of `publisher proof` that say from where on something is a fault."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import click

from publisher.proofing.limits import Limits

USUAL = Limits()
OPTIONS = (
    click.option("--cmyk", is_flag=True, help="The file is for a printer who wants CMYK, even if it is no PDF/X."),
    click.option(
        "--ink",
        type=click.IntRange(1, 800),
        metavar="PERCENT",
        help="The most that all inks together may make at one point; needs Ghostscript.  [300 in files for CMYK]",
    ),
    click.option(
        "--dpi",
        type=click.IntRange(1),
        default=USUAL.resolution,
        show_default=True,
        help="Pixels an inch that a picture needs.",
    ),
    click.option(
        "--hyphens",
        type=click.IntRange(0),
        default=USUAL.hyphens,
        show_default=True,
        help="So many lines in a row may end with a hyphen.",
    ),
    click.option(
        "--loose",
        type=click.FloatRange(1),
        default=USUAL.looseness,
        show_default=True,
        help="So many times as wide as normal may the word spaces of a line be.",
    ),
    click.option(
        "--last-line",
        type=click.IntRange(0),
        default=USUAL.last_line,
        show_default=True,
        help="Characters that a last line needs.",
    ),
    click.option(
        "--last-page",
        type=click.IntRange(0),
        default=USUAL.last_page,
        show_default=True,
        help="Lines that a last page needs.",
    ),
)


def limit_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that set its limits; it gets them as one argument, `limits`."""

    @wraps(command)
    def with_limits(
        *,
        cmyk: bool,
        ink: int | None,
        dpi: int,
        hyphens: int,
        loose: float,
        last_line: int,
        last_page: int,
        **others: object,
    ) -> None:
        limits = Limits(
            cmyk=cmyk,
            ink=ink,
            resolution=dpi,
            hyphens=hyphens,
            looseness=loose,
            last_line=last_line,
            last_page=last_page,
        )
        command(limits=limits, **others)

    wrapped: Callable[..., None] = with_limits
    for option in reversed(OPTIONS):
        wrapped = option(wrapped)
    return wrapped
