"""Texts as they were recorded, in the user's cache folder, so that a later change of one can be shown word by word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publisher import scaffold
from publisher.cache.folder import cache_problem
from publisher.cache.store import user_texts
from publisher.workspace.session import current_session


def earlier(digest: str) -> bytes | None:
    """Return the bytes of the text with a sha256: from the store, or the text that `publisher init` writes."""
    stored = None if cache_problem() is not None else user_texts().get(digest)
    known = (*((stored,) if stored is not None else ()), *(content for _, content in scaffold.contents()))
    return next((content for content in known if hashlib.sha256(content).hexdigest() == digest), None)


@contextmanager
def texts_stored(edition: Path) -> Iterator[None]:
    """Store the texts that the block reads and finds as they were recorded, whether or not it raises.

    Nothing is stored if the cache folder is not safe, or lies in the folder of the edition.
    """
    try:
        yield
    finally:
        store(current_session().texts, edition=edition)


def store(texts: dict[str, bytes], *, edition: Path) -> None:
    """Store texts by their sha256; do nothing for those that are stored, or if the cache folder is not safe."""
    if not texts or cache_problem(edition) is not None:
        return
    stored = user_texts()
    new = {digest: content for digest, content in texts.items() if stored.get(digest) is None}
    for digest, content in new.items():
        stored.put(digest, content)
    if new:
        stored.evict()
