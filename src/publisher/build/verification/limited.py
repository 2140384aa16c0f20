"""What is read of other people' files, in a child process with limits on time and memory."""

from __future__ import annotations

import msgspec

from publisher.model.target import Format
from publisher.verify.comparison import Difference, Kind, compare
from publisher.verify.comparison.statements import Statements, statements
from publisher.workers.limited import ChildFailed, LimitExceeded, Limits, run_limited

MEMORY = 1 << 30
"""Bytes for the comparison of two files."""
SECONDS = 10
"""Seconds of CPU; for each `SIZE` bytes that are expected there is one more."""
SIZE = 25_000
OUTPUT = 64 * 1024 * 1024
"""Bytes of what was found, with its pictures."""
_HERE = "publisher.build.verification.limited"


class _Question(msgspec.Struct):
    """Two files to compare."""

    expected: bytes
    found: bytes
    kind: str
    drawn: bool


def compare_limited(expected: bytes, found: bytes, kind: Format, *, drawn: bool = True) -> tuple[Difference, ...]:
    """Where a file differs from the one that it should be; as `compare`, within limits."""
    if expected == found:
        return ()
    request = msgspec.msgpack.encode(_Question(expected, found, kind.value, drawn))
    limits = Limits(seconds=SECONDS + len(expected) // SIZE, memory=MEMORY, output=OUTPUT)
    try:
        answer = run_limited(f"{_HERE}:answer_comparison", request, limits=limits)
    except LimitExceeded as error:
        return (Difference(kind=Kind.LIMIT, place="", message=f"reading it takes too much {error.limit}"),)
    except ChildFailed as error:
        return (Difference(kind=Kind.UNREADABLE, place="", message=f"reading it fails: {error.message}"),)
    return msgspec.msgpack.decode(answer, type=tuple[Difference, ...])


def told_by(contents: tuple[tuple[bytes, Format], ...]) -> tuple[Statements, ...]:
    """What files say of themselves; nothing of one that cannot be read within limits."""
    return tuple(_statements(content, kind) for content, kind in contents)


def _statements(content: bytes, kind: Format) -> Statements:
    request = msgspec.msgpack.encode((content, kind.value))
    try:
        answer = run_limited(f"{_HERE}:answer_told", request, limits=Limits(seconds=10, memory=MEMORY, output=1 << 20))
    except (LimitExceeded, ChildFailed):
        return Statements()
    return msgspec.msgpack.decode(answer, type=Statements)


def answer_comparison(request: bytes) -> bytes:
    """The differences of two files, in the child."""
    asked = msgspec.msgpack.decode(request, type=_Question)
    return msgspec.msgpack.encode(compare(asked.expected, asked.found, Format(asked.kind), drawn=asked.drawn))


def answer_told(request: bytes) -> bytes:
    """What a file says of itself, in the child."""
    content, kind = msgspec.msgpack.decode(request, type=tuple[bytes, str])
    return msgspec.msgpack.encode(statements(content, Format(kind)))
