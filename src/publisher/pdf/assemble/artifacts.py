"""What is on a page and not in the text: running heads, folios, repeated heads of tables."""

from __future__ import annotations

from collections.abc import Set

from publisher.pdf.assemble.content import PageContent, Sequence
from publisher.pdf.assemble.instructions import Instruction
from publisher.pdf.assemble.structure import Mark

_PIXEL = 0.75
"""Points in a CSS pixel, the unit of the content."""


def mark_artifacts(contents: tuple[PageContent, ...], kept: Set[Mark]) -> None:
    """Turns every sequence that no node holds into a pagination artifact (ISO 32000-1, 14.8.2.2)."""
    for content in contents:
        for sequence in content.sequences.values():
            if Mark(page=content.index, mcid=sequence.mcid) not in kept:
                content.instructions[sequence.begin] = Instruction("BDC", _properties(content, sequence))


def _properties(content: PageContent, sequence: Sequence) -> bytes:
    """Header or footer by the half of the page that it is in; neither where it shows no text."""
    if sequence.at is None:
        return b"/Artifact <</Type /Pagination>>"
    high = sequence.at[1] * _PIXEL < content.height / 2
    side = b"/Header /Attached [/Top]" if high else b"/Footer /Attached [/Bottom]"
    return b"/Artifact <</Type /Pagination /Subtype %b>>" % side
