"""Anyone who is informed how far a build is."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know how far a build is."""

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Surrounds a stage; the name is shown to people."""


class NoProgress:
    """No one."""

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Surrounds a stage with nothing."""
        return nullcontext()


NO_PROGRESS = NoProgress()
