"""The keys of `edition.yaml`, each declared once for reading and for the JSON Schema."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.diagnostics.sink import Waiver
from publisher.load.config.appendix_keys import Appendix, AppendixFiles
from publisher.load.config.cover_keys import COVER_RECORD
from publisher.load.config.font_keys import FONTS
from publisher.load.config.isbn import BookNumber
from publisher.load.config.output_keys import NO_OUTPUT, OUTPUT_RECORD
from publisher.load.config.relators import Relator
from publisher.load.config.trade_keys import TRADE
from publisher.load.config.trade_kinds import ORCID
from publisher.load.config.typesetting_keys import TYPESETTING
from publisher.load.encodings import UTF_8
from publisher.load.yaml.formats import (
    ANY_DATE,
    CODE,
    FILE,
    FILE_OR_LINE,
    IDENTIFIER,
    LANGUAGE,
    NAME,
    NO_PLACE,
    PARTIAL_DATE,
    URL,
    WORDS,
    Digest,
    EncodingName,
    PlacedDigests,
)
from publisher.load.yaml.numbers import Decimal, Whole
from publisher.load.yaml.schema import Keys, Record, Values, default, optional, record, require, require_later
from publisher.load.yaml.types import At, Flag, Many, OneOf, PatternOrList, Placed
from publisher.model.apparatus import Arrangement, Cite, EpubPlacement, Marks, PdfPlacement
from publisher.model.limits import Limits
from publisher.model.profile import Style
from publisher.model.settings import Contributor, Lists, Numbering, Pages, Paragraphs, Provenance, Rights, RightsStatus


class ContributorKeys(Keys):
    """A contributor."""

    name = require("name", WORDS, about="the name as it is printed")
    sort = optional("sort", WORDS, about="the name as it is filed: Lendman, Stephen")
    role = require("role", Relator(), about="MARC relator code: aut, edt, trl, …")
    note = optional("note", WORDS, about="a reservation shown with the name: attributed")
    orcid = optional("orcid", ORCID, about="the ORCID iD: 0000-0002-1825-0097")


def _contributor(given: Values) -> Contributor:
    sort = given[ContributorKeys.sort] or given[ContributorKeys.name]
    return Contributor(**ContributorKeys.fields(given, Contributor) | {"sort": sort})


CONTRIBUTOR_RECORD = Record(
    keys=ContributorKeys.all(), build=_contributor, empty=Contributor(name="", role="aut", sort="")
)


class PlacementKeys(Keys):
    """`placement`."""

    pdf = optional("pdf", OneOf(PdfPlacement), about="where the PDF prints these notes; foot if absent")
    epub = default("epub", OneOf(EpubPlacement), absent=EpubPlacement.POP_UP, about="where the EPUB keeps them")


Places = tuple[PdfPlacement | None, EpubPlacement]
NO_PLACES: Places = (None, EpubPlacement.POP_UP)
PLACEMENT_RECORD = Record(
    keys=PlacementKeys.all(), build=lambda given: (given[PlacementKeys.pdf], given[PlacementKeys.epub]), empty=NO_PLACES
)


class SeriesKeys(Keys):
    """A series of notes."""

    id = require("id", At(NAME), about="a short name: editorial")
    title = require("title", WORDS, about="the heading of these notes")
    file = require("file", FILE, about="the Markdown file of these notes")
    marks = default("marks", OneOf(Marks), absent=Marks.DECIMAL, about="what the calls look like")
    placement = default("placement", PLACEMENT_RECORD, absent=NO_PLACES, about="where each format puts these notes")
    cite = default("cite", OneOf(Cite), absent=Cite.NOTHING, about="lines: notes begin with lines and lemma")
    arrangement = default(
        "arrangement", OneOf(Arrangement), absent=Arrangement.LIST, about="how notes at the foot are arranged"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSeries:
    """A series with the places of its id and its file."""

    id: Placed
    title: str
    file: Placed
    marks: Marks
    placement: Places
    cite: Cite = Cite.NOTHING
    arrangement: Arrangement = Arrangement.LIST


SERIES_RECORD = record(
    SeriesKeys,
    PlacedSeries,
    empty=PlacedSeries(id=NO_PLACE, title="", file=NO_PLACE, marks=Marks.DECIMAL, placement=NO_PLACES),
)


class SourceKeys(Keys):
    """`source`."""

    file = require(
        "file", PatternOrList(FILE, least=1), about="the file of the text, .txt or .md; a list of several, in order"
    )
    sha256 = require_later(
        "sha256",
        Digest(),
        about="the sha256 of the text's file, so that no letter changes unseen; of several files one of all, or a list",
    )
    encoding = default(
        "encoding", EncodingName(), absent=UTF_8, about="the encoding of the text's files: windows-1252, koi8-r, …"
    )
    first_paragraph_is_title = default(
        "first-paragraph-is-title", Flag(), absent=False, about="plain text only: true or false"
    )
    paragraphs = default(
        "paragraphs",
        OneOf(Paragraphs),
        absent=Paragraphs.BLANK,
        about="plain text only: whether a blank line ends a paragraph (blank), or each line is one (lines)",
    )
    published = optional(
        "published", ANY_DATE, about="date of first publication, as far as it is known: 1848-02, c. 1600"
    )
    url = optional("url", URL, about="where the text was published")
    statement = optional("statement", WORDS, about="a sentence on the provenance for the imprint page")


class RightsKeys(Keys):
    """`rights`."""

    status = require("status", OneOf(RightsStatus), about="what is known of the rights in the text")
    statement = require("statement", WORDS, about="what the imprint page says of the rights in the text")
    apparatus = optional("apparatus", WORDS, about="what the imprint page says of the rights in the notes")
    licence_url = optional("licence-url", URL, about="the web address of the licence")


HEXADECIMAL = re.compile(r"[0-9a-f]{64}")
"""A sha256 in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSource:
    """What `source` says, with the places of the files and the digests."""

    files: tuple[Placed, ...]
    """In order; none if no file is named."""
    digests: PlacedDigests | None
    """None if it is missing."""
    span: Span | None
    """Where an error of the whole is shown: its first key."""
    provenance: Provenance
    encoding: str = UTF_8

    @property
    def name(self) -> str:
        """The name of the file; of several, their names, with commas between them."""
        return self.provenance.file


