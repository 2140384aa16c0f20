"""`publisher import`: an edition of documents that other programs made."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath
from typing import Any

import click

from publisher import __version__, workspace
from publisher.cli.diagnostics_output import OutputOptions, Verbosity, output_options, print_diagnostics
from publisher.cli.types import NearestChoice
from publisher.diagnostics import Diagnostic, Severity
from publisher.importers.bibliography import bibliography
from publisher.importers.docx.reading import Changes
from publisher.importers.importing import import_file
from publisher.importers.kinds import REFERENCES
from publisher.importers.opening import open_source
from publisher.importers.saving import demand_room, save
from publisher.importers.source import Answer, Request, SourceFile
from publisher.workspace import Folder, NotThere, OutsideFolder

_PATH = click.Path(path_type=Path)


class Import(click.Command):
    """The command, which has another one in it: `publisher import annotations`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in it."""
        return ["annotations"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name."""
        from publisher.cli.import_annotations import import_annotations

        return import_annotations if cmd_name == "annotations" else None

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Parse the words; those after `annotations` belong to that command."""
        if args[:1] == ["annotations"]:
            from publisher.cli.import_annotations import import_annotations

            return import_annotations.make_context(f"{info_name} annotations", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(name="import", cls=Import)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.argument("folder", metavar="DIR", type=_PATH)
@click.option(
    "--footnotes",
    default="author",
    show_default=True,
    help="author: footnotes stay the author's own. notes, or another name: they become a series of notes.",
)
@click.option(
    "--changes",
    type=NearestChoice([str(Change) for Change in Changes]),
    default=str(Changes.ACCEPT),
    show_default=True,
    help="What to do with tracked changes; stop: import nothing if there are any.",
)
@click.option("--title", help="The title of the edition, if the document names none or a wrong one.")
@click.option("--author", help="The author, if the document names none or a wrong one.")
@click.option("--language", help="The language of the text (BCP 47), if it is not recognised.")
@click.option("--force", is_flag=True, help="Overwrite files that are in DIR already.")
@output_options
def import_(
    files: tuple[Path, ...],
    folder: Path,
    footnotes: str,
    changes: str,
    title: str | None,
    author: str | None,
    language: str | None,
    force: bool,
    display: OutputOptions,
) -> None:
    """Make an edition of a Word document, a web page or another text.

    Each FILE is a DOCX, ODT, RTF, HTML, EPUB, LaTeX, Typst, TEI or Markdown file, a text of Project
    Gutenberg, the folder of a book of Standard Ebooks, or plain text. Several become one edition, in
    their order. Files of references (.bib, .ris, CSL-JSON) become references.json. The edition in DIR
    can be built at once; fonts for its scripts are copied into fonts/ if they are installed.
    Comments become notes, a series for each person. import-report.md lists everything that was left
    out, changed or added.
    `publisher import annotations FILE` makes notes of what readers wrote about an edition.

    \b
    Examples:
      publisher import report.docx my-edition
      publisher import report.docx my-edition --footnotes notes --changes reject
      publisher import part-1.odt part-2.odt my-edition
      publisher import library.bib my-edition
      publisher import annotations hypothesis.json my-edition
    """
    found = tuple(open_source(path) for path in files)
    if all(_is_bibliography(source_file) for source_file in found):
        _save_references(found, folder, force=force, display=display)
        return
    books = tuple(source_file for source_file in found if _is_bibliography(source_file))
    request = Request(
        files=tuple(source_file for source_file in found if not _is_bibliography(source_file)),
        references=bibliography(books)[0].decode(),
        changes=Changes(changes),
        footnotes=_series(footnotes),
        title=title,
        author=author,
        language=_language(language),
        date=workspace.current_day(),
        tool=f"publisher {__version__}",
    )
    if not force:
        demand_room(folder, ("edition.yaml", "text.md"))
    answer = import_file(request)
    paths = save(folder, answer.files, force=force)
    print_diagnostics(_find_lost(answer, folder), display=display)
    if display.loudness is not Verbosity.QUIET:
        click.echo("\n".join((*(path.as_posix() for path in paths), *answer.lines)))
        _provide_fonts(folder)
    if sys.stderr.isatty():
        click.echo(f"\nNow read {folder}/import-report.md, and build it:  publisher build {folder}", err=True)


def _provide_fonts(folder: Path) -> None:
    """Copy fonts for the scripts that the text has and the program's typefaces lack, if there are some."""
    from publisher.cli.fonts import provide_fonts

    provide_fonts(Folder(folder))


def _is_bibliography(file: SourceFile) -> bool:
    return PurePosixPath(file.name).suffix.lower() in REFERENCES


def _series(name: str) -> str:
    """The id of the series that footnotes become; raises `BadParameter` if it can be none."""
    from publisher.importers.notes import slug

    if slug(name) != name:
        raise click.BadParameter("write author, notes, or letters, digits and hyphens.", param_hint="--footnotes")
    return name


def _language(tag: str | None) -> str | None:
    """A language tag; raises `BadParameter` if it is none."""
    from publisher.model.language import fault

    reason = None if tag is None else fault(tag)
    if reason is not None:
        raise click.BadParameter(f"{tag!r} is not a language tag: {reason}.", param_hint="--language")
    return tag


def _save_references(files: tuple[SourceFile, ...], folder: Path, *, force: bool, display: OutputOptions) -> None:
    """Write the records as `references.json`; with `--force`, after those that it has."""
    try:
        earlier = Folder(folder).read("references.json")
    except (NotThere, OutsideFolder):
        earlier = b"[]"
    content, count = bibliography(files, earlier)
    (path,) = save(folder, (("references.json", content),), force=force)
    if display.loudness is not Verbosity.QUIET:
        click.echo(f"{path.as_posix()}: {count} new records")
        if not _names_references(folder):
            click.echo("add to edition.yaml:  references: references.json", err=True)


def _names_references(folder: Path) -> bool:
    """Whether the edition in a folder names a file of references."""
    try:
        return b"\nreferences:" in Folder(folder).read("edition.yaml")
    except (NotThere, OutsideFolder):
        return True


def _find_lost(answer: Answer, folder: Path) -> tuple[Diagnostic, ...]:
    """W-009 if words of the source are nowhere in what was made."""
    if not answer.lost:
        return ()
    shown = ", ".join(f"“{word}”" for word in answer.lost[:10]) + ("…" if answer.lost[10:] else "")
    return (
        Diagnostic(
            code="W-009",
            message=f"words of the source are neither in the text nor in a note nor in the report: {shown}",
            hint=f"look for them in the source, and add them to {folder}/text.md; please report the file",
            severity=Severity.WARNING,
        ),
    )
