"""An edition as a copy for one audience has to print it: without the notes and blocks that are for another.

A note on words that are for another audience alone is for that one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from publisher.model.agreement import parts_of
from publisher.model.apparatus import Lemma, Note, PlaceKind, Selector
from publisher.model.block import Block, Division
from publisher.model.change import with_blocks
from publisher.model.edition import Edition, Matter
from publisher.model.inline import FootnoteCall
from publisher.model.target import Audience, audience_of, is_for
from publisher.model.text import Text
from publisher.model.walk import inlines_of, nest, plain, plain_of_inlines

Place = tuple[str, str]
"""A kind of place and its name; two empty words for the text."""


def for_audience(edition: Edition, audience: Audience) -> Edition:
    """The edition with everything that the audience is to read."""

    def shown(block: Block) -> tuple[Block, ...]:
        marked = audience_of(block.name) if isinstance(block, Division) else None
        return (block,) if is_for(audience, marked) else ()

    def blocks(given: Iterable[Block]) -> tuple[Block, ...]:
        return with_blocks(given, shown)

    def text(given: Text) -> Text:
        footnotes = tuple(replace(footnote, blocks=blocks(footnote.blocks)) for footnote in given.footnotes)
        return replace(given, blocks=blocks(given.blocks), footnotes=footnotes)

    def matter(given: Matter) -> Matter:
        return replace(given, text=text(given.text))

    printed = text(edition.text)
    cut = replace(
        edition,
        text=printed,
        front=tuple(map(matter, edition.front)),
        back=tuple(map(matter, edition.back)),
        notes=tuple(
            replace(note, blocks=blocks(note.blocks)) for note in edition.notes if is_for(audience, note.audience)
        ),
        agreements=tuple(
            replace(
                agreement,
                blocks=blocks(agreement.blocks),
                provisions=tuple(
                    replace(provision, blocks=blocks(provision.blocks)) for provision in agreement.provisions
                ),
            )
            for agreement in edition.agreements
        ),
    )
    whole = printed.blocks == edition.text.blocks
    return replace(cut, notes=_called_notes(cut, whole=whole))


def _called_notes(cut: Edition, *, whole: bool) -> tuple[Note, ...]:
    """The notes that say something and whose words are there; those on a note only if that one is there."""
    words = {place: _fold(said) for place, said in _places(cut).items()}
    there: dict[str, Note] = {}
    waiting = [note for note in cut.notes if note.blocks]
    while waiting:
        found = [(note, lemmas) for note in waiting if (lemmas := _lemmas(note, words, whole=whole))]
        if not found:
            break
        for note, lemmas in found:
            there[note.id] = replace(note, selector=lemmas[0].selector, lemma_span=lemmas[0].span, again=lemmas[1:])
            words[PlaceKind.NOTE, note.id] = _fold(plain(note.blocks))
        waiting = [note for note in waiting if note.id not in there]
    return tuple(there[note.id] for note in cut.notes if note.id in there)


def _lemmas(note: Note, words: Mapping[Place, str], *, whole: bool) -> tuple[Lemma, ...]:
    """The passages from which a note is called."""
    if note.place is None and whole:
        return note.lemmas
    said = words.get(("", "") if note.place is None else (note.place.kind, note.place.id), "")
    return tuple(lemma for lemma in note.lemmas if _quote(lemma.selector) in said)


def _places(cut: Edition) -> dict[Place, str]:
    """The words of everything that notes can be about, except of notes."""
    text = cut.text
    found: dict[Place, str] = {("", ""): f"{plain_of_inlines(text.title)}\n{plain(text.blocks)}"}
    called = {
        footnote_call.label
        for footnote_call in (*nest(text.title), *inlines_of(text.blocks))
        if isinstance(footnote_call, FootnoteCall)
    }
    for footnote in text.footnotes:
        if footnote.label in called:
            found[PlaceKind.FOOTNOTE, footnote.label] = plain(footnote.blocks)
    for matter in (*cut.front, *cut.back):
        said = f"{plain_of_inlines(matter.text.title)}\n{plain(matter.text.blocks)}"
        found |= dict.fromkeys(((PlaceKind.MATTER, name) for name in matter.names(cut.settings)), said)
    for agreement in cut.agreements:
        found[PlaceKind.AGREEMENT, agreement.id] = plain(parts_of(agreement))
    return found


def _quote(selector: Selector) -> str:
    """Everything that a note quotes: a lemma may be a word that is everywhere."""
    return _fold(selector.prefix + selector.exact + selector.suffix)


def _fold(words: str) -> str:
    """The words without white space: where a lemma is found is no matter of it."""
    return "".join(words.split())
