"""`publisher proof`: what a proofreader of pages would mark in a laid-out PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click

from publisher.build import pipeline
from publisher.build.checked import Checked
from publisher.build.request import BuildRequest
from publisher.cli.diagnostics_output import (
    Form,
    OutputOptions,
    Verbosity,
    output_options,
    print_diagnostics,
    progress_for,
)
from publisher.cli.edition_folder import edition_folder
from publisher.cli.limits import Changed, limit_options
from publisher.diagnostics import Diagnostic, ExitCode, Severity, amount
from publisher.diagnostics.codec import decode, encode
from publisher.diagnostics.report.order import as_given
from publisher.model.publication import Publication
from publisher.workspace import Folder, moment, read_file
from publisher.workspace.commit import commit_files
from publisher.workspace.output_path import Purpose

USUAL_OUTPUT = Path("output")
SECONDS = 6
"""Seconds of CPU to read a file; for each `WORDS` bytes of text that the edition has there is one more."""
WORDS = 2_000
MEMORY = 900 * 1024 * 1024
TEXTS = (".md", ".txt")


@click.command()
@click.argument("paths", metavar="[DIR] [PDF]", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--highlight",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a copy of the PDF with every finding framed, and pages that explain them.",
)
@limit_options
@output_options
@click.pass_context
def proof(
    context: click.Context, paths: tuple[Path, ...], highlight: Path | None, limits: Changed, display: OutputOptions
) -> None:
    """Check the pages of a finished PDF as a proofreader does.

    The command reports widows and orphans, short last lines and pages, hyphens in a row, notes away
    from their calls, loose lines, text outside its box or over other text, headings at the bottom of a
    page, coarse pictures, missing glyphs, and in files for CMYK RGB and too much ink. The most severe
    come first, each with its page, its place in the source and a suggestion.

    PDF is the file; without it, that of the edition in the folder `output`. DIR is the folder with
    edition.yaml; without it, the current folder or its folder `book`. The exit status is 0 without
    errors, 1 with errors; with --strict, warnings are errors, and notes are not. Default limits are
    those of `proof` in edition.yaml, and waived findings are left out. docs/proofing.md explains the
    findings.

    \b
    Examples:
      publisher proof
      publisher proof --highlight marked.pdf
      publisher proof my-edition proofs/my-edition.pdf --cmyk --ink 280
      publisher proof --loose 3.5 --last-page 3 --diagnostics short
    """
    named = paths[:1] if paths and paths[0].is_dir() else ()
    checked = _check(edition_folder(context, context.command.params[0], next(iter(named), None)), display)
    path = _pdf(paths[len(named) :], checked)
    found = _proof(path, checked, limits, display, marked=highlight is not None)
    print_diagnostics(found.told, display=display, order=as_given)
    if highlight:
        _keep_marked(found.copy, highlight)
    if not found.told and display.form is Form.HUMAN and display.loudness is not Verbosity.QUIET:
        click.echo(f"{path.name}: {amount(found.pages, 'page')}, no findings", err=True)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found.told):
        context.exit(ExitCode.CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was found, and what is told of it."""

    told: tuple[Diagnostic, ...]
    pages: int
    copy: bytes
    """The file with the findings drawn on it, if that is wanted."""


def _check(folder: Folder, display: OutputOptions) -> Checked:
    """The edition without errors; its warnings are not told again."""
    return pipeline.check(BuildRequest(folder=folder, progress=progress_for(display)))


def _proof(path: Path, checked: Checked, limits: Changed, display: OutputOptions, *, marked: bool) -> _Found:
    """What is found in a file beside the edition as a build would print it, without what its waivers let stand.

    The file is read in a copy of this process with limits. Raises `PublisherError` (D-010 to D-018, exit code 4) if it
    exceeds one.
    """
    from publisher.pdf.foreign.reading import demand_bounded, refuse
    from publisher.workers.forked import call_limited
    from publisher.workers.limited import ChildFailed, LimitExceeded, Limits

    settings, progress = checked.settings, progress_for(display)
    publication = pipeline.compose_edition(
        checked, formats=settings.output.formats, moment=moment(settings.date), progress=progress
    )
    content = read_file(path)
    words = sum(len(source) for name, source in checked.sources().items() if name.lower().endswith(TEXTS))
    most = Limits(seconds=SECONDS + words // WORDS, memory=MEMORY + 20 * len(content), output=MEMORY)
    with progress.stage("Looking at the pages"):
        demand_bounded(content, name=path.name)
        try:
            answer = call_limited(lambda: _look(content, publication, checked, limits, display, marked), limits=most)
        except (LimitExceeded, ChildFailed) as error:
            raise refuse(error, name=path.name) from error
    head, _, copy = answer.partition(b"\0")
    found = json.loads(head)
    return _Found(told=decode(found["told"]), pages=found["pages"], copy=copy)


def _look(
    content: bytes, publication: Publication, checked: Checked, limits: Changed, display: OutputOptions, marked: bool
) -> bytes:
    """What is found in a PDF, as JSON, and behind a null byte the copy with the findings."""
    from publisher import proof as proofreading
    from publisher.build.severity import escalate
    from publisher.diagnostics.sink import Look
    from publisher.proof.highlight import highlight_findings
    from publisher.validate.waivers import waive
    from publisher.validators.ghostscript import coverages

    found = proofreading.proof(
        content,
        publication,
        limits=limits(checked.settings.proof),
        measure=lambda limit, areas: coverages(content, limit=limit, areas=areas),
    )
    told = waive(found.diagnostics(), waivers=checked.settings.waivers, looks=(Look.PROOF,))
    weighed = escalate(told, strict=display.strict)
    copy = highlight_findings(content, found.only(told)) if marked else b""
    value = {"told": encode(tuple(sorted(weighed, key=_rank))), "pages": len(found.sheets)}
    return json.dumps(value).encode() + b"\0" + copy


def _rank(diagnostic: Diagnostic) -> int:
    """The gravest first."""
    return tuple(Severity).index(diagnostic.severity)


def _pdf(paths: tuple[Path, ...], checked: Checked) -> Path:
    """The file that was named, else that of the edition; raises `UsageError` where there is none, or more than one."""
    if paths[1:] or any(path.is_dir() for path in paths):
        raise click.UsageError("One PDF at a time: publisher proof [DIR] [PDF].")
    path = paths[0] if paths else USUAL_OUTPUT / f"{checked.settings.output.name}.pdf"
    if not path.exists():
        raise click.UsageError(f"Nothing is built yet: {path} is not there.")
    return path


def _keep_marked(content: bytes, copy: Path) -> None:
    """Writes the copy of a file with the findings framed."""
    click.echo(commit_files(copy.parent, ((copy.name, content),), purpose=Purpose.NAMED)[0])
