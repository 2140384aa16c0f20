"""`publisher preflight`: whether a PDF can go to the printer."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.cli.diagnostics_output import OutputOptions, Verbosity, output_options
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.pdf_standard import PrintStandard
from publisher.workspace import read_file


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--bleed",
    type=click.FloatRange(min=0, max=20),
    default=3.0,
    show_default=True,
    help="How many millimetres have to be printed beyond the edge of the page.",
)
@click.option(
    "--standard",
    type=click.Choice([standard.value for standard in PrintStandard]),
    help="The part of PDF/X that each FILE has to follow; else the one that it claims, or x-4.",
)
@output_options
def preflight(paths: tuple[Path, ...], bleed: float, standard: str | None, display: OutputOptions) -> None:
    """Check a PDF as a printer does: PDF/X, from its bytes.

    The command checks metadata, output intent, boxes, bleed and marks, inks, pictures, black text,
    transparency, links and typefaces. The exit status is 0 if a press can use each FILE, 5 if not.
    Every file that publisher builds for a printer has passed this check.

    \b
    Examples:
      publisher preflight output/my-edition.print.pdf
      publisher preflight --bleed 5 output/my-edition.print.pdf
      publisher preflight --standard x-1a output/my-edition.print.pdf
    """
    from publisher.preflight.limited import preflight_limited

    found: list[Diagnostic] = []
    wanted = None if standard is None else PrintStandard(standard)
    for path in paths:
        try:
            followed = preflight_limited(
                read_file(path), name=path.name, least_bleed=bleed * 72 / 25.4, standard=wanted
            )
        except PublisherError as error:
            if error.exit_code is not ExitCode.UNPROVED:
                raise
            found += error.diagnostics
        else:
            if display.loudness is not Verbosity.QUIET:
                click.echo(f"{path.name}: {followed.demands.title}, ready for the printer")
    if found:
        raise PublisherError(*found, exit_code=ExitCode.UNPROVED)
