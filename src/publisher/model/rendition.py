"""What `render` executor to `write`: finished documents of one format, and what they need."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from publisher.model.excerpt import Piece
from publisher.model.page import LineNumbers
from publisher.model.pdf_standard import PrintStandard, ScreenStandard
from publisher.model.profile import ColourProfile, Inks
from publisher.model.publication import ContentsEntry, MatterKind, Metadata, Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that goes into an artifact as it is."""

    href: str
    """Path inside the artifact, with `/`: `fonts/SourceSerifPro-Regular.otf`."""
    media_type: str
    content: bytes
    shown: str | None = field(default=None, compare=False)
    """The name under which its editor knows it, where that is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One finished XHTML document of the EPUB."""

    id: str
    """Manifest id: the section's id."""
    href: str
    """Path below the package document: `text/introduction.xhtml`."""
    content: bytes
    """UTF-8, well-formed, with its XML declaration."""
    properties: tuple[str, ...] = ()
    """Manifest properties: `nav`, `svg`, `mathml`."""
    linear: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStart:
    """The word at which a page of the PDF begins."""

    page: int
    """Index of the page, from 0."""
    label: str
    """Its printed label."""
    element_id: str
    """Id of the element that the page's first main-flow text belongs to; without such text, of the page's section."""
    offset: int
    """How many characters of that element, white space not counted, are on earlier pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubRendition:
    """Everything that goes into the EPUB, except the package document and the container."""

    metadata: Metadata
    nav: Document
    documents: tuple[Document, ...]
    """In spine order, without the nav unless it is in the spine as `contents`."""
    assets: tuple[Asset, ...]
    """Styles, fonts, images."""
    cover_image: Asset
    ncx: bytes
    page_break_source: str | None
    """Identifier of the PDF that the page list follows; None without a page list."""
    accessibility: tuple[tuple[str, str], ...]
    """schema.org and a11y properties with their values, in order: (`schema:accessMode`, `textual`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubDraft:
    """The documents of a publication before something was added to it."""

    publication: Publication
    rendition: EpubRendition


class Side(StrEnum):
    """On which side of an opening a section begins."""

    RIGHT = "right"
    LEFT = "left"
    NEXT = "next"
    """On the next page, whichever side it is."""
    ONLY = "only"
    """On the next page; leaves are printed on one side, and every page is a right-hand one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPlace:
    """A character of a document."""

    element_id: str
    """The block that it is in."""
    offset: int
    """How many characters of that are before it, white space not counted."""


def lines_key(note_id: str) -> str:
    """Under what the lines are known that a note cites, next to the labels of pages; no element has such an id."""
    return f"lines {note_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedLemma:
    """Words whose lines a note cites."""

    note_id: str
    first: WordPlace
    """Their first character."""
    last: WordPlace
    """Their last character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSection:
    """One section of the PDF, laid out on its own."""

    id: str
    matter: MatterKind
    """The part of the book that it belongs to, for page labels."""
    side: Side
    document: str
    """An XHTML document; roles (`doc-footnote`, `doc-noteref`, `doc-backlink`) mark its notes.

    What leads to another section leads to `volume#id`; the label of the page that it leads to is in `data-page`
    where a style sheet may want to print it.
    """
    lines: LineNumbers | None = None
    """How its lines are numbered; a model of the figures is in the document (class `line-number`)."""
    cited: tuple[CitedLemma, ...] = ()
    """The words whose lines are cited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutResources:
    """What every section of a PDF is set with."""

    stylesheets: tuple[Asset, ...]
    """In cascade order; `href` is the name shown in diagnostics."""
    assets: tuple[Asset, ...]
    """Fonts and images, reached by their `href` relative to the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfRendition:
    """Everything that the PDF engine lays out."""

    metadata: Metadata
    sections: tuple[PdfSection, ...]
    """In order."""
    dress: LayoutResources
    contents: tuple[ContentsEntry, ...]
    foreign: tuple[Asset, ...] = ()
    """PDFs from elsewhere, named by the SHA-256 of their files: pictures with `data-foreign` represent their pages."""
    references: tuple[str, ...] = ()
    """Ids of the elements whose page numbers are printed."""
    empty: tuple[PdfSection, ...] = ()
    """What the empty pages of a proof carry, one for each side; none where they carry nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside a PDF."""

    path: str
    """Its name, with the folders that it lies in."""
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintCondition:
    """What a PDF is printed on."""

    standard: PrintStandard
    colours: ColourProfile
    condition: str | None
    """Name of the printing condition in the ICC's registry."""
    inks: Inks
    bleed: float
    """In points."""
    marks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfOutput:
    """What becomes of sections that are laid out: one file."""

    name: str
    """Its file name."""
    attachments: tuple[Attachment, ...] = ()
    press: PrintCondition | None = None
    """None for the screen."""
    standard: ScreenStandard = ScreenStandard.UA_1
    """What it follows if it is not for a printer."""
    piece: Piece | None = None
    """What of the volume goes into the file; None for all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A finished file."""

    name: str
    """File name in the output folder."""
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MisplacedWords:
    """Words of a finished PDF that no one can read."""

    page: str
    """The label of the page."""
    words: str
    over: str = ""
    """The words that they are over; empty if they are beyond the page, or are cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFormat:
    """How large a page of a finished PDF is, and those after it up to the next of another size."""

    page: str
    """The label of the page."""
    width: float
    """In points."""
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfArtifact:
    """A finished PDF and what was learned in laying it out."""

    artifact: Artifact
    page_starts: tuple[PageStart, ...]
    """One for each page, in order."""
    printed: tuple[tuple[str, str], ...] = ()
    """Ids of the elements to which the volume's cross-references lead, with the labels of their pages."""
    misplaced: tuple[MisplacedWords, ...] = ()
    sizes: tuple[PageFormat, ...] = ()
    divided: tuple[str, ...] = ()
    """Words that were divided because they are wider than their line."""
    left: tuple[tuple[str, int], ...] = ()
    """Why paragraphs were not broken as wholes but line by line, and how many."""
    sections: tuple[tuple[str, int, int], ...] = ()
    """The id of each section, the index of its first page, and how many pages it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What a build ends with."""

    publication: Publication
    artifacts: tuple[Artifact, ...]
    record: Artifact | None = None
    """`NAME.proof.json`: how these were made, and from what."""

    @property
    def files(self) -> tuple[Artifact, ...]:
        """The artifacts with their record: everything that is written into the output folder."""
        return self.artifacts if self.record is None else (*self.artifacts, self.record)
