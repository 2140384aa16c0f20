"""`publisher import-review`: what reviewers wrote into a Word document, brought back into the edition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.accept import asks
from publisher.cli.diagnostics_output import OutputOptions, Verbosity, output_options, print_diagnostics, progress_for
from publisher.cli.edition_folder import folder_argument
from publisher.diagnostics import Diagnostic, ExitCode
from publisher.workspace import Folder, read_file

if TYPE_CHECKING:
    from publisher.review.importing import ChangedNote


@click.command(name="import-review")
@click.argument("file", metavar="FILE.docx", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@folder_argument
@click.option("--accept", is_flag=True, help="Write changed notes without asking.")
@output_options
@click.pass_context
def import_review(context: click.Context, file: Path, folder: Folder, accept: bool, display: OutputOptions) -> None:
    """Bring comments and changed notes of a reviewed document back into its edition.

    FILE.docx was written by `publisher export docx` and saved by Word, LibreOffice or another program.
    DIR is the folder with edition.yaml; without it, the current folder or its folder `book`.
    A new comment on words of the text becomes a note in the series of its author. Comments elsewhere,
    comments that begin with “to do”, and new footnotes are listed in review-todo.md. The words of
    notes that were changed are shown; if you agree, or with --accept, they are changed in the file of
    notes, which keeps its markup. Changes in the text, tracked or not, are refused and listed.
    The exit status is 1 if something was refused or is left to decide.

    \b
    Examples:
      publisher import-review edition.review.docx
      publisher import-review reviewed.docx my-edition --accept
    """
    from publisher.model.target import Target
    from publisher.review.applying import stuck, write_notes, write_remarks, write_todos
    from publisher.review.importing import demand_review, findings
    from publisher.review.limited import review_in
    from publisher.review.volume import review_volume

    if not folder.matching("edition.yaml"):
        raise click.UsageError("Name the folder of an edition: the editions of a reader are reviewed one by one.")
    review = review_in(read_file(file), file.name)
    target = Target(audience=review.audience)
    publication = review_volume(folder, target=target, pages=False, progress=progress_for(display)).publication
    demand_review(review, publication, name=file.name)
    found = findings(review, publication, name=file.name)
    agreed = [changed_note for changed_note in found.changed if _is_agreed(changed_note, accept=accept)]
    written = [*write_notes(agreed)]
    lost: tuple[Diagnostic, ...] = ()
    if found.remarks:
        made = write_remarks(folder, found.remarks, name=file.name)
        written += made.written
        lost = made.lost
    todo = write_todos(folder, found.todos)
    written += [todo] if todo else []
    reports = (*found.refused, *stuck(agreed, file.name), *lost)
    print_diagnostics(reports, display=display)
    if display.loudness is not Verbosity.QUIET:
        click.echo("\n".join((*dict.fromkeys(written), _summary(len(found.remarks), len(agreed), len(found.todos)))))
    left = len(found.changed) - len(agreed)
    if left:
        click.echo(f"{left} changed notes wait for a decision: on a terminal, or with --accept.", err=True)
    if left or reports:
        context.exit(ExitCode.CONTENT)


def _summary(comments: int, notes: int, todos: int) -> str:
    from publisher.diagnostics import amount

    return f"{amount(comments, 'new comment')}, {amount(notes, 'changed note')} written, {amount(todos, 'to-do')}"


def _is_agreed(changed_note: ChangedNote, *, accept: bool) -> bool:
    """Whether the changes of a note are to be written; they are shown before."""
    from publisher.diagnostics.report.visible import visible

    click.echo(
        f"{changed_note.span}: {changed_note.id.series}/{changed_note.id.note}:\n    {visible(changed_note.diff)}"
    )
    if accept or not changed_note.merged.edits:
        return accept
    return asks() and click.confirm("Write this change?")
