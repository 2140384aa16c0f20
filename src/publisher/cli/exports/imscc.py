"""`publisher export imscc`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from publisher.build.request import BuildRequest
from publisher.cli.diagnostics_output import (
    OutputOptions,
    output_options,
    print_diagnostics,
    progress_for,
    report_with_next,
)
from publisher.cli.edition_folder import folder_argument
from publisher.cli.exports.request import save_export
from publisher.cli.output_dir import output_option
from publisher.cli.target import target_options
from publisher.cli.workers import WorkerOptions, worker_options
from publisher.model.target import Copy, Target
from publisher.workspace import Folder


@click.command()
@folder_argument
@click.option(
    "--version",
    "version",
    type=click.Choice(["1.1", "1.3"]),
    help="Of Common Cartridge: 1.1, which Moodle imports, or 1.3.  [default: 1.1; with --thin 1.3]",
)
@click.option("--pdf", "as_pdf", is_flag=True, help="Readings are PDFs instead of web pages.")
@click.option(
    "--thin",
    metavar="URL",
    help="A thin cartridge, which only links to the pages of the web edition at this address.",
)
@output_option("The folder for the cartridge.")
@worker_options
@target_options
@output_options
def imscc(
    folder: Folder,
    version: str | None,
    as_pdf: bool,
    thin: str | None,
    output: Path,
    workers: WorkerOptions,
    target: Target,
    display: OutputOptions,
) -> None:
    """Write a course reader as a Common Cartridge, which Moodle, Canvas and others import.

    Each unit is a module. Its readings are web pages, or PDFs with --pdf; questions are discussion topics.
    What is marked for instructors is only in the cartridge for them (--audience instructor).

    A cartridge is given to students, so it needs the rights of a copy for distribution, whatever
    reader.yaml says. With --copy proof it is a proof, and each page says so.

    \b
    Examples:
      publisher export imscc my-reader
      publisher export imscc my-reader --audience instructor
      publisher export imscc my-reader --version 1.3 --pdf
      publisher export imscc my-reader --thin https://www.example.org/reader
    """
    from publisher.build.sources import is_reader
    from publisher.doctor import demand_libraries
    from publisher.exports.imscc.make import CartridgeOrder, make_cartridge
    from publisher.exports.imscc.manifest import CartridgeVersion

    if not is_reader(folder):
        raise click.UsageError("A cartridge is made of a course reader, which has a reader.yaml.")
    if thin and version == "1.1":
        raise click.UsageError("There are no thin cartridges in 1.1: leave --version out, or write --version 1.3.")
    if thin and as_pdf:
        raise click.UsageError("--thin has no PDFs: it links to the web edition.")
    if thin and not thin.startswith(("https://", "http://")):
        raise click.BadParameter(f"{thin} is no web address: write https://….", param_hint="--thin")
    demand_libraries()
    order = CartridgeOrder(version=CartridgeVersion(version or ("1.3" if thin else "1.1")), as_pdf=as_pdf, thin=thin)
    with workers.executor(folder.root) as executor:
        request = BuildRequest(
            folder=folder,
            target=replace(target, copy=target.copy or Copy.DISTRIBUTION),
            strict=display.strict,
            executor=executor,
            progress=progress_for(display),
            unfinished=report_with_next,
        )
        file, warnings = make_cartridge(request, order)
    print_diagnostics(warnings, display=display)
    save_export((file,), output, display=display)
