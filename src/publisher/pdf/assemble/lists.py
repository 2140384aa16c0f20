"""Lists as readers of PDF know them: entries of label and body, with the kind of their numbers."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.pdf.assemble.structure import Link, Mark, Node

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
