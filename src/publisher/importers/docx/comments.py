"""Comments of a DOCX with their authors and replies (ECMA-376, 17.13.4; [MS-DOCX], 2.5.4 commentsExtended)."""

from __future__ import annotations

from publisher.importers.document import Comment, Kind
from publisher.importers.docx.names import Element, attribute, children
from publisher.importers.docx.reading import Reading, Relation
from publisher.importers.docx.story import Story

MOST = 20_000
"""How many comments are read."""


def comments(
    root: Element | None, extended: Element | None, reading: Reading, relations: dict[str, Relation]
) -> tuple[Comment, ...]:
    """The comments in `word/comments.xml`, in order, with what `word/commentsExtended.xml` says of them."""
    if root is None:
        return ()
    elements = list(children(root, "w:comment"))
    if len(elements) > MOST:
        reading.report(Kind.DROPPED, "comments", f"{len(elements) - MOST:,} comments beyond {MOST:,}")
    paragraphs = {_last_paragraph(item): attribute(item, "w:id") or "" for item in elements[:MOST]}
    parents: dict[str, str] = {}
    resolved: set[str] = set()
    for element in extended if extended is not None else ():
        own = paragraphs.get(attribute(element, "w15:paraId"))
        parent = paragraphs.get(attribute(element, "w15:paraIdParent"))
        if own is not None and parent is not None and own != parent:
            parents[own] = parent
        if own is not None and attribute(element, "w15:done") in ("1", "true"):
            resolved.add(own)
    return tuple(_comment(item, parents, resolved, reading, relations) for item in elements[:MOST])


def _last_paragraph(comment: Element) -> str | None:
    """The id of the last paragraph of a comment, by which others name it."""
    found = [attribute(child, "w14:paraId") for child in children(comment, "w:p")]
    return found[-1] if found else None


def _comment(
    element: Element, parents: dict[str, str], resolved: set[str], reading: Reading, relations: dict[str, Relation]
) -> Comment:
    identity = attribute(element, "w:id") or ""
    author = " ".join((attribute(element, "w:author") or "").split()) or "Unknown"
    story = Story(reading=reading, relations=relations, title=f"comment {identity} by {author}")
    return Comment(
        id=identity,
        author=author,
        date=(attribute(element, "w:date") or "")[:10],
        blocks=story.blocks(element),
        parent=parents.get(identity),
        resolved=identity in resolved,
    )
