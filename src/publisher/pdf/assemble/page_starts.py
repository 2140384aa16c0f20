"""The word at which each page begins, for the page list of the EPUB."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.model.rendition import PageStart
from publisher.pdf.assemble.origin import Origin
from publisher.pdf.assemble.section_pdf import Start
from publisher.pdf.assemble.structure import Mark, Node
from publisher.pdf.assemble.words import Words

_ADDED = frozenset({"paragraph-number", "line-number", "cited-lemma", "page-reference", "address", "rt"})
"""Classes of what only paper has."""
_LISTED = "listed"
"""Class of the notes that are in a section of notes: there they are the main text."""


@dataclass(kw_only=True)
class _Walk:
    """What a walk through the text in reading order has seen."""

    words: Words
    before: dict[str, int] = field(default_factory=dict)
    """Characters of each element so far."""
    first_words: dict[int, Start] = field(default_factory=dict)
    """Where the first main-flow text or picture of a page is."""
    first_marks: dict[int, Start] = field(default_factory=dict)
    """Where the first content is that is no text of the document: a call, a number in the margin."""
    calls: dict[str, Start] = field(default_factory=dict)
    """The call of each note."""
    noted: dict[int, str] = field(default_factory=dict)
    """The first note on each page."""

    def visit(self, node: Node, ids: tuple[str, ...], note: str | None) -> None:
        """Goes through a node; `ids` are those of the elements around it, the innermost last."""
        origin = node.origin
        if origin and origin.is_note and _LISTED not in origin.classes:
            note = origin.id
        if origin and origin.is_call and note is None and origin.id:
            self.calls.setdefault(origin.attributes.get("href", "#")[1:], Start(element_id=origin.id, offset=0))
        if origin and note is None and not node.pseudo and counts(origin):
            ids = (*ids, origin.id) if origin.id and origin.id not in ids else ids
        for child in node.children:
            if isinstance(child, Node):
                self.visit(child, ids, note)
            elif isinstance(child, Mark):
                self.meet(child, node, ids, note)

    def meet(self, mark: Mark, node: Node, ids: tuple[str, ...], note: str | None) -> None:
        """Takes account of a sequence."""
        if note is not None:
            self.noted.setdefault(mark.page, note)
            return
        if not ids:
            return
        count = 0 if is_aside(node) else self.words.counts.get(mark, 0)
        begins = count or (node.origin is not None and node.origin.tag == "img")
        (self.first_words if begins else self.first_marks).setdefault(mark.page, self.place(ids))
        for text in ids:
            self.before[text] = self.before.get(text, 0) + count

    def place(self, ids: tuple[str, ...]) -> Start:
        """Here: the innermost element and what of it is before."""
        return Start(element_id=ids[-1], offset=self.before.get(ids[-1], 0))

    def start(self, page: int) -> Start | None:
        """Where a page begins; None where there is nothing on it."""
        found = self.first_words.get(page) or self.first_marks.get(page)
        return self.calls.get(self.noted[page]) if found is None and page in self.noted else found


def section_starts(document: Node, words: Words, count: int) -> tuple[Start | None, ...]:
    """Where each page of a section begins; None for one that has nothing on it.

    A page that has nothing but what continues of a note begins at the note's call.
    """
    walk = _Walk(words=words)
    walk.visit(document, (), None)
    return tuple(walk.start(page) for page in range(count))


def page_starts(starts: Sequence[Start | None], labels: Sequence[str], *, first: str) -> tuple[PageStart, ...]:
    """One start for each page of the volume, in order.

    An empty page begins where the next one does; empty pages at the very end where the last one with words does, at
    the element `first` where there is none.
    """
    following = next((start for start in reversed(starts) if start), Start(element_id=first, offset=0))
    found: list[Start] = []
    for start in reversed(starts):
        following = start or following
        found.append(following)
    return tuple(
        PageStart(page=page, label=label, element_id=start.element_id, offset=start.offset)
        for page, (label, start) in enumerate(zip(labels, reversed(found), strict=True))
    )


def counts(origin: Origin) -> bool:
    """Whether an element can be where a page begins: a block of the main text."""
    return not origin.inline and origin.tag not in ("body", "html", "li", "dt", "dd", "tr", "th", "td")


def is_aside(node: Node) -> bool:
    """Whether a node holds what does not count as text: a call, the mark of a note, what only paper has."""
    asides = ("doc-noteref", "doc-backlink")
    lineage = node.origin.lineage if node.origin else ()
    return any(origin.role in asides or _ADDED & origin.classes for origin in lineage)
