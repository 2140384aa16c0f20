"""`publisher export jsonld`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from publisher.cli.exports.request import ExportRequest, record_options, write_export

if TYPE_CHECKING:
    from publisher.build.checked import Checked
    from publisher.model.rendition import Artifact


@click.command()
@record_options
def jsonld(request: ExportRequest) -> None:
    """Write the book in JSON-LD for search engines: a schema.org Book with a work example for each format.

    \b
    Examples:
      publisher export jsonld my-edition
      publisher export jsonld my-edition -o records
    """
    write_export(request, _files)


def _files(checked: Checked) -> tuple[Artifact, ...]:
    from publisher.exports.facts import properties_of
    from publisher.exports.jsonld import jsonld as write_jsonld

    publication = checked.publication
    assert publication is not None
    return (write_jsonld(publication, properties=properties_of(publication)),)
