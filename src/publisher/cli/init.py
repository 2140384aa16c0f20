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
    """Write a small edition or course reader that can be built, with comments.

    DIR is created if it does not exist. It must be empty, or have the files of an interrupted init.
    Build the edition, then replace its files by your own.

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
