"""A document of review read in a child process with limits, since another person may have written it."""

from __future__ import annotations

import json

import msgspec

from publisher.importers.failures import damage_error, too_much
from publisher.review.reading import Review, read_review
from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits, run_limited

SECONDS = 60
"""Seconds of CPU that reading may take."""
MEMORY = 2 << 30
OUTPUT = 256 << 20
_FUNCTION = "publisher.review.limited:answer"


def review_in(content: bytes, title: str) -> Review:
    """The document in a DOCX. Raises `PublisherError`: W-001 to W-004."""
    request = json.dumps(title).encode() + b"\n" + content
    try:
        found = run_limited(_FUNCTION, request, limits=Limits(seconds=SECONDS, memory=MEMORY, output=OUTPUT))
    except LimitExceeded as error:
        what = "reading it takes too much time" if error.limit is Limit.TIME else "it takes too much memory"
        raise too_much(title, what) from error
    except ChildFailed as error:
        raise damage_error(title, f"it cannot be read ({error.message[:200]})") from error
    return msgspec.msgpack.decode(found, type=Review)


def answer(request: bytes) -> bytes:
    """The review in a document; both as bytes."""
    title, _, content = request.partition(b"\n")
    return msgspec.msgpack.encode(read_review(content, json.loads(title)))
