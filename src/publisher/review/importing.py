"""What a document that comes back from review asks of an edition: notes, changed notes, to-dos, refused changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.annotations.remark import Remark
from publisher.diagnostics import Diagnostic, PublisherError, Severity, Span
from publisher.model.apparatus import AUTHOR_SERIES, Selector
from publisher.model.block import CodeBlock
from publisher.model.publication import PlacedNote, Publication, Role
from publisher.model.walk import lines, plain_of_inlines
from publisher.review.ids import NoteId, text_offset
from publisher.review.merging import Merged, diff, merge
from publisher.review.reading import Piece, Remarked, Review
from publisher.review.rendered import PARAGRAPH, Rendered, own_leaf, render, state
from publisher.selectors.fold import fold

AROUND = 60
"""How many characters of context a comment is placed with."""
SHOWN = 80
_MARKED = re.compile(r"to[- ]?do\b[:\s]*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedNote:
    """A note whose words the reviewer changed."""

    id: NoteId
    before: str
    after: str
    merged: Merged
    span: Span | None
    """Its heading in the file of notes."""

    @property
    def diff(self) -> str:
        """What changed, for people."""
        return diff(self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that a review asks for."""

    remarks: tuple[Remark, ...]
    """New comments on words of the text."""
    todos: tuple[str, ...]
    """Lines for the list of to-dos."""
    changed: tuple[ChangedNote, ...]
    refused: tuple[Diagnostic, ...]
    """Changes in the text (K-006) and notes that are missing (K-008)."""


def demand_review(review: Review, publication: Publication, *, name: str) -> None:
    """Raise `PublisherError` if a document is none for review (K-009), or of another text (K-005)."""
    if all(text_offset(piece.id) is None for piece in review.pieces):
        raise PublisherError(
            Diagnostic(
                code="K-009",
                message=f"{name} has none of the hidden words that a document for review has",
                hint="name a document that publisher export docx wrote; for other documents: publisher import",
            )
        )
    digest = publication.metadata.provenance.sha256
    if review.digest and review.digest != digest:
        raise PublisherError(
            Diagnostic(
                code="K-005",
                message=f"{name} has another text: its sha256 is {review.digest}, that of the edition {digest}",
                hint="bring the review into the edition that it was made of; nothing was written",
            )
        )


def findings(review: Review, publication: Publication, *, name: str) -> Findings:
    """What a review asks for."""
    expected = _words_by_offset(publication)
    refused = [*_text_changes(review, expected, name)]
    placed = {
        NoteId(placed_note.series, placed_note.note_id): placed_note
        for section in publication.sections
        for placed_note in section.notes
    }
    changed = []
    states = dict(review.states)
    known = {note_id for note_id in placed if not states or note_id in states}
    for identity, note in placed.items():
        found = _changed_note(identity, note, review)
        if found is None or identity not in known:
            continue
        if states and states[identity] != state(found.before):
            found = replace(found, merged=Merged(edits=(), stuck=(f"it was changed in the edition too: {found.diff}",)))
        if identity.series == AUTHOR_SERIES:
            refused.append(_refuse(name, f"a footnote of the author was changed: {found.diff}"))
        else:
            changed.append(found)
    refused += (_missing(name, note_id) for note_id in placed if note_id in known and note_id not in review.notes)
    remarks, todos = _comments(review, expected)
    todos += [
        _stranger(stranger, review) for stranger in review.strangers if any(piece.text.strip() for piece in stranger[1])
    ]
    return Findings(remarks=tuple(remarks), todos=tuple(todos), changed=tuple(changed), refused=tuple(refused))


def _words_by_offset(publication: Publication) -> dict[int, str]:
    """The words of each paragraph of the text, by the offset that its hidden words name."""
    found: dict[int, str] = {}
    for section in publication.sections:
        if section.role is not Role.TEXT:
            continue
        for line in (section.title, *lines(section.blocks)):
            if isinstance(line, CodeBlock):
                found[line.start] = fold(line.text).strip()
                continue
            own = own_leaf(line)
            if own is not None:
                found[own.start] = fold(plain_of_inlines(line)).strip()
    return found


