"""Who sets the sections: this process, some of this machine, or a cluster; with a shelf of what was set before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workspace.scratch import scratch_for_all
from publisher.write.crew import Alone, Crew, Workers
from publisher.write.remembering import Remembering, Store


@contextmanager
def hired(*, jobs: int = 1, cluster: str | None = None, shelf: Store | None = None) -> Iterator[Crew]:
    """A crew, dismissed in the end: the workers of the scheduler `cluster`, and `jobs` processes or this one.

    What lies on the shelf is not set again. Raises `PublisherError` (L-020, L-023, exit code 3) without a cluster.
    """
    with _workers(jobs, cluster) as crew:
        yield crew if shelf is None else Remembering(crew, shelf)


@contextmanager
def _workers(jobs: int, cluster: str | None) -> Iterator[Crew]:
    if cluster is not None:
        with _here(jobs, early=False) as here, _joined(cluster, here) as crew:
            yield crew
    else:
        with _here(jobs, early=True) as crew:
            yield crew


@contextmanager
def _here(jobs: int, *, early: bool) -> Iterator[Crew]:
    """Processes of this machine."""
    if jobs == 1:
        with scratch_for_all():
            yield Alone()
    else:
        with Workers(jobs, early=early) as workers:
            yield workers


@contextmanager
def _joined(address: str, here: Crew) -> Iterator[Crew]:
    """The cluster; what it needs is installed only where it is wanted."""
    try:
        from publisher.write.cluster import joined
    except ModuleNotFoundError as error:
        raise PublisherError(
            Diagnostic(
                code="L-023",
                message=f"to build on a cluster, the package {error.name} is needed",
                hint="pip install 'publisher[cluster]'",
            ),
            exit_code=ExitCode.MISSING,
        ) from error
    with joined(address, here) as cluster:
        yield cluster
