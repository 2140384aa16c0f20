"""The server of a preview: it listens on this computer alone, and ends with everything that it started."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from publisher.preview.app import application
from publisher.preview.guard import Access
from publisher.preview.hosting import Hosts
from publisher.preview.session import Session
from publisher.preview.signals import on_signals
from publisher.workspace.listening import Socket


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What is to be previewed, and where."""

    root: Path
    where: str
    """The folder in which the command was run."""
    scratch: Path
    listening: Socket
    token: str
    request: Mapping[str, Any]

    @property
    def access(self) -> Access:
        """The address and its token."""
        return Access(port=self.listening.getsockname()[1], token=self.token)


def serve(preview: Preview, *, opened: Callable[[str], None]) -> None:
    """Serve until a signal comes; `opened` is called with the address when the server listens."""
    asyncio.run(_serve(preview, opened))


async def _serve(preview: Preview, opened: Callable[[str], None]) -> None:
    hosts = Hosts(where=preview.where, scratch=preview.scratch)
    session = Session(preview.root, request=preview.request, hosts=hosts)
    config = uvicorn.Config(
        application(session, hosts, preview.access),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=64 * 1024,
    )
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    server = _Server(config)
    on_signals(session.stop)
    following = asyncio.create_task(session.run())
    answering = asyncio.create_task(server.serve(sockets=[preview.listening]))
    await asyncio.to_thread(opened, preview.access.address)
    try:
        await asyncio.wait([following, answering], return_when=asyncio.FIRST_COMPLETED)
    finally:
        session.stop.set()
        server.should_exit = True
        await asyncio.gather(following, answering)


class _Server(uvicorn.Server):
    """A server that leaves signals to the preview."""

    def capture_signals(self) -> Any:
        """Capture none."""
        return nullcontext()
