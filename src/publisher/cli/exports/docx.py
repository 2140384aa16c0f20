"""`publisher export docx`: an edition as a Word document for its reviewers."""

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


@click.command()
@folder_argument
@click.option(
    "--notes",
    type=NearestChoice(["footnotes", "comments"]),
    default="footnotes",
    show_default=True,
    help="footnotes: each note is a footnote with the mark of its series. comments: a comment on its words.",
)
@output_option("The folder for the document.")
@target_options
@output_options
def docx(folder: Folder, notes: str, output: Path, target: Target, display: OutputOptions) -> None:
    """Write an edition as a Word document for its reviewers.

    DIR is the folder with edition.yaml; without it, the current folder or its folder `book`. The
    document, NAME.review.docx, has the text with its paragraph numbers and the page numbers of the
    PDF, introductions, notes, appendix and references, in styles that can be changed. Reviewers
    comment on it and change the notes in Word or LibreOffice; `publisher import-review` brings that
    back. Hidden words (style Publisher Id) say which note is which: they must not be deleted.

    \b
    Examples:
      publisher export docx
      publisher export docx my-edition --notes comments
    """
    from publisher.review.volume import review_volume
    from publisher.review.writing import Notes, document
    from publisher.workspace.commit import commit_files
    from publisher.workspace.output_path import Purpose

    if not folder.matching("edition.yaml"):
        raise click.UsageError("Name the folder of an edition: the editions of a reader are reviewed one by one.")
    found = review_volume(folder, target=target, strict=display.strict, progress=progress_for(display))
    print_diagnostics(found.checked.warnings, display=display)
    content = document(found.publication, notes=Notes(notes), audience=target.audience, person=found.editor)
    name = f"{found.publication.output.name}.review.docx"
    paths = commit_files(output, ((name, content),), purpose=Purpose.NAMED)
    if display.loudness is not Verbosity.QUIET:
        click.echo("\n".join(path.as_posix() for path in paths))
