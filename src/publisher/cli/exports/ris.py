"""`publisher export ris`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from publisher.cli.exports.request import ExportRequest, record_options, write_export

if TYPE_CHECKING:
    from publisher.build.checked import Checked
    from publisher.model.rendition import Artifact


@click.command()
@record_options
def ris(request: ExportRequest) -> None:
    """Write the edition and its references as RIS; of a course reader, its readings too.

    \b
    Examples:
      publisher export ris my-edition
      publisher export ris my-edition -o records
    """
    write_export(request, lambda checked: _files(checked, request))


def _files(checked: Checked, request: ExportRequest) -> tuple[Artifact, ...]:
    from publisher.exports.facts import records
    from publisher.exports.references import ris as write_ris

    publication = checked.publication
    assert publication is not None
    return (write_ris(records(checked, request.target), name=publication.output.name),)
