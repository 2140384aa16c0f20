"""What templates see: one typed context for each rendition, and the filters that ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate

from markupsafe import Markup

from publisher.model.apparatus import Arrangement, EpubPlacement, PdfPlacement, Series
from publisher.model.block import Paragraph
from publisher.model.credits import Credit, cover_credits, separate, title_page_credits
from publisher.model.inline import Foreign, Formula, Inline, InternalLink, Link, NoteCall
from publisher.model.language import LTR, direction, line_direction, passage_direction
from publisher.model.links import needs_page, printed_address
from publisher.model.page import running_head
from publisher.model.publication import ContentsEntry, FixedWords, MatterKind, Metadata, PlacedNote, Role, Section
from publisher.model.rendition import lines_key
from publisher.model.settings import Contributor
from publisher.model.target import Format
from publisher.model.walk import plain, plain_of_inlines
from publisher.render.foreign import ForeignPage, foreign_pages
from publisher.render.formulas import formula_on_paper, formula_on_screen, is_set_off


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything that a template may ask of the rendition it is part of."""

    format: Format
    metadata: Metadata
    words: FixedWords
    contents: tuple[ContentsEntry, ...]
    series: tuple[Series, ...]
    places: Mapping[str, str]
    """Section id by element id."""
    play_order: Mapping[str, int] = field(default_factory=dict)
    """In the EPUB: the places of the contents entries, from 1, by the ids that they lead to."""
    here: str = ""
    """Id of the section that is being rendered."""
    sheets: tuple[str, ...] = ()
    """Paths of the style sheets below the package document."""
    images: Mapping[str, str] = field(default_factory=dict)
    """Path in the artifact by path in the manuscript."""
    cover: str = ""
    cover_alternative: str = ""
    first_body: str = ""
    """Id of the section with which arabic page numbers begin."""
    folios: Mapping[str, str] = field(default_factory=dict)
    """In the PDF: the labels of pages by the ids of elements, and by `lines_key` the lines that notes cite."""
    references: bool = False
    """In the PDF: whether it prints what paper needs, the pages that links lead to and their addresses."""
    numbered: frozenset[str] = frozenset()
    """In the PDF: the sections whose lines are numbered."""
    direction: str = LTR
    """The direction of the text around what is being rendered."""
    one_sided: bool = False
    """In the PDF: whether leaves are printed on one side, so that no page faces another."""
    line_above: str = ""
    """In the PDF: what is above the first page of a piece that is handed out alone, from which volume it is."""
    notes_at_calls: Mapping[str, PlacedNote] = field(default_factory=dict)
    """In the PDF: the notes that are laid out from their calls, by id of the call."""
    notes_on_notes: Mapping[str, tuple[PlacedNote, ...]] = field(default_factory=dict)
    """In the PDF: the notes that are laid out behind another one, which calls them, by the id of that one."""
    render_note: Callable[[PlacedNote, str], Markup] | None = None

    @property
    def epub(self) -> bool:
        """Whether this is the EPUB."""
        return self.format is Format.EPUB

    def note_at_call(self, call: NoteCall) -> Markup:
        """The body of a note and of those on it, to be at its call: at the foot or in the margin."""
        assert self.render_note is not None
        waiting, made = [self.notes_at_calls[call.id]], Markup("")
        while waiting:
            note = waiting.pop(0)
            made += self.render_note(note, self.placement(note))
            waiting[:0] = self.notes_on_notes.get(note.id, ())
        return made

    def placement(self, note: PlacedNote) -> str:
        """Where the notes of its series are placed in this format."""
        series = self.series_of(note)
        if self.epub:
            return series.epub.value
        return (PdfPlacement.FOOT if self.one_sided and series.pdf is PdfPlacement.FACING else series.pdf).value

    def series_of(self, note: PlacedNote) -> Series:
        """The series of a note."""
        return next(item for item in self.series if item.id == note.series)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteGroup:
    """The notes of one series in one list."""

    id: str
    series: Series
    notes: tuple[PlacedNote, ...]


def kind(node: object) -> str:
    """The name of a node's type, by which templates distinguish nodes."""
    return type(node).__name__


def href(target_id: str, context: Context) -> str:
    """The address of an element: `#id` in its own section; elsewhere `file.xhtml#id`, in the PDF `volume#id`."""
    section = context.places[target_id]
    if section == context.here:
        return f"#{target_id}"
    return f"{document_name(section)}#{target_id}" if context.epub else f"volume#{target_id}"


def folio(target_id: str, context: Context) -> str:
    """The label of the page on which an element begins; `0` as long as no one knows."""
    return context.folios.get(target_id, "0")


