"""`publisher export csl`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from publisher.cli.exports.request import ExportRequest, record_options, write_export

if TYPE_CHECKING:
    from publisher.build.checked import Checked
    from publisher.model.rendition import Artifact


@click.command()
@record_options
def csl(request: ExportRequest) -> None:
    """Write the edition and its references as CSL-JSON; of a course reader, its readings too.

    \b
    Examples:
      publisher export csl my-edition
      publisher export csl my-edition -o records
    """
    write_export(request, lambda checked: _files(checked, request))


def _files(checked: Checked, request: ExportRequest) -> tuple[Artifact, ...]:
    from publisher.exports.facts import records
    from publisher.exports.references import csl_json

    publication = checked.publication
    assert publication is not None
    return (csl_json(records(checked, request.target), name=publication.output.name),)
