"""How far a build is: nothing in a pipe, a line for each finished stage elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TextIO

from publisher.workspace import seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalProgress:
    """Prints each stage with the time that it took; on a terminal a turning mark shows the one under way."""

    stream: TextIO
    live: bool
    """Whether the stream is a terminal on which lines can be redrawn."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times the block; prints its line only where it ends well."""
        begin = seconds()
        with self._waiting(name) if self.live else nullcontext():
            yield
        self.stream.write(f"{seconds() - begin:7.2f} s  {name}\n")
        self.stream.flush()

    @contextmanager
    def _waiting(self, name: str) -> Iterator[None]:
        from publisher.diagnostics.report.terminal import waiting

        with waiting(f"{name} …", stream=self.stream):
            yield
