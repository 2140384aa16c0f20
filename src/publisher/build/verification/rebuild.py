"""Volumes built again, or recalled from the cache of finished volumes, to be compared with files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher import workspace
from publisher.build import pipeline
from publisher.build.excerpt import build_excerpt
from publisher.build.request import BuildRequest, BuildResult
from publisher.build.verification.recall import Recalled
from publisher.cache.builds import BuildCache
from publisher.diagnostics import PublisherError
from publisher.diagnostics.progress import NO_PROGRESS, Progress
from publisher.model.excerpt import wanted_by
from publisher.model.profile import Profile
from publisher.model.proof_file import Making
from publisher.model.target import Audience, Copy, Format, Target
from publisher.workspace import Folder
from publisher.workspace.trace import tracing

if TYPE_CHECKING:
    from publisher.workers.executor import Executor

OpenExecutor = Callable[[], AbstractContextManager["Executor"]]
"""What opens the executor that lays sections out, if anything has to be built."""
Files = Mapping[str, bytes]
"""Finished files by their names."""


@dataclass(slots=True)
class Rebuilds:
    """What was built again of one folder, each volume once."""

    folder: Folder
    open_executor: OpenExecutor
    memory: BuildCache | None = None
    recalled: tuple[Recalled, ...] = ()
    """What was built before, and has not changed since."""
    strict: bool = False
    progress: Progress = NO_PROGRESS
    _built: dict[Making, Files | PublisherError] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)
    _executor: Executor | None = None

    def __enter__(self) -> Rebuilds:
        """Open the volumes built again; the caller may then ask for their files."""
        return self

    def __exit__(self, *_: object) -> None:
        """Delete the files of the volumes built again."""
        self._stack.close()

    def files(self, making: Making, *, now: str) -> Files:
        """The files of a volume that is made in this way. Raises `PublisherError` if it cannot be.

        `now` is the moment that a build carries now: what is built with another one is not stored.
        """
        if making not in self._built:
            try:
                self._built[making] = self._recall(making) or self._build(making, now)
            except PublisherError as error:
                self._built[making] = error
        found = self._built[making]
        if isinstance(found, PublisherError):
            raise found
        return found

    def known(self) -> tuple[tuple[Making, Files], ...]:
        """What has been built so far."""
        return tuple((making, found) for making, found in self._built.items() if not isinstance(found, PublisherError))

    def _recall(self, making: Making) -> Files | None:
        """The files of a volume that was built before from the same sources; None if it was not."""
        for volume in self.recalled:
            if volume.making() == making:
                found = {name: volume.content(name) for name in volume.digests()}
                files = {name: content for name, content in found.items() if content is not None}
                return files if len(files) == len(found) else None
        return None

    def _build(self, making: Making, now: str) -> Files:
        usual = not making.freezing and making.moment == now
        request = BuildRequest(
            folder=self.folder,
            formats=tuple(map(Format, making.formats)),
            profiles=tuple(map(Profile, making.profiles)),
            target=Target(audience=Audience(making.audience), copy=None if making.copy is None else Copy(making.copy)),
            strict=self.strict,
            freezing=making.freezing,
            executor=self._opened(),
            moment=workspace.moment if usual else lambda _: making.moment,
            progress=self.progress,
        )
        if making.piece is not None:
            wanted = wanted_by(making.piece)
            assert wanted is not None
            built = build_excerpt(replace(request, excerpt=wanted, moment=lambda _: making.moment))
            return _by_name(built)
        with tracing() as tracer:
            built = pipeline.build(request)
        if self.memory is not None and usual:
            self.memory.store(request.key(), tracer, built.files, built.diagnostics)
        return _by_name(built)

    def _opened(self) -> Executor:
        if self._executor is None:
            self._executor = self._stack.enter_context(self.open_executor())
        return self._executor


def _by_name(built: BuildResult) -> Files:
    return {artifact.name: artifact.content for artifact in built.files}
