"""`publisher check`: what is wrong with an edition."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from publisher.build import pipeline
from publisher.build.checked import Checked
from publisher.build.request import BuildRequest
from publisher.cache.builds import BuildCache, check_cached
from publisher.cli.diagnostics_output import (
    Form,
    OutputOptions,
    Verbosity,
    output_options,
    print_diagnostics,
    progress_for,
    report_with_next,
)
from publisher.cli.edition_folder import edition_folder
from publisher.cli.fix import mend
from publisher.cli.target import target_options
from publisher.cli.types import NearestChoice
from publisher.diagnostics import Diagnostic, ExitCode, Severity
from publisher.model.rendition import Artifact
from publisher.model.target import Target
from publisher.workspace import Folder

VALIDATED = (".epub", ".pdf")
"""How the names of finished files end that can be validated."""


@click.command()
@click.argument("paths", metavar="[DIR | FILE...]", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--report", is_flag=True, help="Print what the edition may say of its accessibility, what not, and why.")
@click.option("--conformance", is_flag=True, help="Validate what is built, or finished files, with every validator.")
@click.option("--require", type=click.Choice(["all"]), help="With --conformance: fail if a validator is not installed.")
@click.option(
    "--store",
    "stores",
    multiple=True,
    type=NearestChoice(["kindle", "kobo", "apple", "google"]),
    help="Report what this shop is known to refuse or to show badly; may be given more than once.",
)
@click.option(
    "--fix", is_flag=True, help="Correct faults that have one correct answer, never in the text, and show the changes."
)
@click.option("--anchors", "show_anchors", is_flag=True, help="Print how safely each note is anchored, and no more.")
@click.option("--json", "as_json", is_flag=True, help="With --anchors: print it as JSON.")
@target_options
@output_options
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    report: bool,
    conformance: bool,
    require: str | None,
    stores: tuple[str, ...],
    fix: bool,
    show_anchors: bool,
    as_json: bool,
    target: Target,
    display: OutputOptions,
) -> None:
    """Report what is wrong with an edition or a course reader, without writing any file.

    DIR is the folder with edition.yaml, or with reader.yaml; without it, the current folder or its
    folder `book`. Missing rights are errors if a reader is a distribution copy.
    All errors are reported, each with its place. The exit status is 0 without errors, 1 with errors, 5
    if a validator reports an error in the finished files.
    --fix corrects faults that have one correct answer, in all files except the text: quotation marks,
    tabs, no-break spaces, dashes for hyphens and mistyped keys in YAML, dates, a second byte order mark,
    `##id` without a space, a missing blank line below a quotation, `1588.` that would be a list.
    It prints the changes. On a terminal it also offers to replace a lemma that is not in the text by
    the nearest words.
    --anchors says of each note how much context makes its words unique in the text, and how similar
    the next passage is; the exit status is 1 if one has no place.
    --conformance builds in a temporary folder; with FILE, finished EPUBs and PDFs are validated
    instead, also those of other programs.

    \b
    Examples:
      publisher check
      publisher check my-edition --strict
      publisher check my-edition --report
      publisher check my-edition --fix
      publisher check my-edition --anchors
      publisher check my-reader --copy distribution
      publisher check my-edition --conformance --require all
      publisher check --conformance output/*.epub output/*.pdf
      publisher check my-edition --store kindle --store kobo
      publisher check my-edition --diagnostics json 2> report.json
    """
    asked = Asked(
        paths=paths, report=report, conformance=conformance, require=require, stores=stores, fix=fix, target=target
    )
    _demand_together(asked, show_anchors=show_anchors, as_json=as_json)
    checked = None
    if files := tuple(path for path in paths if not path.is_dir()):
        found = _validated_files(files, all_required=require == "all", display=display)
    else:
        folder = edition_folder(context, context.command.params[0], _one(paths))
        if show_anchors:
            from publisher.cli.anchors import anchors

            context.exit(ExitCode.DONE if anchors(folder, as_json=as_json) else ExitCode.CONTENT)
        checked, found = _of_edition(folder, asked, display)
    print_diagnostics(found, display=display)
    if report and checked is not None:
        click.echo(_claims_lines(checked))
    talkative = display.form is Form.HUMAN and display.loudness is not Verbosity.QUIET
    if talkative and not found and sys.stderr.isatty():
        click.echo("Nothing is wrong.", err=True)
    errors = {diagnostic.code for diagnostic in found if diagnostic.severity is Severity.ERROR}
    if errors:
        context.exit(ExitCode.CONTENT if errors == {"U-020"} else ExitCode.UNPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be checked, and how."""

    paths: tuple[Path, ...]
    report: bool
    conformance: bool
    require: str | None
    stores: tuple[str, ...]
    fix: bool
    target: Target


def _demand_together(asked: Asked, *, show_anchors: bool, as_json: bool) -> None:
    """Nothing; raises `UsageError` if options do not go together, or not with the files that are named."""
    files = tuple(path for path in asked.paths if not path.is_dir())
    if asked.fix and (asked.conformance or files):
        raise click.UsageError("--fix corrects the files of an edition: name its folder, without --conformance.")
    if show_anchors and (asked.fix or asked.conformance or asked.report):
        raise click.UsageError("--anchors goes without --fix, --conformance and --report.")
    if as_json and not show_anchors:
        raise click.UsageError("--json belongs to --anchors; for other findings there is --diagnostics json.")
    if asked.require and not asked.conformance:
        raise click.UsageError("--require belongs to --conformance.")
    if asked.stores and files:
        raise click.UsageError("--store looks at an edition: name its folder.")
    if files:
        _demand_only_files(files, asked.paths, conformance=asked.conformance, report=asked.report)


def _of_edition(folder: Folder, asked: Asked, display: OutputOptions) -> tuple[Checked | None, tuple[Diagnostic, ...]]:
    """The edition in a folder, and what is reported of it; no edition if that is known from an earlier check."""
    request = BuildRequest(
        folder=folder,
        target=asked.target,
        strict=display.strict,
        progress=progress_for(display),
        unfinished=report_with_next,
    )
    if asked.fix:
        mend(folder, target=asked.target)
    memory = None if asked.report or asked.conformance or asked.stores else _memory(folder)
    checked, found = _check(request, memory)
    found = (*found, *_of_stores(checked, asked.stores, strict=display.strict))
    if asked.conformance:
        found = tuple(dict.fromkeys((*found, *_validate(request, all_required=asked.require == "all"))))
    return checked, found


def _check(request: BuildRequest, memory: BuildCache | None) -> tuple[Checked | None, tuple[Diagnostic, ...]]:
    """Return the edition and what its check reports; no edition if that is known from an earlier check."""
    from publisher.revision.store import texts_stored

    made: list[Checked] = []

    def warnings() -> tuple[Diagnostic, ...]:
        with texts_stored(request.folder.root):
            made.append(pipeline.check(request))
        return made[0].warnings

    found = check_cached(request.key(), memory=memory, check=warnings)
    return next(iter(made), None), found


def _of_stores(checked: Checked | None, stores: tuple[str, ...], *, strict: bool) -> tuple[Diagnostic, ...]:
    """What shops are known to refuse or to show badly."""
    if not stores or checked is None:
        return ()
    from publisher.exports.store_rules import Store
    from publisher.exports.stores import store_faults

    assert checked.publication is not None
    settings = checked.settings
    found = store_faults(checked.publication, map(Store, stores), settings=settings.source)
    return _weigh(found, strict=strict)


def _memory(folder: Folder) -> BuildCache | None:
    """What is remembered of checks; None if the cache cannot be trusted."""
    from publisher.cache.folder import cache_problem
    from publisher.cache.store import user_builds

    return None if cache_problem(folder.root) is not None else BuildCache(results=user_builds())


def _one(paths: tuple[Path, ...]) -> Path | None:
    """The folder that is named, if one is; raises `UsageError` if there are several."""
    if len(paths) > 1:
        raise click.UsageError("Name one folder, or finished files with --conformance.")
    return next(iter(paths), None)


def _demand_only_files(files: tuple[Path, ...], paths: tuple[Path, ...], *, conformance: bool, report: bool) -> None:
    """Nothing; raises `UsageError` if finished files are named together with what does not fit them."""
    if not conformance:
        raise click.UsageError(
            f"{files[0]} is a file: --conformance validates it, and 'publisher verify' compares it with its edition."
        )
    if len(files) < len(paths) or report:
        raise click.UsageError("With finished files there is no DIR and no --report: their edition is not read.")
    for path in files:
        if path.suffix.lower() not in VALIDATED:
            raise click.UsageError(f"{path} is neither an EPUB nor a PDF: its name has to end in .epub or .pdf.")


def _validated_files(files: tuple[Path, ...], *, all_required: bool, display: OutputOptions) -> tuple[Diagnostic, ...]:
    """What the validators report of finished files; files of one name are validated one after the other."""
    from publisher.validators.conformance import verdicts

    artifacts = (Artifact(name=path.name, content=Folder(path.parent).read(path.name)) for path in files)
    with progress_for(display).stage("Running the validators"):
        found = tuple(
            diagnostic
            for artifact in artifacts
            for diagnostic in verdicts((artifact,), publication=None, all_required=all_required)
        )
    found = tuple(dict.fromkeys(found))
    return _weigh(found, strict=display.strict)


def _validate(request: BuildRequest, *, all_required: bool) -> tuple[Diagnostic, ...]:
    """What a build reports, and what the validators report of its files."""
    from publisher.doctor import demand_libraries
    from publisher.validators.conformance import verdicts
    from publisher.verify import element_places

    demand_libraries()
    built = pipeline.build(request)
    volume = built.volume
    with request.progress.stage("Running the validators"):
        pdf = next((artifact for artifact in volume.artifacts if artifact.name.endswith(".pdf")), None)
        elements = element_places(pdf, volume.publication) if pdf else {}
        found = verdicts(
            volume.artifacts,
            publication=volume.publication,
            all_required=all_required,
            elements=elements,
            settings=built.settings,
        )
    return (*built.diagnostics, *_weigh(found, strict=request.strict))


def _weigh(found: tuple[Diagnostic, ...], *, strict: bool) -> tuple[Diagnostic, ...]:
    """What validators report; if it is strict, everything is an error."""
    return tuple(replace(diagnostic, severity=Severity.ERROR) for diagnostic in found) if strict else found


def _claims_lines(checked: Checked) -> str:
    """The claims about accessibility, a line each: the earned ones, then the others with the reason."""
    assert checked.publication is not None
    assert checked.publication.accessibility is not None
    measured = checked.publication.accessibility.measured
    earned = (f"claimed: {claim.value}" for claim in measured.earned)
    withheld = (
        f"not claimed: {item.claim.value}: {item.reason}" + (f" ({item.span})" if item.span else "")
        for item in measured.withheld
    )
    return "\n".join((*earned, *withheld))