def _text_changes(review: Review, expected: dict[int, str], name: str) -> Iterator[Diagnostic]:
    """K-006 for each paragraph of the text that is another one, is new, or is gone."""
    seen: set[int] = set()
    known = [number for number, item in enumerate(review.pieces) if text_offset(item.id) in expected]
    for number, piece in enumerate(review.pieces):
        offset = text_offset(piece.id)
        now, original = fold(piece.text).strip(), fold(piece.before).strip()
        if offset in expected and offset is not None:
            was = expected[offset]
            if offset in seen:
                yield _refuse(name, f"a paragraph of the text is there twice: “{_short(now)}”")
            elif now != was:
                yield _refuse(name, f"the text was changed: {diff(was, now)}")
            elif original != was:
                yield _refuse(name, f"a tracked change in the text says the same: “{_short(now)}”")
            seen.add(offset)
        elif not piece.id and now and known and known[0] < number < known[-1]:
            yield _refuse(name, f"a paragraph was added to the text: “{_short(now)}”")
    for offset, words in expected.items():
        if offset not in seen and words:
            yield _refuse(name, f"a paragraph of the text is missing: “{_short(words)}”")


def _changed_note(identity: NoteId, note: PlacedNote, review: Review) -> ChangedNote | None:
    """A note with its changes; None if it is as it was, or missing."""
    pieces = review.notes.get(identity)
    if pieces is None:
        return None
    before = render(note.blocks)
    after = PARAGRAPH.join(words for piece in pieces if (words := " ".join(fold(piece.text).split())))
    if _plain(before) == after:
        return None
    first = next((place for place in before.places if place is not None), None)
    return ChangedNote(id=identity, before=_plain(before), after=after, merged=merge(before, after), span=first)


def _plain(rendered: Rendered) -> str:
    return PARAGRAPH.join(" ".join(fold(part).split()) for part in rendered.text.split(PARAGRAPH))


def _missing(name: str, identity: NoteId) -> Diagnostic:
    return Diagnostic(
        code="K-008",
        message=f"{name}: the note {identity.series}/{identity.note} is not in the document",
        hint="it is unchanged in the edition; delete it there if it is to go",
        severity=Severity.WARNING,
    )


def _refuse(name: str, what: str) -> Diagnostic:
    return Diagnostic(
        code="K-006",
        message=f"{name}: {what}",
        hint="a review does not change the text; change it in its file, then run publisher reanchor",
        severity=Severity.WARNING,
    )


def _comments(review: Review, expected: dict[int, str]) -> tuple[list[Remark], list[str]]:
    """New comments: those on words of the text, and the others as to-dos."""
    words = _Words.of(review, expected)
    known = {comment.id: comment for comment in review.comments}
    remarks: list[Remark] = []
    todos: list[str] = []
    for remarked in review.comments:
        if remarked.note is not None or not remarked.text:
            continue
        root = _root(remarked, known)
        selector = words.selector(root.id)
        if root.note is not None:
            todos.append(_todo(remarked, f"on the note {root.note.series}/{root.note.note}"))
        elif _MARKED.match(remarked.text) or (selector is None and remarked is root):
            todos.append(_todo(remarked, words.about(root.id)))
        elif selector is None:
            todos.append(_todo(remarked, f"in reply to {root.author}"))
        else:
            parent = remarked.parent if remarked is not root and not _MARKED.match(root.text) else None
            remarks.append(
                Remark(
                    id=f"{remarked.author} {remarked.date} {selector.exact[:60]} {remarked.text[:200]}"
                    if remarked is root
                    else remarked.id,
                    person=remarked.author,
                    created=remarked.date,
                    selector=selector,
                    body=remarked.text,
                    parent=_remark_id(known[parent], words) if parent in known else None,
                )
            )
    return remarks, todos


