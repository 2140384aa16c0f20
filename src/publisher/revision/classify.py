"""What became of the words of each note in a text that was changed.

A place is certain if the words are the same and their surroundings came with them. Likeness makes candidates, among
which an editor chooses; it places no note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from publisher.model.apparatus import Note, Selector
from publisher.model.text import Text
from publisher.revision.align import Alignment, Words, align
from publisher.revision.places import LISTED, Quoted, lemma_places, quote, starts_of, word_places
from publisher.selectors.describe import describe_folded
from publisher.selectors.fold import Folded
from publisher.selectors.nearest import Near, likeness, nearest
from publisher.selectors.search import places

AROUND = 12
"""How many words on each side are the surroundings of a lemma."""
DRIFT = 3 * AROUND
"""Within how many words of it the surroundings of a lemma in its place are looked for."""
NEXT = 8
"""How many words on each side are compared one by one between several places."""
MOVED = 5
"""How many words directly around a lemma must have moved with it."""
LEAD = 4
"""By how many words the surroundings of a place must fit better than those of any other."""
LIKE = 60.0
"""Per cent of likeness from which a passage is a candidate."""
ALIKE = 40.0
"""Per cent of likeness below which it is asked whether words in the place of others are still the same passage."""
BESIDE = 3
"""With how many words before or after it a passage is looked for in the earlier text."""
LONG = 4
"""How many times as long as the lemma a changed passage may be."""
REACH = 2_000
"""How many characters around a lemma are compared to make it unique."""
SHOWN = 40
"""How many characters of the surroundings are shown."""


class State(StrEnum):
    """What became of the words of a note."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    CANDIDATES = "candidates"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage of the text, which may be what a note is about."""

    start: int
    """In the folded text."""
    end: int
    likeness: float
    """How much it is like the lemma, in per cent; 100 for the same words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one lemma."""

    quoted: Quoted
    state: State
    candidates: tuple[Candidate, ...] = ()
    """Where it may be; the first is where it is, unless the state is a question."""
    selector: Selector | None = None
    """How the note must quote the first candidate; None if what it quotes is right as it is."""

    @property
    def note(self) -> Note:
        """The note."""
        return self.quoted.note


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Both texts and the findings."""

    folded: Folded
    """The text as it is now."""
    before: str | None
    """The earlier text, folded; None if it is not known."""
    findings: tuple[Finding, ...]


def classify(notes: Sequence[Note], *, now: Text, before: Text | None) -> Comparison:
    """What became of each lemma of the notes, in order; without an earlier text, by the lemmas alone."""
    lemmas = quote(notes)
    folded = Folded.of(now.plain)
    here, words = lemma_places(lemmas, folded), word_places(lemmas, folded)
    if before is None:
        found = tuple(_alone(quoted, places, folded.text) for quoted, places in zip(lemmas, here, strict=True))
        return Comparison(folded=folded, before=None, findings=_with_nearest(found, folded.text))
    old = Folded.of(before.plain)
    seen = zip(lemma_places(lemmas, old), word_places(lemmas, old), here, words, strict=True)
    judge = _Judge(align(old.text, folded.text))
    found = tuple(judge.finding(quoted, _Seen(*lemma)) for quoted, lemma in zip(lemmas, seen, strict=True))
    found = judge.without_others(found)
    return Comparison(folded=folded, before=old.text, findings=_with_nearest(found, folded.text))


def describe(text: str, candidate: Candidate) -> Selector:
    """How a note quotes a passage of a folded text: with as much around it as makes it unique."""
    return describe_folded(text, candidate.start, candidate.end, reach=REACH)


def context(text: str, start: int, end: int) -> str:
    """The words from `start` to `end` in brackets, with a little of what is around them."""
    before, after = text[max(0, start - SHOWN) : start], text[end : end + SHOWN]
    before = before if start <= SHOWN else f"…{before[before.find(' ') + 1 :]}"
    after = after if end + SHOWN >= len(text) else f"{after[: after.rfind(' ') + 1].rstrip()} …"
    return f"{before}[{text[start:end]}]{after}"


def _exact(start: int, length: int) -> Candidate:
    return Candidate(start=start, end=start + length, likeness=100.0)


def _alone(quoted: Quoted, places: Sequence[int], text: str) -> Finding:
    """A finding without an earlier text."""
    candidates = tuple(_exact(start, quoted.quotation.length) for start in places)
    state = {0: State.GONE, 1: State.UNCHANGED}.get(len(places), State.CANDIDATES)
    return Finding(quoted=quoted, state=state, candidates=candidates)


def _with_nearest(findings: tuple[Finding, ...], text: str) -> tuple[Finding, ...]:
    """The findings; what is gone, and what is changed, with the passage most like it, which makes it a question."""
    asked = [finding for finding in findings if finding.state in (State.GONE, State.CHANGED)]
    apart = [
        (finding.candidates[0].start, finding.candidates[0].end) if finding.candidates else None for finding in asked
    ]
    found = iter(nearest(text, [finding.quoted.words for finding in asked], apart=apart))
    return tuple(
        _nearer(finding, next(found)) if finding.state in (State.GONE, State.CHANGED) else finding
        for finding in findings
    )


def _nearer(finding: Finding, near: Near | None) -> Finding:
    """The finding; a question if a passage is about as much like the lemma as what it has found."""
    best = finding.candidates[0].likeness - LIKE / 4 if finding.candidates else LIKE
    if near is None or near.likeness < best:
        return finding
    other = Candidate(start=near.start, end=near.end, likeness=round(near.likeness, 1))
    return replace(finding, state=State.CANDIDATES, candidates=(*finding.candidates, other), selector=None)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where a lemma was seen, in the folded texts."""

    old: tuple[int, ...]
    """In the earlier text, between its context."""
    twins: tuple[int, ...]
    """In the earlier text, whatever is around its words."""
    new: tuple[int, ...]
    """In the text of now, between its context."""
    words: tuple[int, ...]
    """In the text of now, whatever is around its words."""


