"""`publisher init`: a small working edition, or course reader, to start from."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from publisher import scaffold


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--reader", is_flag=True, help="A course reader, with an edition in it.")
def init(folder: Path, reader: bool) -> None:
    """Start an edition or a course reader: a small working one, with comments.

    DIR is made if it is not there; it must be empty, or hold what an init that was interrupted has
    left. Build what is in it, then replace it file by file with your own.

    \b
    Examples:
      publisher init my-edition
      publisher build my-edition
      publisher init --reader my-reader
    """
    try:
        paths = scaffold.copy(folder, reader=reader)
    except scaffold.NotEmpty as error:
        raise click.BadParameter(f"{folder} is not empty; nothing was written.", param_hint="DIR") from error
    click.echo("\n".join(path.as_posix() for path in paths))
    if sys.stderr.isatty():
        click.echo(f"\nNow build it:  publisher build {folder}", err=True)
