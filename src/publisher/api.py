"""The program for Python: an edition or a course reader to check, build, verify, cite and export.

    >>> from publisher import Edition
    >>> edition = Edition.load("my-edition")
    >>> [diagnostic.code for diagnostic in edition.check()]
    []

Every function does what the command of the same name does, and writes nothing else. Errors of the sources are
`Diagnostic`s: `check` returns them, the other functions raise `PublisherError`, which has them in `diagnostics`.
docs/python.md has examples.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from html import escape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self

from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.diagnostics.report.order import in_order
from publisher.model.profile import Profile
from publisher.model.target import Audience, Copy, Format, Target
from publisher.workspace import Folder, cores
from publisher.workspace.session import new_session

if TYPE_CHECKING:
    from publisher.build.request import BuildRequest
    from publisher.cache.builds import BuildCache
    from publisher.model.settings import Settings
    from publisher.workers.executor import Executor

__all__ = ["Built", "Citation", "Edition", "Reader", "Verified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made."""

    paths: tuple[Path, ...]
    """The finished files, in the order in which the command prints them."""
    diagnostics: tuple[Diagnostic, ...]
    """Every warning and note, after waivers."""
    unchanged: bool
    """Whether nothing had changed since the last build, and nothing was built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found of a finished file."""

    path: Path
    verdict: str
    """`identical`, `equivalent`, `proved`, `skipped`, `different` or `unknown`; docs/verification.md defines them."""
    line: str
    """The verdict in one line, as the command prints it; empty if there are differences."""
    diagnostics: tuple[Diagnostic, ...]
    """Every difference from a new build."""

    @property
    def passed(self) -> bool:
        """Whether the file is what publisher makes of the edition."""
        return not self.diagnostics


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The place of words, and how they are cited."""

    words: str
    paragraphs: tuple[int, ...]
    """The numbers of the first and the last paragraph; one if they are the same, none outside of numbered text."""
    pages: tuple[str, ...]
    """The labels of the first and the last page; one if they are the same, none without pages."""
    epub_cfi: str
    """The EPUB Canonical Fragment Identifier (https://idpf.org/epub/linking/cfi/) of the words."""
    citation: str
    """The citation in the text, in the edition's CSL style or the one asked for."""
    reference: str
    """The entry for the list of references."""
    bibtex: str


@dataclass(frozen=True, slots=True)
class _Source:
    """A folder that a volume is built from."""

    folder: Path
    audience: str = field(default="student", kw_only=True)
    """`student` or `instructor`: for whom a course reader is built."""
    copy: str | None = field(default=None, kw_only=True)
    """`distribution` or `proof`; None if `reader.yaml` decides."""
    _file: ClassVar[str]
    """The file that makes a folder one."""

    @classmethod
    def load(cls, folder: str | Path, *, audience: str = "student", copy: str | None = None) -> Self:
        """Return the edition or course reader in a folder. Nothing is read yet but the name of its file.

        Raises `PublisherError` (E-001) if the folder has none, `ValueError` for an unknown audience or copy.
        """
        Target(audience=Audience(audience), copy=None if copy is None else Copy(copy))
        if not Folder(Path(folder)).matching(cls._file):
            raise PublisherError(Diagnostic(code="E-001", message=f"there is no {Path(folder, cls._file).as_posix()}"))
        return cls(Path(folder), audience=audience, copy=copy)

    def check(self, *, strict: bool = False) -> tuple[Diagnostic, ...]:
        """Return everything that is wrong or doubtful, errors first, then by file and line; nothing is written.

        With `strict`, warnings are errors.
        """
        from publisher.build import pipeline

        with new_session():
            try:
                found = pipeline.check(self._request(strict=strict)).warnings
            except PublisherError as error:
                found = error.diagnostics
        return in_order(found)

    def build(
        self,
        output: str | Path = "output",
        *,
        formats: Sequence[str] = (),
        profiles: Sequence[str] = (),
        strict: bool = False,
        jobs: int | None = None,
        cached: bool = True,
    ) -> Built:
        """Build the volume and write its files into a folder, all of them or none.

        `formats` are `epub`, `pdf` and `web`, `profiles` those of the PDF: `screen`, `print`, `archive`; without any,
        those of `edition.yaml`. `jobs` sections are laid out at once, without a number one for each processor. Without
        `cached`, everything is built again. Raises `PublisherError` with every error; then nothing is written.
        """
        from publisher.build.saved import build_and_save

        request = self._request(
            strict=strict,
            formats=tuple(map(Format, formats)),
            profiles=tuple(map(Profile, profiles)),
            output=Path(output),
        )
        with new_session():
            memory = _build_cache(self.folder) if cached else None
            made = build_and_save(
                request,
                memory=memory,
                open_executor=lambda: _executor(self.folder, jobs, cached=cached),
                storing=cached,
            )
        return Built(paths=made.paths, diagnostics=in_order(made.warnings), unchanged=made.unchanged)

    def verify(self, *files: str | Path) -> tuple[Verified, ...]:
        """Return, for each finished file, whether it is what publisher makes of the sources.

        Each is compared with a new build, taken from the cache if nothing has changed. Raises `PublisherError` if the
        sources have errors, or a file cannot be read.
        """
        from publisher.build.verification.identity import Verification
        from publisher.build.verification.outcome import read_given
        from publisher.build.verification.rebuild import Rebuilds
        from publisher.build.verification.recall import recall

        with new_session(), ExitStack() as stack:
            memory = _build_cache(self.folder)
            rebuilds = Rebuilds(
                folder=Folder(self.folder),
                open_executor=lambda: _executor(self.folder, None, cached=True),
                memory=memory,
                recalled=recall(Folder(self.folder), memory, self._target(), any_audience=True),
            )
            verification = Verification(rebuilds=stack.enter_context(rebuilds), target=self._target())
            outcomes = [(Path(file), verification.outcome(read_given(Path(file)))) for file in files]
        return tuple(
            Verified(
                path=path,
                verdict=str(outcome.verdict),
                line=outcome.line,
                diagnostics=tuple(item.diagnostic for item in outcome.shown),
            )
            for path, outcome in outcomes
        )

    def cite(
        self, words: str, *, nth: int | None = None, prefix: str = "", suffix: str = "", style: str | None = None
    ) -> Citation:
        """Return the place of words, letter for letter, and their citation in a CSL style (the edition's if None).

        `prefix` and `suffix` are words directly before and after; `nth` counts places, from 1. Raises `PublisherError`:
        Q-001 if the words are missing, Q-002 if they are in several places, R-010 for an unknown style.
        """
        from publisher.cite import Request, cite
        from publisher.cite.formats import json_object
        from publisher.model.apparatus import Selector

        selector = Selector(exact=words, prefix=prefix, suffix=suffix)
        with new_session():
            cited, _ = cite(Folder(self.folder), Request(selector=selector, nth=nth), strict=False)
            found = json.loads(json_object(cited, style=style))
        return Citation(
            words=found["words"],
            paragraphs=tuple(found["paragraphs"]),
            pages=tuple(found["pages"]),
            epub_cfi=found["epubcfi"],
            citation=found["citation"],
            reference=found["reference"],
            bibtex=found["bibtex"],
        )

    def export(self, name: str, output: str | Path = "output", *words: str) -> tuple[Path, ...]:
        """Write what `publisher export NAME` writes, and return the paths; `words` are further options of the command.

        Raises `PublisherError` if the sources have errors, `ValueError` if there is no such export or option.
        """
        import click

        from publisher.cli.export import export

        printed = StringIO()
        of_reader = ("--audience", self.audience, *(("--copy", self.copy) if self.copy else ()))
        try:
            with new_session(), redirect_stdout(printed):
                arguments = [name, str(self.folder), "--output", str(output), *of_reader, *words]
                export.main(arguments, prog_name="publisher export", standalone_mode=False)
        except click.UsageError as error:
            raise ValueError(error.format_message()) from error
        return tuple(map(Path, printed.getvalue().splitlines()))

    def settings(self) -> Settings:
        """Return what `edition.yaml` says, or `reader.yaml` in an edition's terms: title, language, people.

        Raises `PublisherError` with every error of the sources.
        """
        from publisher.build import pipeline

        with new_session():
            return pipeline.load(self._request()).settings

    def _repr_html_(self) -> str:
        """Return a short description for notebooks: title, people, date, and what `check` reports."""
        found = self.check()
        rows = [("Folder", self.folder.as_posix())]
        title = self.folder.name
        if not any(diagnostic.severity is Severity.ERROR for diagnostic in found):
            settings = self.settings()
            title = settings.title
            rows += [
                ("By", ", ".join(contributor.name for contributor in settings.contributors)),
                ("Date", settings.date),
            ]
        for severity in Severity:
            count = sum(diagnostic.severity is severity for diagnostic in found)
            if count:
                rows.append((f"{severity.value.capitalize()}s", str(count)))
        cells = "".join(f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
        listed = "".join(f"<li>{escape(f'{diagnostic.code}: {diagnostic.message}')}</li>" for diagnostic in found[:10])
        return f"<h3>{escape(title)}</h3><table>{cells}</table>" + (f"<ul>{listed}</ul>" if listed else "")

    def _target(self) -> Target:
        return Target(audience=Audience(self.audience), copy=None if self.copy is None else Copy(self.copy))

    def _request(
        self,
        *,
        strict: bool = False,
        formats: tuple[Format, ...] = (),
        profiles: tuple[Profile, ...] = (),
        output: Path | None = None,
    ) -> BuildRequest:
        from publisher.build.request import BuildRequest

        return BuildRequest(
            folder=Folder(self.folder),
            formats=formats,
            profiles=profiles,
            target=self._target(),
            strict=strict,
            output=output,
        )


@dataclass(frozen=True, slots=True)
class Edition(_Source):
    """An annotated edition: a folder with `edition.yaml`."""

    _file: ClassVar[str] = "edition.yaml"


@dataclass(frozen=True, slots=True)
class Reader(_Source):
    """A course reader: a folder with `reader.yaml`."""

    _file: ClassVar[str] = "reader.yaml"


def _build_cache(folder: Path) -> BuildCache | None:
    """The cache of finished volumes; None if it is not safe to use."""
    from publisher.cache.builds import BuildCache
    from publisher.cache.folder import cache_problem
    from publisher.cache.store import user_builds

    return None if cache_problem(folder) is not None else BuildCache(results=user_builds())


@contextmanager
def _executor(folder: Path, jobs: int | None, *, cached: bool) -> Iterator[Executor]:
    """Give an executor on this machine, with the cache of sections before it if that is safe to use."""
    from publisher.cache.folder import cache_problem
    from publisher.cache.store import user_sections
    from publisher.doctor import demand_libraries
    from publisher.layout.section import EARLY
    from publisher.workers.opening import open_executor

    demand_libraries()
    store = user_sections() if cached and cache_problem(folder) is None else None
    with open_executor(jobs=jobs or cores(), early=EARLY, cache=store) as executor:
        yield executor
    if store is not None:
        store.evict()
