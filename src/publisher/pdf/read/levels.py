"""The direction of each character of a paragraph: embedding levels of the Unicode Bidirectional Algorithm.

UAX #9, https://www.unicode.org/reports/tr9/, rules X1 to X10, W1 to W7, N0 to N2, I1, I2, L1 and L2; the classes of
characters are those that Python has. The level of a character that the algorithm removes is that of the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import bidirectional, category, normalize

from bidi.mirror import MIRRORED

DEEPEST = 125
"""The highest level that explicit controls reach (BD2)."""
MOST_BRACKETS = 63
"""How many brackets may be open at once (BD16)."""
ISOLATES = frozenset({"LRI", "RLI", "FSI"})
EMBEDDINGS = frozenset({"LRE", "RLE", "LRO", "RLO"})
REMOVED = frozenset({*EMBEDDINGS, "PDF", "BN"})
NEUTRAL = frozenset({"B", "S", "WS", "ON", *ISOLATES, "PDI"})


@dataclass(slots=True)
class _Embedding:
    level: int
    override: str = ""
    isolate: bool = False


def embedding_levels(text: str, base: int) -> list[int]:
    """Return the level of each character of one paragraph; `base` is that of the paragraph, 0 or 1."""
    kinds = [bidirectional(character) or "L" for character in text]
    partners = _isolates(kinds)
    levels, classes = _explicit(kinds, partners, base)
    for sequence in _sequences(kinds, levels, partners):
        _resolve(sequence, text, kinds, levels, classes, base=base, partners=partners)
    before = base
    for at, kind in enumerate(kinds):
        if kind in REMOVED:
            levels[at] = before
        before = levels[at]
    return levels


def visual_order(text: str, levels: Sequence[int], base: int) -> list[int]:
    """Return the places of the characters of one line from left to right (rules L1 and L2)."""
    own = list(levels)
    for at in reversed(range(len(text))):
        if bidirectional(text[at]) not in ("WS", "B", "S", "BN", "LRI", "RLI", "FSI", "PDI"):
            break
        own[at] = base
    return reorder(own)


def reorder(levels: Sequence[int]) -> list[int]:
    """Return the places of characters, or of boxes, from left to right (rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        groups = groupby(order, key=lambda at: levels[at] >= level)
        order = [at for turned, group in groups for at in (reversed([*group]) if turned else [*group])]
    return order


def _isolates(kinds: Sequence[str]) -> dict[int, int]:
    """The matching PDI of each isolate initiator, and the initiator of each PDI that has one (BD9)."""
    opened: list[int] = []
    partners: dict[int, int] = {}
    for at, kind in enumerate(kinds):
        if kind in ISOLATES:
            opened.append(at)
        elif kind == "PDI" and opened:
            begin = opened.pop()
            partners[begin], partners[at] = at, begin
    return partners


def _explicit(kinds: Sequence[str], partners: dict[int, int], base: int) -> tuple[list[int], list[str]]:
    """The levels by explicit controls, and the classes with overrides applied (X1 to X8)."""
    levels, classes = [base] * len(kinds), list(kinds)
    stack = [_Embedding(base)]
    too_deep_isolates = too_deep = valid = 0
    for at, kind in enumerate(kinds):
        top = stack[-1]
        if kind in ISOLATES or kind == "PDI":
            if kind == "PDI":
                if too_deep_isolates:
                    too_deep_isolates -= 1
                elif valid:
                    too_deep = 0
                    while not stack.pop().isolate:
                        pass
                    valid -= 1
                top = stack[-1]
            levels[at], classes[at] = top.level, top.override or kind
            if kind == "PDI":
                continue
            turned = kind == "RLI" or (
                kind == "FSI" and _first_strong(kinds, at + 1, partners.get(at, len(kinds))) == 1
            )
            level = _next(top.level, odd=turned)
            if level <= DEEPEST and not too_deep_isolates and not too_deep:
                valid += 1
                stack.append(_Embedding(level, isolate=True))
            else:
                too_deep_isolates += 1
        elif kind in EMBEDDINGS:
            level = _next(top.level, odd=kind[0] == "R")
            if level <= DEEPEST and not too_deep_isolates and not too_deep:
                stack.append(_Embedding(level, override=kind[0] if kind[2] == "O" else ""))
            elif not too_deep_isolates:
                too_deep += 1
        elif kind == "PDF":
            if not too_deep_isolates and too_deep:
                too_deep -= 1
            elif not too_deep_isolates and not top.isolate and len(stack) > 1:
                stack.pop()
        elif kind == "B":
            levels[at] = base
        else:
            levels[at], classes[at] = top.level, (top.override or kind) if kind != "BN" else kind
    return levels, classes


def _next(level: int, *, odd: bool) -> int:
    return level + 1 + (level % 2 == odd)


def _first_strong(kinds: Sequence[str], start: int, end: int) -> int:
    """The direction of the first strong character outside of isolates (P2, P3)."""
    depth = 0
    for kind in kinds[start:end]:
        depth += (kind in ISOLATES) - (kind == "PDI")
        if not depth and kind in ("L", "R", "AL"):
            return int(kind != "L")
    return 0


def _sequences(kinds: Sequence[str], levels: Sequence[int], partners: dict[int, int]) -> Iterator[list[int]]:
    """The isolating run sequences of a paragraph (X10, BD13)."""
    there = [at for at, kind in enumerate(kinds) if kind not in REMOVED]
    runs = [[*run] for _, run in groupby(there, key=lambda at: levels[at])]
    of_first = {run[0]: run for run in runs}
    for run in runs:
        if kinds[run[0]] == "PDI" and run[0] in partners:
            continue
        sequence = list(run)
        while kinds[sequence[-1]] in ISOLATES and partners.get(sequence[-1]) in of_first:
            sequence += of_first[partners[sequence[-1]]]
        yield sequence


def _resolve(
    sequence: list[int],
    text: str,
    kinds: Sequence[str],
    levels: list[int],
    classes: list[str],
    *,
    base: int,
    partners: dict[int, int],
) -> None:
    """The levels of an isolating run sequence, by rules W, N and I."""
    level = levels[sequence[0]]
    first, last = sequence[0] - 1, sequence[-1] + 1
    while first >= 0 and kinds[first] in REMOVED:
        first -= 1
    while last < len(kinds) and kinds[last] in REMOVED:
        last += 1
    is_open = kinds[sequence[-1]] in ISOLATES and sequence[-1] not in partners
    before = levels[first] if first >= 0 else base
    after = base if is_open or last == len(kinds) else levels[last]
    start, end = ("LR"[max(level, other) % 2] for other in (before, after))
    own = [classes[at] for at in sequence]
    _weak(own, start)
    _brackets(own, [text[at] for at in sequence], [kinds[at] for at in sequence], start, "LR"[level % 2])
    _neutral(own, start, end, "LR"[level % 2])
    for at, kind in zip(sequence, own, strict=True):
        if level % 2 == 0:
            levels[at] = level + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
        else:
            levels[at] = level + (kind in ("L", "EN", "AN"))


def _weak(own: list[str], start: str) -> None:
    """Rules W1 to W7, in place."""
    before = start
    for at, kind in enumerate(own):
        if kind == "NSM":
            own[at] = "ON" if before in ISOLATES or before == "PDI" else before
        before = own[at]
    strong = start
    for at, kind in enumerate(own):
        strong = kind if kind in ("L", "R", "AL") else strong
        own[at] = "AN" if kind == "EN" and strong == "AL" else kind
    own[:] = ["R" if kind == "AL" else kind for kind in own]
    for at in range(1, len(own) - 1):
        around = own[at - 1], own[at + 1]
        if own[at] in ("ES", "CS") and around == ("EN", "EN"):
            own[at] = "EN"
        elif own[at] == "CS" and around == ("AN", "AN"):
            own[at] = "AN"
    at = 0
    for kind, group in groupby(list(own)):
        length = len([*group])
        if kind == "ET" and "EN" in (*own[max(at - 1, 0) : at], *own[at + length : at + length + 1]):
            own[at : at + length] = ["EN"] * length
        at += length
    strong = start
    for at, kind in enumerate(own):
        strong = kind if kind in ("L", "R") else strong
        if kind in ("ES", "ET", "CS"):
            own[at] = "ON"
        elif kind == "EN" and strong == "L":
            own[at] = "L"


def _brackets(own: list[str], text: Sequence[str], kinds: Sequence[str], start: str, embedding: str) -> None:
    """Rule N0, in place."""
    for begin, end in _pairs(own, text):
        inside = {_strong(kind) for kind in own[begin + 1 : end]} - {""}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            before = next((_strong(kind) for kind in reversed(own[:begin]) if _strong(kind)), start)
            direction = before if before != embedding else embedding
        for at in (begin, end):
            own[at] = direction
            for behind in range(at + 1, len(own)):
                if kinds[behind] != "NSM":
                    break
                own[behind] = direction


def _strong(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _pairs(own: Sequence[str], text: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of brackets, in the order in which they are opened (BD16)."""
    opened: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if own[at] != "ON" or character not in MIRRORED or category(character) not in ("Ps", "Pe"):
            continue
        if category(character) == "Ps":
            if len(opened) == MOST_BRACKETS:
                return []
            opened.append((normalize("NFD", str(MIRRORED[character])), at))
            continue
        closing = normalize("NFD", character)
        for depth in reversed(range(len(opened))):
            if opened[depth][0] == closing:
                found.append((opened[depth][1], at))
                del opened[depth:]
                break
    return sorted(found)


def _neutral(own: list[str], start: str, end: str, embedding: str) -> None:
    """Rules N1 and N2, in place."""
    at = 0
    for is_neutral, group in groupby(list(own), key=lambda kind: kind in NEUTRAL):
        length = len([*group])
        if is_neutral:
            before = _strong(own[at - 1]) if at else start
            after = _strong(own[at + length]) if at + length < len(own) else end
            own[at : at + length] = [before if before == after else embedding] * length
        at += length
