"""`publisher export kepub`."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.cli.diagnostics_output import OutputOptions, output_options, print_diagnostics
from publisher.cli.edition_folder import folder_argument
from publisher.cli.exports.request import built_epub, save_export
from publisher.cli.output_dir import output_option
from publisher.cli.target import target_options
from publisher.cli.workers import WorkerOptions, worker_options
from publisher.model.target import Target
from publisher.workspace import Folder


@click.command()
@folder_argument
@output_option("The folder for the file.")
@worker_options
@target_options
@output_options
def kepub(folder: Folder, output: Path, workers: WorkerOptions, target: Target, display: OutputOptions) -> None:
    """Write the EPUB in the form that Kobo readers open fastest (NAME.kepub.epub).

    It is for copying onto a Kobo. Upload the EPUB itself to the shop, which makes its own kepub.

    \b
    Examples:
      publisher export kepub my-edition
      publisher export kepub my-edition -o kobo
    """
    from publisher.exports.kepub import kepub as written

    built, book = built_epub(folder, workers=workers, target=target, display=display)
    file = written(book, name=built.volume.publication.output.name)
    print_diagnostics(built.diagnostics, display=display)
    save_export((file,), output, display=display)
