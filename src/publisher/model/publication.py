"""A volume composed: sections in order, calls woven in, numbers given, nothing left to decide.

Section roles follow EPUB Structural Semantics (https://www.w3.org/TR/epub-ssv-11/) and DPUB-ARIA 1.1
(https://www.w3.org/TR/dpub-aria-1.1/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from publisher.diagnostics import Source, Span
from publisher.diagnostics.sink import Waiver
from publisher.model.accessibility import AccessibilityStatement
from publisher.model.apparatus import Series
from publisher.model.assets import NO_FONT_CHOICES, FontChoices, Image, SourceFile, Typeface
from publisher.model.block import Block
from publisher.model.cover import NO_COVER, Cover
from publisher.model.inline import Inline, NoteCall, PageBreak
from publisher.model.ledger import LedgerEntry
from publisher.model.output import Output
from publisher.model.page import LineNumbers, PageMap
from publisher.model.printer import Printer
from publisher.model.profile import ColourProfile, Profile
from publisher.model.settings import Contributor, Provenance, Rights
from publisher.model.target import Format
from publisher.model.trade import NO_TRADE, SaleFormat, Trade
from publisher.model.typesetting import NO_TYPESETTING, Typesetting
from publisher.model.walk import inlines_of, nest


class MatterKind(StrEnum):
    """The three parts of a book; page numbers are roman in front matter, arabic after it."""

    FRONT = "frontmatter"
    BODY = "bodymatter"
    BACK = "backmatter"


class Role(StrEnum):
    """What a section is; its value is the stem of its template where it has one of its own."""

    COVER = "cover"
    HALF_TITLE = "half-title"
    TITLE_PAGE = "title-page"
    IMPRINT = "imprint"
    CONTENTS = "contents"
    INTRODUCTION = "introduction"
    TEXT = "text"
    AGREEMENTS = "agreements"
    NOTES = "notes"
    REFERENCES = "references"
    MATTER = "matter"
    UNIT = "unit"
    OPENING = "opening"
    FOREIGN = "foreign"
    ACKNOWLEDGEMENTS = "acknowledgements"
    INDEX = "index"
    ILLUSTRATIONS = "illustrations"
    ACCESSIBILITY = "accessibility"
    COLOPHON = "colophon"


LISTS = frozenset({Role.INDEX, Role.ILLUSTRATIONS})
"""The sections that are lines which lead elsewhere, with page numbers in the PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedNote:
    """A note with its number, called from one place or several."""

    id: str
    """Element id: `note-editorial-count-of-states`."""
    note_id: str
    """As the editor named it."""
    series: str
    mark: str
    """`12`, `c`, `*`."""
    lemma: str
    """The words of the text that it is about, as the text has them; empty for an author's footnote."""
    kind: str | None
    blocks: tuple[Block, ...]
    call_id: str
    """Element id of its first call; the way back."""
    section_id: str
    """The section in which it is called first."""
    language: str | None = None
    """Where that is another than the volume's."""
    cited: str = ""
    """The lemma as the note begins with it: `at the … others]`; empty where its series cites none."""
    start: int = 0
    end: int = 0
    """Where its first lemma is, in offsets of the text's plain text, end exclusive."""
    band: int = 0
    """Among which notes of its page it is: 0 for those of the author, then a number for each series."""
    called_again: tuple[str, ...] = ()
    """Element ids of its further calls, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEntry:
    """A reference as the list prints it."""

    id: str
    """Element id: `ref-key`."""
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """One line of the contents, with those below it."""

    label: str
    """Plain text."""
    target_id: str
    """Element id that it leads to."""
    section_id: str
    """The section that holds the element."""
    children: tuple[ContentsEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """What a section of text has to be, word for word."""

    provenance: Provenance
    """The file, its digest, and whether its first paragraph is the title."""
    omitted: tuple[Span, ...] = ()
    """What of the file is left out: by a selection, or because it is for another audience."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPages:
    """Pages of a PDF from elsewhere, to be bound after the pages of the section that introduces them."""

    name: str
    """The file, as people see it."""
    sha256: str
    content: bytes
    first: int
    """The first page that is taken, counted from 1."""
    last: int
    """The last one."""
    alternative: str
    """The citation in plain words: what represents a page without tags."""
    language: str
    folios: tuple[str, ...]
    """The original's page numbers, one for each page, to be printed in its margin; none where they are not wanted."""
    page_ids: tuple[str, ...]
    """For each page the element of the EPUB at which it begins, for the page list."""
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page as it is seen, in points."""

    @property
    def alternatives(self) -> tuple[str, ...]:
        """What represents each page where it cannot be seen: the citation, and which of the pages it is."""
        return tuple(f"{self.alternative} [{at}/{len(self.sizes)}]" for at in range(1, len(self.sizes) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One spine document of the EPUB, one run of pages of the PDF."""

    id: str
    """Element id and file stem: `introduction`, `text`."""
    role: Role
    matter: MatterKind
    label: str
    """Plain title for contents, bookmarks and running heads."""
    title: tuple[Inline, ...]
    """Title as printed; may hold note calls."""
    language: str
    blocks: tuple[Block, ...] = ()
    notes: tuple[PlacedNote, ...] = ()
    """The notes called here, in the order of their calls; of a NOTES section, those gathered in it."""
    running: str | None = None
    """What the running head prints where the label is too long for it."""
    in_contents: bool = True
    formats: tuple[Format, ...] = (Format.EPUB, Format.PDF)
    """The formats that have this section."""
    page_breaks: tuple[PageBreak, ...] = ()
    """Pages of the PDF that begin before the section's first word."""
    entries: tuple[ContentsEntry, ...] = ()
    """Contents below this section (its headings, its agreements); of an index, its lines."""
    depth: int = 1
    """How deep it is in the contents: a unit 1, a reading 2, its parts 3."""
    source: TextSource | None = None
    """What its text has to be; None where no source was retained unaltered."""
    continues: str | None = None
    """Of a chapter of a long text, the id of the section with which that text begins."""
    foreign: ForeignPages | None = None
    """Pages that follow those that are laid out."""

    def lines(self, output: Output) -> LineNumbers | None:
        """How the PDF numbers its lines: only those of a text."""
        return output.line_numbers if self.role is Role.TEXT else None


