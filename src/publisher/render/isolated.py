"""Renders documents with an edition's own templates in a process of its own, with limits on time, memory and output.

A template is a program that another person wrote. Its documents come back as text; every exception is S-010 at its
line.
"""

from __future__ import annotations

import pickle
import signal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from types import FrameType
from typing import Any

import msgspec

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.model.publication import Section
from publisher.render.engine import DocumentRequest, Renderer
from publisher.render.sandbox import WRITES_TOO_MUCH, TooMuch
from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits, run_limited
from publisher.workspace.posix import resource

SECONDS = 2
"""Seconds of CPU for the documents of one rendition, and as many again for each megabyte that is to be rendered."""
MEGABYTE = 1 << 20
MEMORY = 512 * MEGABYTE
OUTPUT = MEGABYTE // 8
"""Characters that the documents of one rendition may have, next to four for each byte that is to be rendered."""
_PATIENCE = 1
"""Seconds after which a process is ended that the signal of its time does not reach, as in a long computation."""
_MODEL = ("publisher.model.", "publisher.render.", "publisher.diagnostics")
"""The modules whose values a request holds."""
_HINT = "make the template simpler: it should walk through what it is given, once"


class _Values(pickle.Unpickler):
    """Reads values of this program's model from a pipe, and nothing that could act."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of a value; raises `UnpicklingError` if it is none of the model's."""
        if module.startswith(_MODEL):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value of the model")


def rendered_apart(own: Iterable[Source], requests: Sequence[DocumentRequest]) -> tuple[str, ...]:
    """The documents, in the order of the requests. Raises `PublisherError` as `Renderer.document` does."""
    templates = tuple(own)
    # The child reads back what this process has written into its pipe; its answer is text and is not unpickled.
    content = pickle.dumps(
        (templates, [_without_files(document_request) for document_request in requests]),
        protocol=pickle.HIGHEST_PROTOCOL,
    )
    seconds = SECONDS + SECONDS * len(content) // MEGABYTE
    largest = OUTPUT + 4 * len(content)
    request = msgspec.msgpack.encode((seconds, largest, content))
    limits = Limits(seconds=seconds + _PATIENCE, memory=MEMORY + 4 * len(content), output=4 * largest + MEGABYTE)
    try:
        answer = run_limited("publisher.render.isolated:render", request, limits=limits)
        documents = msgspec.msgpack.decode(answer, type=tuple[str, ...])
    except LimitExceeded as error:
        raise PublisherError(_stop(templates, _exceeds(error.limit, seconds))) from error
    except (ChildFailed, msgspec.MsgspecError) as error:
        raise PublisherError(_stop(templates, str(error))) from error
    if len(documents) != len(requests):
        raise PublisherError(_stop(templates, "documents are missing"))
    return documents


def render(request: bytes) -> bytes:
    """The documents of an encoded request, after every template was compiled; runs in the child."""
    seconds, largest, content = msgspec.msgpack.decode(request, type=tuple[int, int, bytes])
    templates, requests = _Values(BytesIO(content)).load()
    _begin_time(seconds)
    renderer = Renderer(templates, largest=largest, on_shortage=_lift_memory)
    try:
        renderer.compile_own()
        return msgspec.msgpack.encode([renderer.document(item) for item in requests])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _begin_time(seconds: int) -> None:
    """Let the template that runs when the time is over fail at its line."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooMuch(_exceeds(Limit.TIME, seconds))

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.5)


def _lift_memory() -> None:
    """Let this process have more memory, to say what went wrong."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _exceeds(limit: Limit, seconds: int) -> str:
    match limit:
        case Limit.TIME:
            return f"it takes more than {seconds} seconds"
        case Limit.MEMORY:
            return "it takes too much memory"
        case Limit.OUTPUT:
            return WRITES_TOO_MUCH


def _stop(templates: Sequence[Source], why: str) -> Diagnostic:
    """S-010 where it is not known which template is to blame: all of them are named."""
    first, *others = templates
    return Diagnostic(
        code="S-010",
        message=f"the template cannot be used: {why}",
        span=first.line_span(1),
        hint=_HINT,
        related=tuple(("or it is this one", source.line_span(1)) for source in others),
    )


def _without_files(request: DocumentRequest) -> DocumentRequest:
    """The request without the contents of PDFs, which no template prints."""
    values: Mapping[str, object] = {name: _without_file(value) for name, value in request.values.items()}
    return replace(request, values=values)


def _without_file(value: object) -> object:
    if isinstance(value, Section) and value.foreign is not None:
        return replace(value, foreign=replace(value.foreign, content=b""))
    return value
