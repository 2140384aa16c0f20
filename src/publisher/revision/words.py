"""The words that differ between two states of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from publisher.diagnostics import Source, Span

_TOKEN = re.compile(r"\s+|\w+(?:[’'\-]\w+)*|[^\w\s]")
LINES = 2_000
"""Up to how many differing lines are compared exactly; of more, lines that are frequent count for nothing."""
TOKENS = 3_000
"""Up to how many words of a passage are compared one by one; a longer passage differs as a whole."""
SHOWN = 60
"""How many characters of a passage are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One passage that differs."""

    before: str
    after: str
    span: Span
    """Where it is now; where words were removed, the place before the next ones."""

    @property
    def said(self) -> str:
        """What happened to the words."""
        if not self.before.strip() and not self.after.strip():
            return f"the spacing is different: {_display(self.after)} instead of {_display(self.before)}"
        if not self.before:
            return f"{_display(self.after)} was added"
        if not self.after:
            return f"{_display(self.before)} was removed"
        return f"{_display(self.before)} is now {_display(self.after)}"


def changes(before: str, now: Source) -> tuple[Change, ...]:
    """Return the passages in which a text differs from what it was, in the order of the text as it is now."""
    old, new = _lines(before), _lines(now.text)
    starts = [0]
    for line in new:
        starts.append(starts[-1] + len(line))
    found: list[Change] = []
    for first, last, begin, end in _differing(old, new):
        at = starts[begin] if begin < len(starts) else len(now.text)
        found += _passages("".join(old[first:last]), "".join(new[begin:end]), at=at, source=now)
    return tuple(found)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The runs of lines that differ: where they begin and end in each."""
    head = 0
    while head < min(len(old), len(new)) and _even(old[head]) == _even(new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and _even(old[-1 - tail]) == _even(new[-1 - tail]):
        tail += 1
    a = [_even(line) for line in old[head : len(old) - tail]]
    b = [_even(line) for line in new[head : len(new) - tail]]
    matcher = SequenceMatcher(None, a, b, autojunk=max(len(a), len(b)) > LINES)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind != "equal":
            yield head + first, head + last, head + begin, head + end


def _even(line: str) -> str:
    """The line without what ends it."""
    return line.rstrip("\r\n")


def _passages(before: str, after: str, *, at: int, source: Source) -> Iterator[Change]:
    """The words that differ between two runs of lines; `at` is where the new ones begin in their source."""
    a, b = (_TOKEN.findall(text.replace("\r\n", "\n")) for text in (before, after))
    places = [at]
    for found in _TOKEN.finditer(after):
        places.append(at + found.end())
    if max(len(a), len(b)) > TOKENS or len(places) != len(b) + 1:
        yield Change(before=before.strip(), after=after.strip(), span=source.span(at, at + len(after.rstrip())))
        return
    opcodes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for first, last, begin, end in _join([opcode for opcode in opcodes if opcode[0] != "equal"], a):
        old, new = "".join(a[first:last]), "".join(b[begin:end])
        lead = len(new) - len(new.lstrip()) if new.strip() else 0
        start = places[begin] + lead
        yield Change(before=_trim(old), after=_trim(new), span=source.span(start, start + len(_trim(new))))


def _trim(words: str) -> str:
    """The words without the spaces around them; spaces alone stay."""
    return words.strip() or words


def _join(opcodes: Sequence[tuple[str, int, int, int, int]], a: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The differing runs of words; those with nothing but one space between them are one."""
    held: tuple[int, int, int, int] | None = None
    for _, first, last, begin, end in opcodes:
        if held is not None and first - held[1] == 1 and begin - held[3] == 1 and not a[held[1]].strip():
            held = held[0], last, held[2], end
            continue
        if held is not None:
            yield held
        held = first, last, begin, end
    if held is not None:
        yield held


def _display(words: str) -> str:
    """Words in quotation marks, shortened in the middle; of spaces, how many there are."""
    if not words.strip():
        lines = words.count("\n")
        return (
            f"{lines} line end{'' if lines == 1 else 's'}" if lines else f"{len(words)} space{'s'[: len(words) != 1]}"
        )
    line = " ".join(words.split())
    short = line if len(line) <= SHOWN else f"{line[: SHOWN // 2]} … {line[-SHOWN // 2 :]}"
    return f"“{short}”"
