"""`publisher watch`: checks, or builds, after each change of a file."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.cli.diagnostics_output import Form, OutputOptions, Verbosity, output_options, print_diagnostics
from publisher.cli.edition_folder import folder_argument
from publisher.cli.output_dir import output_option
from publisher.cli.target import target_options
from publisher.diagnostics import Severity, amount
from publisher.model.target import Format, Target
from publisher.preview.state import Phase
from publisher.preview.terminal import Round, Watch, follow
from publisher.workspace import Folder, clock_time, here


@click.command()
@folder_argument
@click.option("--build", "building", is_flag=True, help="Build after each change, not only check.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([str(form) for form in Format]),
    help="What to build; may be given more than once, and means --build.",
)
@output_option("The folder for the finished files.")
@target_options
@output_options
def watch(
    folder: Folder, building: bool, formats: tuple[str, ...], output: Path, target: Target, display: OutputOptions
) -> None:
    """Check an edition or a course reader after each change of its files, or build it.

    DIR is the folder with edition.yaml, or with reader.yaml; without it, the current folder or its
    folder `book`. Errors and warnings are printed as by `publisher check`, then a line with the time.
    With --build or --format the files are built, and written only if there are no errors.
    A change ends the build that is running. Ctrl-C ends the command.

    \b
    Examples:
      publisher watch
      publisher watch my-edition --diagnostics short
      publisher watch my-edition --build
      publisher watch my-reader -f epub -o proofs
    """
    from publisher.doctor import demand_libraries
    from publisher.workspace.tempdir import scratch_folder

    wanted = building or bool(formats)
    if wanted:
        demand_libraries()
    request = {
        "audience": str(target.audience),
        "copy": str(target.copy) if target.copy else None,
        "strict": display.strict,
        "formats": list(formats),
        "output": str(Path(here(), output)),
    }
    click.echo(f"Following {folder.name}; Ctrl-C ends it.", err=True)
    with scratch_folder() as scratch:
        follow(
            Watch(
                root=Path(here(), folder.root),
                where=here(),
                scratch=scratch,
                request=request,
                building=wanted,
                apart=(Path(here(), output),) if wanted else (),
            ),
            report=lambda item: _print(item, display, wanted),
        )


def _print(item: Round, display: OutputOptions, building: bool) -> None:
    """Print what came of a change."""
    print_diagnostics(item.found, display=display)
    if item.phase is Phase.GONE:
        click.echo(f"{clock_time()}  the folder is not there; waiting for it", err=True)
        return
    if display.loudness is not Verbosity.QUIET:
        for path in item.made:
            click.echo(path)
    if display.form is Form.HUMAN and display.loudness is not Verbosity.QUIET:
        click.echo(f"{clock_time()}  {_summary(item, building)}  ({item.seconds:.1f} s)", err=True)


def _summary(item: Round, building: bool) -> str:
    if item.phase is Phase.FAILED:
        return f"stopped unexpectedly: {item.failure}"
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in item.found)
    warnings = sum(diagnostic.severity is Severity.WARNING for diagnostic in item.found)
    found = ", ".join(amount(count, noun) for count, noun in ((errors, "error"), (warnings, "warning")) if count)
    if errors:
        return f"{found}; nothing was built" if building else found
    done = "built" if building else "nothing is wrong" if not found else "no errors"
    return f"{done}, {found}" if found else done
