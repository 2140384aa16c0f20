"""A port of this computer, a token, and the user's browser."""

from __future__ import annotations

import errno
import os
import secrets
import socket
import sys
import webbrowser

from publisher.workspace.errors import files_error

Socket = socket.socket
"""A socket."""


def listen(port: int) -> Socket:
    """Return a socket that listens on 127.0.0.1, for port 0 on a free one. Raises `PublisherError` (H-001)."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen(64)
    except OSError as error:
        listening.close()
        taken = error.errno == errno.EADDRINUSE
        reason = "another program uses it" if taken else error.strerror or str(error)
        hint = "leave --port out: then a free port is chosen" if taken or port < 1024 else "name another port"
        raise files_error("H-001", f"port {port} cannot be used: {reason}", hint=hint) from error
    return listening


def new_token() -> str:
    """Return a token that cannot be guessed."""
    return secrets.token_urlsafe(32)


def open_browser(address: str) -> bool:
    """Open an address in the user's browser; False if there is none that shows windows.

    A browser that would take over the terminal, such as lynx, is not opened.
    """
    shown = sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if not shown and not os.environ.get("BROWSER") and not os.environ.get("WSL_DISTRO_NAME"):
        return False
    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False
