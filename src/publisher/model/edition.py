"""An edition: a work's text with its apparatus, agreements and matter, as loaded from a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from publisher.diagnostics import Source, Span
from publisher.model.agreement import Agreement
from publisher.model.apparatus import Anchor, Note, Series
from publisher.model.cover import NO_COVER, Cover
from publisher.model.limits import USUAL_LIMITS, Limits
from publisher.model.page_map import PageMap
from publisher.model.profile import ColourProfile, Profiles
from publisher.model.reference import Reference
from publisher.model.text import Text
from publisher.model.wish import Format

__all__ = [
    "AnnotatedEdition",
    "Contributor",
    "Edition",
    "Format",
    "Image",
    "Margins",
    "Matter",
    "Output",
    "Pages",
    "Provenance",
    "Rights",
    "RightsStatus",
    "Settings",
    "Sides",
    "SourceFile",
    "Style",
    "Typeface",
    "Waiver",
]


class Pages(StrEnum):
    """Whose page numbers the EPUB has."""

    BUILT = "built"
    """Those of the PDF that is laid out with it."""
    FROZEN = "frozen"
    """Those of a printed book, kept in `page-map.json`."""


class Style(StrEnum):
    """A house style: a set of style sheets over shared tokens."""

    DEFAULT = "default"
    ACCESSIBLE = "accessible"
    """Large sans, ragged, wide, of strong contrast."""
    COMPACT = "compact"
    """Small type, narrow margins: saves paper."""


class Sides(StrEnum):
    """Whether both sides of a leaf are printed."""

    TWO = "two"
    ONE = "one"


class RightsStatus(StrEnum):
    """What is known of the rights in the work."""

    PUBLIC_DOMAIN = "public-domain"
    LICENSED = "licensed"
    PERMISSION = "permission"
    EXCEPTION = "exception"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """Somebody who had a part in it."""

    name: str
    role: str
    """MARC relator code (https://www.loc.gov/marc/relators/): aut, edt, trl, …"""
    sort: str
    """Name as it is filed; the name itself where nothing else is given."""
    note: str | None = None
    """A reservation shown with the name: `attributed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the text comes from and how it is known to be unaltered."""

    file: str
    sha256: str
    """Lower-case hexadecimal digest of the file's bytes."""
    first_paragraph_is_title: bool
    """For plain text: whether the first paragraph is the title."""
    published: str | None
    """Date of first publication, ISO 8601."""
    url: str | None
    statement: str | None
    """A sentence for the imprint page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """The rights as they are."""

    status: RightsStatus
    statement: str
    """What the imprint page prints about the text."""
    apparatus: str | None
    """What it prints about the editors' own part."""
    licence_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The margins that an editor asks for, as CSS lengths; None where the style has to know."""

    top: str | None = None
    bottom: str | None = None
    inside: str | None = None
    """Beside the spine."""
    outside: str | None = None


class LineCount(StrEnum):
    """Where the numbers of lines begin anew."""

    PAGE = "page"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNumbers:
    """Numbers beside the lines of the text, in the PDF."""

    every: int = 5
    """Which lines bear theirs: each fifth."""
    by: LineCount = LineCount.PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is built and how it is named and set."""

    name: str
    """File name without extension."""
    formats: tuple[Format, ...]
    page_width: str
    """CSS length."""
    page_height: str
    paragraph_numbers: bool
    chapters: bool = False
    """Whether each second-level heading of the text begins a section of its own."""
    style: Style = Style.DEFAULT
    sides: Sides = Sides.TWO
    margins: Margins = Margins()
    page_span: Span | None = None
    """Where `edition.yaml` says what leaves room for text: the margins, else the page."""
    profiles: Profiles = field(default_factory=Profiles)
    """What PDFs are made for."""
    line_numbers: LineNumbers | None = None
    """None where lines are not numbered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A warning that the editors let stand."""

    code: str
    reason: str
    where: str | None
    """`notes/editorial.md` or `notes/editorial.md:12`; None for every place."""
    span: Span | None
    """Its code in `edition.yaml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`edition.yaml`, typed."""

    title: str
    subtitle: str | None
    short_title: str
    """For running heads; the title where nothing shorter is given."""
    language: str
    """BCP 47 tag."""
    identifier: str
    """`urn:…` or `https://…`; a name-based UUID over title and sha256 where none is given."""
    isbn: str | None
    contributors: tuple[Contributor, ...]
    publisher: str | None
    place: str | None
    date: str
    """ISO 8601 date of the edition; the artifacts' date where SOURCE_DATE_EPOCH is not set."""
    statement: str | None
    """Edition statement: `First annotated edition`."""
    description: str | None
    subjects: tuple[str, ...]
    provenance: Provenance
    rights: Rights
    series: tuple[Series, ...]
    front: tuple[str, ...]
    """Markdown files of front matter, in order."""
    back: tuple[str, ...]
    agreements: tuple[str, ...]
    """Markdown files, in the order of their names."""
    agreements_title: str
    references: str | None
    citation_style: str
    """Name of a CSL style."""
    output: Output
    source: Source
    """The YAML file itself."""
    waivers: tuple[Waiver, ...] = ()
    """Warnings that are let stand."""
    pages: Pages = Pages.BUILT
    proof: Limits = USUAL_LIMITS
    """From where on something on the pages is a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A document of front or back matter by the editors."""

    id: str
    """From its file name: `introduction`."""
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture that the edition uses, read once."""

    path: str
    """As the manuscript names it."""
    media_type: str
    content: bytes
    width: int
    """In pixels; for SVG from its viewBox."""
    height: int
    shown: str = field(default="", compare=False)
    """Path to show, relative to where the command was run."""

    @property
    def is_drawing(self) -> bool:
        """Whether it is drawn, and has no pixels."""
        return self.media_type == "image/svg+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """A font file that the edition brings, for characters that the house's typefaces lack."""

    path: str
    """Path inside the edition's folder: `fonts/NotoSerifSC.otf`."""
    media_type: str
    """`font/otf` or `font/ttf`."""
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of the edition's folder, as it was read."""

    path: str
    """Path inside the folder, with `/`."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything of one edition's folder."""

    settings: Settings
    text: Text
    front: tuple[Matter, ...]
    back: tuple[Matter, ...]
    notes: tuple[Note, ...]
    """Series by series in the order of `edition.yaml`, within one in the order of its file."""
    agreements: tuple[Agreement, ...]
    references: tuple[Reference, ...]
    images: tuple[Image, ...]
    templates: tuple[Source, ...] = ()
    """Templates of the edition's own, by their names below `templates/`; each stands for the one of that name."""
    stylesheets: tuple[Source, ...] = ()
    """Style sheets of the edition's own, by their names below `styles/`, after those of the house."""
    typefaces: tuple[Typeface, ...] = ()
    """The font files below `fonts/`, in the order of their names."""
    page_map: PageMap | None = None
    """The pages of the printed book, where they are frozen."""
    cover: Cover = NO_COVER
    colour_profile: ColourProfile | None = None
    """What it is printed with; None where `edition.yaml` names none."""
    files: tuple[SourceFile, ...] = ()
    """Every file that was read, in the order of their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedEdition:
    """An edition whose notes have found their places."""

    edition: Edition
    anchors: tuple[Anchor, ...]
    """One for each note, ordered by call, then start, then wider first, then series."""