def label_of_page(name: str, page_label: str) -> str | None:
    """Return the label of the page with a name, from the pattern of names; None if no page is called so."""
    before, _, after = page_label.partition("{0}")
    if not name.startswith(before) or not name.endswith(after) or len(name) <= len(before + after):
        return None
    return name[len(before) : len(name) - len(after)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedWords:
    """The words that templates print, in the language of the volume."""

    contents: str
    landmarks: str
    pages: str
    page_label: str
    """How a page is named, with `{0}` for its label: `Page {0}`."""
    cover: str
    title_page: str
    back_to_text: str
    by: str
    by_several: str
    """Before the names of several authors."""
    attributed_to: str
    """Before the names of those who are said to have written a text."""
    attributed: str
    """Behind such a name, in brackets, where nothing is before it."""
    edited_by: str
    begin: str
    on_page: str
    """How a page is named after a cross-reference: `p. {0}`."""
    compiled_by: str
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What is before names, and for which MARC relator codes; the first that has a code counts."""
    contribution: str = ""
    """What is before the names of those whose role is in none of these."""
    joined: tuple[str, str, str] = (" and ", ", ", " and ")
    """What joins two names; of more than two those before the last; the last."""
    stamp: str | None = None
    """What every document of the EPUB begins with: that the copy is a proof."""

    def page_name(self, label: str) -> str:
        """Return the name of the page with a label."""
        return self.page_label.format(label)

    def label_of_page(self, name: str) -> str | None:
        """Return the label of the page with a name; None if no page is called so."""
        return label_of_page(name, self.page_label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What catalogues, package documents and XMP say of the volume."""

    title: str
    subtitle: str | None
    short_title: str
    language: str
    identifier: str
    isbn: str | None
    contributors: tuple[Contributor, ...]
    publisher: str | None
    place: str | None
    date: str
    """ISO 8601 date of the edition."""
    modified: str
    """`2026-11-24T00:00:00Z`: SOURCE_DATE_EPOCH, else the edition's date."""
    statement: str | None
    description: str | None
    subjects: tuple[str, ...]
    rights: Rights
    provenance: Provenance
    generator: str
    """`publisher 0.1.0`."""
    title_lines: tuple[str, ...] = ()
    """The title as the title page breaks it; empty if its lines fill themselves."""
    trade: Trade = NO_TRADE
    """Facts for shops and libraries."""

    def isbn_of(self, format: SaleFormat) -> str | None:
        """The ISBN of a format: its own, else that of the edition."""
        return self.trade.isbn(format) or self.isbn


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTarget:
    """Where an entry of the page list leads."""

    page: PageBreak
    section_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """What a piece of a volume has that the volume has not, and the other way round."""

    line: str
    """From which volume it is."""
    elsewhere: Mapping[str, str]
    """Ids of the elements outside of it that its words point at, each with the label of its page; empty where unknown.

    No link leads there.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A volume ready to be rendered."""

    metadata: Metadata
    output: Output
    series: tuple[Series, ...]
    sections: tuple[Section, ...]
    contents: tuple[ContentsEntry, ...]
    images: tuple[Image, ...]
    words: FixedWords
    templates: tuple[Source, ...] = ()
    """Templates that represent those of the same name."""
    stylesheets: tuple[Source, ...] = ()
    """Style sheets after the built-in ones."""
    typefaces: tuple[Typeface, ...] = ()
    """Typefaces after the built-in ones."""
    typesetting: Typesetting = NO_TYPESETTING
    """Single words, paragraphs and pictures of the PDF."""
    fonts: FontChoices = NO_FONT_CHOICES
    """Which families of these are for the text, a language, a script."""
    printer: Printer | None = None
    """Who prints it; None if no one is named."""
    colour_profile: ColourProfile | None = None
    """What it is printed with; None for what the computer has."""
    files: tuple[SourceFile, ...] = ()
    """The files that a PDF for the archive carries: those that it can be made from again."""
    pages: tuple[PageTarget, ...] = ()
    """The page list, in order; empty until a PDF has been laid out."""
    accessibility: AccessibilityStatement | None = None
    """What was measured of its accessibility; None until it has been."""
    in_print: bool = False
    """Whether the pages of the EPUB are those of a printed book: the one that the map has, or this PDF."""
    page_map: PageMap | None = None
    """The pages of the printed book; None where they are those of the PDF, and where the PDF is to be the book."""
    cover: Cover = NO_COVER
    excerpt: Excerpt | None = None
    """Of a piece of a volume, handed out alone; None of a whole one."""
    unverified: tuple[Waiver, ...] = ()
    """The waivers that allow pages which no one can prove: words off the page or over others, pages of other sizes."""
    ledger: tuple[LedgerEntry, ...] = ()
    """What rights there are in each reading and picture of a course reader."""

    def made_for(self, profile: Profile) -> Publication:
        """The publication with its pages as a profile has them."""
        return replace(self, output=self.output.made_for(profile))


def calls_of(section: Section) -> Iterator[NoteCall]:
    """Every call in the title and the blocks of a section, then those in its notes."""
    groups = (section.blocks, *(note.blocks for note in section.notes))
    lines = (*nest(section.title), *(inline for blocks in groups for inline in inlines_of(blocks)))
    return (inline for inline in lines if isinstance(inline, NoteCall))


def notes_called(
    title: Iterable[Inline], blocks: Iterable[Block], notes: Mapping[str, PlacedNote]
) -> Mapping[str, tuple[str, ...]]:
    """The element ids of the notes that words call, in the order of reading, each with the ids of its calls.

    The notes that are called in a note follow it.
    """
    found: dict[str, list[str]] = {}
    waiting: list[Iterator[Inline]] = [iter((*nest(title), *inlines_of(blocks)))]
    while waiting:
        inline = next(waiting[-1], None)
        if inline is None:
            waiting.pop()
        elif isinstance(inline, NoteCall):
            is_new = inline.note_id not in found
            found.setdefault(inline.note_id, []).append(inline.id)
            if is_new and inline.note_id in notes:
                waiting.append(iter(tuple(inlines_of(notes[inline.note_id].blocks))))
    return {name: tuple(calls) for name, calls in found.items()}
