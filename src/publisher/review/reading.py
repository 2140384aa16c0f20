"""A document that comes back from review: its paragraphs by their hidden ids, its notes, its comments.

Word, LibreOffice and others write the same things in several ways, so styles are known by their names and whatever is
not known is read as words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from publisher.importers.docx.comments import MOST
from publisher.importers.docx.names import Element, attribute, child, children, name
from publisher.importers.docx.reading import Relation, relations
from publisher.importers.package import Package
from publisher.model.target import Audience
from publisher.review.ids import NoteId, divide, note_of
from publisher.review.ooxml import CONTENT
from publisher.review.writing import AUDIENCE, DIGEST, STATES

OWN_STYLES = frozenset({"publisher page", "publisher number", "publisher mark"})
REFERENCES = frozenset({"footnote reference", "footnote characters", "endnote reference", "endnote characters"})
"""Styles of calls, and of the marks that some programs put before a note."""
ID_STYLE = "publisher id"
DOCUMENT = f"{CONTENT}.document.main+xml"
DELETED = frozenset({"w:del", "w:moveFrom"})
INSERTED = frozenset({"w:ins", "w:moveTo"})
SKIPPED = frozenset({"w:pPr", "w:rPr", "w:tblPr", "w:tcPr", "w:trPr", "w:tblGrid", "w:sectPr", "mc:Fallback"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A paragraph, with its words as they are now."""

    id: str
    """Its hidden words; empty if it has none."""
    text: str
    before: str
    """Its words without tracked changes."""
    calls: tuple[tuple[int, str], ...] = ()
    """The footnotes that it calls, each with the number of characters before."""
    comments: tuple[tuple[str, int, bool], ...] = ()
    """The begins (True) and ends of comments in it, each with the number of characters before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """A comment."""

    id: str
    author: str
    date: str
    pieces: tuple[Piece, ...]
    parent: str | None = None
    note: NoteId | None = None
    """The note that it is; None if a reviewer wrote it."""

    @property
    def text(self) -> str:
        """What it says, a paragraph to a line."""
        return "\n\n".join(piece.text.strip() for piece in self.pieces if piece.text.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A document after review."""

    digest: str
    """The sha256 of the text that it was made of; empty if it does not say."""
    audience: Audience
    """Whom it was made for."""
    states: tuple[tuple[NoteId, str], ...]
    """What each note said when the document was made; none if it says so no more."""
    pieces: tuple[Piece, ...]
    """The paragraphs, in order."""
    named: tuple[tuple[NoteId, tuple[Piece, ...]], ...]
    """What each note says, of the notes that are there."""
    strangers: tuple[tuple[str, tuple[Piece, ...]], ...]
    """Footnotes without a hidden id, by their ids in the document."""
    comments: tuple[Remarked, ...]

    @property
    def notes(self) -> dict[NoteId, tuple[Piece, ...]]:
        """The notes by their ids."""
        return dict(self.named)


def read_review(content: bytes, title: str) -> Review:
    """The document in a DOCX. Raises `PublisherError`: W-002 to W-004."""
    package = Package.of(content, title)
    part = _main(package)
    root = package.xml(part)
    related = relations(package, part) if root is not None else {}
    styles = _styles(package, related)
    reader = _Reader(styles)
    body = child(root, "w:body") if root is not None else None
    pieces = tuple(reader.pieces(body)) if body is not None else ()
    notes: dict[NoteId, tuple[Piece, ...]] = {}
    strangers = []
    for kind in ("footnotes", "endnotes"):
        for identity, some in _notes(package, related, reader, kind):
            own = next((found for item in some if (found := note_of(item.id)) is not None), None)
            if own is None or own in notes:
                strangers.append((identity, some))
            else:
                notes[own] = some
    for piece in pieces:
        called = note_of(piece.id)
        if called is not None:
            notes[called] = (*notes.get(called, ()), piece)
    comments = tuple(_comments(package, related, reader))
    notes |= {remarked.note: remarked.pieces for remarked in comments if remarked.note is not None}
    return Review(
        digest=_property(package, DIGEST),
        audience=Audience.INSTRUCTOR if _property(package, AUDIENCE) == Audience.INSTRUCTOR else Audience.STUDENT,
        states=tuple(_states(_property(package, STATES))),
        pieces=pieces,
        named=tuple(notes.items()),
        strangers=tuple(strangers),
        comments=comments,
    )


def _main(package: Package) -> str:
    root = package.xml("_rels/.rels")
    for element in root if root is not None else ():
        if (attribute(element, "Type") or "").endswith("/officeDocument"):
            return (attribute(element, "Target") or "").lstrip("/")
    return "word/document.xml"


def _property(package: Package, wanted: str) -> str:
    """A property that the document was made with; empty if it has it no more."""
    root = package.xml("docProps/custom.xml")
    for element in root if root is not None else ():
        if attribute(element, "name") == wanted:
            return "".join(str(part) for part in element.itertext()).strip()
    return ""


def _states(words: str) -> Iterator[tuple[NoteId, str]]:
    for word in words.split():
        name_, _, digest = word.rpartition(":")
        series, _, note = name_.partition("/")
        yield NoteId(series, note), digest


def _target(related: dict[str, Relation], kind: str) -> str | None:
    return next(
        (relation.target for relation in related.values() if relation.kind == kind and not relation.is_external), None
    )


def _styles(package: Package, related: dict[str, Relation]) -> dict[str, str]:
    """The names of styles in small letters, by their ids."""
    part = _target(related, "styles")
    root = package.xml(part) if part else None
    found = children(root, "w:style") if root is not None else ()
    return {
        attribute(element, "w:styleId") or "": (attribute(child(element, "w:name"), "w:val") or "").lower()
        for element in found
    }


