"""The structure tree as it is worked on: nodes, marks of content, annotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from publisher.pdf.assemble.origin import Origin

GROUPING = frozenset(
    (
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "TOC", "TOCI", "L", "LI", "Lbl", "LBody"),
        *("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD", "Note", "Caption"),
    )
)
"""Types that hold blocks (ISO 32000-1, 14.8.4.2 and following)."""
HEADINGS = tuple(f"H{level}" for level in range(1, 7))
BLOCKS = GROUPING | {"P", "Figure", *HEADINGS}
"""Types that are never part of a line; a label in a line is asked for separately."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A marked-content sequence of a page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link annotation."""

    page: int
    annotation: pikepdf.Object


@dataclass(slots=True, kw_only=True, eq=False)
class Node:
    """One structure element; the passes change its kind and its children."""

    kind: str
    """Its structure type."""
    origin: Origin | None = None
    pseudo: str = ""
    """`before`, `after`, `marker` where the content is the style sheet's and not the document's."""
    children: list[Node | Mark | Link] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    """Of a figure: left, top, right and bottom in CSS pixels from the top left of its page."""
    numbering: str | None = None
    """Of a list: `Decimal`, `Disc`, `None`."""

    @property
    def nodes(self) -> Iterator[Node]:
        """The children that are nodes."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        """The node and everything below it, in reading order."""
        yield self
        for child in self.nodes:
            yield from child.walk()

    def marks(self) -> Iterator[Mark]:
        """The content of the node and of everything below it, in reading order."""
        for child in self.children:
            if isinstance(child, Mark):
                yield child
            elif isinstance(child, Node):
                yield from child.marks()
