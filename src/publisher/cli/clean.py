"""`publisher clean`: empties the cache."""

from __future__ import annotations

import click


@click.command()
def clean() -> None:
    """Empty the cache of sections that were laid out before.

    A build keeps every section that it has laid out in your cache folder, one gigabyte at most, and takes it from there
    when nothing that it depends on has changed. The finished files are the same with and without it; `publisher build
    --no-cache` leaves it alone.

    \b
    Examples:
      publisher clean
    """
    from publisher.shelf import users_shelf

    shelf = users_shelf()
    count, size = shelf.clear()
    click.echo(f"{count} {'section' if count == 1 else 'sections'}, {size / 1e6:.1f} MB, removed from {shelf.root}")
