"""Opens the executor of a command: this process, processes of this machine, or a cluster, with a cache before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workers.cached_executor import Cache, CachedExecutor
from publisher.workers.dask_executor import Report, open_dask_executor
from publisher.workers.executor import Executor, SerialExecutor
from publisher.workers.pool import ProcessPool
from publisher.workspace.tempdir import scratch_for_all

TIMEOUT = 600
"""Seconds without progress after which a cluster is lost."""


def _ignore(_: Diagnostic) -> None:
    """Do nothing: warnings about a cluster were not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterOptions:
    """A cluster that is asked for."""

    address: str
    """Of its scheduler: `tcp://scheduler:8786`, `tls://scheduler:8786`."""
    seconds: float = TIMEOUT
    """How long it may make no progress."""
    report: Report = _ignore
    """What gets warnings about it."""


@contextmanager
def open_executor(
    *, jobs: int = 1, early: tuple[str, ...] = (), cluster: ClusterOptions | None = None, cache: Cache | None = None
) -> Iterator[Executor]:
    """Give an executor that ends with the context: the workers of a cluster, `jobs` processes, or this process.

    The first process imports the modules `early` at once. Results that are in the cache are not made again. Results of
    a cluster are stored apart from those of this machine. If a volume is not proved, or cannot be made of the results,
    they are removed from the cache. Raises `PublisherError` (L-020, L-023, exit code 3) without a cluster.
    """
    with _without_cache(jobs, early, cluster) as executor:
        if cache is None:
            yield executor
            return
        cached = CachedExecutor(executor, cache, origin="" if cluster is None else "cluster")
        try:
            yield cached
        except PublisherError as error:
            if error.exit_code is ExitCode.UNPROVED:
                cached.forget()
            raise
        except Exception:
            cached.forget()
            raise


@contextmanager
def _without_cache(jobs: int, early: tuple[str, ...], cluster: ClusterOptions | None) -> Iterator[Executor]:
    if cluster is None:
        with _local(jobs, early) as executor:
            yield executor
        return
    with (
        _local(jobs, ()) as local,
        open_dask_executor(cluster.address, local, seconds=cluster.seconds, report=cluster.report) as executor,
    ):
        yield executor


@contextmanager
def _local(jobs: int, early: tuple[str, ...]) -> Iterator[Executor]:
    """Give an executor on this machine."""
    if jobs == 1:
        with scratch_for_all():
            yield SerialExecutor()
    else:
        with ProcessPool(jobs, early=early) as pool:
            yield pool
