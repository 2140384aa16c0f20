"""What a worker of Dask loads that does not do what it is asked; the variable MISBEHAVIOUR says what it does."""

from __future__ import annotations

import os
import time

from distributed.protocol import ToPickle

from publisher.workers import dask_task

KINDS = os.environ.get("MISBEHAVIOUR", "good").split(",")
TRACE = f"open({os.environ.get('TRACES', '/nowhere')!r} + '/' + str(__import__('os').getpid()), 'w').close()"
GOOD = dask_task.call


class Evil:
    """An object whose pickle runs code where it is loaded."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, (TRACE,))


class EvilError(Exception):
    """An exception whose pickle does."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, (TRACE,))


def call(reference: str, common: bytes, rest: bytes, fingerprint: bytes) -> object:
    """Misbehave."""
    match KINDS.pop(0) if len(KINDS) > 1 else KINDS[0]:
        case "good":
            return GOOD(reference, common, rest, fingerprint)
        case "noise":
            return os.urandom(1000)
        case "cut":
            return GOOD(reference, common, rest, fingerprint)[:-100]
        case "no PDF":
            return GOOD(reference, common, rest, fingerprint).replace(b"%PDF-", b"%FDP-")
        case "none":
            return None
        case "words":
            return {"a": "section"}
        case "evil":
            return Evil()
        case "evil error":
            raise EvilError
        case "OSError":
            raise OSError(28, "No space left on device")
        case "ends":
            os._exit(1)
        case "hangs":
            time.sleep(600)
            return b""
        case other:
            raise ValueError(other)


dask_task.call = call  # type: ignore[assignment]


def dask_setup(scheduler: object) -> None:
    """Let a scheduler answer its clients with a pickle that runs code; a worker has nothing to answer with."""
    handlers = getattr(scheduler, "handlers", {})
    if "register-client" in handlers:
        handlers["identity"] = lambda *_, **__: {"type": ToPickle(Evil())}
