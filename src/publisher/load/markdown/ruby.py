"""Readings above characters: `[漢字]{ruby=かんじ}`, `[漢字]{ruby="かん|じ"}` for a reading of each.

https://www.w3.org/TR/jlreq/#ruby_and_emphasis_dots
"""

from __future__ import annotations

from dataclasses import replace

from publisher.diagnostics import Span
from publisher.load.markdown.builder import MarkdownBuilder
from publisher.model.inline import Emphasis, Inline, Run, Styled
from publisher.model.walk import nest, plain_of_inlines
from publisher.selectors.fold import clusters

_BAR = "|"
LONGEST = 100
"""How many characters a reading may have: it is set in one line."""


def with_reading(base: tuple[Inline, ...], reading: str, *, span: Span, builder: MarkdownBuilder) -> tuple[Inline, ...]:
    """Return characters with their reading. Notes M-071 for one that is none, and returns the characters alone."""
    parts = [" ".join(part.split()) for part in reading.split(_BAR)]
    fault = _fault(base, parts)
    if fault is not None:
        builder.error("M-071", fault[0], span=span, hint=fault[1])
        return base
    if len(parts) == 1:
        return (Styled(style=Emphasis.RUBY, value=parts[0], children=base),)
    run = base[0]
    assert isinstance(run, Run)
    found, at = list[Inline](), 0
    for part, letters in zip(parts, clusters(run.text), strict=True):
        piece = _piece(run, at, at + len(letters))
        found.append(Styled(style=Emphasis.RUBY, value=part, children=(piece,)) if part else piece)
        at += len(letters)
    return tuple(found)


def _fault(base: tuple[Inline, ...], parts: list[str]) -> tuple[str, str] | None:
    """What is wrong with characters and the parts of their reading, and what to do; None if nothing is."""
    words = plain_of_inlines(base)
    if not words.strip():
        return "a reading is above nothing", "write the characters between the brackets: [漢字]{ruby=かんじ}"
    if not any(parts) or (len(parts) == 1 and not parts[0]):
        return "the reading is empty", "write it behind the sign: [漢字]{ruby=かんじ}"
    if max(map(len, parts)) > LONGEST or len(words) > LONGEST:
        return f"a reading and its characters have at most {LONGEST} characters", "divide them"
    if "\n" in words or not all(isinstance(item, Run | Styled) for item in nest(base)):
        return "a reading is above more than words", "put links, notes, formulas and line ends outside of the brackets"
    if any(isinstance(styled, Styled) and styled.style is Emphasis.RUBY for styled in nest(base)):
        return "a reading is above characters that have a reading", "give each characters one reading"
    if len(parts) == 1:
        return None
    count = len(clusters(words))
    if not (len(base) == 1 and isinstance(base[0], Run)):
        return "a reading in parts is above words with markup", "put the markup around the brackets"
    if count != len(parts):
        return (
            f"the reading has {len(parts)} parts for {count} characters",
            "write a part for each character, with | between them; a part may be empty",
        )
    return None


def _piece(run: Run, start: int, end: int) -> Run:
    """A part of a run."""
    span = run.span
    if span is not None and span.end - span.start == len(run.text):
        span = replace(span, start=span.start + start, end=span.start + end)
    return Run(text=run.text[start:end], start=run.start + start, span=span)
