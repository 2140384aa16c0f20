"""The proof that a volume is the whole edition: every word that the editors wrote is printed in some section."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, Source, Span
from publisher.model.block import Block, CodeBlock, Figure
from publisher.model.edition import Edition
from publisher.model.inline import Code, FootnoteCall, Formula, Inline, Run
from publisher.model.publication import Publication, Role, calls_of
from publisher.model.target import Audience
from publisher.model.text import Text
from publisher.model.walk import blocks_of, inlines_of, leaves, lines, nest
from publisher.verify.audience import for_audience
from publisher.verify.diagnose import HINT, excerpt
from publisher.verify.markdown_source import left_out

TITLE = re.compile(r"\A\ufeff?\s*(?: {0,3}#[ \t][^\n]*|(?:(?!#)[^\n]*\S[^\n]*\n)+? {0,3}=+[ \t]*\r?$)", re.MULTILINE)
"""A first-level heading at the top of a file of notes, which names the file: its series has a title of its own."""
HEADS = re.compile(r"\A---\r?\n[\s\S]*?\n---[ \t]*\r?$|^#+ .*$", re.MULTILINE)
"""The facts of an agreement, which the proof of its lines knows, and the headings of its provisions."""
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What the sections of a publication print, found once for however many editions it has."""

    notes: frozenset[str]
    """Ids of notes."""
    calls: Mapping[str, int]
    """How often each is called; where several editions have one of the name, the most often called of them."""
    ids: frozenset[str]
    """Ids of blocks."""
    endings: frozenset[str]
    """What is behind a hyphen in these ids, up to their end."""
    spans: Mapping[int, tuple[Span, ...]]
    """Where the words come from, by the identity of their source."""

    @classmethod
    def by(cls, publication: Publication) -> Printed:
        """What a publication prints."""
        spans: defaultdict[int, list[Span]] = defaultdict(list)
        for _, span in _printed_words(publication):
            spans[id(span.source)].append(span)
        blocks = (block for section in publication.sections for block in blocks_of(section.blocks))
        ids = frozenset(str(block.id) for block in blocks if hasattr(block, "id"))
        return cls(
            notes=frozenset(note.note_id for section in publication.sections for note in section.notes),
            calls=_calls(publication),
            ids=ids,
            endings=frozenset(text[found.end() :] for text in ids for found in re.finditer("-", text)),
            spans={source: tuple(found) for source, found in spans.items()},
        )


def whole_faults(whole: Edition, printed: Printed, *, audience: Audience) -> Iterator[Diagnostic]:
    """Notes, agreements and words of the edition for an audience that no section of the publication prints."""
    edition = for_audience(whole, audience)
    for note in edition.notes:
        if note.id not in printed.notes:
            yield _fault(f"no section prints the note “{note.id}”", note.span)
        elif printed.calls.get(note.id, 0) < len(note.lemmas):
            yield _fault(f"one of the passages of the note “{note.id}” does not call it", note.span)
    for agreement in edition.agreements:
        if agreement.id not in printed.endings:
            yield _fault(f"no section prints the agreement “{agreement.id}”", agreement.span)
    covered: dict[int, bytearray] = {}
    for words, span in _write(edition):
        key = id(span.source)
        if key not in covered:
            covered[key] = _cover(span.source, printed.spans.get(key, ()))
        if words.strip() and (key not in printed.spans or 0 in covered[key][span.start : span.end]):
            yield _fault(f"no section prints {excerpt(words, 0)}", span)
    yield from _unread_words(whole, printed, hidden=_hide(whole, edition))


def _calls(publication: Publication) -> Mapping[str, int]:
    sections = publication.sections
    counts = Counter(call.note_id for item in sections if item.role is not Role.NOTES for call in calls_of(item))
    most: dict[str, int] = {}
    for note in (note for section in sections for note in section.notes):
        most[note.note_id] = max(most.get(note.note_id, 0), counts[note.id])
    return most