@dataclass(frozen=True, slots=True)
class _Judge:
    """Decides with the words of both texts."""

    alignment: Alignment

    def finding(self, quoted: Quoted, seen: _Seen) -> Finding:
        """What became of a lemma that was seen at these places."""
        if len(seen.old) != 1:
            return self._without_record(quoted, seen.old, seen.new)
        own, length = seen.old[0], quoted.quotation.length
        first, last = self._words(own, length)
        place = self._in_place(own, length, first, last)
        others = [start for start in seen.words if start != place and not self._was_elsewhere(start, length, first)]
        rivals = [self._score(first, last, start, length) for start in others]
        if place is not None:
            lost = self._lost(seen.twins, own, length)
            rivals += [self._score(*self._words(twin, length), place, length) for twin in lost]
            margin = self._score(first, last, place, length) - max(rivals, default=-LEAD)
            is_sure = self._is_surrounded(first, last, place) and margin >= LEAD
            if is_sure and (place in seen.new or not seen.new):
                return self._placed(quoted, State.UNCHANGED, place, seen.new)
            return self._question(quoted, (place, *others))
        changed = self._find_changed(quoted, first, last)
        if len(seen.words) == len(others) == 1 and changed is None and rivals[0] >= MOVED:
            return self._placed(quoted, State.MOVED, seen.words[0], seen.new)
        if seen.words:
            return self._question(quoted, seen.words, changed)
        if changed is None:
            return Finding(quoted=quoted, state=State.GONE)
        if changed.likeness < ALIKE:
            return self._question(quoted, (), changed)
        selector = describe(self.alignment.new.text, changed)
        return Finding(quoted=quoted, state=State.CHANGED, candidates=(changed,), selector=selector)

    def without_others(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings; a changed passage that was in the earlier text somewhere else is a question."""
        windows = [
            self._windows(finding.candidates[0]) if finding.state is State.CHANGED else () for finding in findings
        ]
        found = places(self.alignment.old.text, (text for some in windows for text in some), keep=LISTED)
        return tuple(
            replace(finding, state=State.CANDIDATES, selector=None)
            if any(self._is_apart(finding, start, window) for window in some for start in found[window].starts)
            else finding
            for finding, some in zip(findings, windows, strict=True)
        )

    def _windows(self, candidate: Candidate) -> tuple[str, str]:
        """A passage with some words before it, and with some after it."""
        new = self.alignment.new
        begin, end = new.range_at(candidate.start, candidate.end)
        last = new.ends[min(len(new), end + BESIDE) - 1]
        return new.text[new.starts[max(0, begin - BESIDE)] : candidate.end], new.text[candidate.start : last]

    def _is_apart(self, finding: Finding, start: int, window: str) -> bool:
        """Whether a place of the earlier text is next to that of the lemma."""
        (own, *_), length = starts_of(finding.quoted, self.alignment.old.text), finding.quoted.quotation.length
        return start + len(window) <= own or own + length <= start

    def _words(self, start: int, length: int) -> tuple[int, int]:
        """The numbers of the words at a place of the earlier text."""
        return self.alignment.old.range_at(start, start + length)

    def _lost(self, twins: Sequence[int], own: int, length: int) -> Iterator[int]:
        """The other places of the same words in the earlier text that are no longer there."""
        for twin in twins:
            if twin != own and self._in_place(twin, length, *self._words(twin, length)) is None:
                yield twin

    def _without_record(self, quoted: Quoted, old: Sequence[int], new: Sequence[int]) -> Finding:
        """A lemma that the earlier text has not or not only once: certain if it quotes the text as it is now."""
        if not old and len(new) == 1:
            return Finding(quoted=quoted, state=State.UNCHANGED, candidates=(_exact(new[0], quoted.quotation.length),))
        return self._question(quoted, new) if new else Finding(quoted=quoted, state=State.GONE)

    def _placed(self, quoted: Quoted, state: State, start: int, new: Sequence[int]) -> Finding:
        """A certain place; the lemma is written again if it is not the only one that it quotes."""
        candidate = _exact(start, quoted.quotation.length)
        selector = None if tuple(new) == (start,) else describe(self.alignment.new.text, candidate)
        return Finding(quoted=quoted, state=state, candidates=(candidate,), selector=selector)

    def _question(self, quoted: Quoted, starts: Sequence[int], changed: Candidate | None = None) -> Finding:
        candidates = (*((changed,) if changed else ()), *(_exact(start, quoted.quotation.length) for start in starts))
        return Finding(quoted=quoted, state=State.CANDIDATES, candidates=candidates)

    def _in_place(self, start: int, length: int, first: int, last: int) -> int | None:
        """Where the same words are in their place; None if they are not there, or not all of them."""
        old, new = self.alignment.old, self.alignment.new
        begin = self.alignment.forward(first) if first < last else None
        if begin is None or any(self.alignment.forward(at) != begin + at - first for at in range(first, last)):
            return None
        at = new.starts[begin] + start - old.starts[first]
        return at if new.text[at : at + length] == old.text[start : start + length] else None

    def _was_elsewhere(self, start: int, length: int, first: int) -> bool:
        """Whether the words at a place of the new text were somewhere else in the earlier one, and are unchanged."""
        begin, end = self.alignment.new.range_at(start, start + length)
        olds = [self.alignment.backward(at) for at in range(begin, end)]
        return bool(olds) and olds[0] is not None and olds[0] != first and None not in olds

    def _is_surrounded(self, first: int, last: int, place: int) -> bool:
        """Whether at least half of the words around a lemma are around a place of the new text."""
        at, _ = self.alignment.new.range_at(place, place + 1)
        around = (*range(max(0, first - AROUND), first), *range(last, min(len(self.alignment.old), last + AROUND)))
        there = [self.alignment.forward(word) for word in around]
        near = sum(1 for word in there if word is not None and abs(word - at) <= DRIFT + last - first)
        return 2 * near >= len(around)

    def _score(self, first: int, last: int, start: int, length: int) -> int:
        """How many words directly before and after a lemma are also directly around a place of the new text."""
        old, new = self.alignment.old, self.alignment.new
        begin, end = new.range_at(start, start + length)
        before = _same(old.text, new.text, _spans(old, first), _spans(new, begin))
        after = _same(old.text, new.text, _spans(old, last, 1), _spans(new, end, 1))
        return before + after

    def _find_changed(self, quoted: Quoted, first: int, last: int) -> Candidate | None:
        """What is now where the words were, if it is like them and its surroundings are the same."""
        new = self.alignment.new
        begin, end = self.alignment.between(first, last)
        if begin >= end or not self._is_surrounded(first, last, new.starts[begin]):
            return None
        start, stop = new.starts[begin], new.ends[end - 1]
        if stop - start > LONG * quoted.quotation.length:
            (near,) = nearest(new.text[start:stop], (quoted.words,))
            if near is None:
                return None
            start, stop = start + near.start, start + near.end
        alike = round(likeness(quoted.words, new.text[start:stop]), 1)
        return Candidate(start=start, end=stop, likeness=alike)


def _spans(words: Words, at: int, step: int = -1) -> Iterator[tuple[int, int]]:
    """The places of the words before a number, backwards; with step 1, of those from the number on."""
    numbers = range(at, min(len(words), at + NEXT)) if step > 0 else range(at - 1, max(-1, at - 1 - NEXT), -1)
    return ((words.starts[number], words.ends[number]) for number in numbers)


def _same(old: str, new: str, ours: Iterator[tuple[int, int]], theirs: Iterator[tuple[int, int]]) -> int:
    """How many words are the same before the first that differs."""
    count = 0
    for (a, b), (c, d) in zip(ours, theirs, strict=False):
        if old[a:b] != new[c:d]:
            break
        count += 1
    return count
