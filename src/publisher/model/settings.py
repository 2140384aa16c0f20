"""What `edition.yaml` says: who made the work and the edition, where the text comes from, the rights in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from publisher.diagnostics import Source
from publisher.diagnostics.sink import Waiver
from publisher.model.apparatus import Series
from publisher.model.assets import NO_FONT_CHOICES, FontChoices
from publisher.model.limits import USUAL_LIMITS, Limits
from publisher.model.output import Output
from publisher.model.trade import NO_TRADE, Trade
from publisher.model.typesetting import NO_TYPESETTING, Typesetting


class Pages(StrEnum):
    """Whose page numbers the EPUB has."""

    BUILT = "built"
    """Those of the PDF that is laid out with it."""
    FROZEN = "frozen"
    """Those of a printed book, stored in `page-map.json`."""


class Numbering(StrEnum):
    """How notes are numbered."""

    SERIES = "series"
    """Each series by itself, and the author's footnotes by themselves in each section."""
    CONTINUOUS = "continuous"
    """All notes in one run of numbers, in the order of their calls."""


class Each(StrEnum):
    """How agreements and documents follow each other in the PDF."""

    RUN = "run"
    """One after the other."""
    PAGE = "page"
    """Each begins a page."""


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
    orcid: str | None = None
    """ORCID iD: `0000-0002-1825-0097`."""


class Paragraphs(StrEnum):
    """What ends a paragraph of a plain text."""

    BLANK = "blank"
    """A blank line."""
    LINES = "lines"
    """The end of a line, as in what word processors save as plain text."""


class Lists(StrEnum):
    """The lists that an edition can have."""

    ILLUSTRATIONS = "illustrations"
    DATES = "dates"
    """Of letters and entries, in the order of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the text comes from and how it is known to be unaltered."""

    file: str
    """The file; of several, their names, with commas between them."""
    sha256: str
    """Lower-case hexadecimal digest of the file's bytes, or of all files one after the other; several with spaces."""
    first_paragraph_is_title: bool
    """For plain text: whether the first paragraph is the title."""
    published: str | None
    """Date of first publication, ISO 8601."""
    url: str | None
    statement: str | None
    """A sentence for the imprint page."""
    paragraphs: Paragraphs = Paragraphs.BLANK
    """For plain text: what ends a paragraph."""
    cut_sha256: str | None = field(default=None, compare=False)
    """Digest of the file as it is in an archive, if it was cut for the readers of a copy; several with spaces."""
    encoding: str = "utf-8"
    """The encoding of the files, as `edition.yaml` names it."""
    files: tuple[str, ...] = ()
    """The names of the files of a text that has several, in order."""

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each file."""
        return self.files or (self.file,)

    @property
    def digests(self) -> tuple[str, ...]:
        """Each digest that is recorded."""
        return tuple(self.sha256.split())


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
    agreements_title: str | None
    """The heading of the agreements and documents; None for that of the language."""
    references: str | None
    citation_style: str
    """Name of a CSL style, or of the edition's own file."""
    output: Output
    source: Source
    """The YAML file itself."""
    citation_file: Source | None = None
    """The edition's own CSL style, if that is a file."""
    waivers: tuple[Waiver, ...] = ()
    """Warnings that are accepted."""
    pages: Pages = Pages.BUILT
    numbering: Numbering = Numbering.SERIES
    lists: tuple[Lists, ...] = ()
    """The lists that the program makes."""
    typesetting: Typesetting = NO_TYPESETTING
    """Single words, paragraphs and pictures of the PDF."""
    fonts: FontChoices = NO_FONT_CHOICES
    """Which families are used, of those in `fonts/`."""
    title_lines: tuple[str, ...] = ()
    """The title as the title page breaks it; empty if its lines fill themselves."""
    proof: Limits = USUAL_LIMITS
    """From where on something on the pages is a fault."""
    plugins: tuple[str, ...] = ()
    """The names of the installed plugins whose checks and style sheets are used."""
    trade: Trade = NO_TRADE
    """Facts for shops and libraries."""
    each_agreement: Each = Each.RUN
    """How agreements and documents follow each other."""
