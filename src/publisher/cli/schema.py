"""`publisher schema`: the JSON Schema of `edition.yaml` and of `reader.yaml`."""

from __future__ import annotations

import click


@click.command()
@click.option("--reader", is_flag=True, help="That of reader.yaml instead.")
def schema(reader: bool) -> None:
    """Print the JSON Schema of edition.yaml or reader.yaml.

    A text editor that knows it completes keys and marks mistakes while you type.

    \b
    Examples:
      publisher schema > my-edition/edition.schema.json
      publisher schema --reader > my-reader/reader.schema.json
    """
    if reader:
        from publisher.load.reader import schema as reader_schema

        click.echo(reader_schema())
        return
    from publisher.load.config.settings import schema as edition_schema

    click.echo(edition_schema())
