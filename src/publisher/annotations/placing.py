"""Remarks placed in a text: by their words exactly, and by what is around these if they are there several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.annotations.remark import Remark
from publisher.selectors.fold import Folded, fold
from publisher.selectors.nearest import Near, nearest
from publisher.selectors.search import places

LISTED = 500
"""How many places of the same words are considered."""
FEW = 3
"""Fewer characters of context than this agree by chance."""
ENOUGH = 12
"""How many characters of context must agree, if not all do."""
LEAD = 8
"""By how many characters the context must agree better than at any other place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A remark with its place in the folded text; without one, with the text nearest to its words."""

    remark: Remark
    range: tuple[int, int] | None
    near: Near | None = None


def place_annotations(remarks: Sequence[Remark], folded: Folded) -> tuple[Placed, ...]:
    """Each remark with its place: the only one at which its words are, with what is around them."""
    words = [fold(remark.selector.exact).strip() for remark in remarks]
    found = places(folded.text, (word for word in words if word), keep=LISTED)
    ranges = [
        _range(remark, exact, found[exact].starts, folded.text) if exact else None
        for remark, exact in zip(remarks, words, strict=True)
    ]
    lost = [exact for exact, where in zip(words, ranges, strict=True) if where is None]
    nears = iter(nearest(folded.text, lost))
    return tuple(
        Placed(remark=remark, range=where, near=None if where else next(nears))
        for remark, where in zip(remarks, ranges, strict=True)
    )


def _range(remark: Remark, exact: str, starts: Sequence[int], text: str) -> tuple[int, int] | None:
    prefix, suffix = fold(remark.selector.prefix).strip(), fold(remark.selector.suffix).strip()
    scored = sorted(((_agreement(text, at, len(exact), prefix, suffix), at) for at in starts), reverse=True)
    if not scored:
        return None
    (best, is_whole), at = scored[0]
    others = [score for (score, _), _ in scored[1:]]
    if not others:
        doubtful = bool(prefix) and bool(suffix) and best < FEW
        return None if doubtful else (at, at + len(exact))
    is_sure = best - max(others) >= LEAD and best >= ENOUGH
    is_only = is_whole and not any(whole for (_, whole), _ in scored[1:])
    return (at, at + len(exact)) if (is_sure or is_only) and (prefix or suffix) else None


def _agreement(text: str, at: int, length: int, prefix: str, suffix: str) -> tuple[int, bool]:
    """How many characters of the context are directly around a place, and whether it is all of the context."""
    end = at + length
    before = _same(reverse(text[max(0, at - len(prefix) - 1) : at].rstrip()), reverse(prefix))
    after = _same(text[end : end + len(suffix) + 1].lstrip(), suffix)
    return before + after, before == len(prefix) and after == len(suffix)


def reverse(words: str) -> str:
    """The characters in the opposite order."""
    return words[::-1]


def _same(text: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
