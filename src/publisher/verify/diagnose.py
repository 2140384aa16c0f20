"""Differences in words: what is wrong, in which artifact and where in it, and which line of the sources it is about."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import assert_never

from publisher.diagnostics import Diagnostic, amount
from publisher.verify.compare import Comparison, Difference, Fault
from publisher.verify.line import PICTURE, Expected, Found, Line

BEFORE, AFTER, WHOLE = 24, 40, 70
"""How many characters are shown before and after the first difference, and of a line that is shown alone."""
SHOWN = 20
"""How many differences of one artifact are reported."""
HINT = (
    "nothing was written over; if you use templates or style sheets of your own, look there first, "
    "else please report this message: it is a fault of the program"
)


def diagnostics(comparison: Comparison, *, artifact: str) -> Iterator[Diagnostic]:
    """What a comparison found, each difference with the line of the source that it is about."""
    for difference in comparison.differences:
        yield _shown_difference(difference, artifact)
    for expected, found in comparison.pairs:
        if expected.marks != found.marks:
            yield _marks(expected, found, artifact)


def changed_line(expected: Expected, found: Found, *, artifact: str, at: tuple[int, int] | None = None) -> Diagnostic:
    """What is said of a line with other characters than its source has; `at` is where the two begin to differ."""
    first = first_difference(expected.text, found.text)
    here, there = at or (first, first)
    unseen = visible_part(expected.text) == visible_part(found.text)
    return Diagnostic(
        code="V-013" if unseen and _marks_unseen(expected) != _marks_unseen(found) else "V-001",
        message=(
            f"{artifact} ({found.place}): {expected.name} differs from its source: "
            f"expected {excerpt(expected.text, here)}, found {excerpt(found.text, there)}"
        ),
        span=expected.span(here),
        hint=HINT,
    )


def _marks_unseen(line: Line) -> str:
    return "".join(character for character in line.text if unicodedata.category(character) == "Cf")


def wrong(code: str, message: str, *, artifact: str, line: Expected | None = None) -> Diagnostic:
    """What is said of anything else, at the source of a line where there is one."""
    return Diagnostic(
        code=code, message=f"{artifact}: {message}", span=None if line is None else line.span(), hint=HINT
    )


def at_most(found: Iterable[Diagnostic], *, artifact: str) -> tuple[Diagnostic, ...]:
    """The diagnostics; where there are very many, the first of them and how many more there are."""
    found = tuple(found)
    if len(found) <= SHOWN:
        return found
    last = found[SHOWN - 1]
    more = wrong(last.code, f"{amount(len(found) - SHOWN + 1, 'more difference')}", artifact=artifact)
    return (*found[: SHOWN - 1], more)


def _shown_difference(difference: Difference, artifact: str) -> Diagnostic:
    expected, found = difference.expected, difference.found
    if expected is not None and found is not None:
        moved = difference.fault is Fault.MOVED
        return _move(expected, found, artifact) if moved else changed_line(expected, found, artifact=artifact)
    if expected is not None:
        return wrong("V-002", f"{expected.name} is missing: {whole(expected)}", artifact=artifact, line=expected)
    assert found is not None
    match difference.fault:
        case Fault.DOUBLED:
            return wrong("V-004", f"({found.place}) this occurs twice: {whole(found)}", artifact=artifact)
        case Fault.UNEXPECTED:
            return wrong("V-003", f"({found.place}) no source holds this: {whole(found)}", artifact=artifact)
        case Fault.CHANGED | Fault.MISSING | Fault.MOVED:
            raise AssertionError(difference)
        case _:
            assert_never(difference.fault)


def _move(expected: Expected, found: Found, artifact: str) -> Diagnostic:
    if expected.marks != found.marks:
        return _marks(expected, found, artifact)
    message = f"({found.place}) {expected.name} is out of order: {whole(found)}"
    return wrong("V-005", message, artifact=artifact, line=expected)


def _marks(expected: Expected, found: Found, artifact: str) -> Diagnostic:
    message = (
        f"({found.place}) the notes of {expected.name} are marked {_list_all(found.marks)} "
        f"and should be marked {_list_all(expected.marks)}: {whole(found)}"
    )
    return wrong("V-006", message, artifact=artifact, line=expected)


def _list_all(marks: tuple[str, ...]) -> str:
    return ", ".join(marks) or "nothing"


def first_difference(text: str, other: str) -> int:
    """The offset of the first character in which two texts differ."""
    shorter = min(len(text), len(other))
    return next((at for at in range(shorter) if text[at] != other[at]), shorter)


def visible_part(text: str) -> str:
    """The text without white space and without characters that no one sees."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc", "Mn"})


def excerpt(text: str, at: int) -> str:
    """The words around an offset, in quotation marks, with every character to be seen."""
    begin, end = max(at - BEFORE, 0), at + AFTER
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    return f"“{before}{display(text[begin:end])}{after}”"


def whole(line: Line) -> str:
    """The first words of a line."""
    return excerpt(line.text[:WHOLE], 0) if len(line.text) <= AFTER else f"“{display(line.text[:WHOLE])}…”"


def display(text: str) -> str:
    """The text with a name for each character that can't be seen."""
    return "".join(map(_display, text))


def _display(character: str) -> str:
    if character == PICTURE:
        return "[picture] "
    if character == "\n":
        return "⏎"
    if unicodedata.category(character) in {"Cf", "Cc", "Zs", "Zl", "Zp"} and character != " ":
        return f"⟨U+{ord(character):04X}⟩"
    return character
