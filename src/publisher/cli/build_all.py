"""`publisher build-all`: every volume below a folder, past those that fail, with a table and a report."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from publisher.build.request import BuildRequest
from publisher.cli.diagnostics_output import (
    OutputOptions,
    Verbosity,
    output_options,
    print_diagnostics,
    progress_for,
    report_with_next,
)
from publisher.cli.output_dir import output_option
from publisher.cli.workers import WorkerOptions, worker_options
from publisher.diagnostics import ExitCode
from publisher.workspace import Folder
from publisher.workspace.commit import commit_files
from publisher.workspace.output_path import resolve

HEADINGS = ("", "Volume", "Seconds", "Errors", "Warnings", "Files")


@click.command("build-all")
@click.argument(
    "catalogue", metavar="[CATALOGUE]", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@output_option("The folder for the finished files: each volume has a folder of its own below it.")
@worker_options
@output_options
@click.pass_context
def build_all(
    context: click.Context,
    catalogue: Path,
    output: Path,
    workers: WorkerOptions,
    display: OutputOptions,
) -> None:
    """Build every edition and course reader below a folder.

    CATALOGUE is the folder; without it, the current one. Volumes with errors are reported and
    skipped; unchanged ones are not rebuilt. At the end a table shows the result of each volume, and
    report.json in the output folder has the same for programs, with all messages. The exit status is 1
    if a volume was not built. Editions in the folder of a reader are parts of it, and are not built by
    themselves.

    \b
    Examples:
      publisher build-all
      publisher build-all catalogue -o finished --jobs 4
      publisher build-all catalogue --cluster tcp://scheduler:8786
    """
    from publisher.build import batch as catalogues
    from publisher.diagnostics.report import batch as reports
    from publisher.doctor import demand_libraries

    demand_libraries()
    folder = Folder(catalogue)
    names = tuple(name for name in catalogues.volumes(folder) if not _is_below(catalogue / name, output))
    if not names:
        raise click.UsageError(f"there is no edition.yaml and no reader.yaml below {catalogue}")
    outcomes = []
    places = [catalogue / name for name in names]
    with workers.executor(*places) as executor:
        request = BuildRequest(
            folder=folder,
            strict=display.strict,
            output=output,
            executor=executor,
            progress=progress_for(display),
            unfinished=report_with_next,
        )
        for outcome in catalogues.build_all(request, names, memory=workers.memory(*places)):
            print_diagnostics(outcome.diagnostics, display=display)
            outcomes.append(outcome)
    if display.loudness is not Verbosity.QUIET:
        _print(reports.rows(outcomes))
    commit_files(output, ((catalogues.REPORT, reports.render(outcomes)),))
    if not all(item.built for item in outcomes):
        context.exit(ExitCode.CONTENT)


def _is_below(path: Path, folder: Path) -> bool:
    """Whether a path is in a folder: what was built is no volume."""
    return path.resolve().is_relative_to(resolve(folder))


def _print(rows: Iterable[tuple[str, ...]]) -> None:
    """A table on a terminal; lines with tabs in a pipe."""
    if sys.stdout.isatty():
        from publisher.diagnostics.report.terminal import print_table

        print_table(HEADINGS, [*rows], stream=sys.stdout)
    else:
        click.echo("\n".join("\t".join(row) for row in rows))
