"""What a worker of a Dask cluster does for a build: it calls one function and returns its result as bytes.

A worker with several threads makes one call after the other: there are no two layouts in one process at the same time.
"""

from __future__ import annotations

import threading

from distributed import get_worker

from publisher.workers.garbage import collecting_seldom
from publisher.workers.remote import answer, decoded_common, remote

_ALONE = threading.Lock()


def same(content: bytes) -> bytes:
    """Return the content, which other tasks need: as the result of a task, Dask makes it again if it is lost."""
    return content


def call(reference: str, common: bytes, rest: bytes, fingerprint: bytes) -> bytes:
    """Return the answer to a call; `V` and the address of this worker if its versions of the program are others."""
    called = remote(reference)
    if called.fingerprint() != fingerprint:
        return b"V" + str(get_worker().address).encode()
    with _ALONE, collecting_seldom():
        return answer(called, decoded_common(called, common), rest)
