"""The signals that end a preview."""

from __future__ import annotations

import asyncio
import signal

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C, the end that the system asks for, and a terminal that is closed."""


def on_signals(stop: asyncio.Event) -> None:
    """Let each signal that ends a program set `stop`."""
    loop = asyncio.get_running_loop()
    for item in SIGNALS:
        loop.add_signal_handler(item, stop.set)
