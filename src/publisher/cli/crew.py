"""Who lays sections out: `--jobs`, `--cluster`, `--no-cache`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

import click

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

    def memory(self) -> Memory | None:
        """What is remembered of volumes that were built before; None where nothing is to be taken from there."""
        if not self.cached:
            return None
        from publisher.memory import Memory
        from publisher.shelf import users_volumes

        return Memory(shelf=users_volumes())

    @contextmanager
    def crew(self) -> Iterator[Crew]:
        """The crew, dismissed in the end; the cache is trimmed then."""
        from publisher.shelf import users_shelf
        from publisher.write.crew import collect_seldom
        from publisher.write.hiring import hired

        collect_seldom()
        shelf = users_shelf() if self.cached else None
        with hired(jobs=self.jobs, cluster=self.cluster, shelf=shelf) as crew:
            yield crew
        if shelf is not None:
            shelf.trim()


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
        command(hiring=Hiring(jobs=jobs, cluster=cluster, cached=not no_cache), **others)

    return with_crew
