"""Ids of a source as an edition can have them: valid, free of the names that books use themselves, each one once."""

from __future__ import annotations

import re
from collections.abc import Collection

from publisher.model.publication import Role

_NAME = re.compile(r"[^\W\d][\w.-]*")
_TAKEN = re.compile(rf"(?:{'|'.join(Role)})(?:-title)?|p\d+|(?:text|page|note|call\d*|agreement|ref)-.*|cover-page")


def edition_id(wanted: str, taken: Collection[str], *, otherwise: str) -> str:
    """The id, changed as little as it must be; `otherwise` is added if another one has it."""
    wanted = re.sub(r"[^\w.-]+", "-", wanted)
    if not _NAME.fullmatch(wanted) or _TAKEN.fullmatch(wanted):
        wanted = f"at-{wanted}"
    if wanted in taken:
        wanted = f"{wanted}-{re.sub(r'[^A-Za-z0-9_.-]+', '-', otherwise)}"
    while wanted in taken:
        wanted += "-2"
    return wanted
