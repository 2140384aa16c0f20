"""Messages between a build and the process that speaks to a cluster: segments in pipes (`frames`)."""

from __future__ import annotations

REQUEST = 6
"""Segments of a request.

Its number, the reference and the fingerprint of the function, the digest of the common part of arguments, that part
unless it was sent last, the rest.
"""
MESSAGE = 3
"""Segments of a message to the build: kind, number of the request, content."""
CONNECTED = b"c"
REFUSED = b"x"
"""The scheduler can't be used; says why."""
ANSWER = b"a"
FAILED = b"f"
"""A request has no answer; says why."""
LOST = b"l"
"""The cluster is gone; says why."""
