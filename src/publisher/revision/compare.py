"""What changed in a text since it was recorded, and which notes that concerns."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

from publisher.annotate.anchor import anchored
from publisher.annotate.locate import Locations
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


def compared(recorded: Recorded) -> Revision:
    """Return what changed in the text since its sha256 was recorded."""
    digest = "" if recorded.digest is None else recorded.digest.text.lower()
    before = earlier(digest)
    old = None if before is None else recorded.text_from(before)
    same = same_words(recorded.content, digest)
    found: tuple[Change, ...] | None = None
    if same:
        found = ()
    elif before is not None:
        found = changes(before.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace"), recorded.text.source)
    return Revision(
        same=same,
        changes=found,
        lost=_lost(recorded, old),
        near=_near(recorded, found or ()),
    )


def _lost(recorded: Recorded, old: Text | None) -> tuple[Note, ...]:
    without = _without_place(recorded.notes, recorded.text)
    if old is None:
        return without
    before = {note.id for note in _without_place(recorded.notes, old)}
    return tuple(note for note in without if note.id not in before)


def _without_place(notes: tuple[Note, ...], text: Text) -> tuple[Note, ...]:
    """The notes of which a lemma is not found, or found more than once."""
    _, misses = anchored(notes, plain=text.plain, folded=Folded.of(text.plain))
    return tuple(dict.fromkeys(miss.note for miss in misses))


def _near(recorded: Recorded, found: Iterable[Change]) -> tuple[Note, ...]:
    source = recorded.text.source
    lines = {source.position(change.span.start)[0] for change in found}
    if not lines:
        return ()
    locations = Locations(recorded.text)
    anchors, _ = anchored(recorded.notes, plain=recorded.text.plain, folded=Folded.of(recorded.text.plain))
    at = ((anchor.note, source.position(locations.span(anchor.start, anchor.end).start)[0]) for anchor in anchors)
    return tuple(dict.fromkeys(note for note, line in at if line in lines))
