"""Who lays sections out: `--jobs`, `--cluster`, `--no-cache`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity
from publisher.workspace import cores

if TYPE_CHECKING:
    from publisher.memory import Memory
    from publisher.write.crew import Crew


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiring:
    """What is asked for."""

    jobs: int
    cluster: str | None
    cached: bool
    strict: bool = False
    """Whether a cache that is refused ends the run."""
    notices: list[Diagnostic] = field(default_factory=list)
    """Warnings about the machine, not about the volume: to be printed in the end."""

    def memory(self, *editions: Path) -> Memory | None:
        """What is remembered of volumes that were built before; None where nothing is to be taken from there."""
        if not self._is_cached(editions):
            return None
        from publisher.memory import Memory
        from publisher.shelf import users_volumes

        return Memory(shelf=users_volumes())

    @contextmanager
    def crew(self, *editions: Path) -> Iterator[Crew]:
        """The crew, dismissed in the end; the cache is trimmed then."""
        from publisher.shelf import users_shelf
        from publisher.workers.garbage import collect_seldom
        from publisher.write.hiring import hired

        collect_seldom()
        shelf = users_shelf() if self._is_cached(editions) else None
        with hired(jobs=self.jobs, cluster=self.cluster, shelf=shelf) as crew:
            yield crew
        if shelf is not None:
            shelf.trim()

    def _is_cached(self, editions: tuple[Path, ...]) -> bool:
        """Whether the cache is asked for and can be trusted; else it is noted why not.

        Raises `PublisherError` with exit code 4 where warnings are errors.
        """
        if not self.cached:
            return False
        from publisher.cache.folder import cache_problem

        problem = cache_problem(*editions)
        if problem is None:
            return True
        if self.strict and problem.severity is Severity.WARNING:
            raise PublisherError(replace(problem, severity=Severity.ERROR), exit_code=ExitCode.FILES)
        if problem not in self.notices:
            self.notices.append(problem)
        return False


def crew_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that say who works; it gets them as one argument, `hiring`."""

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
        help="Lay sections out on the workers of this Dask scheduler: tcp://scheduler:8786.",
    )
    @click.option("--no-cache", is_flag=True, help="Build everything anew, even if nothing has changed.")
    @wraps(command)
    def with_crew(*, jobs: int, cluster: str | None, no_cache: bool, **others: object) -> None:
        strict = bool(others.get("strict"))  # of the options of the manner, which the command gets as one argument
        command(hiring=Hiring(jobs=jobs, cluster=cluster, cached=not no_cache, strict=strict), **others)

    return with_crew
