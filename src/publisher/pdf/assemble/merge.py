"""The tree that the layout wrote, with everything that page ends have split made whole again."""

from __future__ import annotations

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.pdf.assemble.origin import Origin
from publisher.pdf.assemble.structure import Link, Mark, Node
from publisher.pdf.assemble.structure_types import kind

SEQUENCE = "/PublisherElement"
TAG = "/PublisherTag"
_OWN_TEXT = frozenset({"", "first-letter", "first-line"})
"""Parts of an element that hold its own words, whatever the style sheet does with them."""
_REPEATED = frozenset({"THead", "TFoot"})
CLASS = "/PublisherClass"
ONCE = "once"
"""The class of a head that the layout does not repeat: what is on another page continues from the page before."""


@dataclass(kw_only=True)
class _Merger:
    """The nodes made so far."""

    origins: tuple[Origin, ...]
    numbers: dict[Origin, int]
    pages: dict[tuple[int, int], int]
    """Object number of a page, and its index."""
    nodes: dict[tuple[int, str], Node] = field(default_factory=dict)
    seen: dict[Node, int] = field(default_factory=dict)
    """Heads and feet of tables with the page on which each was first met."""

    def take(self, element: pikepdf.Object, target: Node, *, link: Node | None, key: tuple[int, str] | None) -> None:
        """Puts what an element of the tree holds into a node."""
        for child in element.get("/K", Array()):
            if isinstance(child, int):
                target.children.append(Mark(page=self.pages[element.Pg.objgen], mcid=child))
            elif child.get("/Type") == Name.OBJR:
                bearer = link or target
                bearer.children.append(Link(page=self.pages[child.Pg.objgen], annotation=child.Obj))
            else:
                self.place(child, target, link=link, key=key)

    def place(self, element: pikepdf.Object, target: Node, *, link: Node | None, key: tuple[int, str] | None) -> None:
        """Puts an element into the node that it belongs to: a new one, an earlier part's, or the one around it."""
        own = _key(element)
        if own is None or own == key:
            self.take(element, target, link=link, key=key)
            return
        node = self.nodes.get(own)
        if node is None:
            node = self.nodes[own] = self.made(own, element)
            self.home(node, target).children.append(node)
        elif self.repeats(node, element):
            return
        if node.kind in _REPEATED and ONCE not in str(element.get(CLASS, "")).split():
            self.seen.setdefault(node, self.pages[element.Pg.objgen])
        self.take(element, node, link=node if node.kind == "Link" else link, key=own)

    def made(self, key: tuple[int, str], element: pikepdf.Object) -> Node:
        """A node for an element that was not met before."""
        origin = self.origins[key[0]]
        node = Node(kind=kind(origin, key[1]), origin=origin, pseudo=key[1])
        box = element.get("/A", Dictionary()).get("/BBox") if isinstance(element.get("/A"), Dictionary) else None
        if box is not None:
            left, top, right, bottom = (float(edge) for edge in box)
            node.box = (left, top, right, bottom)
        return node

    def home(self, node: Node, target: Node) -> Node:
        """What a new node goes into: a list within an entry, which the layout puts next to it, into the entry."""
        parent = node.origin.parent if node.origin else None
        if node.kind == "L" and parent and parent.tag == "li":
            return self.nodes.get((self.numbers[parent], ""), target)
        return target

    def repeats(self, node: Node, element: pikepdf.Object) -> bool:
        """Whether an element is the head or foot of a table once more on another page."""
        return node in self.seen and self.seen[node] != self.pages[element.Pg.objgen]


def merge(pdf: pikepdf.Pdf, origins: tuple[Origin, ...]) -> Node:
    """The Document node with one node for each element that has content, in the order of first parts.

    What the tree leaves out, running heads and repeated heads of tables, is in no node.
    """
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    document = Node(kind="Document", origin=origins[0])
    numbers = {origin: number for number, origin in enumerate(origins)}
    merger = _Merger(origins=origins, numbers=numbers, pages=pages)
    merger.take(pdf.Root.StructTreeRoot.K[0], document, link=None, key=None)
    _prune(document)
    return document


def _key(element: pikepdf.Object) -> tuple[int, str] | None:
    """Number of the element of the document and the part of it that a style sheet made; None where it has none."""
    if SEQUENCE not in element:
        return None
    pseudo = str(element.get(TAG, "")).partition("::")[2]
    return int(element[SEQUENCE]), "" if pseudo in _OWN_TEXT else pseudo


def _prune(node: Node) -> None:
    """Takes away what is empty; a cell of a table stays."""
    for child in node.nodes:
        _prune(child)
    node.children = [
        child for child in node.children if not isinstance(child, Node) or child.children or child.kind in ("TD", "TH")
    ]
