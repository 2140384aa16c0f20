"""Printed contents as a TOC: entries that refer, with their folios, and those below them."""

from __future__ import annotations

from publisher.pdf.assemble.structure import Link, Mark, Node


def shape_contents(document: Node) -> None:
    """Turns the lists inside `nav role=doc-toc` into TOC and TOCI; expects shaped lists."""
    for node in tuple(document.walk()):
        if node.kind == "TOC" and node.origin and node.origin.role == "doc-toc":
            node.children = [entry for child in node.nodes for entry in _entries(child)]


def _entries(node: Node) -> list[Node | Mark | Link]:
    """The entries of a list; anything else as it is."""
    if node.kind != "L":
        return [node]
    return [_entry(child) for child in node.nodes if child.kind == "LI"]


def _entry(entry: Node) -> Node:
    """An entry: a Reference of link and folio, then the contents below it."""
    parts = [part for child in entry.nodes for part in (child.children if child.kind == "LBody" else (child,))]
    line = [part for part in parts if not (isinstance(part, Node) and part.kind == "L")]
    below = [
        Node(kind="TOC", origin=part.origin, children=[*_entries(part)])
        for part in parts
        if isinstance(part, Node) and part.kind == "L"
    ]
    reference = Node(kind="Reference", children=[*line])
    return Node(kind="TOCI", origin=entry.origin, children=[*([reference] if line else []), *below])
