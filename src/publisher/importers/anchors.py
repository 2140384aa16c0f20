"""Comments and notes anchored to the words that they are about, as docs/anchoring.md describes lemmas."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from unicodedata import category

from publisher.importers.document import Comment, Edge, Footnote, Point, lines_of
from publisher.importers.plain import Place, Plain
from publisher.load.markdown.escaping import escape
from publisher.selectors.describe import describe_folded
from publisher.selectors.fold import Folded

LONGEST = 400
"""How many characters a lemma may have; of a longer passage the last words are quoted."""
_LAST_WORDS = 12
_WORD = re.compile(r"\S+")
_SIGNS = frozenset("%‰&#@*/\\§¶†‡")
"""Punctuation, as Unicode has it, that belongs to words."""
_REACH = 2_000
"""So many characters around a lemma are compared to make it unique."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The words that a note is about, in offsets of the plain text."""

    start: int
    end: int
    remark: str = ""
    """What differs from the words that the source has marked."""


@dataclass(slots=True, kw_only=True)
class Anchors:
    """The plain text of the edition, and where comments and calls are in it."""

    plain: Plain
    folded: Folded
    notes: dict[str, str]
    """The label of the footnote that each comment is in, for comments on footnotes."""

    @classmethod
    def of(cls, plain: Plain, footnotes: tuple[Footnote, ...]) -> Anchors:
        """The anchors in a text with its footnotes."""
        notes: dict[str, str] = {}
        for footnote in footnotes:
            for piece in (piece for block in footnote.blocks for line in lines_of(block) for piece in line):
                if isinstance(piece, Point):
                    notes.setdefault(piece.comment, footnote.label)
        return cls(plain=plain, folded=Folded.of(plain.text), notes=notes)

    def of_comment(self, comment: Comment) -> Stretch | None:
        """The words that a comment is about; None if it is anchored to nothing."""
        start = self.plain.points.get((comment.id, Edge.START))
        end = self.plain.points.get((comment.id, Edge.END)) or start
        start = start or end
        if start is None or end is None:
            return self._in_footnote(comment)
        if end.offset > start.offset and self.plain.text[start.offset : end.offset].strip():
            return self._limit(start.offset, end.offset)
        if comment.quoted and (found := self._quote(comment.quoted, end)) is not None:
            return found
        near = self.near(end)
        remark = "the comment marks no words of the text; it is at the nearest word"
        return None if near is None else Stretch(start=near.start, end=near.end, remark=remark)

    def _quote(self, words: str, place: Place) -> Stretch | None:
        """The last words before a place that a note begins with: `at the … others]`.

        Calls of notes on literal lines are behind these, so the words may be elsewhere in the same lines.
        """
        parts = [re.escape(part) for part in words.removesuffix("]").split() if part != "…"]
        if not parts:
            return None
        spaced = r"\s+".join(parts)
        if "…" in words.split():
            spaced = r"\s+".join(parts[:-1]) + r"\s(?:.*\s)?" + parts[-1]
        begin = max(0, place.offset - LONGEST - len(words))
        text = self.plain.text[begin : place.offset + 1]
        found = list(re.finditer(rf"(?<!\w)(?:{spaced})(?!\w)", text, re.DOTALL))
        is_beside = found and not any(map(str.isalnum, text[found[-1].end() : place.offset - begin]))
        found = (
            found if is_beside else [match for match in found if begin + match.end() > self.plain.leaves[place.leaf]]
        )
        if not found:
            return None
        return Stretch(start=begin + found[-1].start(), end=begin + found[-1].end())

    def _in_footnote(self, comment: Comment) -> Stretch | None:
        call = self.plain.calls.get(self.notes.get(comment.id, ""))
        near = None if call is None else self.near(call)
        remark = "the comment on a footnote is where the footnote is called"
        return None if near is None else Stretch(start=near.start, end=near.end, remark=remark)

    def _limit(self, start: int, end: int) -> Stretch:
        words = list(_WORD.finditer(self.plain.text, start, end))
        if words[-1].end() - words[0].start() <= LONGEST:
            return Stretch(start=words[0].start(), end=words[-1].end())
        last = words[-_LAST_WORDS:]
        first = next((match for match in last if last[-1].end() - match.start() <= LONGEST), last[-1])
        begin = max(first.start(), last[-1].end() - LONGEST)
        remark = f"the comment marks {len(words):,} words; the last of them are quoted"
        return Stretch(start=begin, end=last[-1].end(), remark=remark)

    def near(self, place: Place) -> Stretch | None:
        """The last word before a place in its paragraph, else the next one, else the last one before."""
        text = self.plain.text
        leaf = self.plain.leaves[place.leaf]
        here = _last(text, leaf, place.offset)
        found = here or _WORD.search(text, place.offset) or _last(text, 0, place.offset)
        if found is None:
            return None
        start, end = _bare(found)
        return Stretch(start=max(start, end - LONGEST), end=end) if here else Stretch(start=start, end=end)

    def lemma(self, stretch: Stretch) -> str:
        """The block quote that quotes the words, with as much around them as makes them unique."""
        start = self.folded.folded_offset(stretch.start)
        end = self.folded.folded_offset(stretch.end)
        found = describe_folded(self.folded.text, start, end, reach=_REACH)
        if not found.prefix and not found.suffix:
            return f"> {escape(found.exact, at_start=True)}"
        before = escape(found.prefix, at_start=True) if found.prefix.strip() else ""
        return f"> {before}**{escape(found.exact)}**{escape(found.suffix)}".rstrip()


def _bare(word: re.Match[str]) -> tuple[int, int]:
    """The place of a word without the punctuation around it, which calls of notes follow; signs such as % are words."""
    letters = [at for at, text in enumerate(word[0], word.start()) if text in _SIGNS or category(text)[0] != "P"]
    return (letters[0], letters[-1] + 1) if letters else word.span()


def _last(text: str, start: int, end: int) -> re.Match[str] | None:
    """The last word between two offsets."""
    found = deque(_WORD.finditer(text, max(start, end - 10_000), end), maxlen=1)
    return found[0] if found else None
