"""Workers that do not do what they are asked: for tests of what happens then."""

from __future__ import annotations

import os
import signal
import time

from publisher.workers.child import claim_pipes
from publisher.workers.frames import receive, send


def main(parent: str, kind: str, *_: str) -> None:
    """Take requests and misbehave."""
    del parent
    requests, answers = claim_pipes()
    while True:
        receive(requests, 4)
        match kind:
            case "ends":
                os.kill(os.getpid(), signal.SIGKILL)
            case "leaves":
                os._exit(0)
            case "nothing":
                send(answers, b"")
            case "noise":
                send(answers, os.urandom(1000))
            case "none":
                send(answers, b"=\xc0")
            case "pickle":
                send(answers, b"=cos\nsystem\n(S'touch pickled'\ntR.")
            case "too long":
                os.write(answers, b"\xff" * 8)
            case "too short":
                os.write(answers, b"\0" * 7 + b"\x09=")
                os.close(answers)
                time.sleep(60)
            case "diagnostics":
                send(answers, b'D{"diagnostics": {"told": [{"code": 1}], "sources": []}, "exit": 1}')
            case "files":
                send(answers, b"F[[]]")
            case other:
                raise ValueError(other)
