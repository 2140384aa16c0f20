"""Workers on other machines: Dask sets sections (https://distributed.dask.org/en/stable/).

A section goes out with its key, made from its content, and with the key of the dress that all sections wear: what the
cluster has, it is not sent again. A worker that is lost is Dask's concern: its sections are set by others. Layouts
in one process at the same time are ruled out, so that a worker with several threads sets one section after the other.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import TypeVar

from distributed import Client, Future, get_worker
from distributed.scheduler import KilledWorker

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.rendition import Dress, PdfSection
from publisher.workers.cpython311 import call_in_large_frame
from publisher.workers.garbage import collecting_seldom
from publisher.workers.remote import Remote
from publisher.write.bind.bound import BoundSection
from publisher.write.crew import Crew
from publisher.write.remembering import dress_digest, key, tools
from publisher.write.setting import Task, set_section

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_ALONE = threading.Lock()
_PATIENCE = 10
"""Seconds after which a scheduler that does not answer is one that can't be reached."""
_HINT = "start one with “dask scheduler”, and on each machine “dask worker tcp://…:8786 --nthreads 1 --nworkers auto”"


class _Different(Exception):
    """A worker that would set sections otherwise than this program: its address."""


def _set(section: PdfSection, dress: Dress, hyphen: str, versions: bytes) -> BoundSection:
    """A section set, on a worker that has the same versions of everything."""
    if sha256(tools()).digest() != versions:
        raise _Different(get_worker().address)
    with _ALONE, collecting_seldom():
        made: BoundSection = call_in_large_frame(set_section, Task(section=section, dress=dress, hyphen=hyphen))
        return made


def _kept(dress: Dress) -> Dress:
    """The dress itself."""
    return dress


class Cluster:
    """The workers of a scheduler; what is no section is done by a crew on this machine."""

    def __init__(self, client: Client, here: Crew) -> None:
        self._client = client
        self._here = here

    @property
    def count(self) -> int:
        """How many processes of this machine there are."""
        return self._here.count

    def each(self, called: Remote[_Given, _Made], given: Sequence[_Given]) -> tuple[_Made, ...]:
        """Return what a function makes of each argument, here."""
        return self._here.each(called, given)

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        """The sections set, in the order of the tasks; the longest are sent first.

        Raises `PublisherError` with exit code 3 where the cluster is no use: another version, no worker that stays.
        """
        versions = sha256(tools()).digest()
        sent: dict[Dress, Future] = {dress: self._send(dress) for dress in {task.dress: None for task in tasks}}
        order = sorted(range(len(tasks)), key=lambda at: -len(tasks[at].section.document))
        futures = {at: self._submit(tasks[at], sent, versions) for at in order}
        try:
            made = self._client.gather([futures[at] for at in range(len(tasks))])
        except _Different as error:
            raise _useless(
                "L-021", f"the worker {error} has other versions of publisher or of what it uses", _SAME
            ) from error
        except KilledWorker as error:
            raise _useless("L-022", f"workers were lost again and again: {error}", _HINT) from error
        return tuple(made)

    def _send(self, dress: Dress) -> Future:
        """A dress on the cluster; made by a task, since data that was only sent would be gone with its worker."""
        return self._client.submit(_kept, dress, key=f"publisher-dress-{dress_digest(dress).hex()}")

    def _submit(self, task: Task, dresses: dict[Dress, Future], versions: bytes) -> Future:
        name = f"publisher-{key(task)}"
        return self._client.submit(_set, task.section, dresses[task.dress], task.hyphen, versions, key=name)


_SAME = "install the same version there as here, with the same Pango and HarfBuzz, and start the worker again"


@contextmanager
def joined(address: str, here: Crew) -> Iterator[Cluster]:
    """The cluster of a scheduler, such as `tcp://scheduler:8786`, and a crew on this machine; left in the end.

    Raises `PublisherError` (L-020, exit code 3) where it can't be reached or has no workers.
    """
    _hush()
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise _useless("L-020", f"the scheduler {address} cannot be reached: {error}", _HINT) from error
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise _useless("L-020", f"the scheduler {address} has no workers", _HINT)
        yield Cluster(client, here)


def _useless(code: str, message: str, hint: str) -> PublisherError:
    return PublisherError(Diagnostic(code=code, message=message, hint=hint), exit_code=ExitCode.MISSING)


def _hush() -> None:
    """What Dask says on its log of workers that come and go is no concern of an editor."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
