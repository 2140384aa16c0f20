"""What changed in a text since it was recorded, and which notes that concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publisher.annotate.anchor import anchor_notes
from publisher.annotate.locate import Locations
from publisher.diagnostics import Span, join
from publisher.load.encodings import CODECS, unmark
from publisher.load.recorded import Recorded
from publisher.load.same_words import same_words
from publisher.model.apparatus import Note
from publisher.model.text import Text
from publisher.revision.store import earlier
from publisher.revision.words import Change, changes
from publisher.selectors.fold import Folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What changed."""

    same: str | None
    """What alone changed, if every word is the same: line ends, spaces."""
    changes: tuple[Change, ...] | None
    """The passages that differ; None if the earlier text is not known."""
    lost: tuple[Note, ...]
    """The notes that were placed, and whose words are gone or no longer unique; if the earlier text is not known,
    those that have no place now."""
    near: tuple[Note, ...]
    """The notes that keep their words, in lines that changed."""

    @property
    def words_before(self) -> int:
        """How many words the passages that differ had."""
        return sum(len(change.before.split()) for change in self.changes or ())

    @property
    def words_after(self) -> int:
        """How many words they have now."""
        return sum(len(change.after.split()) for change in self.changes or ())

    @property
    def spacing(self) -> int:
        """How many of the passages differ in spaces and line ends alone."""
        return sum(not change.before.strip() and not change.after.strip() for change in self.changes or ())


def compare(recorded: Recorded) -> Revision:
    """Return what changed in the text since its sha256 was recorded."""
    known = tuple(earlier(digest) for digest in recorded.digests)
    before = tuple(content for content in known if content is not None)
    complete = bool(before) and len(before) == len(known) and len(known) == len(recorded.stretches)
    old = recorded.text_from(before) if complete else None
    same = _same(recorded)
    found: tuple[Change, ...] | None = None
    if same:
        found = ()
    elif complete:
        now = join(recorded.text.source.files, between="")
        found = changes("".join(_decode(content, recorded.source.encoding) for content in before), now)
    return Revision(
        same=same,
        changes=found,
        lost=_lost_notes(recorded, old),
        near=_near(recorded, found or ()),
    )


def _same(recorded: Recorded) -> str | None:
    """What alone changed in the files that changed, if no word did."""
    if len(recorded.digests) != len(recorded.stretches):
        return None
    pairs = zip(recorded.digests, recorded.current, recorded.stretches, strict=True)
    changed = [(digest, content) for digest, now, (_, content) in pairs if digest != now]
    said = [same_words(content, digest, encoding=recorded.source.encoding) for digest, content in changed]
    return " and ".join(dict.fromkeys(text for text in said if text)) if said and all(said) else None


def _decode(content: bytes, encoding: str) -> str:
    body, codec = unmark(content, CODECS[encoding])
    return body.decode(codec, "replace").replace("\ufeff", "")


def _lost_notes(recorded: Recorded, old: Text | None) -> tuple[Note, ...]:
    without = _without_place(recorded.notes_on_text, recorded.text)
    if old is None:
        return without
    before = {note.id for note in _without_place(recorded.notes_on_text, old)}
    return tuple(note for note in without if note.id not in before)


def _without_place(notes: tuple[Note, ...], text: Text) -> tuple[Note, ...]:
    """The notes of which a lemma is not found, or found more than once."""
    _, misses = anchor_notes(notes, plain=text.plain, folded=Folded.of(text.plain))
    return tuple(dict.fromkeys(miss.note for miss in misses))


def _near(recorded: Recorded, found: Iterable[Change]) -> tuple[Note, ...]:
    lines = {_line(change.span) for change in found}
    if not lines:
        return ()
    locations = Locations(recorded.text)
    anchors, _ = anchor_notes(recorded.notes_on_text, plain=recorded.text.plain, folded=Folded.of(recorded.text.plain))
    at = ((anchor.note, _line(locations.span(anchor.start, anchor.end))) for anchor in anchors)
    return tuple(dict.fromkeys(note for note, line in at if line in lines))


def _line(span: Span) -> tuple[str, int]:
    """The file and the line in which a span begins."""
    item = span.in_file
    return item.source.name, item.source.position(item.start)[0]
