"""`publisher accept`: shows what changed in a text, and records the text as it is now."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.edition_folder import folder_argument
from publisher.diagnostics import ExitCode, amount
from publisher.workspace import Folder

if TYPE_CHECKING:
    from publisher.load.recorded import Recorded
    from publisher.model.apparatus import Note
    from publisher.revision.compare import Revision

SHOWN = 100
"""How many passages and notes are shown."""


@click.command()
@folder_argument
@click.option("--yes", "-y", is_flag=True, help="Write the new sha256 without asking.")
@click.pass_context
def accept(context: click.Context, folder: Folder, yes: bool) -> None:
    """Show what changed in a text, then record the text as it is now.

    DIR is the folder with edition.yaml; without it, the current folder or its folder `book`. With
    reader.yaml in DIR, every edition that the reader names is compared.
    The passages that differ are shown if a check or a build on this computer has read the earlier
    text. Notes whose words are gone are listed. If you agree, the sha256 in edition.yaml is replaced,
    or added if it is missing; the rest of the file is unchanged. If nothing changed, nothing is
    written. The exit status is 0 if the record is correct at the end, 1 if it is not.

    \b
    Examples:
      publisher accept
      publisher accept my-edition --yes
      publisher accept my-reader
    """
    from publisher.load.recorded import load_recorded
    from publisher.revision.store import texts_stored

    with texts_stored(folder.root):
        pending = [item for item in map(load_recorded, editions(folder)) if not item.is_current]
        if not pending:
            click.echo("The text is the one that was recorded; there is nothing to accept.")
            return
        for recorded in pending:
            _show(recorded)
        if not _is_agreed(len(pending), yes=yes):
            click.echo("Nothing was written.", err=True)
            context.exit(ExitCode.CONTENT)
        for recorded in pending:
            _write(recorded)


def editions(folder: Folder) -> list[Folder]:
    """Return the editions in a folder: its own, or those that its reader names, each once."""
    from publisher.load.reader import load_reader
    from publisher.model.reader import EditionBody

    if not folder.matching("reader.yaml"):
        return [folder]
    bodies = (reading.body for reading in load_reader(folder).readings)
    paths = {Path(body.folder).resolve(): Path(body.folder) for body in bodies if isinstance(body, EditionBody)}
    return [Folder(path) for path in paths.values()]


def _show(recorded: Recorded) -> None:
    """Print what changed in a text, and which notes that concerns."""
    from publisher.revision.compare import compare

    revision = compare(recorded)
    name = recorded.text.source.name
    if not any(recorded.digests):
        click.echo(f"{name} has not been recorded yet.")
    elif revision.same:
        click.echo(f"{name}: {revision.same} changed, and no word did.")
    elif revision.changes is None:
        click.echo(f"{name} is not the text that was recorded.")
        click.echo("The earlier text is not known here, so its words cannot be compared.")
    else:
        _show_changes(revision, name)
    _show_notes(revision.lost, "Notes whose words are not in the text, or not only once:")
    _show_notes(revision.near, "Notes in lines that changed:")
    digests = recorded.current
    click.echo(f"{recorded.settings.name}: sha256: {', '.join(digests)}")


def _show_changes(revision: Revision, name: str) -> None:
    found = revision.changes or ()
    click.echo(f"{name}: {'one passage differs' if len(found) == 1 else f'{len(found):,} passages differ'}.")
    click.echo(f"  {amount(revision.words_before, 'word')} there before, {amount(revision.words_after, 'word')} now")
    if revision.spacing:
        click.echo(f"  {amount(revision.spacing, 'passage')} in spacing or line ends alone")
    for change in found[:SHOWN]:
        span = change.span.in_file
        line, column = span.source.position(span.start)
        where = f"{span.source.name}:{line}" if change.span.source.parts else f"{line}"
        click.echo(f"  {where}:{column}: {_visible(change.said)}")
    if len(found) > SHOWN:
        click.echo(f"  … and {len(found) - SHOWN:,} more")


def _show_notes(notes: tuple[Note, ...], heading: str) -> None:
    if not notes:
        return
    click.echo(heading)
    for note in notes[:SHOWN]:
        words = " ".join(note.selector.exact.split())
        shown = words if len(words) <= 60 else f"{words[:57]}…"
        click.echo(f"  {note.id} ({note.lemma_span}): {_visible(shown)}")
    if len(notes) > SHOWN:
        click.echo(f"  … and {len(notes) - SHOWN:,} more")


def _visible(words: str) -> str:
    from publisher.diagnostics.report.visible import visible

    return visible(words)


def _is_agreed(count: int, *, yes: bool) -> bool:
    """Whether the record is to be written: as `--yes` says, else as the user answers."""
    if yes:
        return True
    if not asks():
        click.echo("To record the text as it is now, run the command again with --yes.", err=True)
        return False
    return click.confirm(
        "Record the text as it is now?" if count == 1 else f"Record these {count} texts as they are now?"
    )


def asks() -> bool:
    """Return whether a person can be asked: whether standard input is a terminal."""
    return sys.stdin.isatty()


def _write(recorded: Recorded) -> None:
    from publisher.revision.record import rewrite_record
    from publisher.workspace.rewriting import rewrite
    from publisher.workspace.session import record_text

    name = "edition.yaml"
    path = recorded.folder.root / name
    rewrite(path, before=recorded.settings_content, after=rewrite_record(recorded))
    for _, content in recorded.stretches:
        record_text(hashlib.sha256(content).hexdigest(), content)
    click.echo(f"{recorded.settings.name} was written.")
