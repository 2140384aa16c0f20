"""`publisher import annotations`: what readers wrote about the text of an edition, as notes."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.cli.diagnostics_output import OutputOptions, Verbosity, output_options, print_diagnostics
from publisher.cli.edition_folder import folder_argument
from publisher.diagnostics import ExitCode
from publisher.workspace import Folder, read_file


@click.command(name="annotations")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@folder_argument
@output_options
@click.pass_context
def import_annotations(context: click.Context, file: Path, folder: Folder, display: OutputOptions) -> None:
    """Make notes of annotations that readers made.

    FILE is an export of Hypothesis (JSON, CSV, text), Thorium, Zotero (JSON, or a note as HTML,
    Markdown or RDF), Recogito or H2O, or a set of Web or EPUB Annotations. DIR is the folder with
    edition.yaml; without it, the current folder or its folder `book`.
    Each person gets a series of notes, replies are below what they reply to. An annotation is placed
    where its words are in the text, letter for letter; if they are there several times, by what is
    around them. The others are listed with the nearest text, and are in notes/SERIES.orphans.md.
    Annotations that this program exported become the notes that they were; those of another text are
    refused. What was imported before is not imported again.
    The exit status is 1 if an annotation has no place.

    \b
    Examples:
      publisher import annotations hypothesis.json
      publisher import annotations seminar.annotations my-edition
    """
    from publisher.annotations.importing import import_file, summary
    from publisher.annotations.reading import read_annotations
    from publisher.load.recorded import load_recorded

    if not folder.matching("edition.yaml"):
        raise click.UsageError("Name the folder of an edition: the notes of a reader belong to its editions.")
    found = read_annotations(read_file(file), file.name)
    made = import_file(found, load_recorded(folder), name=file.name)
    print_diagnostics(made.lost, display=display)
    if display.loudness is not Verbosity.QUIET:
        click.echo("\n".join((*made.written, summary(found, made))))
    if made.lost:
        context.exit(ExitCode.CONTENT)
