"""`publisher export annotations`: the notes of an edition as Web Annotations or EPUB Annotations."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.cli.diagnostics_output import OutputOptions, Verbosity, output_options, print_diagnostics, progress_for
from publisher.cli.edition_folder import folder_argument
from publisher.cli.output_dir import output_option
from publisher.cli.target import target_options
from publisher.cli.types import NearestChoice
from publisher.model.target import Target
from publisher.workspace import Folder

FORMATS = ("epub", "jsonld")


@click.command(name="annotations")
@folder_argument
@click.option(
    "--format",
    "standard",
    type=NearestChoice(FORMATS),
    default="epub",
    show_default=True,
    help="epub: EPUB Annotations 1.0 (.annotations). jsonld: Web Annotations.",
)
@click.option("--embed", is_flag=True, help="Also write a copy of the EPUB with the annotations in it.")
@click.option("--epub", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The finished EPUB.")
@output_option("The folder for the annotations.")
@target_options
@output_options
def annotations_(
    folder: Folder, standard: str, embed: bool, epub: Path | None, output: Path, target: Target, display: OutputOptions
) -> None:
    """Write the notes of an edition as annotations that other programs read.

    DIR is the folder with edition.yaml; without it, the current folder or its folder `book`. Each note
    has its words with what is around them (TextQuoteSelector), their position in the document
    (TextPositionSelector) and their EPUB CFI, which are those of the finished EPUB: the one that is
    named, else the one in the output folder if it is of this edition, else one that is built.
    A copy for students has nothing for instructors. With --embed the annotations are also in a copy of
    the EPUB, NAME.annotated.epub, in META-INF.

    \b
    Examples:
      publisher export annotations
      publisher export annotations my-edition --format jsonld
      publisher export annotations my-edition --embed --audience instructor
    """
    from publisher.annotations.exporting import embed_annotations, export
    from publisher.workspace.commit import commit_files
    from publisher.workspace.output_path import Purpose

    if not folder.matching("edition.yaml"):
        raise click.UsageError("Name the folder of an edition: the notes of a reader belong to its editions.")
    made = export(folder, epub=epub, target=target, strict=display.strict, progress=progress_for(display))
    print_diagnostics(made.warnings, display=display)
    content = made.annotation_set if standard == "epub" else made.web_annotations
    ending = ".annotations" if standard == "epub" else ".annotations.jsonld"
    files = [(f"{made.name}{ending}", content)]
    if embed:
        files.append((f"{made.name}.annotated.epub", embed_annotations(made.epub, made.annotation_set, name=made.name)))
    paths = commit_files(output, files, purpose=Purpose.NAMED)
    if display.loudness is not Verbosity.QUIET:
        click.echo("\n".join(path.as_posix() for path in paths))
