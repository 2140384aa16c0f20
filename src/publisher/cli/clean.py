"""`publisher clean`: empties the cache."""

from __future__ import annotations

from dataclasses import replace

import click

from publisher.diagnostics import ExitCode, PublisherError, Severity


@click.command()
def clean() -> None:
    """Empty the cache of what was laid out and built before.

    A build keeps every section that it has laid out in your cache folder, one gigabyte at most, and takes it from there
    when nothing that it depends on has changed. It keeps finished volumes too, half a gigabyte at most: one of which
    nothing has changed is not built again. The finished files are the same with and without the cache; `publisher build
    --no-cache` leaves it alone.

    \b
    Examples:
      publisher clean
    """
    from publisher.cache.folder import cache_problem
    from publisher.shelf import users_shelf, users_volumes

    problem = cache_problem()
    if problem is not None and problem.severity is Severity.WARNING:
        raise PublisherError(replace(problem, severity=Severity.ERROR), exit_code=ExitCode.FILES)
    for shelf, one, many in ((users_shelf(), "section", "sections"), (users_volumes(), "file", "files")):
        count, size = shelf.clear()
        click.echo(f"{count} {one if count == 1 else many}, {size / 1e6:.1f} MB, removed from {shelf.root}")
