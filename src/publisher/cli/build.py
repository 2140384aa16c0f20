"""`publisher build`: from an edition's folder to finished files."""

from __future__ import annotations

from pathlib import Path

import click

from publisher import pipeline
from publisher.cli.folder import folder_argument
from publisher.cli.manner import Loudness, Manner, manner_options, observer_for, tell
from publisher.model.edition import Format
from publisher.workspace import Folder, cores, finish


@click.command()
@folder_argument
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([str(form) for form in Format]),
    help="What to build; may be given more than once. Without it: the formats in edition.yaml.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder for the finished files.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=cores,
    show_default="the processors of this computer",
    help="How many sections are laid out at once. The files are the same whatever it is.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Lay sections out on the workers of this Dask scheduler: tcp://scheduler:8786.",
)
@click.option("--no-cache", is_flag=True, help="Lay every section out, even if it was laid out before.")
@manner_options
def build(
    folder: Folder,
    formats: tuple[str, ...],
    output: Path,
    jobs: int,
    cluster: str | None,
    no_cache: bool,
    manner: Manner,
) -> None:
    """Build the EPUB and the PDF of an edition.

    DIR is the folder with edition.yaml; without it, the current folder or its folder `book`. The
    paths of the finished files are printed. They appear whole or not at all: where there is an
    error, what was in the output folder stays as it was.

    \b
    Examples:
      publisher build
      publisher build my-edition -f pdf -o proofs
      publisher build --strict --diagnostics short
    """
    from publisher.doctor import demand_libraries
    from publisher.shelf import users_shelf
    from publisher.write.hiring import hired

    demand_libraries()
    finish(output)
    observer = observer_for(manner)
    asked = tuple(Format(form) for form in formats)
    shelf = None if no_cache else users_shelf()
    with hired(jobs=jobs, cluster=cluster, shelf=shelf) as crew:
        built = pipeline.build(folder, formats=asked, strict=manner.strict, crew=crew, observer=observer)
    if shelf is not None:
        shelf.trim()
    with observer.stage("Saving"):
        paths = pipeline.keep(built.volume, output=output)
    tell(built.warnings, manner=manner)
    if manner.loudness is not Loudness.QUIET:
        click.echo("\n".join(path.as_posix() for path in paths))
