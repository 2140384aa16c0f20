"""`publisher impose`: a finished PDF on sheets for the copier."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import click

from publisher.cli.cover import chosen_paper
from publisher.cli.diagnostics_output import OutputOptions, Verbosity, output_options, print_diagnostics, progress_for
from publisher.diagnostics import Diagnostic, PublisherError, Severity, amount
from publisher.diagnostics.codec import decode, encode
from publisher.model.paper import Paper
from publisher.pdf.impose import SHEETS, Flip, Order, Scheme, Sheet
from publisher.pdf.impose import impose as imposed
from publisher.workspace import read_file
from publisher.workspace.commit import commit_files
from publisher.workspace.output_path import Purpose

MEGABYTE = 1 << 20
ENDINGS = {Scheme.BOOKLET: "booklet", Scheme.SIGNATURES: "signatures", Scheme.TWO_UP: "two-up"}


def _sheet(context: click.Context, parameter: click.Parameter, name: str) -> Sheet:
    """The sheet of that name, whatever its capitals."""
    return next(sheet for sheet in SHEETS if sheet.name.lower() == name.lower())


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--booklet", is_flag=True, help="One booklet, folded and stapled through the fold. This is what is usual."
)
@click.option("--two-up", is_flag=True, help="Two pages side by side, in the order of reading, not to be folded.")
@click.option("--signature", type=int, metavar="PAGES", help="Signatures of so many pages, 16 for example, to be sewn.")
@click.option(
    "--sheet",
    type=click.Choice([sheet.name for sheet in SHEETS], case_sensitive=False),
    default="A4",
    show_default=True,
    callback=_sheet,
    help="The sheet that is printed on.",
)
@click.option(
    "--folds",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    help="How often each sheet is folded: once 4 pages, twice 8, three times 16.",
)
@click.option(
    "--creep",
    type=click.FloatRange(0, 2),
    metavar="MM",
    help="Move the pages of each sheet further in by so much towards the fold; 0.1 is usual.",
)
@click.option("--paper", callback=chosen_paper, help="The paper, by name or thickness (0.1mm), to know the creep from.")
@click.option(
    "--flip",
    type=click.Choice([str(flip) for flip in Flip]),
    help="The edge about which the printer turns the sheet. Without it: short for sheets that lie across, else long.",
)
@click.option("--full-size", is_flag=True, help="Keep the size of the pages, even where they do not fit.")
@click.option(
    "--blank-at",
    type=click.IntRange(min=0),
    metavar="PAGE",
    help="Put the blank pages that fill the last sheet behind this page, not at the end.",
)
@click.option(
    "--fold-marks", is_flag=True, help="Mark where to fold, outside the pages, which become a little smaller."
)
@click.option("--crop-marks", is_flag=True, help="Mark where to cut, likewise.")
@click.option("--collation-marks", is_flag=True, help="Mark the backs of signatures, so that none is out of order.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PATH",
    help="The file to write. Without it: FILE with -booklet, -two-up or -signatures in its name, in the same folder.",
)
@output_options
def impose(
    file: Path,
    booklet: bool,
    two_up: bool,
    signature: int | None,
    sheet: Sheet,
    folds: int,
    creep: float | None,
    paper: Paper | None,
    flip: str | None,
    full_size: bool,
    blank_at: int | None,
    fold_marks: bool,
    crop_marks: bool,
    collation_marks: bool,
    output: Path | None,
    display: OutputOptions,
) -> None:
    """Lay the pages of a PDF out on sheets, to be printed on both sides and folded.

    FILE is any PDF. Pages are made smaller if necessary, never larger. Print the result at its own
    size ("100 %"), on both sides; the command prints the edge to flip on. docs/imposition.md has pictures.

    \b
    Examples:
      publisher impose output/my-edition.pdf
      publisher impose reader.pdf --signature 16 --paper "80 gsm offset" --collation-marks
      publisher impose handout.pdf --two-up --sheet Letter
    """
    scheme = _scheme(booklet=booklet, two_up=two_up, signature=signature)
    order = Order(
        scheme=scheme,
        sheet=sheet,
        signature=16 if signature is None else signature,
        folds=folds,
        creep=creep if creep is not None else paper.caliper if paper else 0.0,
        flip=Flip(flip) if flip else None,
        full_size=full_size,
        blank_at=blank_at,
        fold_marks=fold_marks,
        crop_marks=crop_marks,
        collation_marks=collation_marks,
    )
    progress = progress_for(display)
    with progress.stage("Laying the pages out"):
        made = _make(read_file(file), order, name=file.as_posix())
    if display.strict and made.warnings:
        raise PublisherError(*(replace(diagnostic, severity=Severity.ERROR) for diagnostic in made.warnings))
    target = output or file.with_name(f"{file.stem}-{ENDINGS[scheme]}.pdf")
    with progress.stage("Saving"):
        (path,) = commit_files(target.parent, ((target.name, made.content),), purpose=Purpose.NAMED)
    print_diagnostics(made.warnings, display=display)
    if display.loudness is not Verbosity.QUIET:
        click.echo(f"{path.as_posix()}\n{_copier_advice(made, order)}")


def _scheme(*, booklet: bool, two_up: bool, signature: int | None) -> Scheme:
    """What was asked for; raises `UsageError` where it is more than one thing."""
    asked = (
        *((Scheme.BOOKLET,) if booklet else ()),
        *((Scheme.TWO_UP,) if two_up else ()),
        *((Scheme.SIGNATURES,) if signature is not None else ()),
    )
    if len(asked) > 1:
        raise click.UsageError("Choose one of --booklet, --two-up and --signature.")
    return asked[0] if asked else Scheme.BOOKLET


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """Sheets, and what is said of them."""

    content: bytes
    sheets: int
    signatures: int
    blanks: int
    scale: float
    flip: str
    warnings: tuple[Diagnostic, ...]


def _make(content: bytes, order: Order, *, name: str) -> _Made:
    """The sheets of a PDF, which is read in a copy of this process with limits.

    Raises `PublisherError` as `imposition.impose`, and D-016 (exit code 4) if the PDF exceeds a limit.
    """
    from publisher.pdf.foreign.reading import refuse
    from publisher.workers.forked import call_limited
    from publisher.workers.limited import ChildFailed, LimitExceeded, Limits

    def lay_out() -> bytes:
        made = imposed(content, order, name=name)
        value: dict[str, object] = {"sheets": made.sheets, "signatures": made.signatures, "blanks": made.blanks}
        value |= {"scale": made.bed.scale, "flip": str(made.bed.flip), "warnings": encode(made.warnings)}
        return json.dumps(value).encode() + b"\0" + made.content

    size = len(content) // MEGABYTE
    limits = Limits(seconds=8 + 4 * size, memory=640 * MEGABYTE + 20 * len(content), output=1024 * MEGABYTE)
    try:
        head, _, sheets = call_limited(lay_out, limits=limits).partition(b"\0")
    except (LimitExceeded, ChildFailed) as error:
        raise refuse(error, name=name) from error
    value = json.loads(head)
    return _Made(
        content=sheets,
        sheets=value["sheets"],
        signatures=value["signatures"],
        blanks=value["blanks"],
        scale=value["scale"],
        flip=value["flip"],
        warnings=decode(value["warnings"]),
    )


def _copier_advice(made: _Made, order: Order) -> str:
    """What somebody at the copier has to know."""
    signatures = f" in {amount(made.signatures, 'signature')}" if order.scheme is Scheme.SIGNATURES else ""
    blanks = f", {amount(made.blanks, 'blank page')} added" if made.blanks else ""
    sheets = f"{made.sheets} sheet{'s' if made.sheets > 1 else ''} of {order.sheet.name}{signatures}"
    return f"{sheets}, pages at {made.scale:.0%}{blanks}; print on both sides, turn about the {made.flip} edge"