def _hide(whole: Edition, edition: Edition) -> Iterator[Span]:
    """Where the words are that are for another audience, or in footnotes that nothing calls."""
    shown = {(id(span.source), span.start) for _, span in _write(edition)}
    for _, span in _write(whole, uncalled=True):
        if (id(span.source), span.start) not in shown:
            yield span


def _unread_words(edition: Edition, printed: Printed, *, hidden: Iterable[Span]) -> Iterator[Diagnostic]:
    """Words in the files of front and back matter, notes and agreements that have come to no place in the volume."""
    sources: dict[int, Source] = {}
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for span in (*(matter.text.title_span for matter in (*edition.front, *edition.back)), *_unprinted_names(edition)):
        if span is not None:
            spans[id(span.source)].append(span)
    for span in hidden:
        spans[id(span.source)].append(span)
    for source in (
        *(matter.text.source for matter in (*edition.front, *edition.back)),
        *(note.span.source for note in edition.notes),
        *(agreement.span.source for agreement in edition.agreements),
    ):
        sources[id(source)] = source
    for key, source in sources.items():
        yield from left_out(source, (*spans[key], *printed.spans.get(key, ())))


def _unprinted_names(edition: Edition) -> Iterator[Span]:
    """What names and places things, and is not printed: titles of files of notes, heads, lemmas."""
    for source in {id(note.span.source): note.span.source for note in edition.notes}.values():
        if (title := TITLE.match(source.text)) is not None:
            yield source.span(title.start(), title.end())
    for note in edition.notes:
        yield from (note.span, *(lemma.span for lemma in note.lemmas))
    for agreement in edition.agreements:
        source = agreement.span.source
        for found in HEADS.finditer(source.text):
            yield source.span(found.start(), found.end())


def _cover(source: Source, spans: Iterable[Span]) -> bytearray:
    """Which characters of a source are printed."""
    covered = bytearray(len(source.text))
    for span in spans:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    return covered


def _printed_words(publication: Publication) -> Iterator[tuple[str, Span]]:
    for section in publication.sections:
        yield from _line(section.title)
        yield from _blocks(section.blocks)
        for note in section.notes:
            yield from _blocks(note.blocks)


def _write(edition: Edition, *, uncalled: bool = False) -> Iterator[tuple[str, Span]]:
    """Everything that editors wrote to be printed; with `uncalled`, footnotes that nothing calls as well (M-012)."""
    for text in (edition.text, *(matter.text for matter in (*edition.front, *edition.back))):
        yield from _line(text.title)
        yield from _blocks(text.blocks)
        called = {footnote_call.label for footnote_call in _inlines(text) if isinstance(footnote_call, FootnoteCall)}
        for footnote in text.footnotes:
            if uncalled or footnote.label in called:
                yield from _blocks(footnote.blocks)
    for note in edition.notes:
        yield from _blocks(note.blocks)
    for agreement in edition.agreements:
        for line in agreement.facts:
            yield from _line(line)
        yield from _blocks(agreement.blocks)
        for provision in agreement.provisions:
            yield from _blocks(provision.blocks)


def _inlines(text: Text) -> Iterator[Inline]:
    yield from nest(text.title)
    yield from inlines_of(text.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[tuple[str, Span]]:
    blocks = tuple(blocks)
    for line in lines(blocks):
        if not isinstance(line, CodeBlock):
            yield from _line(line)
    for block in blocks_of(blocks):
        if isinstance(block, CodeBlock | Figure) and block.span is not None:
            yield block.text if isinstance(block, CodeBlock) else block.alternative, block.span


def _line(line: Inlines) -> Iterator[tuple[str, Span]]:
    for leaf in leaves(line):
        if isinstance(leaf, Run | Code | Formula) and leaf.span is not None:
            yield leaf.text, leaf.span


def _fault(message: str, span: Span) -> Diagnostic:
    return Diagnostic(code="V-009", message=f"the volume is not the whole edition: {message}", span=span, hint=HINT)
