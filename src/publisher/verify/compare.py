"""Two sequences of lines side by side: what is missing, what no one wrote, what occurs twice, elsewhere or changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from publisher.verify.line import Expected, Found


class Fault(StrEnum):
    """What can be wrong with a line."""

    CHANGED = "changed"
    MISSING = "missing"
    UNEXPECTED = "unexpected"
    DOUBLED = "doubled"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line that is not as it should be."""

    fault: Fault
    expected: Expected | None
    found: Found | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The lines of the sources next to those of an artifact."""

    pairs: tuple[tuple[Expected, Found], ...]
    """Lines that belong together, whatever their marks, spaces and links are."""
    differences: tuple[Difference, ...]


NEAR = 0.5
"""How much of two lines that are in one place must be alike for one to be the other, changed."""


def compare(expected: Sequence[Expected], found: Sequence[Found]) -> Comparison:
    """Both sequences put side by side; linear where nothing is wrong, and nearly so where much is.

    Lines with nothing but white space, such as empty cells of a table, are left out of both: pages do not have them.
    """
    expected, found = [item for item in expected if item.text.strip()], [item for item in found if item.text.strip()]
    wanted, there = [line.key for line in expected], [line.key for line in found]
    start, end = _same_ends(wanted, there)
    pairs = list(zip(expected[:start], found[:start], strict=True))
    tail = list(zip(expected[len(wanted) - end :], found[len(there) - end :], strict=True))
    middle = _middle(expected[start : len(wanted) - end], found[start : len(there) - end])
    everything = (*pairs, *middle.pairs, *tail)
    return Comparison(pairs=everything, differences=_apply_severity(middle.differences, everything))


def _same_ends(wanted: Sequence[str], there: Sequence[str]) -> tuple[int, int]:
    """How many lines are equal at the beginning, and how many of the others at the end."""
    most = min(len(wanted), len(there))
    start = next((at for at in range(most) if wanted[at] != there[at]), most)
    end = next((at for at in range(most - start) if wanted[-1 - at] != there[-1 - at]), most - start)
    return start, end


def _middle(expected: Sequence[Expected], found: Sequence[Found]) -> Comparison:
    """What is left between equal ends; lines that occur once on each side, in order, hold the others in place."""
    wanted, there = [line.key for line in expected], [line.key for line in found]
    pairs: list[tuple[Expected, Found]] = []
    differences: list[Difference] = []
    from_, begin = 0, 0
    for to, end in (*_longest_run(wanted, there), (len(wanted), len(there))):
        _between(expected[from_:to], found[begin:end], pairs, differences)
        pairs.extend(zip(expected[to : to + 1], found[end : end + 1], strict=True))
        from_, begin = to + 1, end + 1
    return Comparison(pairs=tuple(pairs), differences=tuple(differences))


def _longest_run(wanted: Sequence[str], there: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of keys that occur once on each side and in the same order, as places in both."""
    once, again = _single(wanted), _single(there)
    places = [(at, again[key]) for key, at in once.items() if key in again]
    ends: list[int] = []
    best: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(places):
        length = bisect_left(ends, place)
        before.append(best[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        best[length : length + 1] = [index]
    held: list[tuple[int, int]] = []
    index = best[-1] if best else -1
    while index >= 0:
        held.append(places[index])
        index = before[index]
    return held[::-1]


def _single(keys: Sequence[str]) -> dict[str, int]:
    """The keys that occur once, with their places."""
    counted = Counter(keys)
    return {key: at for at, key in enumerate(keys) if counted[key] == 1}


def _between(
    expected: Sequence[Expected],
    found: Sequence[Found],
    pairs: list[tuple[Expected, Found]],
    differences: list[Difference],
) -> None:
    """Lines between two that are held in place, put to the pairs or to the differences."""
    matcher = SequenceMatcher(None, [line.key for line in expected], [line.key for line in found], autojunk=False)
    for tag, from_, to, begin, end in matcher.get_opcodes():
        if tag == "equal":
            pairs.extend(zip(expected[from_:to], found[begin:end], strict=True))
        else:
            differences.extend(_apart(expected[from_:to], found[begin:end]))


def _apart(expected: Sequence[Expected], found: Sequence[Found]) -> Iterator[Difference]:
    """Lines that are in one place and differ: pairs of them that are alike are one line, changed."""
    waiting = list(found)
    for item in expected:
        near = next((other for other in waiting if _alike(item, other)), None)
        if near is None:
            yield Difference(fault=Fault.MISSING, expected=item, found=None)
            continue
        waiting.remove(near)
        yield Difference(fault=Fault.CHANGED, expected=item, found=near)
    yield from (Difference(fault=Fault.UNEXPECTED, expected=None, found=other) for other in waiting)


def _alike(item: Expected, other: Found) -> bool:
    if item.key == other.key:
        return False
    matcher = SequenceMatcher(None, item.key, other.key, autojunk=False)
    return matcher.real_quick_ratio() > NEAR and matcher.quick_ratio() > NEAR and matcher.ratio() > NEAR


def _apply_severity(
    differences: Sequence[Difference], pairs: Sequence[tuple[Expected, Found]]
) -> tuple[Difference, ...]:
    """The differences; a line missing here and unexpected there has moved, one that is already is doubled."""
    missing: defaultdict[str, list[Difference]] = defaultdict(list)
    for difference in differences:
        if difference.fault is Fault.MISSING and difference.expected is not None:
            missing[difference.expected.key].append(difference)
    standing = Counter(found.key for _, found in pairs)
    moved: dict[int, Difference] = {}
    gone: set[int] = set()
    for difference in differences:
        if difference.fault is not Fault.UNEXPECTED or difference.found is None:
            continue
        if waiting := missing[difference.found.key]:
            gone.add(id(waiting[0]))
            moved[id(difference)] = Difference(
                fault=Fault.MOVED, expected=waiting.pop(0).expected, found=difference.found
            )
        elif standing[difference.found.key]:
            moved[id(difference)] = Difference(fault=Fault.DOUBLED, expected=None, found=difference.found)
    return tuple(moved.get(id(item), item) for item in differences if id(item) not in gone)
