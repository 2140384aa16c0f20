"""`publisher check --fix`: mends what has one correct answer, and shows what it has changed."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import click

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.target import Target
from publisher.workspace import Folder


def mend(folder: Folder, *, target: Target) -> None:
    """Apply the fixes of the edition or reader in a folder, and print the changes as a unified diff."""
    from publisher.fixes import Fixing

    def check() -> tuple[Diagnostic, ...]:
        try:
            return pipeline.check(BuildRequest(folder=folder, target=target)).warnings
        except PublisherError as error:
            return error.diagnostics

    fixing = Fixing(protected=lambda: _texts(folder))
    found = fixing.run(check)
    while asks() and fixing.is_confirmed(found, _is_agreed):
        found = fixing.run(check)
    click.echo(fixing.diff(), nl=False)


def asks() -> bool:
    """Return whether a person can be asked: whether standard input is a terminal."""
    return sys.stdin.isatty()


def _is_agreed(diagnostic: Diagnostic) -> bool:
    fix = diagnostic.fix
    assert fix is not None
    before = fix.span.source.text[fix.span.start : fix.span.end]
    if not before:
        click.echo(f"{diagnostic.span}: {diagnostic.message}: {diagnostic.hint}")
        return click.confirm(f"Add “{fix.text.strip()}”?")
    click.echo(f"{diagnostic.span}: {diagnostic.message}: “{before}”")
    return click.confirm(f"Quote “{fix.text}” instead?")


def _texts(folder: Folder) -> frozenset[Path]:
    """The files of texts below a folder, as every `edition.yaml` there names them."""
    from publisher.load.recorded import text_files

    editions = {folder.root}
    with suppress(PublisherError):  # a folder with very many files
        editions |= {folder.root / Path(name).parent for name in folder.matching("**/edition.yaml")}
    return frozenset(path.resolve() for root in editions for path in text_files(Folder(root)))