def _source(given: Values) -> PlacedSource:
    files, digests = given[SourceKeys.file], given[SourceKeys.sha256]
    names = tuple(file.text for file in files)
    read_further = {
        "file": ", ".join(names),
        "files": names if len(names) > 1 else (),
        "sha256": " ".join(digests.texts) if digests else "",
    }
    return PlacedSource(
        files=files,
        digests=digests,
        span=given.begin,
        encoding=given[SourceKeys.encoding],
        provenance=Provenance(**SourceKeys.fields(given, Provenance) | read_further),
    )


NO_SOURCE = PlacedSource(
    files=(),
    digests=PlacedDigests(each=()),
    span=None,
    provenance=Provenance(file="", sha256="", first_paragraph_is_title=False, published=None, url=None, statement=None),
)
NO_RIGHTS = Rights(status=RightsStatus.UNKNOWN, statement="", apparatus=None, licence_url=None)
SOURCE_RECORD = Record(
    keys=SourceKeys.all(),
    build=_source,
    empty=NO_SOURCE,
)
RIGHTS_RECORD = record(RightsKeys, Rights, empty=NO_RIGHTS)


USUAL = Limits()


class ProofKeys(Keys):
    """`proof`."""

    cmyk = default("cmyk", Flag(), absent=USUAL.cmyk, about="whether the file is for a printer who wants CMYK")
    ink = optional("ink", Whole(least=1), about="per cent that all inks together may make: 300")
    resolution = default("dpi", Whole(least=1), absent=USUAL.resolution, about="pixels an inch that a picture needs")
    hyphens = default("hyphens", Whole(), absent=USUAL.hyphens, about="lines in a row that may end with a hyphen")
    looseness = default(
        "loose", Decimal(least=1), absent=USUAL.looseness, about="how many times too wide word spaces may be"
    )
    last_line = default("last-line", Whole(), absent=USUAL.last_line, about="characters that a last line needs")
    last_page = default("last-page", Whole(), absent=USUAL.last_page, about="lines that a last page needs")


PROOF_RECORD = record(ProofKeys, Limits, empty=USUAL)
PROOF = default("proof", PROOF_RECORD, absent=USUAL, about="from where on something on the pages is a fault")


PLUGINS = default(
    "plugins", Many(kind=At(WORDS)), absent=(), about="installed plugins whose checks and style sheets are used"
)


class WaiverKeys(Keys):
    """A waiver."""

    code = require("code", At(CODE), about="the code of the warning: T-006")
    reason = require("reason", WORDS, about="why it is accepted")
    where = optional("where", FILE_OR_LINE, about="the file, or the file and the line: notes/editorial.md:12")


