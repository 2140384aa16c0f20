"""What holds for a section where no style sheet says otherwise."""

from __future__ import annotations

from publisher.model.rendition import Side


def defaults(*, hyphen: str, side: Side) -> str:
    """A style sheet to go before the built-in ones: the hyphen at line ends, the side of the first page."""
    begins = "verso" if side is Side.LEFT else "recto"
    return f'html {{ hyphenate-character: "{hyphen}"; break-before: {begins} }}'
