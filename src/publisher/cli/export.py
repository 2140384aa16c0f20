"""`publisher export`: an edition in the files that other programs read."""

from __future__ import annotations

import click

from publisher.cli.lazy import Entry, LazyGroup
from publisher.cli.plugin_exports import plugin_command, plugin_entries

EXPORTS: tuple[Entry, ...] = (
    Entry(name="onix", summary="Write an ONIX 3.1 record for each format that is sold."),
    Entry(name="crossref", summary="Write a deposit of the book for Crossref."),
    Entry(name="marcxml", summary="Write brief MARC 21 records for libraries."),
    Entry(name="opds", summary="Write catalogues that reading systems open, OPDS 2.0 and 1.2."),
    Entry(name="jsonld", summary="Write the book as schema.org describes it."),
    Entry(name="bibtex", summary="Write the readings and references as BibTeX."),
    Entry(name="ris", summary="Write the readings and references as RIS."),
    Entry(name="csl", summary="Write the readings and references as CSL-JSON."),
    Entry(name="imscc", summary="Write a course reader as a Common Cartridge."),
    Entry(name="kepub", summary="Write the EPUB in the form that Kobo readers open fastest."),
    Entry(name="brf", summary="Write a braille edition."),
    Entry(name="docx", summary="Write a Word document for reviewers."),
    Entry(name="annotations", summary="Write the notes as annotations that other programs read."),
)


class Export(LazyGroup):
    """The group of exports; each is a module in `cli/exports/`."""

    entries = EXPORTS
    package = "publisher.cli.exports"

    def list_all(self) -> tuple[Entry, ...]:
        """Return our own exports and those of the installed plugins."""
        return (*self.entries, *plugin_entries())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the export of that name; None if neither we nor a plugin have one."""
        return super().get_command(ctx, cmd_name) or plugin_command(cmd_name)


@click.group(cls=Export)
def export() -> None:
    """Write what other programs read of an edition or a course reader.

    \b
    Examples:
      publisher export annotations my-edition
    """