def _notes(
    package: Package, related: dict[str, Relation], reader: _Reader, kind: str
) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    part = _target(related, kind)
    root = package.xml(part) if part else None
    for element in children(root, f"w:{kind[:-1]}") if root is not None else ():
        if attribute(element, "w:type") in (None, "normal"):
            yield f"{kind}:{attribute(element, 'w:id')}", tuple(reader.pieces(element))


def _comments(package: Package, related: dict[str, Relation], reader: _Reader) -> Iterator[Remarked]:
    part = _target(related, "comments")
    root = package.xml(part) if part else None
    if root is None:
        return
    elements = list(children(root, "w:comment"))[:MOST]
    extended = _target(related, "commentsExtended")
    parents = _parents(elements, package.xml(extended) if extended else None)
    for element in elements:
        pieces = tuple(reader.pieces(element))
        yield Remarked(
            id=attribute(element, "w:id") or "",
            author=" ".join((attribute(element, "w:author") or "").split()) or "Reviewer",
            date=(attribute(element, "w:date") or "")[:10],
            pieces=pieces,
            parent=parents.get(attribute(element, "w:id") or ""),
            note=next((found for piece in pieces if (found := note_of(piece.id)) is not None), None),
        )


def _parents(elements: list[Element], extended: Element | None) -> dict[str, str]:
    """The comment that each reply replies to ([MS-DOCX] 2.5.4)."""
    known = {
        attribute(paragraph, "w14:paraId"): attribute(item, "w:id") or ""
        for item in elements
        for paragraph in children(item, "w:p")
    }
    found: dict[str, str] = {}
    for element in extended if extended is not None else ():
        own, parent = known.get(attribute(element, "w15:paraId")), known.get(attribute(element, "w15:paraIdParent"))
        if own is not None and parent is not None and own != parent:
            found[own] = parent
    return found


@dataclass(slots=True)
class _State:
    """One paragraph while it is read."""

    id: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    length: int = 0
    mark: str = ""
    """The mark of the call before, if it is longer than a character: LibreOffice 7 repeats such marks as words."""
    calls: list[tuple[int, str]] = field(default_factory=list)
    comments: list[tuple[str, int, bool]] = field(default_factory=list)

    def add(self, words: str, *, inserted: bool, deleted: bool) -> None:
        """Add words: to what is there now, and to what was there before the tracked changes."""
        if not deleted:
            self.text.append(words)
            self.length += len(words)
        if not inserted:
            self.before.append(words)


class _Reader:
    """Reads paragraphs."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles

    def pieces(self, container: Element) -> Iterator[Piece]:
        """The paragraphs in an element, in order, those of tables and text boxes too."""
        waiting: list[tuple[str, bool]] = []
        for element in container.iter():
            kind = name(element)
            if kind == "w:p":
                piece = self._piece(element)
                begun = tuple((identity, 0, is_start) for identity, is_start in waiting)
                waiting = []
                yield replace(piece, comments=(*begun, *piece.comments)) if begun else piece
            elif kind in ("w:commentRangeStart", "w:commentRangeEnd") and not _is_inside(element, container):
                waiting.append((attribute(element, "w:id") or "", kind == "w:commentRangeStart"))

    def _piece(self, paragraph: Element) -> Piece:
        state = _State()
        self._read(paragraph, state, inserted=False, deleted=False)
        return Piece(
            id="".join(state.id),
            text="".join(state.text),
            before="".join(state.before),
            calls=tuple(state.calls),
            comments=tuple(state.comments),
        )

    def _read(self, element: Element, state: _State, *, inserted: bool, deleted: bool) -> None:
        for item in element:
            kind = name(item)
            if kind in SKIPPED or kind == "w:p":
                continue
            if kind == "w:r":
                self._run(item, state, inserted=inserted, deleted=deleted)
            elif kind in ("w:commentRangeStart", "w:commentRangeEnd"):
                state.comments.append((attribute(item, "w:id") or "", state.length, kind == "w:commentRangeStart"))
            else:
                gone, new = deleted or kind in DELETED, inserted or kind in INSERTED
                self._read(item, state, inserted=new, deleted=gone)

    def _run(self, run: Element, state: _State, *, inserted: bool, deleted: bool) -> None:
        style = self._styles.get(attribute(child(run, "w:rPr", "w:rStyle"), "w:val") or "", "")
        if style in OWN_STYLES:
            return
        is_mark = style in REFERENCES
        is_call = is_mark or any(name(item) in ("w:footnoteReference", "w:endnoteReference") for item in run)
        for element in run:
            kind = name(element)
            if kind in ("w:t", "w:delText"):
                words = element.text or ""
                hidden, shown = divide(words)
                state.id.append(words if style == ID_STYLE else hidden)
                shown = shown if is_call else shown.removeprefix(state.mark)
                state.mark = words if is_call and len(words) > 1 else ""
                if style != ID_STYLE and not is_call and shown:
                    state.add(shown, inserted=inserted, deleted=deleted)
            elif kind in ("w:br", "w:cr", "w:tab", "w:noBreakHyphen"):
                state.add("\u2011" if kind == "w:noBreakHyphen" else " ", inserted=inserted, deleted=deleted)
            elif kind in ("w:footnoteReference", "w:endnoteReference") and not deleted:
                state.calls.append((state.length, f"{kind[2:-9]}s:{attribute(element, 'w:id')}"))
            elif kind == "w:commentReference":
                identity = attribute(element, "w:id") or ""
                if all(known != identity for known, _, _ in state.comments):
                    state.comments.append((identity, state.length, False))


def _is_inside(element: Element, container: Element) -> bool:
    """Whether an element is in a paragraph of the container."""
    for ancestor in element.iterancestors():
        if ancestor is container:
            return False
        if name(ancestor) == "w:p":
            return True
    return False
