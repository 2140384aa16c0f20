"""`publisher schema`: the JSON Schema of `edition.yaml`."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of edition.yaml.

    A text editor that knows it completes keys and marks mistakes while you type.

    \b
    Example:
      publisher schema > my-edition/edition.schema.json
    """
    from publisher.load.settings import schema as edition_schema

    click.echo(edition_schema())
