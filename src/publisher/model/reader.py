"""A course reader: its course, its units, and the readings in them, as loaded from a folder with `reader.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from publisher.diagnostics import Source, Span
from publisher.diagnostics.sink import Waiver
from publisher.model.assets import NO_FONT_CHOICES, FontChoices, SourceFile
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.inline import Inline
from publisher.model.ledger import Entitlement
from publisher.model.output import Output
from publisher.model.settings import Contributor
from publisher.model.target import Audience, Copy
from publisher.model.trade import NO_TRADE, Trade
from publisher.model.typesetting import NO_TYPESETTING, Typesetting


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """`reader.yaml` without its units, typed."""

    title: str
    short_title: str
    code: str | None
    institution: str | None
    instructors: tuple[Contributor, ...]
    term: str | None
    language: str
    identifier: str
    date: str
    """ISO 8601 date of the reader."""
    description: str | None
    subjects: tuple[str, ...]
    agreements_title: str | None
    """The heading of the agreements and documents; None for that of the language."""
    citation_style: str
    copy: Copy
    copies: int | None
    """How many copies are made of it; None where that is not said."""
    output: Output
    waivers: tuple[Waiver, ...]
    source: Source
    """The YAML file itself."""
    typesetting: Typesetting = NO_TYPESETTING
    """Single words, paragraphs and pictures of the PDF."""
    fonts: FontChoices = NO_FONT_CHOICES
    """Which families are used, of those in `fonts/`."""
    citation_file: Source | None = None
    """The reader's own CSL style, if that is a file."""
    plugins: tuple[str, ...] = ()
    """The names of the installed plugins whose checks and style sheets are used."""
    trade: Trade = NO_TRADE
    """Facts for shops and libraries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraphs:
    """Paragraphs of a text, counted from 1, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionBody:
    """An edition, whole or in part."""

    folder: str
    """Path of its folder, as it can be opened."""
    named: str = field(default="", compare=False)
    """The same as `reader.yaml` writes it."""
    within: str = field(default="", compare=False)
    """Path of the folder of the reader that names it."""
    selection: tuple[Paragraphs, ...] = ()
    """What is taken of it, in order; everything where nothing is named."""
    selection_span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentBody:
    """A Markdown document, as an edition without notes and agreements."""

    edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that is on a page of a PDF from elsewhere and is not taken over."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignBody:
    """Pages of a PDF from elsewhere."""

    name: str
    """The file, as people see it."""
    sha256: str
    """Of the whole file."""
    content: bytes
    """A PDF of these pages alone, rebuilt from what draws them."""
    content_sha256: str
    first: int
    """Of the pages, in the whole file."""
    last: int
    count: int
    """How many pages the whole file has."""
    first_folio: int | None
    """The number that the first page bears in the original; None where it is not to be shown."""
    texts: tuple[str, ...]
    """What words each of the pages has; empty for a scanned one."""
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each of the pages as they are seen, in points."""
    with_text: bool | None
    """Whether the EPUB may have these words; None where the rights decide."""
    recognised: bool = False
    """Whether a program recognised words of scanned pages."""
    left_out: tuple[LeftOut, ...] = ()
    """What is reported of the pages."""
    named: str = field(default="", compare=False)
    """The file as `reader.yaml` writes it."""
    within: str = field(default="", compare=False)
    """Path of the folder of the reader that names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBody:
    """Something to be read elsewhere."""

    url: str


Body = EditionBody | DocumentBody | ForeignBody | LinkBody


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRights:
    """The rights in pictures of a reading."""

    pattern: str
    """The file, or a pattern such as `images/*.png`."""
    entitlement: Entitlement


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of a unit."""

    slug: str
    """Its name in links and ids."""
    title: str | None
    """None where that of the edition or document is."""
    short_title: str | None
    contributors: tuple[Contributor, ...]
    """Empty where those of the edition are."""
    language: str | None
    citation: tuple[Inline, ...]
    """Where it comes from; empty where the edition says it."""
    questions: tuple[tuple[Inline, ...], ...]
    """For discussion."""
    entitlement: Entitlement | None
    """None where that of the edition is."""
    images: tuple[ImageRights, ...]
    audience: Audience | None
    body: Body
    span: Span
    """What names it in `reader.yaml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A week, or another part of the course."""

    title: str
    starts: str | None
    """ISO 8601."""
    ends: str | None
    about: tuple[Inline, ...]
    """What is said of it; may be empty."""
    readings: tuple[Reading, ...]
    span: Span
    """Its title."""
    starts_span: Span | None = field(default=None, compare=False, repr=False)
    ends_span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReader:
    """A reader whose units are taken into another one."""

    folder: str
    """Path of its folder, as it can be opened."""
    named: str
    """The same as the `reader.yaml` that takes its units writes it."""
    within: str
    """Path of the folder of that reader."""
    files: tuple[SourceFile, ...] = field(default=(), repr=False)
    """Every file that was read from its folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Everything of a reader's folder, the editions that it names left where they are."""

    course: Course
    units: tuple[Unit, ...]
    own: Edition
    """The reader's own introduction, references, styles, templates and typefaces, as an edition without a text."""
    others: tuple[OtherReader, ...] = ()
    """The readers that units are taken from, each as often as one names it."""

    @property
    def readings(self) -> Iterator[Reading]:
        """Every reading, unit by unit."""
        for unit in self.units:
            yield from unit.readings

    @property
    def lines(self) -> Iterator[tuple[Inline, ...]]:
        """Every line of prose that `reader.yaml` holds."""
        for unit in self.units:
            yield unit.about
            for reading in unit.readings:
                yield from (reading.citation, *reading.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedReader:
    """A reader whose editions have been read, and whose notes have found their places."""

    reader: Reader
    editions: tuple[tuple[str, AnnotatedEdition], ...]
    """Those that are editions or documents, by the slugs of their readings."""
