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
    paragraphs = {_last_paragraph(one): attribute(one, "w:id") or "" for one in elements[:MOST]}
    parents: dict[str, str] = {}
    resolved: set[str] = set()
    for one in extended if extended is not None else ():
        own = paragraphs.get(attribute(one, "w15:paraId"))
        parent = paragraphs.get(attribute(one, "w15:paraIdParent"))
        if own is not None and parent is not None and own != parent:
            parents[own] = parent
        if own is not None and attribute(one, "w15:done") in ("1", "true"):
            resolved.add(own)
    return tuple(_comment(one, parents, resolved, reading, relations) for one in elements[:MOST])


def _last_paragraph(comment: Element) -> str | None:
    """The id of the last paragraph of a comment, by which others name it."""
    found = [attribute(one, "w14:paraId") for one in children(comment, "w:p")]
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
