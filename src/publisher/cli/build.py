"""`publisher build`: from an edition's folder to finished files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.build.request import BuildRequest
from publisher.cli.diagnostics_output import (
    Form,
    OutputOptions,
    Verbosity,
    output_options,
    print_diagnostics,
    progress_for,
    report_with_next,
)
from publisher.cli.edition_folder import folder_argument
from publisher.cli.excerpt import demand_handed_out, piece_options, unknown
from publisher.cli.output_dir import output_option
from publisher.cli.target import target_options
from publisher.cli.types import NearestChoice
from publisher.cli.workers import WorkerOptions, worker_options
from publisher.model.excerpt import UnknownPiece, Wanted
from publisher.model.profile import Profile
from publisher.model.target import Format, Target
from publisher.workspace import Folder, NotThere, OutsideFolder
from publisher.workspace.commit import commit_files, recover

if TYPE_CHECKING:
    from publisher.cache.builds import Made
    from publisher.workers.executor import Executor


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
    type=NearestChoice([str(profile) for profile in Profile]),
    help="What the PDF is for; may be given more than once. Without it: the profiles in edition.yaml, else screen.",
)
@output_option("The folder for the finished files.")
@worker_options
@click.option(
    "--freeze-pages",
    is_flag=True,
    help="Save the pages of the PDF in page-map.json, next to edition.yaml: for the build that goes to print.",
)
@piece_options
@target_options
@output_options
def build(
    folder: Folder,
    formats: tuple[str, ...],
    profiles: tuple[str, ...],
    output: Path,
    workers: WorkerOptions,
    freeze_pages: bool,
    wanted: Wanted | None,
    target: Target,
    display: OutputOptions,
) -> None:
    """Build the EPUB, the PDF and the web edition of an edition or a course reader.

    DIR is the folder with edition.yaml, or with reader.yaml; without it, the current folder or its
    folder `book`. The paths of the finished files are printed. They are written together or not at all:
    after an error, the output folder is unchanged. Only files that publisher wrote are replaced; if you
    have changed one since, it is copied first, and a warning names the copy.

    If neither the sources nor the finished files have changed since the last build, nothing is built;
    the paths and the warnings are printed again.

    With `pages: frozen` in edition.yaml the EPUB has the page numbers of the printed book, which
    --freeze-pages saves in page-map.json. That file is never overwritten; see docs/pages.md.

    --reading and --section make the PDF of an excerpt, with the page numbers, running heads and note
    numbers that it has in the volume, and a line that names the volume.

    \b
    Examples:
      publisher build
      publisher build my-edition -f pdf -o proofs
      publisher build my-edition -f web
      publisher build -f pdf --profile print --profile archive
      publisher build --strict --diagnostics short
      publisher build --freeze-pages
      publisher build my-reader --audience instructor --copy proof
      publisher build my-reader --reading 2
      publisher build my-edition --section agreements --profile print
    """
    request = BuildRequest(
        folder=folder,
        formats=tuple(map(Format, formats)),
        profiles=tuple(map(Profile, profiles)),
        excerpt=wanted,
        target=target,
        strict=display.strict,
        freezing=freeze_pages,
        output=output,
        progress=progress_for(display),
        unfinished=report_with_next,
    )
    _demand_possible(request)
    recover(output)
    made = _excerpt(request, workers) if wanted else _volume(request, workers)
    print_diagnostics(made.warnings, display=display)
    _print_made(made, display)


def _demand_possible(request: BuildRequest) -> None:
    """Raise `UsageError` if options do not go together, or not with the folder."""
    if request.profiles and request.formats and Format.PDF not in request.formats:
        raise click.UsageError("--profile says what the PDF is for, and no PDF is asked for: add --format pdf.")
    if request.excerpt:
        demand_handed_out(request)
    if request.freezing:
        _refuse_to_refreeze(request.folder)


def _print_made(made: Made, display: OutputOptions) -> None:
    if display.loudness is Verbosity.QUIET:
        return
    if made.unchanged and display.form is Form.HUMAN:
        click.echo("unchanged: nothing that this volume is made from has changed since it was built", err=True)
    click.echo("\n".join(path.as_posix() for path in made.paths))


def _volume(request: BuildRequest, workers: WorkerOptions) -> Made:
    """The finished files; without loading what builds, if they were built before and nothing has changed."""
    from publisher.build.saved import build_and_save

    root = request.folder.root
    return build_and_save(
        request,
        memory=None if request.freezing else workers.memory(root),
        open_executor=lambda: _executor(workers, root),
        storing=workers.cached,
    )


@contextmanager
def _executor(workers: WorkerOptions, root: Path) -> Iterator[Executor]:
    """Give the executor, if the libraries that lay out pages are there."""
    from publisher.doctor import demand_libraries

    demand_libraries()
    with workers.executor(root) as executor:
        yield executor


def _excerpt(request: BuildRequest, workers: WorkerOptions) -> Made:
    """The files of a piece; raises `UsageError` if there is none of the name."""
    from publisher.build.excerpt import build_excerpt
    from publisher.cache.builds import Made
    from publisher.doctor import demand_libraries

    assert request.output is not None
    demand_libraries()
    try:
        with workers.executor(request.folder.root) as executor:
            piece = build_excerpt(replace(request, executor=executor))
    except UnknownPiece as error:
        raise unknown(error) from error
    with request.progress.stage("Saving"):
        paths = commit_files(request.output, ((artifact.name, artifact.content) for artifact in piece.files))
    return Made(paths=paths, warnings=piece.diagnostics, unchanged=False)


def _refuse_to_refreeze(folder: Folder) -> None:
    """Nothing; raises `UsageError` where the pages of a printed book are kept already, and for a course reader."""
    from publisher.build.sources import is_reader
    from publisher.model.page import PAGE_MAP_FILE

    if is_reader(folder):
        raise click.UsageError("--freeze-pages is for editions: the pages of a course reader are those of its PDF.")
    try:
        folder.locate(PAGE_MAP_FILE)
    except NotThere:
        return
    except OutsideFolder:
        pass
    raise click.UsageError(
        f"{folder.shown(PAGE_MAP_FILE)} is there: it has the pages of the printed book, and is not written over.\n"
        "Delete it, or give it another name, before the pages of another printing are frozen."
    )
