"""A PDF of another person checked in a child process with limits on time and memory."""

from __future__ import annotations

import msgspec

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.pdf_standard import PrintStandard
from publisher.preflight import LEAST_BLEED, preflight
from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits, run_limited

_FUNCTION = "publisher.preflight.limited:answer"
_MEGABYTE = 1 << 20
_HINT = "build it again: publisher build --profile print; or print the file into a new PDF with another program"


class _Request(msgspec.Struct, frozen=True, array_like=True):
    content: bytes
    name: str
    least_bleed: float
    standard: PrintStandard | None


def preflight_limited(
    content: bytes, *, name: str, least_bleed: float = LEAST_BLEED, standard: PrintStandard | None = None
) -> PrintStandard:
    """Return what `preflight` returns, and raise what that raises.

    Raises `PublisherError` with exit code 5 also if the file takes too much time or memory (X-016), or a library fails
    on it (X-015).
    """
    request = msgspec.msgpack.encode(_Request(content, name, least_bleed, standard))
    size = len(content) // _MEGABYTE
    limits = Limits(seconds=7 + 4 * size, memory=640 * _MEGABYTE + 20 * len(content), output=16 * _MEGABYTE)
    try:
        followed = run_limited(_FUNCTION, request, limits=limits)
        return PrintStandard(followed.decode())
    except LimitExceeded as error:
        much = {Limit.TIME: "too long", Limit.MEMORY: "too much memory", Limit.OUTPUT: "too much memory"}[error.limit]
        raise _refusal("X-016", f"{name}: looking it through takes {much}") from error
    except ChildFailed as error:
        message = f"{name}: it cannot be checked: a library that reads PDFs fails on it"
        raise _refusal("X-015", message) from error


def answer(request: bytes) -> bytes:
    """The standard that the PDF follows; runs in the child. Raises as `preflight`."""
    given = msgspec.msgpack.decode(request, type=_Request)
    followed = preflight(given.content, name=given.name, least_bleed=given.least_bleed, standard=given.standard)
    return followed.encode()


def _refusal(code: str, message: str) -> PublisherError:
    return PublisherError(Diagnostic(code=code, message=message, hint=_HINT), exit_code=ExitCode.UNPROVED)
