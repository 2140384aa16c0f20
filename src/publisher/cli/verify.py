"""`publisher verify`: whether finished files are what this program makes of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from publisher.build.request import BuildRequest
from publisher.cli.diagnostics_output import (
    OutputOptions,
    Verbosity,
    output_options,
    print_diagnostics,
    progress_for,
    waiting,
)
from publisher.cli.edition_folder import edition_folder
from publisher.cli.excerpt import demand_handed_out, piece_options, unknown
from publisher.cli.target import target_options
from publisher.cli.workers import WorkerOptions
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.excerpt import UnknownPiece, Wanted
from publisher.model.target import Target
from publisher.workspace import Folder, cores

if TYPE_CHECKING:
    from publisher.build.verification.identity import Verification
    from publisher.build.verification.outcome import Given, Outcome
    from publisher.build.verification.recall import Recalled
    from publisher.cache.builds import BuildCache


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be verified, and how."""

    folder: Folder
    target: Target
    any_audience: bool
    wanted: Wanted | None
    workers: WorkerOptions
    display: OutputOptions
    remembering: bool = True
    """Whether volumes of the folder can have been built before, and can be again."""

    def request(self) -> BuildRequest:
        """What is checked of the edition before files are compared with it."""
        return BuildRequest(
            folder=self.folder,
            excerpt=self.wanted,
            target=self.target,
            strict=self.display.strict,
            progress=progress_for(self.display),
        )


@click.command()
@click.argument("paths", metavar="[DIR] [FILE]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--semantic",
    is_flag=True,
    help="Do not build again: read the files back and compare every word with the sources, as each build does.",
)
@click.option(
    "--differences",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Save pictures of what looks different here. Without it: in a new temporary folder.",
)
@piece_options
@target_options
@output_options
@click.pass_context
def verify(
    context: click.Context,
    paths: tuple[Path, ...],
    semantic: bool,
    differences: Path | None,
    wanted: Wanted | None,
    target: Target,
    display: OutputOptions,
) -> None:
    """Verify that finished files are what this program makes of an edition.

    Each FILE is compared with a new build of the edition: an EPUB, a PDF, an excerpt, a cover, imposed
    sheets, a report. Without any, the usual files in the folder `output` are verified. DIR is the
    folder with edition.yaml or reader.yaml; without it, the current folder or its folder `book`. A PDF
    of the archive profile needs no edition: its attached sources are built.

    A file is identical (the same bytes), equivalent (another program has only saved it again), or
    every difference is reported with its page or document, the words, or a picture of both sides. The
    exit status is 5 if there is a difference, 2 if publisher does not write such a file.

    With --semantic the files are read back and compared with the sources, not with a build.
    docs/verification.md says what is compared.

    \b
    Examples:
      publisher verify
      publisher verify output/*
      publisher verify my-edition sent-back.pdf --differences differences
      publisher verify book.archive.pdf
      publisher verify my-edition output/my-edition.pdf --semantic
    """
    named = paths[:1] if paths and paths[0].is_dir() else ()
    files = paths[len(named) :]
    any_edition = bool(files) and not named and not wanted
    folder = None
    if not any_edition or _edition_here():
        folder = edition_folder(context, context.command.params[0], named[0] if named else None)
    if wanted and folder is not None:
        demand_handed_out(BuildRequest(folder=folder, excerpt=wanted))
    workers = WorkerOptions(jobs=cores(), cluster=None, cached=True, strict=display.strict, report=waiting().append)
    asked = context.get_parameter_source("audience") is not ParameterSource.DEFAULT
    task = None
    if folder is not None:
        task = Task(
            folder=folder, target=target, any_audience=not asked, wanted=wanted, workers=workers, display=display
        )
    archives = Archives(context=context, task=task if any_edition else None, workers=workers, display=display)
    if semantic:
        _verify_semantic(task, archives, files, any_edition=any_edition)
        return
    if task is None:
        outcomes: Iterator[Outcome] = (archives.outcome(item) for item in map(_given_file, files))
    else:
        outcomes = _outcomes(task, files, archives=archives if any_edition else None)
    report(outcomes, differences=differences, display=display)
    print_diagnostics((), display=display)


def _verify_semantic(task: Task | None, archives: Archives, files: tuple[Path, ...], *, any_edition: bool) -> None:
    """Prove files of an edition from its sources, and archives of others from their own."""
    from publisher.cli.semantic import verify_semantic

    alone = [path for path in files if any_edition and not archives.is_of_edition(_given_file(path))]
    for path in alone:
        with archives.task_of(_given_file(path)) as own:
            verify_semantic(own, (path,))
    others = tuple(path for path in files if path not in alone)
    if task is not None and (others or not files):
        verify_semantic(task, others)


def _edition_here() -> bool:
    """Whether there is an edition in one of the usual places."""
    from publisher.cli.edition_folder import USUAL, holds_either

    return any(map(holds_either, USUAL))


def _outcomes(task: Task, files: tuple[Path, ...], *, archives: Archives | None = None) -> Iterator[Outcome]:
    """The outcome of each file. What was built before is compared without loading the edition.

    If there are `archives`, a PDF of another edition that carries its sources is compared with a build of these.
    """
    from publisher.build.verification.outcome import recalled_outcome
    from publisher.build.verification.recall import recall, recalled_names

    memory = task.workers.memory(task.folder.root) if task.remembering else None
    volumes = recall(task.folder, memory, task.target, any_audience=task.any_audience)
    names = None if task.wanted else recalled_names(task.folder, memory, task.target)
    with ExitStack() as stack:
        slow: Verification | None = None
        for item in map(_given_file, files or _usual(task, names)):
            known = None if task.wanted else recalled_outcome(item, volumes)
            if known is None and archives is not None and not archives.is_of_edition(item):
                known = archives.outcome(item)
            if known is None:
                slow = slow or _verification(task, memory, volumes, stack)
                known = _outcome(slow, item)
            yield known