def cited_lines(note: PlacedNote, context: Context) -> str:
    """The lines of the words that a note is about: `12–14`; `0` as long as no one knows, nothing without numbers."""
    return context.folios.get(lines_key(note.id), "0") if context.numbered and note.cited and note.end else ""


def page_reference(link: InternalLink, context: Context) -> str:
    """What paper needs after a cross-reference: `p. 10`; nothing on screen."""
    if not context.references or not needs_page(link):
        return ""
    return context.words.on_page.format(folio(link.target_id, context))


def turn(language: str, context: Context) -> Markup:
    """The attribute that gives words in a language their direction; nothing if that around them has it too."""
    own = direction(language)
    return Markup("" if own == context.direction else f' dir="{own}"')


def within(context: Context, language: str) -> Context:
    """The context of what is inside words in a language."""
    own = direction(language)
    return context if own == context.direction else replace(context, direction=own)


def turned_passage(node: Foreign, context: Context) -> Markup:
    """The attribute that gives a passage in another language its direction; nothing if that around it has it too."""
    own = _direction(node, context)
    return Markup("" if own == context.direction else f' dir="{own}"')


def within_passage(context: Context, node: Foreign) -> Context:
    """The context of what is inside a passage in another language."""
    return replace(context, direction=_direction(node, context))


def _direction(node: Foreign, context: Context) -> str:
    return passage_direction(plain_of_inlines(node.children), node.language, around=context.direction)


def turned_line(line: Iterable[Inline], context: Context) -> Markup:
    """The attribute that gives a paragraph its direction; nothing if that around it has it too."""
    own = line_direction(plain_of_inlines(line), around=context.direction)
    return Markup("" if own == context.direction else f' dir="{own}"')


def turned_credit(credit: Credit, context: Context) -> Markup:
    """The attribute that gives a line of names its direction; nothing if that around it has it too."""
    words = " ".join((credit.label, *(contributor.name for contributor in credit.people)))
    own = line_direction(words, around=context.direction)
    return Markup("" if own == context.direction else f' dir="{own}"')


def within_line(context: Context, line: Iterable[Inline]) -> Context:
    """The context of what is inside a paragraph."""
    own = line_direction(plain_of_inlines(line), around=context.direction)
    return context if own == context.direction else replace(context, direction=own)


def page_name(label: str, context: Context) -> str:
    """The name of the page with a label: `Page 12`."""
    return context.words.page_name(label)


def address(link: Link, context: Context) -> str:
    """What paper needs after a link: its address; nothing on screen."""
    return printed_address(link) if context.references else ""


def file(target_id: str, context: Context) -> str:
    """The address of an element from another folder: always with its file."""
    return f"{document_name(context.places[target_id])}#{target_id}"


def document_name(section_id: str) -> str:
    """The file name of a section's document."""
    return "nav.xhtml" if section_id == Role.CONTENTS else f"{section_id}.xhtml"


def order(target_id: str, context: Context) -> int:
    """The place of a contents entry in the order of play, from 1."""
    return context.play_order[target_id]


def play_order(entries: Iterable[ContentsEntry]) -> dict[str, int]:
    """The places of contents entries and of those below them, from 1, by the ids that they lead to."""
    places: dict[str, int] = {}
    for place, entry in enumerate(_flat(entries), 1):
        places.setdefault(entry.target_id, place)
    return places


def _flat(entries: Iterable[ContentsEntry]) -> Iterable[ContentsEntry]:
    for entry in entries:
        yield entry
        yield from _flat(entry.children)


def image(path: str, context: Context) -> str:
    """The address of an image from a document."""
    return f"../{context.images[path]}" if context.epub else context.images[path]


def formula(node: Formula, context: Context) -> Markup:
    """The markup of a formula."""
    return formula_on_screen(node) if context.epub else formula_on_paper(node)


def fold(text: str) -> str:
    """The text with each line end as a space: in a paragraph they are one, and not every engine knows it."""
    return text.replace("\r\n", " ").replace("\n", " ")


def in_role(contributors: Iterable[Contributor], role: str) -> tuple[Contributor, ...]:
    """The contributors with this MARC relator code."""
    return tuple(contributor for contributor in contributors if contributor.role == role)


def listed_notes(section: Section, context: Context) -> tuple[PlacedNote, ...]:
    """The notes that the section prints as a list: the section of notes those at the end, others those they call."""
    own = EpubPlacement.POP_UP.value if context.epub else PdfPlacement.SECTION.value
    wanted = PdfPlacement.END.value if section.role is Role.NOTES else own
    return tuple(note for note in section.notes if context.placement(note) == wanted)


def by_series(notes: Iterable[PlacedNote], context: Context) -> tuple[NoteGroup, ...]:
    """The notes grouped by series, in the order of the series."""
    notes = tuple(notes)
    groups = ((item, tuple(note for note in notes if note.series == item.id)) for item in context.series)
    return tuple(
        NoteGroup(id=f"notes-{series.id}-{members[0].section_id}", series=series, notes=members)
        for series, members in groups
        if members
    )


