"""Gathered notes, references and colophon: the pages after the text that no one has to write."""

from __future__ import annotations

from collections.abc import Iterable

from publisher import __version__
from publisher.compose.citations import Citations
from publisher.compose.front import fact, run
from publisher.compose.i18n import Words
from publisher.compose.i18n.dates import date_in_words
from publisher.compose.notes.lists import Lists
from publisher.model.apparatus import EpubPlacement, PdfPlacement, Series
from publisher.model.block import DefinitionList, Paragraph
from publisher.model.publication import MatterKind, PlacedNote, Role, Section
from publisher.model.settings import Settings
from publisher.model.target import Format

GENERATOR = f"publisher {__version__}"
TYPEFACES = "Source Serif Pro, Source Sans Pro (SIL Open Font License 1.1)"


def gathered_notes(
    notes: Iterable[PlacedNote], *, series: Iterable[Series], settings: Settings, words: Words
) -> Section:
    """The section that holds the notes of every series which is placed at the end, in the formats that place one so."""
    series = tuple(series)
    formats = {
        Format.EPUB: any(item.epub is EpubPlacement.END for item in series),
        Format.PDF: any(item.pdf is PdfPlacement.END for item in series),
    }
    ends = {item.id for item in series if item.epub is EpubPlacement.END or item.pdf is PdfPlacement.END}
    return Section(
        id=Role.NOTES.value,
        role=Role.NOTES,
        matter=MatterKind.BACK,
        label=words.notes,
        title=run(words.notes),
        language=settings.language,
        notes=Lists.of(series).in_order(note for note in notes if note.series in ends),
        formats=tuple(format_ for format_, has in formats.items() if has),
    )


def references(citations: Citations, *, settings: Settings, words: Words) -> Section:
    """The list of what is cited, in the order of the citation style."""
    entries = citations.bibliography()
    return Section(
        id=Role.REFERENCES.value,
        role=Role.REFERENCES,
        matter=MatterKind.BACK,
        label=words.references,
        title=run(words.references),
        language=settings.language,
        blocks=tuple(Paragraph(children=entry.children, id=entry.id, name="reference") for entry in entries),
    )


def colophon(settings: Settings, words: Words, *, generator: str) -> Section:
    """How the book was made, and the digest that proves its text."""
    facts = (
        *fact(words.edition, run(date_in_words(settings.date, settings.language))),
        *fact(words.tool, run(generator)),
        *fact(words.fonts, run(TYPEFACES)),
        *fact(words.source, *map(run, settings.provenance.names)),
        *fact(words.digest, *map(run, settings.provenance.digests)),
        *fact(words.identifier, run(settings.identifier)),
    )
    return Section(
        id=Role.COLOPHON.value,
        role=Role.COLOPHON,
        matter=MatterKind.BACK,
        label=words.colophon,
        title=run(words.colophon),
        language=settings.language,
        blocks=(DefinitionList(entries=facts, name="colophon"),),
    )
