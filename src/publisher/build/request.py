"""What a use case is asked for, and what comes of it: one request, one result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import workspace
from publisher.cache.builds import BuildKey
from publisher.diagnostics import Diagnostic, Source
from publisher.diagnostics.progress import NO_PROGRESS, Progress
from publisher.diagnostics.sink import Unfinished, disregard
from publisher.model.excerpt import Wanted
from publisher.model.profile import Profile
from publisher.model.rendition import Artifact, Volume
from publisher.model.target import DEFAULT_TARGET, Format, Target
from publisher.workspace import Folder

if TYPE_CHECKING:
    from publisher.workers.executor import Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What is to be checked or built, and how."""

    folder: Folder
    """The folder of an edition or a course reader; of a batch, the folder above them."""
    formats: tuple[Format, ...] = ()
    """The formats that are wanted; none for those of `edition.yaml` or `reader.yaml`."""
    profiles: tuple[Profile, ...] = ()
    """The profiles of the PDF that are wanted; none for those of `edition.yaml` or `reader.yaml`."""
    excerpt: Wanted | None = None
    """The reading or section that is wanted alone; None for the volume."""
    target: Target = DEFAULT_TARGET
    strict: bool = False
    """Whether warnings are errors in the end."""
    freezing: bool = False
    """Whether the map of the PDF's pages is wanted, so that they are frozen."""
    output: Path | None = None
    """The folder of the finished files, if one is known. A build is refused if it may not write its files there."""
    executor: Executor | None = None
    """What lays sections out; None for this process."""
    moment: Callable[[str], str] = workspace.moment
    """The date of the artifacts, from that of the edition."""
    progress: Progress = NO_PROGRESS
    unfinished: Unfinished = disregard
    """What is called with the diagnostics if the run ends in anything but a `PublisherError`, which has them."""

    def opened(self) -> Executor:
        """The executor, or this process."""
        from publisher.workers.executor import SerialExecutor

        return self.executor or SerialExecutor()

    def key(self) -> BuildKey:
        """What decides on the volume, as the cache of builds knows it."""
        return BuildKey(
            folder=self.folder,
            formats=self.formats,
            profiles=self.profiles,
            audience=self.target.audience,
            copy=self.target.copy,
            strict=self.strict,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """A volume or an excerpt of one without errors, not yet saved."""

    volume: Volume
    diagnostics: tuple[Diagnostic, ...]
    """Every warning and note, after waivers."""
    settings: Source
    """The file that describes the volume: `edition.yaml` or `reader.yaml`."""
    page_map: Artifact | None = None
    """The pages of the PDF, to be saved next to `edition.yaml`, if they are to be frozen."""

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """The finished files without the record of the build."""
        return self.volume.artifacts

    @property
    def files(self) -> tuple[Artifact, ...]:
        """The finished files."""
        return self.volume.files
