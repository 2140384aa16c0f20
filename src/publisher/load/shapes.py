"""How values are written: dates, languages, addresses, names, digests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from publisher.load.findings import Findings
from publisher.load.kinds import At, Json, Placed, Shaped, Words
from publisher.load.tree import Node, Scalar


def _is_date(text: str) -> bool:
    """Whether the calendar has that day."""
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Digest:
    """A sha256 with its place, whatever is written there: it is compared with the file's."""

    def read(self, node: Node, *, findings: Findings) -> Placed | None:
        """Return the text as it is written; None after noting E-005 if there is a list or mapping."""
        if isinstance(node, Scalar):
            return Placed(node.text.strip() if node.plain else node.text, node.span)
        return At(Words()).read(node, findings=findings)

    def schema(self) -> dict[str, Json]:
        """Return the form of a sha256 as JSON Schema."""
        return {"type": "string", "pattern": "^(?:[0-9A-Fa-f]{64})$"}

    def blank(self) -> Placed:
        """Return no text at no place."""
        return Placed("")


WORDS = Words()
FILE = At(WORDS)
DAY = Shaped(what="a date", example="2026-11-24", pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", sound=_is_date)
PARTIAL_DATE = Shaped(
    what="a date, a month or a year", example="2022-01-29", pattern=r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", sound=_is_date
)
LANGUAGE_PATTERN = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}"
LANGUAGE = Shaped(what="a language tag (BCP 47)", example="en-GB", pattern=LANGUAGE_PATTERN)
URL = Shaped(what="a web address", example="https://www.example.org/article", pattern=r"https?://[^\s/]+(/\S*)?")
NAME = Shaped(what="a name of letters, digits and hyphens", example="editorial", pattern=r"[A-Za-z][A-Za-z0-9-]*")
IDENTIFIER = Shaped(
    what="an identifier",
    example="urn:isbn:9783161484100",
    pattern=r"urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:\S+|https?://\S+",
)
CODE = Shaped(what="the code of a warning", example="T-006", pattern=r"[A-Z]-[0-9]{3}")
FILE_OR_LINE = Shaped(
    what="a file, or a file and a line", example="notes/editorial.md:12", pattern=r"[^\s:][^:]*(:[1-9][0-9]*)?"
)
FILE_NAME = Shaped(
    what="a file name without extension", example="my-edition", pattern=r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
)
NO_PLACE = Placed("")
