"""`publisher export crossref`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from publisher.cli.exports.request import ExportRequest, record_options, write_export

if TYPE_CHECKING:
    from publisher.build.checked import Checked
    from publisher.model.rendition import Artifact


@click.command()
@record_options
def crossref(request: ExportRequest) -> None:
    """Write the deposit with which Crossref registers the DOI of the book (schema 5.3.1).

    `trade` in edition.yaml has the DOI, the page that it leads to, and the address of the depositor.

    \b
    Examples:
      publisher export crossref my-edition
      publisher export crossref my-edition -o records
    """
    write_export(request, _files)


def _files(checked: Checked) -> tuple[Artifact, ...]:
    from publisher.exports.crossref import crossref as write_crossref

    publication = checked.publication
    assert publication is not None
    return (write_crossref(publication, settings=checked.settings.source),)
