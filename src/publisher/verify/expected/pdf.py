"""The lines that a PDF has to have, in the order in which its structure tree is read, and its notes apart."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from publisher.model.publication import ContentsEntry, Metadata, Publication, Role, Section
from publisher.model.target import Format
from publisher.verify.expected.epub import index_lines, listed_notes, title_page
from publisher.verify.expected.lines import block_lines, linked_line, note_lines, plain_line, title_line
from publisher.verify.languages import in_language
from publisher.verify.line import PICTURE, Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPdf:
    """The lines of a PDF."""

    lines: tuple[Expected, ...]
    """Everything but the notes."""
    notes: tuple[Expected, ...]
    """In the order of their calls, then those that are gathered in lists."""


def pdf_sections(publication: Publication) -> tuple[Section, ...]:
    """The sections that the PDF has."""
    return tuple(section for section in publication.sections if Format.PDF in section.formats)


def pdf_lines(publication: Publication, *, ways_back: bool = True) -> ExpectedPdf:
    """Every line of the PDF, with `ways_back` to the further calls of notes; page numbers are asked for apart."""
    everything = tuple(in_language(_lines(publication, ways_back), publication.metadata.language))
    return ExpectedPdf(
        lines=tuple(item for item in everything if item.note is None),
        notes=tuple(item for item in everything if item.note is not None),
    )


def without(lines: ExpectedPdf, elsewhere: Container[str]) -> ExpectedPdf:
    """The lines with the links to these elements as plain words."""

    def plain(line: Expected) -> Expected:
        return replace(line, links=tuple(link for link in line.links if link.target not in elsewhere))

    return ExpectedPdf(lines=tuple(map(plain, lines.lines)), notes=tuple(map(plain, lines.notes)))


def _lines(publication: Publication, ways_back: bool) -> Iterator[Expected]:
    top = 0
    if publication.excerpt:
        yield plain_line(publication.excerpt.line, name="the line that says from which volume it is")
    for section in pdf_sections(publication):
        top += 1
        if section.role is Role.COVER:
            yield from _cover(section, publication.metadata)
        elif section.role is Role.HALF_TITLE:
            yield plain_line(publication.metadata.short_title, name="the half-title", ids=(section.id,))
        elif section.role is Role.TITLE_PAGE:
            yield from title_page(section, publication)
        elif section.role is Role.CONTENTS:
            yield plain_line(section.label, name="the heading of the contents", ids=(section.id,), level=1)
            yield from _contents(publication)
        else:
            numbered = section.id if section.lines(publication.output) else ""
            of_section: list[Expected] = [replace(title_line(section), top=top, numbered=numbered)]
            of_section += index_lines(section)
            for block in section.blocks:
                top += 1
                for block_line in block_lines((block,), name=f"“{section.label}”"):
                    of_section.append(replace(block_line, top=top, numbered=numbered))
            of_section += _notes_after(section, publication)
            for listed_note in listed_notes(section, publication, Format.PDF, ways_back=ways_back):
                of_section.append(replace(listed_note, gathered=True))
            yield from in_language((*of_section, *_foreign(section)), section.language)


def _foreign(section: Section) -> Iterator[Expected]:
    """The pages of a PDF from elsewhere: each a picture, and the number that it bears in the original."""
    foreign = section.foreign
    if foreign is None:
        return
    folios = foreign.folios or ("",) * len(foreign.alternatives)
    for alternative, folio in zip(foreign.alternatives, folios, strict=True):
        yield Expected(text=PICTURE + alternative, name=f"a page of {foreign.name}", language=foreign.language)
        if folio:
            yield plain_line(folio, name=f"the number of a page of {foreign.name}")


def _cover(section: Section, metadata: Metadata) -> Iterator[Expected]:
    """The lines of a cover."""
    names = ", ".join(contributor.name for contributor in metadata.contributors if contributor.role == "com")
    lines = (metadata.title, metadata.subtitle, names, metadata.publisher, metadata.statement)
    for at, words in enumerate(filter(None, lines)):
        yield plain_line(words, name="the cover", ids=() if at else (section.id,))


def _notes_after(section: Section, publication: Publication) -> Iterator[Expected]:
    """The notes that are read after the blocks that call them."""
    there = {item.id for item in publication.series if item.pdf.is_at_call}
    for note in section.notes if section.role is not Role.NOTES else ():
        if note.series in there:
            yield from note_lines(note, publication)


def _contents(publication: Publication) -> Iterator[Expected]:
    sections = frozenset(section.id for section in pdf_sections(publication))
    for entry in publication.contents:
        yield from _entry(entry, sections)


def _entry(entry: ContentsEntry, sections: frozenset[str]) -> Iterator[Expected]:
    """A line of the contents and those below it."""
    if entry.section_id in sections:
        yield linked_line(entry.label, entry.target_id, name="a line of the contents")
        for child in entry.children:
            yield from _entry(child, sections)


def bookmarks(publication: Publication) -> tuple[Expected, ...]:
    """The lines of the outline."""
    return tuple(plain_line(item.text, name="a bookmark") for item in _contents(publication))