def _verification(
    task: Task, memory: BuildCache | None, volumes: tuple[Recalled, ...], stack: ExitStack
) -> Verification:
    """What compares files with new builds; what it starts ends with the stack."""
    from publisher.build.verification.identity import Verification
    from publisher.build.verification.rebuild import Rebuilds
    from publisher.doctor import demand_libraries

    demand_libraries()
    rebuilds = Rebuilds(
        folder=task.folder,
        open_executor=lambda: task.workers.executor(task.folder.root),
        memory=memory,
        recalled=volumes,
        strict=task.display.strict,
        progress=progress_for(task.display),
    )
    return Verification(
        rebuilds=stack.enter_context(rebuilds),
        target=task.target,
        any_audience=task.any_audience,
        wanted=task.wanted,
    )


def _outcome(verification: Verification, item: Given) -> Outcome:
    """The outcome of a file; raises `UsageError` if there is no excerpt of the name that was asked for."""
    try:
        return verification.outcome(item)
    except UnknownPiece as error:
        raise unknown(error) from error


def _given_file(path: Path) -> Given:
    """The file at a path; raises `UsageError` for a folder."""
    from publisher.build.verification.outcome import read_given

    if path.is_dir():
        raise click.UsageError(f"{path} is a folder: name the edition first, then files.")
    return read_given(path)


def _usual(task: Task, names: tuple[str, ...] | None) -> tuple[Path, ...]:
    """The finished files in the usual place; raises `UsageError` if there are none."""
    from publisher.cli.semantic import there, usual_files

    return usual_files(task) if names is None else there(names)


def report(outcomes: Iterable[Outcome], *, differences: Path | None, display: OutputOptions) -> None:
    """Print a line for each file that passes.

    Raises `PublisherError` with every difference: exit code 5, or 2 if there are only files that nobody here has
    written.
    """
    from publisher.build.verification.outcome import Verdict

    pictures = Pictures(differences)
    wrong: list[Diagnostic] = []
    unproved = False
    for outcome in outcomes:
        if outcome.line and display.loudness is not Verbosity.QUIET:
            click.echo(f"{outcome.name}: {outcome.line}")
        unproved = unproved or outcome.verdict is Verdict.DIFFERENT
        for shown in outcome.shown:
            hint = pictures.saved(shown.picture, outcome.name) if shown.picture else shown.diagnostic.hint
            wrong.append(replace(shown.diagnostic, hint=hint))
    if wrong:
        raise PublisherError(*dict.fromkeys(wrong), exit_code=ExitCode.UNPROVED if unproved else ExitCode.USAGE)


class Pictures:
    """Where pictures of differences are saved."""

    def __init__(self, folder: Path | None) -> None:
        """Take a folder; without one, a new temporary one is made for the first picture."""
        self._folder = folder

    def saved(self, picture: bytes, name: str) -> str:
        """Save a picture beside what is in the folder; returns the hint that names it."""
        from publisher.workspace.pictures import save_new, temporary_folder

        if self._folder is None:
            self._folder = temporary_folder("publisher-differences-")
        path = save_new(self._folder, f"{name}-difference", ".png", picture)
        return f"{path.as_posix()} shows what is expected (left) and what is there (right)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archives:
    """PDFs for the archive that are verified by the sources that they carry."""

    context: click.Context
    task: Task | None
    """The edition that lies here; None if there is none."""
    workers: WorkerOptions
    display: OutputOptions

    def is_of_edition(self, item: Given) -> bool:
        """Whether a file is compared with the edition that lies here: it is one of its files, or has no sources."""
        from publisher.build.verification.archive import carries_sources

        if self.task is None:
            return False
        if not carries_sources(item):
            return True
        with ExitStack() as stack:
            try:
                return _verification(self.task, None, (), stack).owns(item)
            except PublisherError:
                return False

    def outcome(self, item: Given) -> Outcome:
        """The outcome of a file that is compared with a build of its own sources.

        Raises `UsageError` if it is no PDF for the archive: there is no edition to compare it with.
        """
        from publisher.build.verification.archive import carries_sources
        from publisher.build.verification.outcomes import without_sources
        from publisher.model.profile import Profile

        if item.name.lower().endswith(f".{Profile.ARCHIVE}.pdf") and not carries_sources(item):
            return without_sources(item)
        with self.task_of(item) as task:
            (found,) = _outcomes(task, (item.path,))
        return replace(found, line=found.line.replace("for this edition", "for the sources attached to it"))

    @contextmanager
    def task_of(self, item: Given) -> Iterator[Task]:
        """What is to be verified of a file, for as long as the block lasts; raises as `outcome`."""
        from publisher.build.verification.archive import attached_edition

        with attached_edition(item) as folder:
            if folder is None:
                edition_folder(self.context, self.context.command.params[0], None)
                raise click.UsageError(f"{item.name} carries no sources.")
            yield Task(
                folder=folder,
                target=Target(),
                any_audience=True,
                wanted=None,
                workers=self.workers,
                display=self.display,
                remembering=False,
            )
