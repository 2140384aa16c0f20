"""A catalogue: every edition and course reader below a folder, built one after the other by one executor.

What one volume is wrong with keeps no other from being built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.build.web import unpack
from publisher.cache.builds import BuildCache, Finished, build_cached
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.diagnostics.progress import NO_PROGRESS
from publisher.workspace import Folder, seconds
from publisher.workspace.commit import RESERVED, recover
from publisher.workspace.errors import files_error
from publisher.workspace.output_path import demand_within
from publisher.workspace.session import volume_session

REPORT = "report.json"
"""The file in the output folder that says what became of each volume."""
SETTINGS = ("edition.yaml", "reader.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one volume."""

    volume: str
    """Its folder below the catalogue; `.` for the catalogue itself."""
    paths: tuple[Path, ...]
    """The finished files; none where it has errors."""
    diagnostics: tuple[Diagnostic, ...]
    """Its errors, or its warnings."""
    seconds: float
    unchanged: bool = False
    """Whether it had been built before, and nothing has changed."""

    @property
    def built(self) -> bool:
        """Whether there are finished files."""
        return bool(self.paths)


def volumes(catalogue: Folder) -> tuple[str, ...]:
    """The folders of editions and readers below a folder, in the order of their names.

    What lies in the folder of a reader is a part of it and no volume of its own.
    """
    found = {str(PurePosixPath(name).parent) for file in SETTINGS for name in catalogue.matching(f"**/{file}")}
    readers = {str(PurePosixPath(name).parent) for name in catalogue.matching("**/reader.yaml")}
    return tuple(name for name in sorted(found) if not readers.intersection(_above(name)))


def _above(name: str) -> Iterator[str]:
    """The folders above one."""
    return (str(parent) for parent in PurePosixPath(name).parents if str(parent) != name)


def build_all(request: BuildRequest, names: tuple[str, ...], *, memory: BuildCache | None = None) -> Iterator[Outcome]:
    """Yield what becomes of each volume, as soon as it is known.

    The request is for the folder above the volumes. The files of each go into a folder of its name below the output
    folder. One that the memory knows, and of which nothing has changed, is not built again.
    """
    assert request.output is not None
    for name in names:
        of_volume = replace(request, folder=Folder(request.folder.root / name), output=request.output / name)
        with request.progress.stage(name):
            yield _outcome(of_volume, name, root=request.output, memory=memory)


def _demand_name(volume: str) -> None:
    """Raise `PublisherError` (O-063) if the folder of a volume's files would have the name of something of ours."""
    first = PurePosixPath(volume).parts[:1]
    if first == (REPORT,) or any(part.startswith(RESERVED) for part in PurePosixPath(volume).parts):
        message = f"the volume {volume} has a name that is reserved: in the output folder it is that of another file"
        raise files_error("O-063", message, hint="give the volume's folder another name")


def _outcome(request: BuildRequest, name: str, *, root: Path, memory: BuildCache | None) -> Outcome:
    output = root / name

    def build() -> Finished:
        made = pipeline.build(replace(request, output=None, progress=NO_PROGRESS))
        paths = pipeline.keep(made.volume, output=output)
        return Finished(files=made.files, paths=paths, warnings=made.diagnostics)

    begin = seconds()
    try:
        _demand_name(name)
        demand_within(output, root)
        with volume_session(name):
            recover(output)
            item = build_cached(request.key(), memory=memory, output=output, build=build)
            paths = unpack(item.paths)
    except PublisherError as error:
        if error.exit_code is ExitCode.UNPROVED:
            request.opened().forget()
        return Outcome(volume=name, paths=(), diagnostics=error.diagnostics, seconds=seconds() - begin)
    return Outcome(
        volume=name,
        paths=paths,
        diagnostics=item.warnings,
        seconds=seconds() - begin,
        unchanged=item.unchanged,
    )
