"""The pages of a reader that no one has to write: imprint, acknowledgements, index of authors, colophon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from publisher.compose.back import GENERATOR, TYPEFACES
from publisher.compose.destinations import reading_id
from publisher.compose.front import fact, imprint_lines, imprint_section, run, words_of
from publisher.compose.i18n import Words
from publisher.compose.i18n.dates import date_in_words
from publisher.compose.ids import identify
from publisher.compose.reader.reading import PlacedReading
from publisher.compose.reader.rights_lines import names, rights_lines
from publisher.model.block import Definition, DefinitionList, Paragraph
from publisher.model.inline import Inline, InternalLink, Run
from publisher.model.ledger import Kind, LedgerEntry
from publisher.model.publication import ContentsEntry, MatterKind, Role, Section
from publisher.model.reader import Course, ForeignBody
from publisher.model.settings import Contributor


def imprint(course: Course, identifier: str, statement: str | None, words: Words) -> Section:
    """What the reader is, and where its rights are reported."""
    own = words.course
    date = date_in_words(course.date, course.language)
    title = ", ".join(part for part in (course.code, course.title) if part)
    lines = (
        words_of(". ".join(part for part in (title, course.institution, course.term) if part) + "."),
        words_of(f"{own.instructor}: {names(course.instructors)}." if course.instructors else None),
        words_of(". ".join(part for part in (statement, date) if part) + "."),
        run(own.about_rights),
        run(identifier),
    )
    blocks = identify(imprint_lines(lines), prefix=Role.IMPRINT.value)
    return imprint_section(blocks, language=course.language, words=words)


def acknowledgements(ledger: Iterable[LedgerEntry], course: Course, words: Words) -> Section:
    """By whose leave each reading and picture is here, as the ledger has it."""
    facts = tuple(
        Definition(
            term=_term(entry, words),
            descriptions=tuple(
                (Paragraph(children=line),)
                for line in (
                    *((run(entry.source),) if entry.source and entry.kind is Kind.READING else ()),
                    *rights_lines(entry.entitlement, words=words, language=course.language),
                )
            ),
        )
        for entry in ledger
    )
    return _page(Role.ACKNOWLEDGEMENTS, words.course.acknowledgements, course, facts, name="acknowledgements")


def _term(entry: LedgerEntry, words: Words) -> tuple[Inline, ...]:
    """The title as a link; of a picture, its file and the reading that shows it."""
    target = reading_id(entry.slug)
    if entry.kind is Kind.READING:
        people = names(entry.authors, attributed=words.attributed)
        authors = f"{people}: " if people else ""
        return (*words_of(authors), InternalLink(target_id=target, children=run(entry.title)))
    link = InternalLink(target_id=target, children=run(entry.source))
    return (Run(text=f"{words.course.picture} {entry.title} {words.course.picture_in} "), link)


def index(readings: Iterable[PlacedReading], course: Course, words: Words) -> Section:
    """Every reading under each of its authors, in the order in which names are filed."""
    lines = sorted(_index_lines(readings, words), key=lambda line: (line[0].casefold(), line[1].label.casefold()))
    return Section(
        id="author-index",
        role=Role.INDEX,
        matter=MatterKind.BACK,
        label=words.course.author_index,
        title=run(words.course.author_index),
        language=course.language,
        entries=tuple(entry for _, entry in lines),
    )


def _index_lines(readings: Iterable[PlacedReading], words: Words) -> Iterator[tuple[str, ContentsEntry]]:
    for reading in readings:
        target = reading_id(reading.slug)
        nobody = Contributor(name=words.course.nobody, role="aut", sort="\uffff")
        for author in reading.facts.authors or (nobody,):
            shown = author if author is nobody else replace(author, name=author.sort)
            label = f"{names((shown,), attributed=words.attributed)}: {reading.facts.title}"
            yield author.sort, ContentsEntry(label=label, target_id=target, section_id=target)


def colophon(readings: Iterable[PlacedReading], course: Course, words: Words) -> Section:
    """How the reader was made, and the digests that prove its texts."""
    facts = (
        *fact(words.edition, run(date_in_words(course.date, course.language))),
        *fact(words.tool, run(GENERATOR)),
        *fact(words.fonts, run(TYPEFACES)),
        *(line for reading in readings for line in _digest(reading)),
    )
    return _page(Role.COLOPHON, words.colophon, course, facts, name="colophon")


def _digest(given: PlacedReading) -> tuple[Definition, ...]:
    body = given.reading.body
    if isinstance(body, ForeignBody):
        return fact(given.facts.title, run(body.name.rpartition("/")[2]), run(body.sha256))
    if given.edition is None:
        return ()
    provenance = given.edition.edition.settings.provenance
    return fact(given.facts.title, *map(run, (*provenance.names, *provenance.digests)))


def _page(
    role: Role,
    label: str,
    course: Course,
    facts: tuple[Definition, ...],
    *,
    name: str,
) -> Section:
    blocks = (DefinitionList(entries=facts, name=name),)
    return Section(
        id=role.value,
        role=role,
        matter=MatterKind.BACK,
        label=label,
        title=run(label),
        language=course.language,
        blocks=identify(blocks, prefix=role.value),
    )
