"""A volume built and saved, or left as it is if nothing has changed since it was built."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.build.request import BuildRequest
from publisher.build.web import unpack
from publisher.cache.builds import BuildCache, Finished, Made, build_cached
from publisher.workspace.commit import commit_files
from publisher.workspace.output_path import Purpose

if TYPE_CHECKING:
    from publisher.workers.executor import Executor

OpenExecutor = Callable[[], AbstractContextManager["Executor"]]
"""What opens the executor that lays sections out, if anything has to be built."""


def build_and_save(
    request: BuildRequest, *, memory: BuildCache | None, open_executor: OpenExecutor, storing: bool
) -> Made:
    """Return the finished files, in their places in the output folder of the request.

    `memory` has the volumes that were built before. With `storing`, texts that are as they were recorded are stored,
    so that a later change of them can be shown. Raises `PublisherError`; then nothing is written.
    """
    assert request.output is not None
    made = build_cached(
        request.key(),
        memory=None if request.freezing else memory,
        output=request.output,
        build=lambda: _build(request, open_executor, storing=storing),
    )
    return replace(made, paths=unpack(made.paths))


def _build(request: BuildRequest, open_executor: OpenExecutor, *, storing: bool) -> Finished:
    """The files, built and saved."""
    from publisher.build import pipeline
    from publisher.revision.store import texts_stored

    assert request.output is not None
    root = request.folder.root
    with texts_stored(root) if storing else nullcontext(), open_executor() as executor:
        built = pipeline.build(replace(request, executor=executor))
    with request.progress.stage("Saving"):
        paths = pipeline.keep(built.volume, output=request.output)
        if built.page_map:
            pages = ((built.page_map.name, built.page_map.content),)
            paths += commit_files(root, pages, purpose=Purpose.NEW)
    return Finished(files=built.files, paths=paths, warnings=built.diagnostics)
