"""A catalogue: every edition and course reader below a folder, built one after the other by one crew.

What one volume is wrong with keeps no other from being built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from publisher import pipeline
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.pipeline import NOBODY, Observer
from publisher.workspace import Folder, finish, seconds

if TYPE_CHECKING:
    from publisher.write.crew import Crew

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


def build_all(
    catalogue: Folder,
    names: tuple[str, ...],
    *,
    output: Path,
    crew: Crew,
    strict: bool = False,
    observer: Observer = NOBODY,
) -> Iterator[Outcome]:
    """What becomes of each volume, as soon as it is known; its files go into a folder of its name below `output`."""
    for name in names:
        with observer.stage(name):
            yield _built(Folder(catalogue.root / name), name, output=output / name, crew=crew, strict=strict)


def _built(folder: Folder, name: str, *, output: Path, crew: Crew, strict: bool) -> Outcome:
    begin = seconds()
    try:
        finish(output)
        built = pipeline.build(folder, strict=strict, crew=crew)
        paths, found = pipeline.keep(built.volume, output=output), built.warnings
    except PublisherError as error:
        paths, found = (), error.diagnostics
    return Outcome(volume=name, paths=paths, diagnostics=found, seconds=seconds() - begin)
