"""Notes that continue with words of the text as if they were called from there too, and do not say so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from publisher.diagnostics import Diagnostic, Severity
from publisher.model.apparatus import Lemma, Note
from publisher.model.edition import Edition
from publisher.selectors.fold import Folded
from publisher.selectors.match import Quotation
from publisher.selectors.search import places


def uncounted_quotations(edition: Edition) -> Iterator[Diagnostic]:
    """N-016, a warning a note: further quotations of the text below the first, in a note without `calls=`."""
    doubtful = [(note, _words(note)) for note in edition.notes if note.quoted]
    if not doubtful:
        return
    folded = Folded.of(edition.text.plain)
    found = places(folded.text, (words for _, quoted in doubtful for words in quoted if words), keep=1)
    for note, quoted in doubtful:
        standing = tuple(takewhile(lambda words: words and found[words].count, quoted))
        if standing:
            yield _uncounted_fault(note, note.quoted[0], calls=1 + len(standing))


def _words(note: Note) -> tuple[str, ...]:
    """The words of each of its quotations, as they are looked for; empty where there are none."""
    quotations = (Quotation.of(lemma.selector) for lemma in note.quoted)
    return tuple("" if quotation is None else quotation.text for quotation in quotations)


def _uncounted_fault(note: Note, lemma: Lemma, *, calls: int) -> Diagnostic:
    return Diagnostic(
        code="N-016",
        message=f"these words are in the text, and note “{note.id}” is not called from there",
        span=lemma.span,
        hint=f"if it is about them too, write {{calls={calls}}} after its id; if they are part of it, {{calls=1}}",
        related=(("the heading of the note", note.span),),
        severity=Severity.WARNING,
    )
