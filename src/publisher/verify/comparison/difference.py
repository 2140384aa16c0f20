"""What a comparison finds: one difference between a file as it should be and as it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from publisher.diagnostics import Diagnostic

LONGEST = 160
"""How many characters of a text are shown."""


class Kind(StrEnum):
    """What a difference is about."""

    CONTAINER = "container"
    """The ZIP archive of an EPUB: its members and their headers."""
    WORDS = "words"
    """What can be read."""
    DRAWING = "drawing"
    """What can be seen."""
    LINK = "link"
    """Links, bookmarks and destinations."""
    SPOKEN = "spoken"
    """Structure, languages and alternatives: what assistive technology presents."""
    METADATA = "metadata"
    """What the file says of itself: catalogue data, claims, page labels, viewer preferences."""
    ACTION = "action"
    """Scripts, actions, forms, attached files."""
    RESOURCE = "resource"
    """Style sheets, typefaces, pictures, colour profiles."""
    OBJECT = "object"
    """Any other part of the file."""
    AMBIGUOUS = "ambiguous"
    """Two programs can read the file in two ways."""
    LIMIT = "limit"
    """The file needs more than may be used to read it."""
    UNREADABLE = "unreadable"
    """It cannot be read in its format at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference."""

    kind: Kind
    place: str
    """Where: `page 12`, `EPUB/text.xhtml, line 20`, `bookmark “Notes”`; empty for the whole file."""
    message: str
    """What differs, in a sentence without a full stop."""
    expected: str | None = None
    """The words or the value that should be there."""
    found: str | None = None
    """The words or the value that is there."""
    picture: bytes | None = None
    """A PNG of both, side by side: what is expected at the left, what is there at the right."""

    def described(self) -> str:
        """The difference in one sentence, with both sides if there are any."""
        sides = [
            f"{label} {_quote(text)}"
            for label, text in (("expected", self.expected), ("found", self.found))
            if text is not None
        ]
        return f"{self.message}: {', '.join(sides)}" if sides else self.message


def diagnostic(difference: Difference, *, artifact: str) -> Diagnostic:
    """The error that reports a difference in a file."""
    place = f"{artifact}, {difference.place}" if difference.place else artifact
    code, hint = _code(difference.kind)
    return Diagnostic(code=code, message=f"{place}: {difference.described()}", hint=hint)


def _code(kind: Kind) -> tuple[str, str]:
    """The code of a kind, and what to do."""
    again = "build the edition again; if the file came from elsewhere, do not rely on it"
    match kind:
        case Kind.CONTAINER:
            return "V-040", again
        case Kind.WORDS:
            return "V-041", again
        case Kind.DRAWING:
            return "V-042", again
        case Kind.LINK:
            return "V-043", again
        case Kind.SPOKEN:
            return "V-044", again
        case Kind.METADATA:
            return "V-045", again
        case Kind.ACTION:
            return "V-046", "do not open the file; build the edition again"
        case Kind.RESOURCE:
            return "V-047", again
        case Kind.OBJECT:
            return "V-048", again
        case Kind.AMBIGUOUS:
            return "V-049", "programs may show different contents; build the edition again"
        case Kind.LIMIT:
            return "V-050", "do not open the file; build the edition again"
        case Kind.UNREADABLE:
            return "V-051", again


def _quote(text: str) -> str:
    shown = " ".join(text.split())
    return f"“{shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + '…'}”"
