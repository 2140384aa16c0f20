"""`publisher export opds`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from publisher.cli.exports.request import ExportRequest, record_options, write_export

if TYPE_CHECKING:
    from publisher.build.checked import Checked
    from publisher.model.rendition import Artifact


@click.command()
@record_options
def opds(request: ExportRequest) -> None:
    """Write two catalogues with this book, OPDS 2.0 (JSON) and OPDS 1.2 (Atom).

    Their links are the names of the finished files: put all of them into one folder of a web server.

    \b
    Examples:
      publisher export opds my-edition
      publisher export opds my-edition -o records
    """
    write_export(request, _files)


def _files(checked: Checked) -> tuple[Artifact, ...]:
    from publisher.exports.facts import properties_of
    from publisher.exports.opds import opds as write_opds

    publication = checked.publication
    assert publication is not None
    return write_opds(publication, properties=properties_of(publication))
