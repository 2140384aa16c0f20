"""A selector for a stretch of text: as little around it as makes it unique, in whole words."""

from __future__ import annotations

from publisher.model.apparatus import Selector
from publisher.selectors.fold import Folded
from publisher.selectors.match import Range, starts


def describe(plain: str, stretch: Range) -> Selector:
    """The selector with the shortest prefix and suffix that only this range matches; white space is folded in it.

    White space at the range's edges is left out of it. Raises `ValueError` where nothing else is in it.
    """
    words = plain[stretch.start : stretch.end]
    if not words.strip():
        raise ValueError("there is nothing but white space to describe")
    folded = Folded.of(plain)
    start = folded.folded_offset(stretch.start + len(words) - len(words.lstrip()))
    end = folded.folded_offset(stretch.start + len(words.rstrip()))
    return describe_folded(folded.text, start, end)


def describe_folded(text: str, start: int, end: int, *, reach: int | None = None) -> Selector:
    """As `describe`, for offsets in a text whose white space is folded already.

    With `reach`, no more than so many characters are compared on either side: a selector that quotes more
    than that around the lemma need not be unique.
    """
    lemma = text[start:end]
    most = len(text) if reach is None else reach
    others = [
        (_common_before(text, start, at, most), _common_after(text, end, at + len(lemma), most))
        for at in starts(text, lemma)
        if at != start
    ]
    before, after = _shortest(text, start, end, others)
    return Selector(exact=lemma, prefix=text[start - before : start], suffix=text[end : end + after])


def _shortest(text: str, start: int, end: int, others: list[tuple[int, int]]) -> tuple[int, int]:
    """How many characters to quote before and after, so that each other place differs in one of them.

    `others` says of each other place how far it agrees before and after. Prefixes are tried from the
    longest; the suffix must outdo every place that the prefix does not distinguish.
    """
    others.sort(reverse=True)
    prefixes = {0, *(_to_word_start(text, start, same + 1) for same in {same for same, _ in others} if same < start)}
    pairs, suffix, done = [], 0, 0
    for prefix in sorted(prefixes, reverse=True):
        while done < len(others) and others[done][0] >= prefix:
            suffix = max(suffix, others[done][1] + 1)
            done += 1
        if suffix <= len(text) - end:
            pairs.append((prefix, _to_word_end(text, end, suffix) if suffix else 0))
    return min(pairs, key=sum)


def _to_word_start(text: str, start: int, length: int) -> int:
    """The length of a prefix of at least `length` characters that begins with a whole word."""
    at = start - length
    while at > 0 and (text[at] == " " or text[at - 1] != " "):
        at -= 1
    return start - at


def _to_word_end(text: str, end: int, length: int) -> int:
    """The length of a suffix of at least `length` characters that ends with a whole word."""
    at = end + length
    while at < len(text) and (text[at] != " " or text[at - 1] == " "):
        at += 1
    return at - end


def _common_before(text: str, number: int, other: int, most: int) -> int:
    """For how many characters, at most `most`, the text is the same before two offsets."""
    same, most = 0, min(number, other, most)
    while same < most and text[number - same - 1] == text[other - same - 1]:
        same += 1
    return same


def _common_after(text: str, number: int, other: int, most: int) -> int:
    """For how many characters, at most `most`, the text is the same after two offsets."""
    same, most = 0, min(len(text) - max(number, other), most)
    while same < most and text[number + same] == text[other + same]:
        same += 1
    return same
