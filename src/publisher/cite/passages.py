"""Words looked for in a composed edition: first in the text itself, then in everything else that it prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.compose.notes.lists import Lists
from publisher.compose.wording import Wording, wording, wording_of_note
from publisher.diagnostics import Diagnostic, PublisherError, Source, Span
from publisher.model.apparatus import Selector
from publisher.model.publication import Publication, Role
from publisher.model.target import Format
from publisher.selectors.fold import Folded, fold, fold_spaces
from publisher.selectors.match import Quotation, starts
from publisher.selectors.nearest import Near, nearest

SHOWN = 20
"""So many candidates are listed."""
CONTEXT = 24
"""So many characters are shown on each side of a candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words where they are."""

    wording: Wording
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words as the edition has them, white space folded."""
        return fold_spaces(self.wording.text[self.start : self.end])

    @property
    def span(self) -> Span | None:
        """Their place in the source; None where the toolchain wrote them."""
        return self.wording.span(self.start, self.end)

    @property
    def place(self) -> Span:
        """Their place in the source, else in what is printed."""
        printed = Source(name=f"“{self.wording.section.label}”", text=self.wording.text)
        return self.span or printed.span(self.start, self.end)

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """The numbers of the first and the last paragraph, as far as they have any."""
        lines = (self.wording.line_at(at) for at in (self.start, self.end - 1))
        return tuple(dict.fromkeys(line.paragraph for line in lines if line.paragraph is not None))


def passage(publication: Publication, selector: Selector, *, nth: int | None) -> Passage:
    """The passage that a selector means; of several, the `nth`, counted from 1.

    Raises `PublisherError` where no words were given or they are not there (Q-001), or where it is not clear which
    are meant (Q-002).
    """
    texts = _texts(publication)
    found = _find(texts[:1], selector) or _find(texts[1:], selector)
    if not found:
        raise PublisherError(_missing(texts, selector))
    if nth is not None and nth <= len(found):
        return found[nth - 1]
    if len(found) > 1 or nth is not None:
        raise PublisherError(_ambiguous(found, selector, nth=nth))
    return found[0]


def _texts(publication: Publication) -> tuple[Wording, ...]:
    """Everything that the EPUB prints: the text, then the other sections and the notes, in order."""
    at_end = Lists.of(publication.series).at_end
    sections = [section for section in publication.sections if Format.EPUB in section.formats]
    sections.sort(key=lambda section: section.role is not Role.TEXT)
    notes = (
        wording_of_note(note, section=section)
        for section in sections
        for note in section.notes
        if (note.series in at_end) == (section.role is Role.NOTES)
    )
    bodies = (wording(section) for section in sections if section.blocks or section.role is Role.TEXT)
    return tuple(body for body in (*bodies, *notes) if body.lines)


def _find(texts: tuple[Wording, ...], selector: Selector) -> tuple[Passage, ...]:
    quotation = Quotation.of(Selector(exact=selector.exact))
    return () if quotation is None else tuple(item for text in texts for item in _in(text, quotation, selector))


def _in(wording: Wording, quotation: Quotation, selector: Selector) -> Iterator[Passage]:
    """The passages of one text; the words before and after may be given with or without the space between."""
    folded = Folded.of(wording.text)
    text, prefix, suffix = folded.text, fold(selector.prefix).strip(), fold(selector.suffix).strip()
    for start in starts(text, quotation.text):
        end = start + quotation.length
        before, after = start - text.endswith(" ", 0, start), end + text.startswith(" ", end)
        if text.endswith(prefix, 0, before) and text.startswith(suffix, after):
            lemma = quotation.lemma_at(folded, start)
            yield Passage(wording=wording, start=lemma.start, end=lemma.end)


def _passage_span(selector: Selector) -> Span:
    """The words on the command line, as a place."""
    return Source(name="command line", text=selector.exact).span(0, len(selector.exact))


def _missing(texts: tuple[Wording, ...], selector: Selector) -> Diagnostic:
    """Q-001 with the passage that is most like the words."""
    best: tuple[float, Folded, Wording, Near] | None = None
    for text in texts:
        folded = Folded.of(text.text)
        (near,) = nearest(folded.text, (fold(selector.exact),))
        if near is not None and (best is None or near.likeness > best[0]):
            best = (near.likeness, folded, text, near)
    hint = "nothing in the edition is like them; copy them from the text, the EPUB or the PDF"
    related: tuple[tuple[str, Span], ...] = ()
    if best is not None:
        _, folded, text, near = best
        span = text.span(folded.plain_offset(near.start), folded.plain_offset(near.end))
        hint = f'nearest text is "{folded.text[near.start : near.end]}"' + (f" ({span})" if span else "")
        related = (("nearest text", span),) if span else ()
    around = " between the words given as --prefix and --suffix" if selector.prefix or selector.suffix else ""
    return Diagnostic(
        code="Q-001",
        message=f"the words are not in the edition{around}",
        span=_passage_span(selector),
        hint=hint,
        related=related,
    )


def _ambiguous(found: tuple[Passage, ...], selector: Selector, *, nth: int | None) -> Diagnostic:
    """Q-002 with every candidate, the first of them where there are many."""
    times = "once" if len(found) == 1 else f"{len(found)} times"
    what = f"there is no place number {nth}: " if nth is not None else ""
    return Diagnostic(
        code="Q-002",
        message=f"{what}the words are in the edition {times}",
        span=_passage_span(selector),
        hint=f"choose one with --nth 1 to --nth {len(found)}, or give the words before it with --prefix",
        related=tuple((_candidate(number, item), item.place) for number, item in enumerate(found[:SHOWN], 1)),
    )


def _candidate(number: int, item: Passage) -> str:
    """A place where the words are, with a few words of what is around it."""
    text = item.wording.text
    before, after = text[max(item.start - CONTEXT, 0) : item.start], text[item.end : item.end + CONTEXT]
    return fold_spaces(f"{number}: …{before}[{item.words[: 2 * CONTEXT]}]{after}…")
