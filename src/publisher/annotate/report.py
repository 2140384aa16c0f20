"""What is said of a lemma that has no place, or more than one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from publisher.annotate.locate import Locations
from publisher.annotate.nearly import difference
from publisher.diagnostics import Diagnostic, Fix, Span
from publisher.model.apparatus import Note
from publisher.model.text import Text
from publisher.selectors.describe import describe_folded
from publisher.selectors.fold import Folded
from publisher.selectors.match import Quotation
from publisher.selectors.nearest import Near, nearest
from publisher.selectors.search import Places

_HINTED = 100
"""So many lost and so many ambiguous lemmas get a hint of their own and their candidates; the rest a general hint."""
_CONTEXT = 24
"""Characters of context on each side of a candidate."""
_REACH = 240
"""The most to quote around a lemma in a hint."""
_OFTEN = 20_000
"""A lemma that is in more places is not worth describing."""
_MARKUP = re.compile(r"([\\`*_\[\]<&])")


@dataclass(frozen=True, slots=True)
class Miss:
    """A lemma that could not be anchored."""

    note: Note
    span: Span
    """Where the note quotes it."""
    quotation: Quotation | None
    """None where the lemma is empty."""
    places: Places | None


@dataclass(frozen=True, slots=True)
class _Ground:
    """The text as reports need it."""

    name: str
    """Name of its file."""
    folded: Folded
    locations: Locations

    def span(self, start: int, end: int) -> Span:
        """The span in the source of a stretch of the folded text."""
        return self.locations.span(self.folded.plain_offset(start), self.folded.plain_offset(end))


def reports(
    misses: Sequence[Miss], *, text: Text, folded: Folded, name: str = "", counted: bool = False
) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each lemma that is empty, not found or ambiguous, in order.

    `name` is that of the place if it is not the text; its runs may have to be `counted`.
    """
    if not misses:
        return ()
    ground = _Ground(name or text.source.name, folded, Locations(text, counted=counted))
    lost = [miss.quotation.text for miss in misses if miss.quotation and miss.places and not miss.places.count]
    nears = chain(nearest(folded.text, lost[:_HINTED]), repeat(None))
    hinted = chain(repeat(True, _HINTED), repeat(False))
    return tuple(_lost_fault(miss, ground, nears, hinted) for miss in misses)


def _lost_fault(miss: Miss, ground: _Ground, nears: Iterator[Near | None], hinted: Iterator[bool]) -> Diagnostic:
    if miss.quotation is None or miss.places is None:
        return _empty(miss)
    if not miss.places.count:
        return _lost_lemma(miss.span, miss.quotation, next(nears), ground)
    listed = next(hinted)
    return _ambiguous(miss.span, miss.quotation, miss.places, listed=listed, ground=ground)


def _empty(miss: Miss) -> Diagnostic:
    return Diagnostic(
        code="N-006",
        message=f"note “{miss.note.id}” has an empty lemma",
        span=miss.span,
        hint="quote the words of the text that the note is about: > the words",
    )


def _lost_lemma(lemma: Span, quotation: Quotation, near: Near | None, ground: _Ground) -> Diagnostic:
    hint = f"nothing in {ground.name} is like it; copy the words from there"
    related: tuple[tuple[str, Span], ...] = ()
    if near is not None:
        span = ground.span(near.start, near.end)
        words = ground.folded.text[near.start : near.end]
        unseen = difference(quotation.text, words)
        hint = f'nearest text is "{words}" ({span})' + (f": {unseen}; copy the words from there" if unseen else "")
        related = (("nearest text", span),)
    message = f"lemma not found in {ground.name}"
    fix = None if near is None else _nearest(lemma, quotation, ground.folded.text[near.start : near.end])
    return Diagnostic(code="N-003", message=message, span=lemma, hint=hint, related=related, fix=fix)


def _nearest(lemma: Span, quotation: Quotation, words: str) -> Fix | None:
    """The change of a lemma to the nearest words of the text, to be confirmed; none if it has markup or lines."""
    written = lemma.source.text[lemma.start : lemma.end]
    if "\n" in written.strip() or written.strip() != quotation.text or "\n" in words:
        return None
    end = lemma.start + len(written.rstrip())
    return Fix(span=lemma.source.span(lemma.start, end), text=_MARKUP.sub(r"\\\1", words), is_certain=False)


def _ambiguous(lemma: Span, quotation: Quotation, places: Places, *, listed: bool, ground: _Ground) -> Diagnostic:
    """N-004; if it is `listed`, with every candidate, or with the first twenty of more, and with words to paste."""
    paste = _paste(quotation, places, ground.folded.text) if listed else None
    starts = places.starts if listed else ()
    capped = f" ({len(starts)} of them are listed)" if starts and len(starts) < places.count else ""
    often = f"at least {places.count}" if places.at_least else str(places.count)
    hint = "quote more of the text around it and put the lemma itself in bold: > words before **the lemma** words after"
    return Diagnostic(
        code="N-004",
        message=f"lemma is ambiguous: {ground.name} has it {often} times{capped}",
        span=lemma,
        hint=f"quote more and put the lemma itself in bold; for the first place: > {paste}" if paste else hint,
        related=tuple(_candidate(start + quotation.lead, quotation.length, ground) for start in starts),
    )


def _candidate(start: int, length: int, ground: _Ground) -> tuple[str, Span]:
    """A place where the lemma is, with a few words of what is around it."""
    text, end = ground.folded.text, start + length
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    before = before if start <= _CONTEXT else "…" + before[before.find(" ") + 1 :]
    after = after if end + _CONTEXT >= len(text) else after[: after.rfind(" ") + 1].rstrip() + " …"
    lemma = (
        text[start:end]
        if length <= _CONTEXT * 2
        else f"{text[start : start + _CONTEXT]} … {text[end - _CONTEXT : end]}"
    )
    return f"{before}[{lemma}]{after}".strip(), ground.span(start, end)


def _paste(quotation: Quotation, places: Places, text: str) -> str | None:
    """A quotation, as Markdown with the lemma in bold, that only the first place has; None where it would be long."""
    start = places.starts[0] + quotation.lead
    if places.count > _OFTEN or quotation.length > _REACH:
        return None
    selector = describe_folded(text, start, start + quotation.length, reach=_REACH)
    if len(selector.prefix) + len(selector.suffix) > _REACH:
        return None
    prefix, lemma, suffix = (_MARKUP.sub(r"\\\1", part) for part in (selector.prefix, selector.exact, selector.suffix))
    return f"{prefix}**{lemma}**{suffix}"
