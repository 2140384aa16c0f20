"""Who sets the sections: this process, some of this machine, or a cluster; with a shelf of what was set before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workspace.scratch import scratch_for_all
from publisher.write.cluster import Report, joined_crew
from publisher.write.crew import Alone, Crew, Workers
from publisher.write.remembering import Remembering, Store

TIMEOUT = 600
"""Seconds without progress after which a cluster is lost."""


def _unreported(_: Diagnostic) -> None:
    """Nothing: nobody asked for warnings about a cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterOptions:
    """A cluster that is asked for."""

    address: str
    """Of its scheduler: `tcp://scheduler:8786`, `tls://scheduler:8786`."""
    seconds: float = TIMEOUT
    """How long it may make no progress."""
    report: Report = _unreported
    """What gets warnings about it."""


@contextmanager
def hired(*, jobs: int = 1, cluster: ClusterOptions | None = None, shelf: Store | None = None) -> Iterator[Crew]:
    """A crew, dismissed in the end: the workers of a cluster, and `jobs` processes or this one.

    What lies on the shelf is not set again. What a cluster has set is kept apart from what this machine has. If a
    volume is not proved, or cannot be made of the sections, these are removed from the shelf. Raises `PublisherError`
    (L-020, L-023, exit code 3) without a cluster.
    """
    with _workers(jobs, cluster) as crew:
        if shelf is None:
            yield crew
            return
        remembering = Remembering(crew, shelf, origin="" if cluster is None else "cluster")
        try:
            yield remembering
        except PublisherError as error:
            if error.exit_code is ExitCode.UNPROVED:
                remembering.forget()
            raise
        except Exception:
            remembering.forget()
            raise


@contextmanager
def _workers(jobs: int, cluster: ClusterOptions | None) -> Iterator[Crew]:
    if cluster is None:
        with _here(jobs, early=True) as crew:
            yield crew
        return
    with (
        _here(jobs, early=False) as here,
        joined_crew(cluster.address, here, seconds=cluster.seconds, report=cluster.report) as crew,
    ):
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
