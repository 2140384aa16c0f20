"""`publisher build`: from an edition's folder to finished files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from publisher import pipeline
from publisher.cli.choice import Nearest
from publisher.cli.crew import Hiring, crew_options
from publisher.cli.folder import folder_argument
from publisher.cli.manner import Loudness, Manner, manner_options, observer_for, tell
from publisher.cli.piece import demand_handed_out, piece_options, unknown
from publisher.cli.wish import wish_options
from publisher.model.edition import Format
from publisher.model.page_map import NAME
from publisher.model.piece import UnknownPiece, Wanted
from publisher.model.profile import Profile
from publisher.pieces import HandedOut, handed_out
from publisher.pipeline import Built, Wish
from publisher.workspace import Folder, NotThere, OutsideFolder, finish, keep

if TYPE_CHECKING:
    from publisher.pipeline import Observer
    from publisher.write.crew import Crew


@click.command()
@folder_argument
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([str(form) for form in Format]),
    help="What to build; may be given more than once. Without it: the formats in edition.yaml or reader.yaml.",
)
@click.option(
    "-p",
    "--profile",
    "profiles",
    multiple=True,
    type=Nearest([str(profile) for profile in Profile]),
    help="What the PDF is for; may be given more than once. Without it: the profiles in edition.yaml, else screen.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder for the finished files.",
)
@crew_options
@click.option(
    "--freeze-pages",
    is_flag=True,
    help="Keep the pages of the PDF in page-map.json, beside edition.yaml: for the build that goes to print.",
)
@piece_options
@wish_options
@manner_options
def build(
    folder: Folder,
    formats: tuple[str, ...],
    profiles: tuple[str, ...],
    output: Path,
    hiring: Hiring,
    freeze_pages: bool,
    wanted: Wanted | None,
    wish: Wish,
    manner: Manner,
) -> None:
    """Build the EPUB and the PDF of an edition or a course reader.

    DIR is the folder with edition.yaml, or with reader.yaml; without it, the current folder or its
    folder `book`. The paths of the finished files are printed. They appear whole or not at all: where there is an
    error, what was in the output folder stays as it was.

    With `pages: frozen` in edition.yaml the EPUB has the page numbers of the printed book, which
    --freeze-pages has kept. What was kept is never written over. docs/pages.md has the rules.

    --reading and --section make the PDF of one piece, to be handed out: with the page numbers, running
    heads and numbers of notes that it has in the volume, and a line that says from which volume it is.

    \b
    Examples:
      publisher build
      publisher build my-edition -f pdf -o proofs
      publisher build -f pdf --profile print --profile archive
      publisher build --strict --diagnostics short
      publisher build --freeze-pages
      publisher build my-reader --audience instructor --copy proof
      publisher build my-reader --reading 2
      publisher build my-edition --section agreements --profile print
    """
    from publisher.doctor import demand_libraries

    demand_libraries()
    if freeze_pages:
        _refuse_to_refreeze(folder)
    finish(output)
    observer = observer_for(manner)
    if profiles and formats and Format.PDF not in formats:
        raise click.UsageError("--profile says what the PDF is for, and no PDF is asked for: add --format pdf.")
    if wanted:
        reader = pipeline.is_reader(folder)
        demand_handed_out(wanted, is_reader=reader, formats=formats, profiles=profiles, freezing=freeze_pages)
    named = tuple(Profile(profile) for profile in profiles)
    with hiring.crew() as crew:
        how = Given(strict=manner.strict, crew=crew, wish=wish, observer=observer)
        made = (
            _piece(folder, wanted, named, how)
            if wanted
            else pipeline.build(
                folder,
                formats=tuple(Format(form) for form in formats),
                profiles=named,
                freezing=freeze_pages,
                **how,
            )
        )
    with observer.stage("Saving"):
        paths = _kept(made, folder, output)
    tell(made.warnings, manner=manner)
    if manner.loudness is not Loudness.QUIET:
        click.echo("\n".join(path.as_posix() for path in paths))


class Given(TypedDict):
    """What every build is given, whatever it makes."""

    strict: bool
    crew: Crew
    wish: Wish
    observer: Observer


def _piece(folder: Folder, wanted: Wanted, profiles: tuple[Profile, ...], how: Given) -> HandedOut:
    """The files of a piece; raises `UsageError` where there is none of the name."""
    try:
        return handed_out(folder, wanted, profiles=profiles, **how)
    except UnknownPiece as error:
        raise unknown(error) from error


def _kept(made: Built | HandedOut, folder: Folder, output: Path) -> tuple[Path, ...]:
    """The paths of everything that was made, written."""
    if isinstance(made, HandedOut):
        return keep(output, ((artifact.name, artifact.content) for artifact in made.artifacts))
    paths = pipeline.keep(made.volume, output=output)
    return paths + keep(folder.root, ((made.page_map.name, made.page_map.content),)) if made.page_map else paths


def _refuse_to_refreeze(folder: Folder) -> None:
    """Nothing; raises `UsageError` where the pages of a printed book are kept already, and for a course reader."""
    if pipeline.is_reader(folder):
        raise click.UsageError("--freeze-pages is for editions: the pages of a course reader are those of its PDF.")
    try:
        folder.locate(NAME)
    except NotThere:
        return
    except OutsideFolder:
        pass
    raise click.UsageError(
        f"{folder.shown(NAME)} is there: it has the pages of the printed book, and is not written over.\n"
        "Delete it, or give it another name, before the pages of another printing are frozen."
    )
