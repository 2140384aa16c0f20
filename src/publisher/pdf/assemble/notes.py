"""Notes where they are read: each after the block that calls it, in the order of the calls."""

from __future__ import annotations

from itertools import takewhile

from publisher.pdf.assemble.structure import BLOCKS, HEADINGS, Node

_WHOLE = frozenset({"P", *HEADINGS})
"""Blocks that a note follows; in every other it is after the words that call it."""


def place_notes(document: Node) -> None:
    """Moves notes from the foot or the margin to the block of their call, labels them, makes calls References.

    Expects shaped lists. A note that the document itself has put elsewhere, in a list of notes, stays there.
    """
    parents = {child: node for node in document.walk() for child in node.nodes}
    notes = {f"#{node.origin.id}": node for node in document.walk() if node.kind == "Note" and node.origin}
    hosts: dict[Node, Node] = {}
    for node in tuple(document.walk()):
        if node.kind == "Note":
            _label(node)
        if node.kind == "Link" and node.origin and node.origin.is_call:
            note = notes.pop(node.origin.attributes["href"], None)
            host = _host_of(node, parents)
            if note and _is_at_call(note, node):
                parents[note].children.remove(note)
                parents[note] = _put_after(node, note, parents)
            elif note and host is not None and _is_beside(note, host):
                parents[note].children.remove(note)
                parents[note] = _put_behind(host, note, parents, hosts)
            _wrap(node, parents[node], parents)


def _is_at_call(note: Node, call: Node) -> bool:
    """Whether the document has a note next to its call, from where the layout takes it to the foot or the margin."""
    return bool(note.origin and call.origin and note.origin.parent is call.origin.parent)


def _host_of(call: Node, parents: dict[Node, Node]) -> Node | None:
    """The note in which a call is; None if it is in no note."""
    node: Node | None = call
    while node is not None and node.kind != "Note":
        node = parents.get(node)
    return node


def _is_beside(note: Node, host: Node) -> bool:
    """Whether the document has a note next to the one that calls it, both at the call of the first."""
    return bool(note.origin and host.origin and note.origin.parent is host.origin.parent)


def _put_behind(host: Node, note: Node, parents: dict[Node, Node], hosts: dict[Node, Node]) -> Node:
    """The node into which a note on another one was put: behind that one and the notes on it that are there."""
    around = parents[host]
    at = around.children.index(host) + 1
    while at < len(around.children) and _is_on(around.children[at], host, hosts):
        at += 1
    around.children.insert(at, note)
    hosts[note] = host
    return around


def _is_on(child: object, host: Node, hosts: dict[Node, Node]) -> bool:
    """Whether a child is a note on another one, or on one that is on it."""
    while isinstance(child, Node) and child in hosts:
        child = hosts[child]
        if child is host:
            return True
    return False


def _put_after(call: Node, note: Node, parents: dict[Node, Node]) -> Node:
    """The node into which the note was put: behind the block that holds the call."""
    inner, block = call, parents[call]
    while block.kind not in BLOCKS:
        inner, block = block, parents[block]
    if block.kind in _WHOLE:
        inner, block = block, parents[block]
        at = block.children.index(inner) + 1
    elif block.kind == "Lbl":
        block, at = _body_of(parents[block]), 0
    else:
        at = block.children.index(inner) + 1
        while at < len(block.children) and not _is_block(block.children[at]):
            at += 1
    while at < len(block.children) and _is_note(block.children[at]):
        at += 1
    block.children.insert(at, note)
    return block


def _body_of(entry: Node) -> Node:
    """The body of an entry of a list; made where it has none."""
    body = next((child for child in entry.nodes if child.kind == "LBody"), None)
    if body is None:
        body = Node(kind="LBody")
        entry.children.append(body)
    return body


def _is_block(child: object) -> bool:
    return isinstance(child, Node) and child.kind in BLOCKS


def _is_note(child: object) -> bool:
    return isinstance(child, Node) and child.kind == "Note"


def _wrap(call: Node, parent: Node, parents: dict[Node, Node]) -> None:
    """Puts a Reference around the call's link."""
    reference = Node(kind="Reference", children=[call])
    parent.children[parent.children.index(call)] = reference
    parents[call], parents[reference] = reference, parent


def _label(note: Node) -> None:
    """Puts the ways back, which are the note's marks, into a label: at the head of the note where they are there."""
    for block in (note, *note.nodes):
        for at, child in enumerate(block.children):
            if _leads_back(child):
                label = Node(kind="Lbl", children=list(takewhile(_leads_back, block.children[at:])))
                del block.children[at : at + len(label.children)]
                if at:
                    block.children.insert(at, label)
                    return
                note.children.insert(0, label)
                if not block.children:
                    note.children.remove(block)
                return


def _leads_back(child: object) -> bool:
    """Whether a child of a note is a way back to a call of it."""
    return isinstance(child, Node) and child.origin is not None and child.origin.role == "doc-backlink"
