"""`publisher verify`: whether finished files carry everything that the edition has, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from publisher import pipeline
from publisher.cli.folder import edition_folder
from publisher.cli.manner import Loudness, Manner, manner_options, observer_for, tell
from publisher.cli.wish import wish_options
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.edition import Format, Output
from publisher.model.profile import file_name
from publisher.model.rendition import Artifact
from publisher.model.wish import Wish
from publisher.workspace import Folder, moment

USUAL_OUTPUT = Path("output")
BESIDE = (".json", ".csv")
"""What stands beside the artifacts; of these the file of claims is compared, so that `output/*` can be given."""


@click.command()
@click.argument("paths", metavar="[DIR] [ARTIFACT]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@wish_options
@manner_options
@click.pass_context
def verify(context: click.Context, paths: tuple[Path, ...], wish: Wish, manner: Manner) -> None:
    """Prove that finished files are the edition, the whole edition and nothing else.

    Each ARTIFACT, an EPUB or a PDF, is read back from its bytes; without any, those of the edition in
    the folder `output` are. DIR is the folder with edition.yaml or reader.yaml; without it, the
    current folder or its folder `book`. Every paragraph, note, agreement and section has to be there
    once, in order, character for character, and nothing that no source holds. A file may have been
    built alone or with the other (`build --format`), and has to say so. The exit status is 0 where that is
    proved, 5 where it is not. docs/verification.md has the rules.

    \b
    Examples:
      publisher verify
      publisher verify output/*
      publisher verify my-edition proofs/my-edition.pdf --diagnostics short
    """
    from publisher.verify import tally, verify_any, verify_whole

    named = paths[:1] if paths and paths[0].is_dir() else ()
    folder = edition_folder(context, context.command.params[0], named[0] if named else None)
    observer = observer_for(manner)
    checked = pipeline.check(folder, strict=manner.strict, wish=wish, observer=observer)
    assert checked.publication is not None
    given = (path for path in paths[len(named) :] if path.suffix.lower() not in BESIDE)
    artifacts = tuple(map(_artifact, tuple(given) or _usual(checked.publication.output)))
    variants = pipeline.variants(checked, moment=moment(checked.date), wish=wish)
    with observer.stage("Reading back what was built"):
        verify_whole(checked.whole(wish.audience), checked.publication, audience=wish.audience)
        _demand_measured(paths, checked, wish)
        proved = verify_any(variants, tuple(artifact for artifact, _ in artifacts))
    tell(checked.warnings, manner=manner)
    if manner.loudness is not Loudness.QUIET:
        for publication, (artifact, form) in zip(proved, artifacts, strict=True):
            click.echo(f"{artifact.name}: {tally(publication, form)}: proved")


def _demand_measured(paths: tuple[Path, ...], checked: pipeline.Checked, wish: Wish) -> None:
    """Nothing. Raises `PublisherError` (V-020, exit status 5) where a file of claims says what was not measured."""
    assert checked.publication is not None
    settings, name = checked.settings, f"{checked.publication.output.name}.accessibility.json"
    for path in (path for path in paths if path.name == name and path.is_file()):
        content = Folder(path.parent).read(name)
        variants = pipeline.variants(checked, moment=moment(settings.date), wish=wish)
        if all(pipeline.accessibility(one, settings=settings).content != content for one in variants):
            message = f"{name} does not say what was measured of this edition"
            hint = "build the edition anew; nobody but publisher should write this file"
            raise PublisherError(Diagnostic(code="V-020", message=message, hint=hint), exit_code=ExitCode.UNPROVED)


def _artifact(path: Path) -> tuple[Artifact, Format]:
    """A finished file and its format, which its name tells."""
    form = next((form for form in Format if path.suffix.lower() == f".{form}"), None)
    if form is None or path.is_dir():
        raise click.UsageError(f"{path} is neither an EPUB nor a PDF: its name has to end in .epub or .pdf.")
    return Artifact(name=path.name, content=Folder(path.parent).read(path.name)), form


def _usual(output: Output) -> tuple[Path, ...]:
    """The finished files of an edition in the usual place; raises `UsageError` where there are none."""
    pdfs = tuple(file_name(output.name, profile) for profile in output.profiles.wanted)
    names = (name for form in output.formats for name in (pdfs if form is Format.PDF else (f"{output.name}.{form}",)))
    paths = tuple(USUAL_OUTPUT / name for name in names)
    there = tuple(path for path in paths if path.is_file())
    if not there:
        raise click.UsageError(f"Nothing is built yet: {' and '.join(map(str, paths))} are not there.")
    return there
