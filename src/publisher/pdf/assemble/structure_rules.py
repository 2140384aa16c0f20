"""Lists, printed contents and heading levels with the structure types that PDF gives to them (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.pdf.assemble.structure import HEADINGS, Link, Mark, Node

_NUMBERS = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
"""HTML's `type` and ListNumbering (ISO 32000-1, 14.8.5.5)."""


def shape_lists(document: Node) -> None:
    """Gives every list its entries, each of `Lbl` and `LBody`, and its ListNumbering."""
    for node in tuple(document.walk()):
        if node.kind != "L" or node.origin is None:
            continue
        if node.origin.tag == "dl":
            node.children = [*_definitions(node.children)]
            node.numbering = "None"
        else:
            labelled = [_shape_entry(entry) for entry in node.nodes if entry.kind == "LI"]
            node.numbering = _numbering(node) if any(labelled) else "None"


def _shape_entry(entry: Node) -> bool:
    """Puts the entry's marker into its label and the rest into its body; whether it has a marker."""
    labels = [child for child in entry.nodes if child.pseudo == "marker"]
    rest = [child for child in entry.children if child not in labels]
    body = Node(kind="LBody", children=rest)
    entry.children = [*labels, body] if rest else [*labels]
    return bool(labels)


def _definitions(children: Iterable[Node | Mark | Link]) -> Iterable[Node]:
    """Entries of terms and what is said of them: a term after a definition begins a new one."""
    entry: Node | None = None
    for child in children:
        if not isinstance(child, Node):
            continue
        begun = entry is not None and any(part.kind == "LBody" for part in entry.nodes)
        if entry is None or (child.kind == "Lbl" and begun):
            if entry:
                yield entry
            entry = Node(kind="LI")
        _add(entry, child)
    if entry:
        yield entry


def _add(entry: Node, part: Node) -> None:
    """Puts a term into the entry, or a definition into its body; several stay apart there."""
    if part.kind != "LBody":
        entry.children.append(part)
        return
    body = next((child for child in entry.nodes if child.kind == "LBody"), None)
    if body is None:
        body = Node(kind="LBody")
        entry.children.append(body)
    part.kind = "Div"
    body.children.append(part)


def _numbering(node: Node) -> str:
    origin = node.origin
    if origin is None or origin.tag == "ul":
        return "Disc"
    return _NUMBERS.get(origin.attributes.get("type", ""), "Decimal")


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


def close_gaps(document: Node) -> None:
    """Makes each heading at most one level deeper than the one before it; the first is of level 1."""
    before = 0
    for node in document.walk():
        if node.kind in HEADINGS:
            before = min(HEADINGS.index(node.kind), before) + 1
            node.kind = HEADINGS[before - 1]
