"""`publisher cover`: the cover as printers take it."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.build.cover import CoverOrder, PrintedCover, printed_cover
from publisher.build.request import BuildRequest
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
from publisher.cli.types import NearestChoice
from publisher.diagnostics import amount
from publisher.model.cover import CoverPlan, Design
from publisher.model.paper import Paper, paper_called
from publisher.model.profile import Profile
from publisher.model.rendition import Artifact
from publisher.workspace import Folder, NotThere
from publisher.workspace.commit import commit_files


def chosen_paper(context: click.Context, parameter: click.Parameter, words: str | None) -> Paper | None:
    """The paper that was named; raises `BadParameter` with the nearest name where there is none of that name."""
    from publisher.load.config.cover_keys import paper_suggestion

    paper = None if words is None else paper_called(words)
    if words is not None and paper is None:
        raise click.BadParameter(
            f"{words!r} is no known paper: {paper_suggestion(words)}.", ctx=context, param=parameter
        )
    return paper


@click.command()
@folder_argument
@click.option(
    "--pages",
    type=click.IntRange(min=2, max=5000),
    help="How many pages the book has. Without it, those of the PDF in the output folder are counted.",
)
@click.option(
    "--paper",
    callback=chosen_paper,
    help="What it is printed on: a name (docs/covers.md lists them), or the thickness of a leaf, 0.1mm, or 444ppi.",
)
@click.option("--design", type=click.Choice([str(design) for design in Design]), help="How it looks.")
@click.option("--marks", is_flag=True, help="Draw crop marks, and marks where the spine is folded, outside the bleed.")
@click.option(
    "-p",
    "--profile",
    type=NearestChoice([str(Profile.SCREEN), str(Profile.PRINT)]),
    help="screen: to be looked at. print: PDF/X-4, for the printer. Without it: print where the profiles in "
    "edition.yaml have it, else screen.",
)
@output_option("The folder of the finished files.")
@output_options
def cover(
    folder: Folder,
    pages: int | None,
    paper: Paper | None,
    design: str | None,
    marks: bool,
    profile: str | None,
    output: Path,
    display: OutputOptions,
) -> None:
    """Make the printer's cover: back, spine and front on one page.

    DIR is the folder with edition.yaml; without it, the current folder or its folder `book`. The spine
    is as wide as the pages on their paper. `cover` in edition.yaml describes the cover; options
    override it. The page has bleed on all sides, with TrimBox and BleedBox. For the printer it is made
    in the inks of `output: profiles: print` and checked as the pages are.

    \b
    Examples:
      publisher cover
      publisher cover my-edition --pages 212 --paper "90 gsm offset"
      publisher cover --design motif --paper 0.1mm --marks
      publisher cover my-edition --profile print --marks
    """
    from publisher.doctor import demand_libraries

    demand_libraries()
    order = CoverOrder(
        pages=pages,
        paper=paper,
        design=Design(design) if design else None,
        marks=marks,
        profile=Profile(profile) if profile else None,
    )
    request = BuildRequest(
        folder=folder,
        strict=display.strict,
        output=output,
        progress=progress_for(display),
        unfinished=report_with_next,
    )
    try:
        made = printed_cover(request, order)
    except NotThere as error:
        raise click.UsageError(
            f"Nothing is built yet: {(output / str(error)).as_posix()} is not there to count its pages.\n"
            "Run 'publisher build' first, or say --pages."
        ) from error
    with request.progress.stage("Saving"):
        paths = _keep(made.artifact, output=output)
    print_diagnostics(made.diagnostics, display=display)
    if display.loudness is not Verbosity.QUIET:
        click.echo("\n".join((*(path.as_posix() for path in paths), _measures(made))))


def _keep(artifact: Artifact, *, output: Path) -> tuple[Path, ...]:
    return commit_files(output, ((artifact.name, artifact.content),))


def _measures(made: PrintedCover) -> str:
    """What a printer asks, and why the spine has no words where it has none."""
    plan = made.plan
    spine = f"spine {plan.spine:.1f} mm ({amount(made.pages, 'page')}, {made.paper.name})"
    page = f"cover {plan.width - 2 * plan.bleed:.1f} × {plan.trim_height:.1f} mm, bleed {plan.bleed:g} mm"
    without = "" if plan.spine_size else f"; no words on the spine{_why(plan)}"
    return f"{spine}; {page}{without}"


def _why(plan: CoverPlan) -> str:
    """Why the spine has no words, where it is for its width."""
    from publisher.compose.cover import NARROWEST

    return f", which need {NARROWEST:.1f} mm" if plan.spine < NARROWEST else ""
