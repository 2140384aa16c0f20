"""Calls made on the workers of a Dask cluster, through a child process that speaks Dask's protocol (`gateway`).

Nothing that comes from the cluster is trusted: answers are decoded and checked like those of workers of this machine.
Anyone who calls gets the answers that came and is informed which calls have none, so that they can be made elsewhere.
"""

from __future__ import annotations

import select
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

import msgspec

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workers.child import Child, start
from publisher.workers.frames import Garbage, receive, send
from publisher.workers.messages import ANSWER, CONNECTED, FAILED, LOST, MESSAGE, REFUSED
from publisher.workers.remote import Broken, CommonParts, Given, Made, Remote, open_answer

PATIENCE = 10
"""Seconds after which a scheduler that does not answer can't be reached, and workers that have left stay away."""
_HINT = "start one with “dask scheduler”, and on each machine “dask worker tcp://…:8786 --nthreads 1 --nworkers auto”"
_TLS_HINT = (
    "name the certificates in Dask's configuration, for the scheduler, the workers and this machine: docs/catalogues.md"
)
_INSTALL = "pip install 'publisher[cluster]'"
_SAME = "install the same version there as here, with the same Pango and HarfBuzz, and start the worker again"


@dataclass(slots=True, kw_only=True)
class Answers:
    """What came from the cluster, by the index of the argument."""

    made: dict[int, Any] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    """Why an argument has no result though the cluster answered."""
    lost: str | None = None
    """Why the cluster does not answer any more."""


class Cluster:
    """The workers of a scheduler."""

    def __init__(self, child: Child, *, address: str, seconds: float) -> None:
        """Take the process that speaks to the scheduler, its address, and the seconds to wait for progress."""
        self._child = child
        self._address = address
        self._seconds = seconds
        self._next = 0
        self._known = b""
        """Digest of the common part of arguments that was sent last."""

    def map(self, called: Remote[Given, Made], given: Sequence[Given]) -> Answers:
        """Return what the cluster makes of the arguments, sent in their order.

        The cluster is lost if nothing comes for as long as was agreed. Raises `PublisherError` (L-021, exit code 3) if
        a worker has other versions of what decides on the results.
        """
        answers, pending = Answers(), dict[int, int]()
        try:
            common = CommonParts()
            for at, item in enumerate(given):
                pending[self._send(called, item, common)] = at
            end = time.monotonic() + self._seconds
            while pending:
                kind, number, content = self._receive(end - time.monotonic())
                if kind == LOST:
                    answers.lost = content.decode(errors="replace")
                    return answers
                if number in pending:
                    at = pending.pop(number)
                    _sort(answers, at, called, given[at], kind, content)
                    end = time.monotonic() + self._seconds
        except TimeoutError:
            answers.lost = f"nothing came from it for {self._seconds:g} seconds"
        except (EOFError, OSError, Garbage, ValueError) as error:
            answers.lost = f"the process that speaks to it ended: {error}".removesuffix(": ")
        return answers

    def connect(self) -> None:
        """Wait until the scheduler answers. Raises `PublisherError` (L-020, exit code 3) if it does not."""
        try:
            kind, _, content = self._receive(PATIENCE * 6)
        except (EOFError, OSError, Garbage, ValueError):
            kind, content = REFUSED, b"does not answer"
        if kind == CONNECTED:
            return
        words = content.decode(errors="replace")
        hint = _TLS_HINT if self._address.startswith("tls:") else _HINT
        raise useless("L-020", f"the scheduler {self._address} {words}", hint)

    def _send(self, called: Remote[Any, Any], given: Any, parts: CommonParts) -> int:
        """Send a request; return its number."""
        self._next += 1
        value, rest = called.split(given)
        common = parts.encoded(value)
        content = b"" if self._known == common.digest else common.content
        self._known = common.digest
        names = (b"%d" % self._next, called.reference.encode(), called.fingerprint())
        assert self._child.stdin is not None
        send(self._child.stdin.fileno(), *names, common.digest, content, msgspec.msgpack.encode(rest))
        return self._next

    def _receive(self, seconds: float) -> tuple[bytes, int, bytes]:
        """The next message. Raises `TimeoutError`, `EOFError` if the child has ended, `ValueError` if it is none."""
        assert self._child.stdout is not None
        descriptor = self._child.stdout.fileno()
        if not select.select([descriptor], [], [], max(seconds, 0))[0]:
            raise TimeoutError
        kind, number, content = receive(descriptor, MESSAGE)
        return kind, int(number), content


def _sort(answers: Answers, at: int, called: Remote[Any, Any], given: Any, kind: bytes, content: bytes) -> None:
    """Put a message where it belongs: results that fit, or reasons why there is none."""
    if kind == ANSWER and content[:1] == b"V":
        worker = content[1:100].decode(errors="replace")
        raise useless("L-021", f"the worker {worker} has other versions of publisher or of what it uses", _SAME)
    try:
        if kind != ANSWER:
            raise Garbage(content.decode(errors="replace") if kind == FAILED else "no message")
        answers.made[at] = open_answer(called, given, content)
    except (Garbage, Broken, OSError, PublisherError) as error:
        answers.failed[at] = str(error).strip().rpartition("\n")[2]


@contextmanager
def join(address: str, *, seconds: float) -> Iterator[Cluster]:
    """Give the cluster of a scheduler, such as `tcp://scheduler:8786`; left in the end.

    It is lost if it makes no progress for so many seconds. Raises `PublisherError` (L-020, L-023, exit code 3) if it
    can't be reached or has no workers.
    """
    if find_spec("distributed") is None:
        raise useless("L-023", "to build on a cluster, the package distributed is needed", _INSTALL)
    try:
        child = start("publisher.workers.gateway", address, str(PATIENCE), quiet=True)
    except OSError as error:
        raise useless(
            "L-020", f"no process can be started that speaks to {address}: {error.strerror}", _HINT
        ) from error
    try:
        cluster = Cluster(child, address=address, seconds=seconds)
        cluster.connect()
        yield cluster
    finally:
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        child.wait()


def useless(code: str, message: str, hint: str) -> PublisherError:
    """Return the error, with exit code 3, that a cluster is no use."""
    return PublisherError(Diagnostic(code=code, message=message, hint=hint), exit_code=ExitCode.MISSING)
