"""The language of each word: what the publication says, and what a file says (WCAG 2.2, 3.1.1 and 3.1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from unicodedata import normalize

from publisher.diagnostics import Diagnostic
from publisher.verify.diagnose import display, wrong
from publisher.verify.line import ONE_GLYPH, UNSEEN, Expected, Found, Tongue

Runs = tuple[tuple[str, str], ...]
"""Languages with the characters that are in them, in order."""
_FOLDED = {**dict.fromkeys(map(ord, UNSEEN)), **ONE_GLYPH}


def in_language(lines: Iterable[Expected], language: str) -> Iterator[Expected]:
    """The lines, in a language unless they are in one already."""
    return (line if line.language else replace(line, language=language) for line in lines)


def moved_tongues(tongues: Iterable[Tongue], at: int, length: int) -> tuple[Tongue, ...]:
    """Stretches of a line into which so many characters come at an offset."""
    return tuple(
        replace(tongue, start=tongue.start + length * (tongue.start >= at), end=tongue.end + length * (tongue.end > at))
        for tongue in tongues
    )


def language_faults(pairs: Iterable[tuple[Expected, Found]], *, artifact: str) -> Iterator[Diagnostic]:
    """V-062 for each line whose words a file takes for words of another language than the publication does."""
    for expected, found in pairs:
        if not expected.language or _is_plain(expected, found):
            continue
        want, have = _runs(expected, expected.language), _runs(found, "")
        if want != have and _words(want) == _words(have):
            words, language, other = _first(want, have)
            message = (
                f"({found.place}) “{display(words[:40])}” in {expected.name} should be marked as {language}, "
                f"and is marked as {other or 'no language'}"
            )
            yield wrong("V-062", message, artifact=artifact, line=expected)


def _is_plain(expected: Expected, found: Found) -> bool:
    """Whether both lines are in one language, and in the same."""
    return not expected.tongues and len(found.tongues) == 1 and found.tongues[0].language == expected.language


def _runs(line: Expected | Found, language: str) -> Runs:
    """The characters of a line by their languages; inner stretches follow those that hold them."""
    languages = [language] * len(line.text)
    for tongue in line.tongues:
        languages[tongue.start : tongue.end] = [tongue.language] * (tongue.end - tongue.start)
    runs: list[tuple[str, str]] = []
    for character, of in zip(line.text, languages, strict=False):
        if character.isspace():
            continue
        if runs and runs[-1][0] == of:
            runs[-1] = (of, runs[-1][1] + character)
        else:
            runs.append((of, character))
    folded = ((of, normalize("NFC", text).translate(_FOLDED)) for of, text in runs)
    return tuple((of, text) for of, text in folded if text)


def _words(runs: Runs) -> str:
    return "".join(text for _, text in runs)


def _first(want: Runs, have: Runs) -> tuple[str, str, str]:
    """The first characters whose languages differ, and both languages."""
    at = 0
    wanted, there = _each(want), _each(have)
    while wanted[at][0] == there[at][0]:
        at += 1
    language, other = wanted[at][0], there[at][0]
    end = at
    while end < len(wanted) and (wanted[end][0], there[end][0]) == (language, other):
        end += 1
    return "".join(character for _, character in wanted[at:end]), language, other


def _each(runs: Runs) -> list[tuple[str, str]]:
    return [(of, character) for of, text in runs for character in text]
