"""`publisher export marcxml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from publisher.cli.exports.request import ExportRequest, record_options, write_export

if TYPE_CHECKING:
    from publisher.build.checked import Checked
    from publisher.model.rendition import Artifact


@click.command()
@record_options
def marcxml(request: ExportRequest) -> None:
    """Write brief MARC 21 records for libraries, as MARCXML: one for each format that has an ISBN.

    \b
    Examples:
      publisher export marcxml my-edition
      publisher export marcxml my-edition -o records
    """
    write_export(request, _files)


def _files(checked: Checked) -> tuple[Artifact, ...]:
    from publisher.exports.marcxml import marcxml as write_marcxml

    publication = checked.publication
    assert publication is not None
    return (write_marcxml(publication),)
