"""What POSIX systems have and Windows lacks: locks (flock(2)), limits (setrlimit(2)), flags of open(2).

The package can be imported without them. A lock that a system does not have is refused as on a file system without
locks; a function that needs limits raises `AttributeError`, since it must not run without.
"""

from __future__ import annotations

import errno
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import resource
else:
    try:
        import resource
    except ImportError:
        resource = None

__all__ = ["DIRECTORY", "NOT_INHERITED", "NO_LINK", "NO_WAITING", "lock", "resource"]

DIRECTORY = getattr(os, "O_DIRECTORY", 0)
"""Open folders only."""
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""Follow no symbolic link."""
NOT_INHERITED = getattr(os, "O_CLOEXEC", 0)
"""Close the descriptor in programs that are started."""
NO_WAITING = getattr(os, "O_NONBLOCK", 0)
"""Do not wait for the other end of a pipe."""


def lock(descriptor: int, *, wait: bool) -> None:
    """Lock an open file or folder for as long as its descriptor is open.

    Raises `BlockingIOError` if another process holds the lock and is not to be waited for, and `OSError` (ENOTSUP) if
    the file system or the operating system has no such locks.
    """
    module = _fcntl()
    if module is None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    module.flock(descriptor, module.LOCK_EX | (0 if wait else module.LOCK_NB))


def _fcntl() -> Any:
    """The module of the standard library; None on Windows, which has none."""
    try:
        return import_module("fcntl")
    except ImportError:
        return None
