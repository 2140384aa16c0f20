"""Where elements begin on their pages, for bookmarks and page references."""

from __future__ import annotations

from publisher.pdf.assemble.content import PageContent
from publisher.pdf.assemble.section_pdf import Spot
from publisher.pdf.assemble.structure import Node

_PIXEL = 0.75
_ABOVE = 16.0
"""Points above the first line, so that it is seen whole."""


def spots(document: Node, contents: tuple[PageContent, ...]) -> dict[str, Spot]:
    """Where each element with an id begins: its first sequence."""
    found: dict[str, Spot] = {}
    for node in document.walk():
        id_ = node.origin.id if node.origin else None
        mark = next(node.marks(), None) if id_ and id_ not in found else None
        if id_ and mark:
            found[id_] = Spot(page=mark.page, top=_top(contents[mark.page], mark.mcid))
    return found


def _top(content: PageContent, mcid: int) -> float | None:
    """The height of a line; None where the sequence is no text."""
    sequence = content.sequences.get(mcid)
    at = sequence.at if sequence else None
    return None if at is None else round(content.height - at[1] * _PIXEL + _ABOVE, 2)
