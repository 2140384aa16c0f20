"""`publisher export onix`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from publisher.cli.exports.request import ExportRequest, record_options, write_export

if TYPE_CHECKING:
    from publisher.build.checked import Checked
    from publisher.model.rendition import Artifact


@click.command()
@record_options
def onix(request: ExportRequest) -> None:
    """Write what booksellers read: an ONIX 3.1 message with a product record for each format that is sold.

    The formats and their ISBNs are below `trade` in edition.yaml; docs/selling.md lists the keys. What the
    records say of accessibility was measured in the EPUB, as in its package document.

    \b
    Examples:
      publisher export onix my-edition
      publisher export onix my-edition -o records
    """
    write_export(request, _files)


def _files(checked: Checked) -> tuple[Artifact, ...]:
    from publisher.exports.onix import onix as write_onix

    publication = checked.publication
    assert publication is not None
    return (write_onix(publication, settings=checked.settings.source),)
