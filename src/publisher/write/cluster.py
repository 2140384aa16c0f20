"""A crew that lays sections out on a cluster; what the cluster does not make, a crew of this machine makes.

Sections that a cluster has laid out are no more trusted than its answers: they have to be sections, and the proof reads
every word of them. A section that does not come, or is none, is laid out here, with a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity
from publisher.workers.cluster import Cluster, joined, useless
from publisher.workers.remote import Remote
from publisher.write.bind.bound import BoundSection
from publisher.write.crew import Crew
from publisher.write.setting import SET_SECTION, Task

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
Report = Callable[[Diagnostic], None]
"""What is told of warnings about the cluster; it may raise them as errors."""


class ClusterCrew:
    """The workers of a scheduler, and a crew on this machine."""

    def __init__(self, cluster: Cluster, here: Crew, report: Report) -> None:
        self._cluster = cluster
        self._here = here
        self._report = report
        self._lost = False

    @property
    def count(self) -> int:
        """How many processes of this machine there are."""
        return self._here.count

    def each(self, called: Remote[_Given, _Made], given: Sequence[_Given]) -> tuple[_Made, ...]:
        """Return what a function makes of each argument, here."""
        return self._here.each(called, given)

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        """The sections set, in the order of the tasks; the longest are sent first.

        Raises `PublisherError` with exit code 3 where a worker has another version.
        """
        found = {} if self._lost else self._set_there(tasks)
        missing = [at for at in range(len(tasks)) if at not in found]
        found.update(zip(missing, self._here.set_all([tasks[at] for at in missing]), strict=True))
        return tuple(found[at] for at in range(len(tasks)))

    def forget(self) -> None:
        """Nothing: there is no cache."""

    def _set_there(self, tasks: Sequence[Task]) -> dict[int, BoundSection]:
        """The sections that the cluster has set; what is wrong with them, according to it, is looked at here."""
        order = sorted(range(len(tasks)), key=lambda at: -len(tasks[at].section.document))
        answers = self._cluster.map(SET_SECTION, [tasks[at] for at in order])
        made = {order[at]: section for at, section in answers.made.items() if not section.found}
        if answers.failed:
            at, reason = min(answers.failed.items())
            self._report(_not_set(tasks[order[at]].section.id, reason, len(answers.failed)))
        if answers.lost is not None:
            self._lost = True
            self._report(_lost(answers.lost, len(tasks) - len(made)))
        return made


@contextmanager
def joined_crew(address: str, here: Crew, *, seconds: float, report: Report) -> Iterator[ClusterCrew]:
    """The crew of a scheduler's workers; raises as `workers.cluster.joined`.

    What cannot be joined to a volume though it looks like sections ends the build with L-042, exit code 3.
    """
    with joined(address, seconds=seconds) as cluster:
        try:
            yield ClusterCrew(cluster, here, report)
        except PublisherError as error:
            if error.exit_code is not ExitCode.UNPROVED:
                raise
            unproved = _unusable("the proof finds other words or pages than those of the edition")
            raise PublisherError(*unproved.diagnostics, *error.diagnostics, exit_code=unproved.exit_code) from error
        except OSError:
            raise
        except Exception as error:
            raise _unusable(f"{type(error).__name__}: {error}") from error


def _unusable(reason: str) -> PublisherError:
    hint = "build without --cluster; if that fails too, the cluster is not the cause: please report it"
    return useless("L-042", f"what the cluster has laid out cannot be used: {reason}", hint)


def _not_set(section: str, reason: str, count: int) -> Diagnostic:
    others = f" and {count - 1} more" if count > 1 else ""
    return Diagnostic(
        code="L-022",
        message=f"the cluster did not lay out the section “{section}”{others}, so this machine did: {reason}",
        hint="the files are the same; look at the logs of its workers",
        severity=Severity.WARNING,
    )


def _lost(reason: str, count: int) -> Diagnostic:
    sections = "section" if count == 1 else f"{count} sections"
    return Diagnostic(
        code="L-040",
        message=f"the cluster was lost, so this machine laid out the {sections} that it had not returned: {reason}",
        hint="the files are the same; --cluster-timeout says how long to wait for a section",
        severity=Severity.WARNING,
    )
