"""What holds for a section where no style sheet says otherwise."""

from __future__ import annotations

from publisher.model.rendition import Side

_NOTES = "@page { @footnote { max-height: 80% } }"
"""How much of a page its notes take at most, where they don't have it for themselves; what is more runs on."""


def defaults(*, hyphen: str, side: Side) -> str:
    """A style sheet to go before those of the house: the hyphen at line ends, the side of the first page."""
    begins = "verso" if side is Side.LEFT else "recto"
    return f'{_NOTES} html {{ hyphenate-character: "{hyphen}"; break-before: {begins} }}'
