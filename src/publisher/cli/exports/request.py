"""What the exports of records have in common: an edition without errors, one function, one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.diagnostics_output import (
    OutputOptions,
    Verbosity,
    output_options,
    print_diagnostics,
    progress_for,
    report_with_next,
)
from publisher.cli.edition_folder import folder_argument
from publisher.cli.output_dir import output_option
from publisher.cli.target import target_options
from publisher.model.target import Target
from publisher.workspace import Folder
from publisher.workspace.commit import commit_files

if TYPE_CHECKING:
    from publisher.build.checked import Checked
    from publisher.build.request import BuildResult
    from publisher.cli.workers import WorkerOptions
    from publisher.model.rendition import Artifact

Writer = Callable[["Checked"], "tuple[Artifact, ...]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What an export is made from, and where it is put."""

    folder: Folder
    output: Path
    target: Target
    display: OutputOptions


def record_options(command: Callable[[ExportRequest], None]) -> Callable[..., None]:
    """The command with the arguments of an export of records, which it gets as one value."""

    @folder_argument
    @output_option("The folder for the file.")
    @target_options
    @output_options
    @wraps(command)
    def with_request(*, folder: Folder, output: Path, target: Target, display: OutputOptions) -> None:
        command(ExportRequest(folder=folder, output=output, target=target, display=display))

    return with_request


def write_export(request: ExportRequest, writer: Writer) -> None:
    """Check the edition, write its files, and print their paths. Raises `PublisherError` if something is wrong."""
    from publisher.build import pipeline
    from publisher.build.request import BuildRequest

    display = request.display
    asked = BuildRequest(
        folder=request.folder,
        target=request.target,
        strict=display.strict,
        output=request.output,
        progress=progress_for(display),
        unfinished=report_with_next,
    )
    checked = pipeline.check(asked)
    files = writer(checked)
    print_diagnostics(checked.warnings, display=display)
    save_export(files, request.output, display=display)


def save_export(files: tuple[Artifact, ...], output: Path, *, display: OutputOptions) -> None:
    """Write files into the output folder, as a build does, and print their paths."""
    paths = commit_files(output, ((artifact.name, artifact.content) for artifact in files))
    if display.loudness is not Verbosity.QUIET:
        click.echo("\n".join(path.as_posix() for path in paths))


def built_epub(
    folder: Folder, *, workers: WorkerOptions, target: Target, display: OutputOptions
) -> tuple[BuildResult, Artifact]:
    """What a build makes, and its EPUB: with the page numbers of the PDF if the edition asks for one."""
    from publisher.build import pipeline
    from publisher.build.request import BuildRequest
    from publisher.doctor import demand_libraries
    from publisher.model.target import Format

    demand_libraries()
    with workers.executor(folder.root) as executor:
        request = BuildRequest(
            folder=folder,
            target=target,
            strict=display.strict,
            executor=executor,
            progress=progress_for(display),
            unfinished=report_with_next,
        )
        listed = pipeline.load(request).formats
        formats = (Format.EPUB, *(item for item in listed if item is Format.PDF))
        built = pipeline.build(replace(request, formats=formats))
    (book,) = (artifact for artifact in built.artifacts if artifact.name.endswith(".epub"))
    return built, book
