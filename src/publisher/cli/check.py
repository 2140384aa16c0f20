"""`publisher check`: what is wrong with an edition."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from publisher import pipeline
from publisher.checked import Checked
from publisher.cli.folder import folder_argument
from publisher.cli.manner import Form, Loudness, Manner, manner_options, observer_for, tell
from publisher.cli.wish import wish_options
from publisher.diagnostics import Diagnostic, ExitCode, Severity
from publisher.model.wish import Wish
from publisher.workspace import Folder


@click.command()
@folder_argument
@click.option("--report", is_flag=True, help="Print what the edition may say of its accessibility, what not, and why.")
@click.option("--conformance", is_flag=True, help="Build in a temporary folder, and let every judge look at it.")
@click.option("--require", type=click.Choice(["all"]), help="With --conformance: fail where a judge is not installed.")
@wish_options
@manner_options
@click.pass_context
def check(
    context: click.Context,
    folder: Folder,
    report: bool,
    conformance: bool,
    require: str | None,
    wish: Wish,
    manner: Manner,
) -> None:
    """Say what is wrong with an edition or a course reader; build nothing.

    DIR is the folder with edition.yaml, or with reader.yaml; without it, the current folder or its
    folder `book`. A reader is refused as a distribution copy where rights are missing, and says which.
    Everything that is found is reported, each mistake where it was made. The exit status is 0
    where there are no errors, 1 where there are, 5 where a judge objects to what is built.

    \b
    Examples:
      publisher check
      publisher check my-edition --strict
      publisher check my-edition --report
      publisher check my-reader --copy distribution
      publisher check my-edition --conformance --require all
      publisher check my-edition --diagnostics json 2> report.json
    """
    if require and not conformance:
        raise click.UsageError("--require belongs to --conformance.")
    checked = pipeline.check(folder, strict=manner.strict, wish=wish, observer=observer_for(manner))
    found = checked.warnings
    if conformance:
        found = (*found, *_judged(folder, all_required=require == "all", wish=wish, manner=manner))
    tell(found, manner=manner)
    if report:
        click.echo(_report(checked))
    talkative = manner.form is Form.HUMAN and manner.loudness is not Loudness.QUIET
    if talkative and not found and sys.stderr.isatty():
        click.echo("Nothing is wrong.", err=True)
    if any(one.severity is Severity.ERROR for one in found):
        context.exit(ExitCode.UNPROVED)


def _judged(folder: Folder, *, all_required: bool, wish: Wish, manner: Manner) -> tuple[Diagnostic, ...]:
    """What the judges say of a build that is kept nowhere."""
    from publisher.doctor import demand_libraries
    from publisher.judges.conformance import verdicts
    from publisher.verify import element_places

    demand_libraries()
    observer = observer_for(manner)
    built = pipeline.build(folder, wish=wish, observer=observer)
    volume, settings = built.volume, built.settings
    with observer.stage("Hearing the judges"):
        pdf = next((one for one in volume.artifacts if one.name.endswith(".pdf")), None)
        elements = element_places(pdf, volume.publication) if pdf else {}
        found = verdicts(
            volume.artifacts,
            publication=volume.publication,
            all_required=all_required,
            elements=elements,
            settings=settings,
        )
    return tuple(replace(one, severity=Severity.ERROR) for one in found) if manner.strict else found


def _report(checked: Checked) -> str:
    """The claims about accessibility, a line each: the earned ones, then the others with the reason."""
    assert checked.publication is not None
    assert checked.publication.accessibility is not None
    measured = checked.publication.accessibility.measured
    earned = (f"claimed: {claim.value}" for claim in measured.earned)
    withheld = (
        f"not claimed: {one.claim.value}: {one.reason}" + (f" ({one.span})" if one.span else "")
        for one in measured.withheld
    )
    return "\n".join((*earned, *withheld))
