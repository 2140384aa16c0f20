"""Who lays sections out: `--jobs`, `--cluster`, `--no-cache`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.diagnostics_output import waiting
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity
from publisher.workspace import cores

if TYPE_CHECKING:
    from publisher.cache.builds import BuildCache
    from publisher.workers.executor import Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerOptions:
    """What is asked for."""

    jobs: int
    cluster: str | None
    cached: bool
    cluster_timeout: int = 600
    """Seconds without progress after which a cluster is lost."""
    strict: bool = False
    """Whether a cache that is refused, or a cluster that is lost, ends the run."""
    report: Callable[[Diagnostic], None]
    """What is called with each warning about the machine, once."""
    _reported: list[Diagnostic] = field(default_factory=list)

    def memory(self, *editions: Path) -> BuildCache | None:
        """What is remembered of volumes that were built before; None where nothing is to be taken from there."""
        if not self._is_cached(editions):
            return None
        from publisher.cache.builds import BuildCache
        from publisher.cache.store import user_builds

        return BuildCache(results=user_builds())

    @contextmanager
    def executor(self, *editions: Path) -> Iterator[Executor]:
        """Give the executor that was asked for, ended in the end; the cache is trimmed then."""
        from publisher.cache.store import user_sections
        from publisher.layout.section import EARLY
        from publisher.workers.garbage import collect_seldom
        from publisher.workers.opening import ClusterOptions, open_executor

        collect_seldom()
        store = user_sections() if self._is_cached(editions) else None
        cluster = None
        if self.cluster is not None:
            cluster = ClusterOptions(address=self.cluster, seconds=self.cluster_timeout, report=self._report)
        with open_executor(jobs=self.jobs, early=EARLY, cluster=cluster, cache=store) as executor:
            yield executor
        if store is not None:
            store.evict()

    def _is_cached(self, editions: tuple[Path, ...]) -> bool:
        """Whether the cache is asked for and can be trusted; else it is noted why not.

        Raises `PublisherError` with exit code 4 where warnings are errors.
        """
        if not self.cached:
            return False
        from publisher.cache.folder import cache_problem

        problem = cache_problem(*editions)
        if problem is not None:
            self._note(problem, ExitCode.FILES)
        return problem is None

    def _report(self, warning: Diagnostic) -> None:
        """Note a warning about the cluster; raises it where warnings are errors."""
        self._note(warning, ExitCode.MISSING)

    def _note(self, warning: Diagnostic, exit_code: ExitCode) -> None:
        if self.strict and warning.severity is Severity.WARNING:
            raise PublisherError(replace(warning, severity=Severity.ERROR), exit_code=exit_code)
        if warning not in self._reported:
            self._reported.append(warning)
            self.report(warning)


def worker_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that say who works; it gets them as one argument, `workers`."""

    @click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        default=cores,
        show_default="the processors of this computer",
        help="How many sections are laid out at once. The files are the same whatever it is.",
    )
    @click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Lay sections out on the workers of this Dask scheduler: tcp://scheduler:8786, or tls://….",
    )
    @click.option(
        "--cluster-timeout",
        metavar="SECONDS",
        type=click.IntRange(min=1, max=1_000_000),
        default=600,
        show_default=True,
        help="How long to wait for a section from the cluster before this computer lays out the rest.",
    )
    @click.option("--no-cache", is_flag=True, help="Build everything again, even if nothing has changed.")
    @wraps(command)
    def with_workers(*, jobs: int, cluster: str | None, cluster_timeout: int, no_cache: bool, **others: object) -> None:
        strict = bool(others.get("strict"))  # of the options of the manner, which the command gets as one argument
        workers = WorkerOptions(
            jobs=jobs,
            cluster=cluster,
            cluster_timeout=cluster_timeout,
            cached=not no_cache,
            strict=strict,
            report=waiting().append,
        )
        command(workers=workers, **others)

    return with_workers
