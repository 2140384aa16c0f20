"""`publisher export`: an edition in the files that other programs read."""

from __future__ import annotations

import click

from publisher.cli.lazy import Entry, LazyGroup

EXPORTS: tuple[Entry, ...] = ()


class Export(LazyGroup):
    """The group of exports; each is a module in `cli/exports/`."""

    entries = EXPORTS
    package = "publisher.cli.exports"


@click.group(cls=Export)
def export() -> None:
    """Write what other programs read of an edition or a course reader.

    \b
    Examples:
      publisher export --help
    """
