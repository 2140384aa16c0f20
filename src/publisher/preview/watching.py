"""Changes below folders, as they happen; a folder that is deleted, moved or put back is one of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import suppress
from functools import partial
from pathlib import Path

from watchfiles import Change, awatch

QUIET = 40
"""Milliseconds without a change after which changes are reported."""
MOST = 200
"""Milliseconds after which changes are reported although more come."""
LOOK = 1000
"""Milliseconds between two looks at whether the folders are the same."""
_PASSED = frozenset({"output", "node_modules", "__pycache__"})
_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".partial", ".part")


def is_source(path: str, roots: Collection[Path], *, apart: Collection[Path] = ()) -> bool:
    """Return whether a path below one of the roots can be a file that an editor wrote: hidden names are not."""
    own = Path(path)
    if any(own.is_relative_to(item) for item in apart):
        return False
    root = next((item for item in roots if own.is_relative_to(item)), None)
    parts = own.relative_to(root).parts if root else own.parts[-1:]
    if any(part.startswith((".", "#")) or part in _PASSED for part in parts):
        return False
    return not own.name.endswith(_ENDINGS) and own.name != "4913"


def identity(path: Path) -> tuple[int, int] | None:
    """Return what distinguishes a folder from another of its name; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


async def changes(
    roots: Callable[[], frozenset[Path]], stop: asyncio.Event, *, apart: Collection[Path] = ()
) -> AsyncIterator[frozenset[str]]:
    """Yield the paths that changed; none of them if a folder has gone or come back, or others are to be watched.

    Ends with `stop`. If the system refuses to report changes (too many folders), the folders are read again
    and again.
    """
    polling = False
    while not stop.is_set():
        watched = roots()
        there = {root: identity(root) for root in watched}
        existing = [root for root, known in there.items() if known is not None]
        if not existing:
            await _pause(stop, 0.3)
            if any(identity(root) for root in watched):
                yield frozenset()
            continue
        try:
            async for found in awatch(
                *existing,
                watch_filter=partial(_is_filtered, roots=watched, apart=apart),
                debounce=MOST,
                step=QUIET,
                stop_event=stop,
                rust_timeout=LOOK,
                yield_on_timeout=True,
                force_polling=polling or None,
                poll_delay_ms=300,
                recursive=True,
                ignore_permission_denied=True,
            ):
                if found:
                    yield frozenset(path for _, path in found)
                if roots() != watched or any(identity(root) != known for root, known in there.items()):
                    yield frozenset()
                    break
        except FileNotFoundError:
            yield frozenset()
            await _pause(stop, 0.3)
        except OSError:
            polling = True  # inotify(7): no more watches


def _is_filtered(_: Change, path: str, *, roots: Collection[Path], apart: Collection[Path]) -> bool:
    return is_source(path, roots, apart=apart)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
