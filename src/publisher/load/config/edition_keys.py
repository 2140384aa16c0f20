"""The keys of `edition.yaml`, declared once for reading and for the JSON Schema."""

from __future__ import annotations

from publisher.diagnostics.sink import Waiver
from publisher.load.config.contributor_keys import CONTRIBUTOR_RECORD
from publisher.load.config.cover_keys import COVER_RECORD
from publisher.load.config.font_keys import FONTS
from publisher.load.config.isbn import BookNumber
from publisher.load.config.output_keys import NO_OUTPUT, OUTPUT_RECORD
from publisher.load.config.proof_keys import PROOF
from publisher.load.config.series_keys import SERIES_RECORD
from publisher.load.config.source_keys import RIGHTS_RECORD, SOURCE_RECORD
from publisher.load.yaml.formats import CODE, FILE, FILE_OR_LINE, IDENTIFIER, LANGUAGE, PARTIAL_DATE, WORDS
from publisher.load.yaml.schema import Keys, Record, Values, defaulted, optional, required
from publisher.load.yaml.types import At, Many, OneOf, PatternOrList, Placed
from publisher.model.settings import Numbering, Pages
from publisher.model.style import Style


class WaiverKeys(Keys):
    """A waiver."""

    code = required("code", At(CODE), about="the code of the warning: T-006")
    reason = required("reason", WORDS, about="why it is accepted")
    where = optional("where", FILE_OR_LINE, about="the file, or the file and the line: notes/editorial.md:12")


def _waiver(given: Values) -> Waiver:
    code = given[WaiverKeys.code]
    return Waiver(code=code.text, reason=given[WaiverKeys.reason], where=given[WaiverKeys.where], span=code.span)


WAIVER_RECORD = Record(keys=WaiverKeys.all(), build=_waiver, empty=Waiver(code="", reason="", where=None, span=None))


class EditionKeys(Keys):
    """`edition.yaml`."""

    title = required("title", WORDS, about="the title of the work")
    title_lines = defaulted(
        "title-lines",
        Many(kind=At(WORDS), least=2),
        absent=(),
        about="the title in the lines in which the title page sets it",
    )
    subtitle = optional("subtitle", WORDS, about="the subtitle")
    short_title = optional("short-title", WORDS, about="a shorter title for running heads")
    language = required("language", LANGUAGE, about="the language of the text (BCP 47): en, fr, de-CH")
    identifier = optional(
        "identifier", IDENTIFIER, about="urn:… or https://…; made from title and text where it is missing"
    )
    isbn = optional("isbn", BookNumber(), about="the ISBN")
    contributors = required(
        "contributors", Many(kind=CONTRIBUTOR_RECORD, least=1), about="author, editors, translators"
    )
    publisher = optional("publisher", WORDS, about="who publishes this edition")
    place = optional("place", WORDS, about="where it is published")
    date = required("date", PARTIAL_DATE, about="the date of this edition: 2026-11-24, 2026-11 or 2026")
    statement = optional("statement", WORDS, about="the edition statement: First annotated edition")
    description = optional("description", WORDS, about="what catalogues say of it")
    subjects = defaulted("subjects", Many(kind=WORDS), absent=(), about="subjects for catalogues")
    source = required("source", SOURCE_RECORD, about="the text and where it comes from")
    rights = required("rights", RIGHTS_RECORD, about="the rights as they are")
    series = defaulted("series", Many(kind=SERIES_RECORD), absent=(), about="the series of notes")
    numbering = defaulted(
        "numbering",
        OneOf(Numbering),
        absent=Numbering.SERIES,
        about="series: each series of notes is numbered by itself; continuous: all notes in one run of numbers",
    )
    front = defaulted("front", Many(kind=FILE), absent=(), about="Markdown files of front matter, in order")
    back = defaulted("back", Many(kind=FILE), absent=(), about="Markdown files of back matter, in order")
    agreements = defaulted("agreements", PatternOrList(FILE), absent=(), about="agreements/*.md, or a list of files")
    agreements_title = defaulted("agreements-title", WORDS, absent="Agreements", about="the heading of the agreements")
    references = optional("references", FILE, about="the file of references: CSL-JSON, BibTeX, BibLaTeX or RIS")
    citation_style = defaulted(
        "citation-style",
        At(WORDS),
        absent=Placed("chicago-author-date"),
        about="the name of a CSL style, or a .csl file in the folder",
    )
    style = defaulted(
        "style",
        At(OneOf(Style, code="S-016")),
        absent=Placed(Style.DEFAULT),
        about="how it looks: default, accessible or compact",
    )
    fonts = FONTS
    output = defaulted("output", OUTPUT_RECORD, absent=NO_OUTPUT, about="what is built and how")
    pages = defaulted(
        "pages",
        At(OneOf(Pages)),
        absent=Placed(Pages.BUILT),
        about="whose page numbers the EPUB has: those of the PDF built with it, or those frozen in page-map.json",
    )
    cover = optional("cover", COVER_RECORD, about="the printed cover, and how the EPUB's looks")
    waivers = defaulted("waivers", Many(kind=WAIVER_RECORD), absent=(), about="warnings that are accepted, and why")
    proof = PROOF