def title_breaks(section: Section, context: Context) -> Markup:
    """The attribute that says after which words the title of the text is broken, if it is that of the edition."""
    lines = [line.split() for line in context.metadata.title_lines]
    words = plain_of_inlines(section.title).split()
    if context.epub or not lines or words != [word for line in lines for word in line]:
        return Markup("")
    counts = accumulate(len(line) for line in lines[:-1])
    return Markup(f' data-breaks="{" ".join(map(str, counts))}"')


RUN_IN, IN_COLUMN = 300, 1200
"""Notes of more characters are in paragraphs of their own, whatever the arrangement of their series."""


def arrange(note: PlacedNote, context: Context) -> str:
    """The classes of a note for its place at the foot of a page, or on the page that faces the text."""
    place, how = context.placement(note), context.series_of(note).arrangement
    classes = " foot" if place == PdfPlacement.FACING else ""
    if place not in (PdfPlacement.FACING, PdfPlacement.FOOT) or how is Arrangement.LIST:
        return classes
    length = len(plain(note.blocks))
    if how is Arrangement.COLUMNS:
        return classes + " in-column" * (length <= IN_COLUMN)
    is_short = length <= RUN_IN and len(note.blocks) == 1 and isinstance(note.blocks[0], Paragraph)
    return classes + " run-in-note" * is_short


_SEMANTICS: Mapping[Role, tuple[str, str | None]] = {
    Role.TITLE_PAGE: ("titlepage", None),
    Role.IMPRINT: ("imprint", None),
    Role.INTRODUCTION: ("introduction", "doc-introduction"),
    Role.TEXT: ("chapter", "doc-chapter"),
    Role.AGREEMENTS: ("appendix", "doc-appendix"),
    Role.NOTES: ("endnotes", "doc-endnotes"),
    Role.REFERENCES: ("bibliography", "doc-bibliography"),
    Role.UNIT: ("part", "doc-part"),
    Role.ACKNOWLEDGEMENTS: ("acknowledgments", "doc-acknowledgments"),
    Role.INDEX: ("index", "doc-index"),
    Role.ILLUSTRATIONS: ("loi", None),
    Role.COLOPHON: ("colophon", "doc-colophon"),
}
"""`epub:type` and DPUB-ARIA role of a section, https://www.w3.org/TR/epub-aria-authoring-11/"""


def semantics(section: Section, context: Context) -> Markup:
    """The attributes that say what a section is."""
    type_, role = _SEMANTICS.get(section.role, (None, None))
    parts = [f' epub:type="{type_}"' if context.epub and type_ else "", f' role="{role}"' if role else ""]
    return Markup("".join(parts))


def is_front(section: Section) -> bool:
    """Whether a section is front matter, with roman page numbers."""
    return section.matter is MatterKind.FRONT


_OWN_TEMPLATES: Mapping[Role, str] = {
    Role.COVER: "cover-page",
    Role.HALF_TITLE: "half-title",
    Role.TITLE_PAGE: "title-page",
    Role.CONTENTS: "contents",
    Role.INDEX: "index",
    Role.ILLUSTRATIONS: "index",
}


def template(section: Section) -> str:
    """The template that renders a section."""
    return f"{_OWN_TEMPLATES.get(section.role, 'section')}.xhtml.j2"


def pages_of_pdf(section: Section, context: Context) -> tuple[ForeignPage, ...]:
    """The pages of a PDF from elsewhere that a section ends with; the EPUB has their words instead."""
    return () if context.epub else foreign_pages(section)


FILTERS: tuple[tuple[str, Callable[..., object]], ...] = (
    ("kind", kind),
    ("href", href),
    ("file", file),
    ("folio", folio),
    ("foreign_pages", pages_of_pdf),
    ("cited_lines", cited_lines),
    ("page_name", page_name),
    ("turned", turn),
    ("within", within),
    ("turned_line", turned_line),
    ("turned_credit", turned_credit),
    ("within_line", within_line),
    ("turned_passage", turned_passage),
    ("within_passage", within_passage),
    ("page_reference", page_reference),
    ("address", address),
    ("order", order),
    ("image", image),
    ("folded", fold),
    ("formula", formula),
    ("is_set_off", is_set_off),
    ("in_role", in_role),
    ("title_page_credits", title_page_credits),
    ("cover_credits", cover_credits),
    ("separated", separate),
    ("arranged", arrange),
    ("title_breaks", title_breaks),
    ("listed_notes", listed_notes),
    ("by_series", by_series),
    ("running_head", running_head),
    ("semantics", semantics),
    ("template", template),
)
