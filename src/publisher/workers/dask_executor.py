"""An executor that calls functions on a Dask cluster; what the cluster does not return, this machine makes.

Results of a cluster are not trusted: they have to be of the right type and fit what was asked (`Remote.fits`), and the
proof reads every word of them. A result that does not come, or is none, is made here, with a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity
from publisher.workers.cluster import Cluster, join, useless
from publisher.workers.executor import Done, Executor, longest_first
from publisher.workers.remote import Given, Made, Remote

Report = Callable[[Diagnostic], None]
"""What is called with warnings about the cluster; it may raise them as errors."""


class DaskExecutor:
    """The workers of a scheduler, and an executor on this machine."""

    def __init__(self, cluster: Cluster, local: Executor, report: Report) -> None:
        """Take the cluster, the executor to use if it fails, and what receives diagnostics."""
        self._cluster = cluster
        self._local = local
        self._report = report
        self._lost = False

    @property
    def count(self) -> int:
        """How many processes of this machine there are at most."""
        return self._local.count

    def map(
        self, function: Remote[Given, Made], values: Sequence[Given], *, done: Done | None = None
    ) -> tuple[Made, ...]:
        """Return what a function makes of each value, on the cluster if the function may be called there.

        Raises `PublisherError` with exit code 3 if a worker has another version.
        """
        results = self._remote_results(function, values) if function.may_leave and not self._lost else {}
        if done is not None:
            for index, result in sorted(results.items()):
                done(index, result)
        missing = [index for index in range(len(values)) if index not in results]

        def note(position: int, result: Made) -> None:
            if done is not None:
                done(missing[position], result)

        made = self._local.map(function, [values[index] for index in missing], done=note)
        results.update(zip(missing, made, strict=True))
        return tuple(results[index] for index in range(len(values)))

    def forget(self) -> None:
        """Do nothing: there is no cache."""

    def _remote_results(self, function: Remote[Given, Made], values: Sequence[Given]) -> dict[int, Made]:
        """Return the results of the cluster by index; those that are not final are made here again."""
        order = longest_first(function, values)
        answers = self._cluster.map(function, [values[index] for index in order])
        results = {order[at]: result for at, result in answers.made.items() if function.is_final(result)}
        if answers.failed:
            at, reason = min(answers.failed.items())
            self._report(_not_made(function.describe(values[order[at]]), reason, len(answers.failed)))
        if answers.lost is not None:
            self._lost = True
            self._report(_lost_worker(answers.lost, len(values) - len(results)))
        return results


@contextmanager
def open_dask_executor(address: str, local: Executor, *, seconds: float, report: Report) -> Iterator[DaskExecutor]:
    """Give an executor on the workers of a scheduler; raises as `workers.cluster.joined`.

    What cannot be joined to a volume though it looks like sections ends the build with L-042, exit code 3.
    """
    with join(address, seconds=seconds) as cluster:
        try:
            yield DaskExecutor(cluster, local, report)
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


def _not_made(description: str, reason: str, count: int) -> Diagnostic:
    others = f", nor {count - 1} more" if count > 1 else ""
    return Diagnostic(
        code="L-022",
        message=f"the cluster has not {description}{others}, so this machine did: {reason}",
        hint="the files are the same; look at the logs of its workers",
        severity=Severity.WARNING,
    )


def _lost_worker(reason: str, count: int) -> Diagnostic:
    sections = "section" if count == 1 else f"{count} sections"
    return Diagnostic(
        code="L-040",
        message=f"the cluster was lost, so this machine laid out the {sections} that it had not returned: {reason}",
        hint="the files are the same; --cluster-timeout says how long to wait for a section",
        severity=Severity.WARNING,
    )
