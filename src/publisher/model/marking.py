"""What a PDF that is no volume says of how it was made: sheets, a cover, a copy with findings.

It is private data of a program in the catalog, which viewers pass over: ISO 32000-1, 14.5 Page-piece dictionaries.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from publisher import __version__

KEY = "publisher"
"""The name of the private data."""
LONGEST = 10_000
"""A longer text is none that was written here."""
_DATE = "D:19800101000000Z"
"""The catalog has to say when the data were changed; the files have no clock, so it is always the same moment."""


class Made(StrEnum):
    """What a file is that is no volume."""

    SHEETS = "sheets"
    COVER = "cover"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What a file says of how it was made."""

    made: Made
    program: str = f"publisher {__version__}"
    source: str | None = None
    """The SHA-256 of the file that it was made from."""
    order: dict[str, Any] = field(default_factory=dict)
    """What was asked for: words, numbers and truth values by name."""

    def piece_info(self) -> str:
        """The value of /PieceInfo in the catalog, as PDF syntax."""
        value = {"made": self.made, "program": self.program, "source": self.source, "order": self.order}
        text = json.dumps(value, sort_keys=True).encode("ascii").hex()
        return f"<</{KEY} <</LastModified ({_DATE}) /Private <{text}>>>>>"


def read_marking(private: bytes) -> Marking | None:
    """The marking in the private data of a file; None if it is none."""
    if len(private) > LONGEST:
        return None
    try:
        value = json.loads(private)
        program, source, order = value["program"], value["source"], value["order"]
        simple = all(isinstance(item, str | int | float | None) for item in order.values())
        if not (isinstance(program, str) and isinstance(source, str | None) and simple):
            return None
        return Marking(made=Made(value["made"]), program=program, source=source, order=dict(order))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
