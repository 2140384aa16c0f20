"""`publisher verify --semantic`: finished files read back and compared with the sources, as each build does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.build import pipeline
from publisher.build.checked import Checked
from publisher.cli.diagnostics_output import Verbosity, progress_for
from publisher.cli.excerpt import unknown
from publisher.diagnostics.progress import NO_PROGRESS
from publisher.model.excerpt import UnknownPiece
from publisher.model.output import Output
from publisher.model.profile import file_name
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.target import ENDINGS, Format, format_of
from publisher.workspace import read_file

if TYPE_CHECKING:
    from publisher.cli.verify import Task

USUAL_OUTPUT = Path("output")
REPORTS = (".json", ".csv")
"""How the names of files end that a build writes beside its volume; of these the claims alone are compared."""


def verify_semantic(task: Task, paths: tuple[Path, ...]) -> None:
    """Prove files from the sources, and print a line for each.

    Raises `PublisherError` with exit code 5 and every difference.
    """
    from publisher.build.verification.semantic import demand_measured, prove_file

    progress = progress_for(task.display)
    checked = pipeline.check(task.request())
    given = tuple(path for path in paths if path.suffix.lower() not in REPORTS)
    artifacts = tuple(map(_artifact, given or there(_names(checked, task))))
    files = tuple(artifact for artifact, _ in artifacts)
    with progress.stage("Reading back what was built"):
        demand_measured(paths, checked, task.target)
        try:
            tallies = prove_file(
                checked,
                files,
                wanted=task.wanted,
                target=task.target,
                open_executor=lambda: task.workers.executor(task.folder.root),
            )
        except UnknownPiece as error:
            raise unknown(error) from error
    if task.display.loudness is not Verbosity.QUIET:
        for found, artifact in zip(tallies, files, strict=True):
            click.echo(f"{artifact.name}: {found}: proved")


def usual_files(task: Task) -> tuple[Path, ...]:
    """The finished files of an edition in the usual place; raises `UsageError` if there are none."""
    return there(_names(pipeline.check(replace(task.request(), progress=NO_PROGRESS)), task))


def there(names: tuple[str, ...]) -> tuple[Path, ...]:
    """Those of the names that are files in the usual place; raises `UsageError` if none is."""
    paths = tuple(USUAL_OUTPUT / name for name in names)
    found = tuple(path for path in paths if path.is_file())
    if not found:
        raise click.UsageError(f"Nothing is built yet: {' and '.join(map(str, paths))} are not there.")
    return found


def _names(checked: Checked, task: Task) -> tuple[str, ...]:
    """What the finished files are called."""
    assert checked.publication is not None
    if task.wanted is None:
        return _volume_names(checked.publication.output)
    return _excerpt_names(checked.publication, task)


def _volume_names(output: Output) -> tuple[str, ...]:
    pdfs = tuple(file_name(output.name, profile) for profile in output.profiles.wanted)
    return tuple(
        name for form in output.formats for name in (pdfs if form is Format.PDF else (f"{output.name}{ENDINGS[form]}",))
    )


def _excerpt_names(publication: Publication, task: Task) -> tuple[str, ...]:
    from publisher.build.excerpt import file_names

    assert task.wanted is not None
    try:
        return file_names(publication, task.wanted)
    except UnknownPiece as error:
        raise unknown(error) from error


def _artifact(path: Path) -> tuple[Artifact, Format]:
    """A finished file and its format, which its name says."""
    form = format_of(path.name)
    if form is None or path.is_dir():
        message = f"{path} is no EPUB, PDF or web edition: its name has to end in .epub, .pdf or .web.zip."
        raise click.UsageError(message)
    content = read_file(path)
    if form is Format.PDF:
        from publisher.pdf.foreign.reading import demand_bounded

        demand_bounded(content, name=path.name)
    return Artifact(name=path.name, content=content), form
