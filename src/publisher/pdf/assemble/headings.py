"""Heading levels without gaps (ISO 14289-1, 7.4.2)."""

from __future__ import annotations

from publisher.pdf.assemble.structure import HEADINGS, Node


def close_gaps(document: Node) -> None:
    """Makes each heading at most one level deeper than the one before it; the first is of level 1."""
    before = 0
    for node in document.walk():
        if node.kind in HEADINGS:
            before = min(HEADINGS.index(node.kind), before) + 1
            node.kind = HEADINGS[before - 1]