def _remark_id(remarked: Remarked, words: _Words) -> str | None:
    """The id that the remark of a comment has."""
    selector = words.selector(remarked.id)
    return (
        None if selector is None else f"{remarked.author} {remarked.date} {selector.exact[:60]} {remarked.text[:200]}"
    )


def _root(remarked: Remarked, known: dict[str, Remarked]) -> Remarked:
    seen = {remarked.id}
    while remarked.parent in known and remarked.parent not in seen:
        seen.add(remarked.parent)
        remarked = known[remarked.parent]
    return remarked


def _todo(remarked: Remarked, where: str) -> str:
    """A line for the list of to-dos."""
    text = (
        " ".join(_MARKED.sub("", remarked.text, count=1).split())
        if _MARKED.match(remarked.text)
        else " ".join(remarked.text.split())
    )
    date = f" ({remarked.date})" if remarked.date else ""
    return f"- [ ] {remarked.author}{date}, {where}: {text}"


def _stranger(found: tuple[str, tuple[Piece, ...]], review: Review) -> str:
    """A line for a footnote that a reviewer added."""
    identity, pieces = found
    text = " ".join(" ".join(item.text.split()) for item in pieces)
    for piece in review.pieces:
        for at, call in piece.calls:
            if call == identity:
                return f"- [ ] a new footnote after “{_short(piece.text[max(0, at - 40) : at])}”: {text}"
    return f"- [ ] a new footnote: {text}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Where comments are: in the paragraphs of the text, and elsewhere."""

    text: str
    """The paragraphs of the text as the document has them, a line each."""
    ranges: dict[str, tuple[int, int]]
    """Where each comment begins and ends in them."""
    elsewhere: dict[str, str]
    """For comments that are elsewhere, some words of the paragraph."""

    @classmethod
    def of(cls, review: Review, expected: dict[int, str]) -> _Words:
        """The words and comments of a review."""
        parts: list[str] = []
        length = 0
        starts: dict[str, int] = {}
        ranges: dict[str, tuple[int, int]] = {}
        elsewhere: dict[str, str] = {}
        for piece in review.pieces:
            is_text = text_offset(piece.id) in expected
            for identity, at, is_start in piece.comments:
                if not is_text:
                    elsewhere.setdefault(identity, piece.text)
                elif is_start:
                    starts.setdefault(identity, length + at)
                else:
                    end = length + at
                    ranges.setdefault(identity, (min(starts.get(identity, end), end), end))
            if is_text:
                parts.append(piece.text)
                length += len(piece.text) + 1
        for some in review.notes.values():
            for piece in some:
                for identity, _, _ in piece.comments:
                    elsewhere.setdefault(identity, piece.text)
        for identity, start in starts.items():
            ranges.setdefault(identity, (start, start))
        return cls(text="\n".join(parts), ranges=ranges, elsewhere=elsewhere)

    def selector(self, comment: str) -> Selector | None:
        """The words that a comment is about, with their context; the word before a comment without words."""
        if comment not in self.ranges:
            return None
        start, end = self.ranges[comment]
        if not self.text[start:end].strip():
            begin = self.text.rfind("\n", 0, start) + 1
            found: Sequence[re.Match[str]] = list(_WORD.finditer(self.text, begin, end))
            if not found:
                return None
            start, end = found[-1].span()
        exact = self.text[start:end]
        lead = len(exact) - len(exact.lstrip())
        start, end = start + lead, end - (len(exact) - len(exact.rstrip()))
        prefix, suffix = self.text[max(0, start - AROUND) : start], self.text[end : end + AROUND]
        return Selector(exact=self.text[start:end], prefix=prefix, suffix=suffix)

    def about(self, comment: str) -> str:
        """Where a comment is, for people."""
        selector = self.selector(comment)
        words = selector.exact if selector is not None else self.elsewhere.get(comment, "")
        return f"on “{_short(words)}”" if words.strip() else "on the document"
