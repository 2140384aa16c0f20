"""An executor that looks into a cache first.

Results are stored under the key that the function has for a value (`Remote.key`), as soon as they are there: a build
that was interrupted continues where it stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Protocol

import msgspec

from publisher.workers.executor import Done, Executor
from publisher.workers.remote import Given, Made, Remote


class Cache(Protocol):
    """Where results are stored."""

    def get(self, key: str) -> bytes | None:
        """Return what is stored under a key."""

    def put(self, key: str, content: bytes) -> None:
        """Store something under a key."""

    def drop(self, key: str) -> None:
        """Remove what is stored under a key."""


class CachedExecutor:
    """Calls functions for the values whose results are not in the cache, and stores what they return."""

    def __init__(self, executor: Executor, cache: Cache, *, origin: str = "") -> None:
        """`origin` names the executor, if its results are not to be used as those of this machine."""
        self._executor = executor
        self._cache = cache
        self._origin = origin
        self._used: set[str] = set()

    @property
    def count(self) -> int:
        """How many processes of this machine there are at most."""
        return self._executor.count

    def map(
        self, function: Remote[Given, Made], values: Sequence[Given], *, done: Done | None = None
    ) -> tuple[Made, ...]:
        """Return what a function makes of each value, from the cache if it is there."""
        if function.key is None:
            return self._executor.map(function, values, done=done)
        keys = [self._key(function.key(value)) for value in values]
        self._used.update(keys)
        results = dict[int, Made]()
        for index, value in enumerate(values):
            stored = self._store(function, keys[index], value)
            if stored is not None:
                results[index] = stored
                if done is not None:
                    done(index, stored)
        missing = [index for index in range(len(values)) if index not in results]

        def store(position: int, result: Made) -> None:
            index = missing[position]
            if function.is_final(result):
                self._cache.put(keys[index], msgspec.msgpack.encode(result))
            if done is not None:
                done(index, result)

        made = self._executor.map(function, [values[index] for index in missing], done=store)
        results.update(zip(missing, made, strict=True))
        return tuple(results[index] for index in range(len(values)))

    def forget(self) -> None:
        """Remove the results that were used from the cache: a volume that was made of them was not proved."""
        for key in self._used:
            self._cache.drop(key)
        self._used.clear()

    def _key(self, key: str) -> str:
        return sha256(f"{self._origin} {key}".encode()).hexdigest() if self._origin else key

    def _store(self, function: Remote[Given, Made], key: str, value: Given) -> Any | None:
        """Return the result for a value as it is stored; None if what is stored cannot be that."""
        content = self._cache.get(key)
        if content is None:
            return None
        try:
            result: Made = msgspec.msgpack.decode(content, type=function.made, dec_hook=function.hook)
        except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
            return None
        return result if function.fits(value, result) and function.is_final(result) else None
