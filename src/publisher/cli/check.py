"""`publisher check`: what is wrong with an edition."""

from __future__ import annotations

import sys

import click

from publisher import pipeline
from publisher.cli.folder import folder_argument
from publisher.cli.manner import Form, Loudness, Manner, manner_options, observer_for, tell
from publisher.workspace import Folder


@click.command()
@folder_argument
@manner_options
def check(folder: Folder, manner: Manner) -> None:
    """Say what is wrong with an edition; build nothing.

    DIR is the folder with edition.yaml; without it, the current folder or its folder `book`.
    Everything that is found is reported, each mistake where it was made. The exit status is 0
    where there are no errors, 1 where there are.

    \b
    Examples:
      publisher check
      publisher check my-edition --strict
      publisher check my-edition --diagnostics json 2> report.json
    """
    checked = pipeline.check(folder, strict=manner.strict, observer=observer_for(manner))
    tell(checked.warnings, manner=manner)
    talkative = manner.form is Form.HUMAN and manner.loudness is not Loudness.QUIET
    if talkative and not checked.warnings and sys.stderr.isatty():
        click.echo("Nothing is wrong.", err=True)
