"""Changes that a reviewer made in the words of a note, brought to its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from publisher.diagnostics import Span
from publisher.load.markdown.escaping import escape
from publisher.review.rendered import PARAGRAPH, Rendered

_TOKEN = re.compile(r"\n\n|\s|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of a file of notes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a changed note needs."""

    edits: tuple[Edit, ...]
    stuck: tuple[str, ...]
    """The changes that cannot be brought to the Markdown: in citations, references, code, across paragraphs."""


def merge(before: Rendered, after: str) -> Merged:
    """The edits that make a note say what the reviewer wrote, word by word."""
    a, b = _TOKEN.findall(before.text), _TOKEN.findall(after)
    starts = [0]
    for token in a:
        starts.append(starts[-1] + len(token))
    edits: list[Edit] = []
    stuck: list[str] = []
    for kind, first, last, begin, end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = "".join(a[first:last]), "".join(b[begin:end])
        edit = _edit(before, starts[first], starts[last], new)
        if edit is None:
            stuck.append(f"“{old.strip()}” is now “{new.strip()}”" if old.strip() else f"“{new.strip()}” was added")
        else:
            edits.append(edit)
    return Merged(edits=tuple(edits), stuck=tuple(stuck))


def _edit(before: Rendered, start: int, end: int, new: str) -> Edit | None:
    """The change of a stretch; None if some of it is not in the source as it is shown."""
    places = before.places[start:end]
    written = PARAGRAPH.join(escape(part, at_start=bool(number)) for number, part in enumerate(new.split(PARAGRAPH)))
    if places:
        first, last = places[0], places[-1]
        if first is None or last is None or None in places or not _is_together(places):
            return None
        return Edit(span=first.source.span(first.start, last.end), text=written)
    before_, after = before.places[start - 1 : start], before.places[start : start + 1]
    if before_ and before_[0] is not None:
        return Edit(span=before_[0].source.span(before_[0].end, before_[0].end), text=written)
    if after and after[0] is not None and PARAGRAPH not in new:
        return Edit(span=after[0].source.span(after[0].start, after[0].start), text=written)
    return None


def _is_together(places: tuple[Span | None, ...]) -> bool:
    """Whether characters follow each other in the source, with nothing but white space between them."""
    for span, other in _pairs(places):
        between = span.source.text[span.end : other.start]
        if other.start < span.end or between.strip():
            return False
    return True


def _pairs(places: tuple[Span | None, ...]) -> Iterator[tuple[Span, Span]]:
    for span, other in pairwise(places):
        assert span is not None
        assert other is not None
        yield span, other


def diff(before: str, after: str) -> str:
    """What changed, for people: the words that were there in brackets with a minus, the new ones with a plus."""
    a, b = _TOKEN.findall(before), _TOKEN.findall(after)
    parts = []
    for kind, first, last, begin, end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        old, new = "".join(a[first:last]), "".join(b[begin:end])
        if kind == "equal":
            parts.append(old if len(old) <= 90 else f"{old[:40]} … {old[-40:]}")
        else:
            parts.append((f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else ""))
    return " ".join("".join(parts).split())
