"""The child process that speaks Dask's protocol for a build (https://distributed.dask.org/en/stable/protocol.html).

Dask unpickles what schedulers and workers send: results, exceptions, even plain messages. So its client runs in a
process of its own, in which an audit hook (PEP 578, `pickle.find_class`) refuses every class but `bytes`. Without
classes a pickle is plain data. The build sends requests to this process as bytes, and gets bytes.
"""

from __future__ import annotations

import os
import pickletools
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from typing import Any

from distributed import Client, Future

from publisher.workers import dask_task
from publisher.workers.child import claim_pipes, ignore_interrupts
from publisher.workers.frames import receive, send
from publisher.workers.messages import ANSWER, CONNECTED, FAILED, LOST, REFUSED, REQUEST
from publisher.workspace.parent_process import end_with_parent
from publisher.workspace.posix import resource

_CLASSES = frozenset({("builtins", "bytes")})
"""What a pickle may name: the type that every task returns."""
_MEMORY = 8 << 30
"""Bytes of address space that this process may take, whatever is sent to it."""
_NO_SCHEDULER = "the connection to the scheduler ended"
_INTERVAL = 0.5
"""Seconds between two looks at the connection and the workers."""


class Refused(TypeError):
    """A pickle that names a class or a function."""


def refuse_classes(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise `Refused` if a pickle names anything but `bytes`: an audit hook, which cannot be removed again."""
    if event == "pickle.find_class" and arguments not in _CLASSES:
        raise Refused(f"a pickle names {arguments[0]}.{arguments[1]}")


def main(parent: str, address: str, patience: str) -> None:
    """Connect to a scheduler and pass requests on until the pipe is closed; runs in the child."""
    end_with_parent(int(parent))
    ignore_interrupts()
    requests, answers = claim_pipes()
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    sys.addaudithook(refuse_classes)
    with suppress(EOFError, BrokenPipeError):
        _Gateway(answers, float(patience)).serve(address, requests)
    os._exit(0)


class _Gateway:
    """The connection to a scheduler, and the pipe to the build."""

    def __init__(self, answers: int, patience: float) -> None:
        self._answers = answers
        self._patience = patience
        self._writing = threading.Lock()
        self._sent: dict[int, Future] = {}
        self._common: tuple[bytes, Future] | None = None

    def serve(self, address: str, requests: int) -> None:
        """Connect, then pass requests on. Raises `EOFError` when there are no more."""
        client = self._connect(address)
        if client is None:
            return
        threading.Thread(target=self._watch, args=(client,), daemon=True).start()
        while True:
            number, reference, fingerprint, digest, common, rest = receive(requests, REQUEST)
            try:
                self._share(client, digest, common)
                self._submit(client, int(number), (reference.decode(), fingerprint, rest))
            except Exception as error:
                self._tell(LOST, 0, _words(error))

    def _connect(self, address: str) -> Client | None:
        """The client; None, and the build is informed why, if there is no scheduler, or none with workers."""
        try:
            client = Client(address, timeout=self._patience, set_as_default=False, direct_to_workers=False)
            workers = len(client.scheduler_info(n_workers=-1)["workers"])
        except Exception as error:
            self._tell(REFUSED, 0, f"cannot be reached: {_words(error)}")
        else:
            if workers:
                self._tell(CONNECTED, 0, str(workers))
                return client
            self._tell(REFUSED, 0, "has no workers")
        return None

    def _share(self, client: Client, digest: bytes, common: bytes) -> None:
        """Send the common part of arguments to the cluster, once; another takes its place."""
        if self._common is None or self._common[0] != digest:
            key = f"publisher-common-{digest.hex()}"
            self._common = (digest, client.submit(dask_task.same, common, key=key))

    def _submit(self, client: Client, number: int, request: tuple[str, bytes, bytes]) -> None:
        """Let a worker make a call."""
        assert self._common is not None
        digest, common = self._common
        reference, fingerprint, rest = request
        name = sha256(b"".join(sha256(part).digest() for part in (reference.encode(), fingerprint, digest, rest)))
        key = f"publisher-{name.hexdigest()}"
        future = client.submit(dask_task.call, reference, common, rest, fingerprint, key=key)
        self._sent[number] = future
        future.add_done_callback(lambda done: self._heard(client, number, done))

    def _heard(self, client: Client, number: int, future: Future) -> None:
        """Pass the result of a task on to the build; it may be anything."""
        try:
            content = future.result() if future.status == "finished" else None
            reason = _reason(future) if future.status != "finished" else f"its result is a {type(content).__name__}"
        except Exception as error:
            content, reason = None, _words(error)
        self._sent.pop(number, None)
        if isinstance(content, bytes):
            self._tell(ANSWER, number, content)
        elif client.status != "running" or future.status in ("cancelled", "lost"):
            self._tell(LOST, 0, _NO_SCHEDULER)
        else:
            self._tell(FAILED, number, reason)

    def _watch(self, client: Client) -> None:
        """Inform the build when the scheduler or the last worker is gone for longer than one waits."""
        alone = 0.0
        while True:
            time.sleep(_INTERVAL)
            if client.status != "running":
                self._tell(LOST, 0, _NO_SCHEDULER)
                return
            with suppress(Exception):
                alone = 0 if client.scheduler_info(n_workers=-1)["workers"] else alone + _INTERVAL
            if alone > self._patience:
                self._tell(LOST, 0, "it has no workers any more")
                return

    def _tell(self, kind: bytes, number: int, content: str | bytes) -> None:
        with self._writing, suppress(BrokenPipeError):
            told = content if isinstance(content, bytes) else content.encode(errors="replace")
            send(self._answers, kind, b"%d" % number, told)


def _reason(future: Future) -> str:
    """Why a task has no result, as far as it can be known without unpickling the exception."""
    with suppress(Exception):
        raised = future.exception(timeout=5) if future.status == "error" else None
        found = raised.args[0] if raised is not None and raised.args else raised
        if found is not None:
            return " ".join(_strings(found)) if isinstance(found, bytes) else str(found)
    return f"the task is {future.status}"


def _strings(pickled: bytes) -> Iterator[str]:
    """The first strings in a pickle, which is not loaded: of an exception, the name of its class and its message."""
    with suppress(Exception):
        strings = (found for _, found, _ in pickletools.genops(pickled) if isinstance(found, str))
        for count, found in enumerate(strings):
            if count == 4:
                return
            yield found[:200]


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:1000]
