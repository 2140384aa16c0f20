"""`publisher verify`: whether finished files carry everything that the edition has, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from publisher import pipeline
from publisher.checked import Checked
from publisher.claims import claims_file
from publisher.cli.crew import Hiring
from publisher.cli.folder import edition_folder
from publisher.cli.manner import Loudness, Manner, manner_options, observer_for, tell
from publisher.cli.piece import demand_handed_out, piece_options, unknown
from publisher.cli.wish import wish_options
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.output import Output
from publisher.model.piece import UnknownPiece, Wanted
from publisher.model.profile import file_name
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.wish import Format, Wish
from publisher.workspace import cores, moment, read_file

USUAL_OUTPUT = Path("output")
BESIDE = (".json", ".csv")
"""What stands beside the artifacts; of these the file of claims is compared, so that `output/*` can be given."""


@click.command()
@click.argument("paths", metavar="[DIR] [ARTIFACT]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@piece_options
@wish_options
@manner_options
@click.pass_context
def verify(context: click.Context, paths: tuple[Path, ...], wanted: Wanted | None, wish: Wish, manner: Manner) -> None:
    """Prove that finished files are the edition, the whole edition and nothing else.

    Each ARTIFACT, an EPUB or a PDF, is read back from its bytes; without any, those of the edition in
    the folder `output` are. DIR is the folder with edition.yaml or reader.yaml; without it, the
    current folder or its folder `book`. Every paragraph, note, agreement and section has to be there
    once, in order, character for character, and nothing that no source holds. A file may have been
    built alone or with the other (`build --format`), and has to say so. The exit status is 0 where that is
    proved, 5 where it is not. docs/verification.md has the rules.

    With --reading or --section the files are PDFs of one piece, as `build` hands them out with the same option: that
    piece has to be there, whole and by itself, and the volume that it is from has to be the whole edition.

    \b
    Examples:
      publisher verify
      publisher verify output/*
      publisher verify my-edition proofs/my-edition.pdf --diagnostics short
      publisher verify my-reader --reading 2
      publisher verify my-edition --section text handed-out.pdf
    """
    from publisher.verify import tally

    named = paths[:1] if paths and paths[0].is_dir() else ()
    folder = edition_folder(context, context.command.params[0], named[0] if named else None)
    observer = observer_for(manner)
    checked = pipeline.check(folder, strict=manner.strict, wish=wish, observer=observer)
    assert checked.publication is not None
    given = tuple(path for path in paths[len(named) :] if path.suffix.lower() not in BESIDE)
    if wanted:
        demand_handed_out(wanted, is_reader=pipeline.is_reader(folder), formats=(), profiles=(), freezing=False)
        artifacts = _files_of_piece(checked.publication, wanted, given)
    else:
        artifacts = tuple(map(_artifact, given or _usual(checked.publication.output)))
    files = tuple(artifact for artifact, _ in artifacts)
    with observer.stage("Reading back what was built"):
        _demand_measured(paths, checked, wish)
        proved = _piece_proved(checked, wanted, files, wish) if wanted else _whole_proved(checked, files, wish)
    tell(checked.warnings, manner=manner)
    if manner.loudness is not Loudness.QUIET:
        for publication, (artifact, form) in zip(proved, artifacts, strict=True):
            click.echo(f"{artifact.name}: {tally(publication, form)}: proved")


def _whole_proved(checked: Checked, files: tuple[Artifact, ...], wish: Wish) -> tuple[Publication, ...]:
    """For each file the volume that it is proved to carry."""
    from publisher.pieces import demand_whole
    from publisher.render import shipped_files
    from publisher.verify import verify_any, verify_whole

    assert checked.publication is not None
    verify_whole(checked.whole(wish.audience), checked.publication, audience=wish.audience)
    demand_whole(checked.publication, files)
    variants = pipeline.variants(checked, moment=moment(checked.date), wish=wish)
    return verify_any(variants, files, shipped=shipped_files)


def _piece_proved(checked: Checked, wanted: Wanted, files: tuple[Artifact, ...], wish: Wish) -> tuple[Publication, ...]:
    """For each file the piece that it is proved to be."""
    from publisher.pieces import proved

    hiring = Hiring(jobs=cores(), cluster=None, cached=True)
    return proved(checked, wanted, files, hire=hiring.crew, wish=wish)


def _files_of_piece(
    publication: Publication, wanted: Wanted, given: tuple[Path, ...]
) -> tuple[tuple[Artifact, Format], ...]:
    """The PDFs given, else those of the piece in the usual place; raises `UsageError` where there are none of them."""
    from publisher.pieces import file_names

    try:
        names = file_names(publication, wanted)
    except UnknownPiece as error:
        raise unknown(error) from error
    artifacts = tuple(map(_artifact, given or _there(tuple(USUAL_OUTPUT / name for name in names))))
    for artifact, form in artifacts:
        if form is not Format.PDF:
            raise click.UsageError(f"{artifact.name} is no piece of a volume: pieces are handed out as PDFs.")
    return artifacts


def _demand_measured(paths: tuple[Path, ...], checked: Checked, wish: Wish) -> None:
    """Nothing. Raises `PublisherError` (V-020, exit status 5) where a file of claims says what was not measured."""
    assert checked.publication is not None
    settings, name = checked.settings, f"{checked.publication.output.name}.accessibility.json"
    for path in (path for path in paths if path.name == name and path.is_file()):
        content = read_file(path)
        variants = pipeline.variants(checked, moment=moment(settings.date), wish=wish)
        if all(claims_file(one, settings=settings).content != content for one in variants):
            message = f"{name} does not say what was measured of this edition"
            hint = "build the edition anew; nobody but publisher should write this file"
            raise PublisherError(Diagnostic(code="V-020", message=message, hint=hint), exit_code=ExitCode.UNPROVED)


def _artifact(path: Path) -> tuple[Artifact, Format]:
    """A finished file and its format, which its name tells."""
    form = next((form for form in Format if path.suffix.lower() == f".{form}"), None)
    if form is None or path.is_dir():
        raise click.UsageError(f"{path} is neither an EPUB nor a PDF: its name has to end in .epub or .pdf.")
    return Artifact(name=path.name, content=read_file(path)), form


def _usual(output: Output) -> tuple[Path, ...]:
    """The finished files of an edition in the usual place; raises `UsageError` where there are none."""
    pdfs = tuple(file_name(output.name, profile) for profile in output.profiles.wanted)
    names = (name for form in output.formats for name in (pdfs if form is Format.PDF else (f"{output.name}.{form}",)))
    return _there(tuple(USUAL_OUTPUT / name for name in names))


def _there(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Those of the paths that are files; raises `UsageError` where none is."""
    there = tuple(path for path in paths if path.is_file())
    if not there:
        raise click.UsageError(f"Nothing is built yet: {' and '.join(map(str, paths))} are not there.")
    return there
