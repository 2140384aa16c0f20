"""`publisher clean`: empties the cache."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity


@click.command()
def clean() -> None:
    """Empty the cache of sections and volumes.

    The cache folder stores laid-out sections (at most one gigabyte), finished volumes and the results of
    checks (at most half a gigabyte), and the texts of earlier checks and builds (at most 64 megabytes).
    Builds and checks use what has not changed, and `publisher accept` shows the changes of a text. The
    finished files are the same with and without the cache; `publisher build --no-cache` does not use it.

    \b
    Examples:
      publisher clean
    """
    from publisher.cache.folder import cache_problem
    from publisher.cache.store import user_builds, user_sections, user_texts

    problem = cache_problem()
    if problem is not None and problem.severity is Severity.WARNING:
        raise PublisherError(replace(problem, severity=Severity.ERROR), exit_code=ExitCode.FILES)
    left: list[Diagnostic] = []
    stores = (
        (user_sections(), "section", "sections"),
        (user_builds(), "file", "files"),
        (user_texts(), "text", "texts"),
    )
    for store, text, many in stores:
        count, size = store.clear()
        click.echo(f"{count} {text if count == 1 else many}, {size / 1e6:.1f} MB, removed from {store.root}")
        left += _removal_faults(store.count(), text, many, folder=store.root)
    if left:
        raise PublisherError(*left, exit_code=ExitCode.FILES)


def _removal_faults(count: int, text: str, many: str, *, folder: Path) -> tuple[Diagnostic, ...]:
    """What is said of entries that could not be removed."""
    if not count:
        return ()
    message = f"{count} {text if count == 1 else many} could not be removed from {folder}"
    hint = "look whose the folder is, and on which disk; no build needs what is in it"
    return (Diagnostic(code="O-064", message=message, hint=hint),)
