"""`publisher export brf`."""

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
@click.option(
    "--grade",
    type=click.IntRange(1, 2),
    default=2,
    show_default=True,
    help="1 for uncontracted braille, 2 for contracted, where the language has it.",
)
@click.option("--cells", type=click.IntRange(20, 80), default=40, show_default=True, help="How many cells a line has.")
@click.option("--lines", type=click.IntRange(10, 60), default=25, show_default=True, help="How many lines a page has.")
@output_option("The folder for the file.")
@worker_options
@target_options
@output_options
def brf(
    folder: Folder,
    grade: int,
    cells: int,
    lines: int,
    output: Path,
    workers: WorkerOptions,
    target: Target,
    display: OutputOptions,
) -> None:
    """Write a braille edition as BRF, which embossers and braille displays read.

    liblouis translates the EPUB. The numbers of print pages are those of the PDF; notes by the transcriber
    say what braille cannot show. A transcriber should read it before it is embossed.

    \b
    Examples:
      publisher export brf my-edition
      publisher export brf my-edition --grade 1
      publisher export brf my-edition --cells 32 --lines 27
    """
    from publisher.exports.brf.make import BrailleOrder, braille
    from publisher.exports.brf.translate import LOU, NAME
    from publisher.validators.process import find_programs

    find_programs(NAME, LOU)
    built, book = built_epub(folder, workers=workers, target=target, display=display)
    order = BrailleOrder(grade=grade, cells=cells, rows=lines)
    file, warnings = braille(built.volume.publication, book, order, settings=built.settings)
    print_diagnostics((*built.diagnostics, *warnings), display=display)
    save_export((file,), output, display=display)