def _waiver(given: Values) -> Waiver:
    code = given[WaiverKeys.code]
    return Waiver(code=code.text, reason=given[WaiverKeys.reason], where=given[WaiverKeys.where], span=code.span)


WAIVER_RECORD = Record(keys=WaiverKeys.all(), build=_waiver, empty=Waiver(code="", reason="", where=None, span=None))


class EditionKeys(Keys):
    """`edition.yaml`."""

    title = require("title", WORDS, about="the title of the work")
    title_lines = default(
        "title-lines",
        Many(kind=At(WORDS), least=2),
        absent=(),
        about="the title in the lines in which the title page sets it",
    )
    subtitle = optional("subtitle", WORDS, about="the subtitle")
    short_title = optional("short-title", WORDS, about="a shorter title for running heads")
    language = require("language", LANGUAGE, about="the language of the text (BCP 47): en, fr, de-CH")
    identifier = optional(
        "identifier", IDENTIFIER, about="urn:… or https://…; made from title and text where it is missing"
    )
    isbn = optional("isbn", BookNumber(), about="the ISBN")
    contributors = require("contributors", Many(kind=CONTRIBUTOR_RECORD, least=1), about="author, editors, translators")
    publisher = optional("publisher", WORDS, about="who publishes this edition")
    place = optional("place", WORDS, about="where it is published")
    date = require("date", PARTIAL_DATE, about="the date of this edition: 2026-11-24, 2026-11 or 2026")
    statement = optional("statement", WORDS, about="the edition statement: First annotated edition")
    description = optional("description", WORDS, about="what catalogues say of it")
    subjects = default("subjects", Many(kind=WORDS), absent=(), about="subjects for catalogues")
    source = require("source", SOURCE_RECORD, about="the text and where it comes from")
    rights = require("rights", RIGHTS_RECORD, about="the rights as they are")
    series = default("series", Many(kind=SERIES_RECORD), absent=(), about="the series of notes")
    numbering = default(
        "numbering",
        OneOf(Numbering),
        absent=Numbering.SERIES,
        about="series: each series of notes is numbered by itself; continuous: all notes in one run of numbers",
    )
    front = default("front", Many(kind=FILE), absent=(), about="Markdown files of front matter, in order")
    back = default("back", Many(kind=FILE), absent=(), about="Markdown files of back matter, in order")
    agreements = default(
        "agreements",
        Appendix("agreements/*.md"),
        absent=AppendixFiles(),
        about="agreements/*.md, a list of files, or {files: …, each: page}",
    )
    agreements_title = optional("agreements-title", WORDS, about="the heading of the agreements and documents")
    documents = default(
        "documents",
        Appendix("documents/*.md"),
        absent=AppendixFiles(),
        about="documents/*.md, a list of files, or {files: …, each: page}: letters, cases",
    )
    documents_title = optional("documents-title", WORDS, about="the heading of the documents and agreements")
    references = optional("references", FILE, about="the file of references: CSL-JSON, BibTeX, BibLaTeX or RIS")
    citation_style = default(
        "citation-style",
        At(WORDS),
        absent=Placed("chicago-author-date"),
        about="the name of a CSL style, or a .csl file in the folder",
    )
    style = default(
        "style",
        At(OneOf(Style, code="S-016")),
        absent=Placed(Style.DEFAULT),
        about="how it looks: default, accessible or compact",
    )
    lists = default(
        "lists",
        Many(kind=OneOf(Lists)),
        absent=(),
        about="lists to be made: illustrations (pictures with their pages), dates (letters and entries by their dates)",
    )
    fonts = FONTS
    typesetting = TYPESETTING
    output = default("output", OUTPUT_RECORD, absent=NO_OUTPUT, about="what is built and how")
    pages = default(
        "pages",
        At(OneOf(Pages)),
        absent=Placed(Pages.BUILT),
        about="whose page numbers the EPUB has: those of the PDF built with it, or those frozen in page-map.json",
    )
    cover = optional("cover", COVER_RECORD, about="the printed cover, and how the EPUB's looks")
    printer = optional("printer", At(WORDS), about="kdp, ingram, lulu, bod, copyshop, or a .yaml file of your own")
    trade = TRADE
    waivers = default("waivers", Many(kind=WAIVER_RECORD), absent=(), about="warnings that are accepted, and why")
    proof = PROOF
    plugins = PLUGINS
