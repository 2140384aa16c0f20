"""The keys of `edition.yaml`, declared once for reading and for the JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from publisher.load.book_number import BookNumber
from publisher.load.cover_keys import COVER_RECORD
from publisher.load.fields import Record, Values, defaulted, optional, required
from publisher.load.kinds import At, Flag, Known, Many, OneOf, PatternOrList, Placed, Shaped, Words
from publisher.load.page_keys import LINE_NUMBERS, MARGINS, PAGE, SIDES
from publisher.load.profiles import PlacedProfiles, ProfilesKind
from publisher.load.proof_keys import PROOF
from publisher.load.relators import RELATORS
from publisher.load.trims import ROYAL
from publisher.model.apparatus import Cite, EpubPlacement, Marks, PdfPlacement
from publisher.model.edition import (
    Contributor,
    Format,
    Output,
    Pages,
    Provenance,
    Rights,
    RightsStatus,
    Style,
    Waiver,
)


def _is_date(text: str) -> bool:
    """Whether the calendar has that day."""
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


WORDS = Words()
FILE = At(WORDS)
DAY = Shaped(what="a date", example="2026-11-24", pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", sound=_is_date)
PARTIAL_DATE = Shaped(
    what="a date, a month or a year", example="2022-01-29", pattern=r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", sound=_is_date
)
LANGUAGE_PATTERN = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}"
LANGUAGE = Shaped(what="a language tag (BCP 47)", example="en-GB", pattern=LANGUAGE_PATTERN)
URL = Shaped(what="a web address", example="https://www.example.org/article", pattern=r"https?://[^\s/]+(/\S*)?")
NAME = Shaped(what="a name of letters, digits and hyphens", example="editorial", pattern=r"[A-Za-z][A-Za-z0-9-]*")
SHA256 = Shaped(what="a sha256 (64 digits and letters a–f)", example="0" * 64, pattern=r"[0-9A-Fa-f]{64}")
IDENTIFIER = Shaped(
    what="an identifier",
    example="urn:isbn:9783161484100",
    pattern=r"urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:\S+|https?://\S+",
)
CODE = Shaped(what="the code of a warning", example="T-006", pattern=r"[A-Z]-[0-9]{3}")
FILE_OR_LINE = Shaped(
    what="a file, or a file and a line", example="notes/editorial.md:12", pattern=r"[^\s:][^:]*(:[1-9][0-9]*)?"
)
FILE_NAME = Shaped(
    what="a file name without extension", example="my-edition", pattern=r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
)

NAME_OF = required("name", WORDS, about="the name as it is printed")
SORT = optional("sort", WORDS, about="the name as it is filed: Lendman, Stephen")
ROLE = required("role", Known(what="a MARC relator code", words=RELATORS), about="MARC relator code: aut, edt, trl, …")
NOTE = optional("note", WORDS, about="a reservation shown with the name: attributed")

TEXT_FILE = required("file", FILE, about="the file of the text, .txt or .md")
DIGEST = required("sha256", At(SHA256), about="the sha256 of the text's file, so that no letter changes unseen")
FIRST_IS_TITLE = defaulted("first-paragraph-is-title", Flag(), absent=False, about="plain text only: true or false")
PUBLISHED = optional("published", PARTIAL_DATE, about="date of first publication")
SOURCE_URL = optional("url", URL, about="where the text was published")
PROVENANCE = optional("statement", WORDS, about="a sentence on the provenance for the imprint page")

STATUS = required("status", OneOf(RightsStatus), about="what is known of the rights in the text")
RIGHTS_STATEMENT = required("statement", WORDS, about="what the imprint page says of the rights in the text")
APPARATUS_RIGHTS = optional("apparatus", WORDS, about="what the imprint page says of the rights in the notes")
LICENCE_URL = optional("licence-url", URL, about="the web address of the licence")

PDF_PLACE = defaulted("pdf", OneOf(PdfPlacement), absent=PdfPlacement.FOOT, about="where the PDF prints these notes")
EPUB_PLACE = defaulted("epub", OneOf(EpubPlacement), absent=EpubPlacement.POP_UP, about="where the EPUB keeps them")
Places = tuple[PdfPlacement, EpubPlacement]
NO_PLACES: Places = (PdfPlacement.FOOT, EpubPlacement.POP_UP)
PLACEMENT_RECORD = Record(
    keys=(PDF_PLACE, EPUB_PLACE), build=lambda given: (given[PDF_PLACE], given[EPUB_PLACE]), empty=NO_PLACES
)
SERIES_ID = required("id", At(NAME), about="a short name: editorial")
SERIES_TITLE = required("title", WORDS, about="the heading of these notes")
SERIES_FILE = required("file", FILE, about="the Markdown file of these notes")
MARKS = defaulted("marks", OneOf(Marks), absent=Marks.DECIMAL, about="what the calls look like")
CITE = defaulted("cite", OneOf(Cite), absent=Cite.NOTHING, about="lines: notes begin with lines and lemma")
PLACEMENT = defaulted("placement", PLACEMENT_RECORD, absent=NO_PLACES, about="where each format puts these notes")

WAIVED_CODE = required("code", At(CODE), about="the code of the warning: T-006")
REASON = required("reason", WORDS, about="why it may stand")
WHERE = optional("where", FILE_OR_LINE, about="the file, or the file and the line: notes/editorial.md:12")

OUTPUT_NAME = optional("name", FILE_NAME, about="the name of what is built, without extension; else the folder's name")
FORMATS = defaulted(
    "formats", Many(kind=OneOf(Format), least=1), absent=(Format.EPUB, Format.PDF), about="what is built"
)
PROFILES = defaulted(
    "profiles", ProfilesKind(), absent=PlacedProfiles(), about="what PDFs are made for: screen, print, archive"
)
PARAGRAPH_NUMBERS = defaulted("paragraph-numbers", Flag(), absent=True, about="whether paragraphs are numbered")
CHAPTERS = defaulted(
    "chapters", Flag(), absent=False, about="whether each second-level heading of the text begins a page of its own"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSource:
    """What `source` says, with the places of the file and the digest."""

    file: Placed
    digest: Placed
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedOutput:
    """What `output` says, with the place where an ICC profile is named."""

    output: Output
    icc: Placed | None = None


def _contributor(given: Values) -> Contributor:
    name = given[NAME_OF]
    return Contributor(name=name, role=given[ROLE], sort=given[SORT] or name, note=given[NOTE])


def _source(given: Values) -> PlacedSource:
    return PlacedSource(
        file=given[TEXT_FILE],
        digest=given[DIGEST],
        provenance=Provenance(
            file=given[TEXT_FILE].text,
            sha256=given[DIGEST].text.lower(),
            first_paragraph_is_title=given[FIRST_IS_TITLE],
            published=given[PUBLISHED],
            url=given[SOURCE_URL],
            statement=given[PROVENANCE],
        ),
    )


def _rights(given: Values) -> Rights:
    return Rights(
        status=given[STATUS],
        statement=given[RIGHTS_STATEMENT],
        apparatus=given[APPARATUS_RIGHTS],
        licence_url=given[LICENCE_URL],
    )


def _series(given: Values) -> PlacedSeries:
    return PlacedSeries(
        id=given[SERIES_ID],
        title=given[SERIES_TITLE],
        file=given[SERIES_FILE],
        marks=given[MARKS],
        placement=given[PLACEMENT],
        cite=given[CITE],
    )


def _output(given: Values) -> PlacedOutput:
    page, placed = given[PAGE], given[MARGINS]
    output = Output(
        name=given[OUTPUT_NAME] or "",
        formats=tuple(dict.fromkeys(given[FORMATS])),
        page_width=page.width,
        page_height=page.height,
        paragraph_numbers=given[PARAGRAPH_NUMBERS],
        line_numbers=given[LINE_NUMBERS],
        chapters=given[CHAPTERS],
        sides=given[SIDES],
        margins=placed.margins,
        page_span=placed.span or page.span,
        profiles=given[PROFILES].profiles,
    )
    return PlacedOutput(output=output, icc=given[PROFILES].icc)


def _waiver(given: Values) -> Waiver:
    code = given[WAIVED_CODE]
    return Waiver(code=code.text, reason=given[REASON], where=given[WHERE], span=code.span)


NO_PLACE = Placed("")
NO_OUTPUT = PlacedOutput(
    output=Output(
        name="",
        formats=(Format.EPUB, Format.PDF),
        page_width=ROYAL.width,
        page_height=ROYAL.height,
        paragraph_numbers=True,
    )
)
NO_SOURCE = PlacedSource(
    file=NO_PLACE,
    digest=NO_PLACE,
    provenance=Provenance(file="", sha256="", first_paragraph_is_title=False, published=None, url=None, statement=None),
)
NO_RIGHTS = Rights(status=RightsStatus.UNKNOWN, statement="", apparatus=None, licence_url=None)
CONTRIBUTOR_RECORD = Record(
    keys=(NAME_OF, SORT, ROLE, NOTE), build=_contributor, empty=Contributor(name="", role="aut", sort="")
)
SOURCE_RECORD = Record(
    keys=(TEXT_FILE, DIGEST, FIRST_IS_TITLE, PUBLISHED, SOURCE_URL, PROVENANCE), build=_source, empty=NO_SOURCE
)
RIGHTS_RECORD = Record(keys=(STATUS, RIGHTS_STATEMENT, APPARATUS_RIGHTS, LICENCE_URL), build=_rights, empty=NO_RIGHTS)
SERIES_RECORD = Record(
    keys=(SERIES_ID, SERIES_TITLE, SERIES_FILE, MARKS, PLACEMENT, CITE),
    build=_series,
    empty=PlacedSeries(id=NO_PLACE, title="", file=NO_PLACE, marks=Marks.DECIMAL, placement=NO_PLACES),
)
WAIVER_RECORD = Record(
    keys=(WAIVED_CODE, REASON, WHERE), build=_waiver, empty=Waiver(code="", reason="", where=None, span=None)
)
OUTPUT_RECORD = Record(
    keys=(OUTPUT_NAME, FORMATS, PAGE, SIDES, MARGINS, PROFILES, PARAGRAPH_NUMBERS, LINE_NUMBERS, CHAPTERS),
    build=_output,
    empty=NO_OUTPUT,
)

TITLE = required("title", WORDS, about="the title of the work")
SUBTITLE = optional("subtitle", WORDS, about="the subtitle")
SHORT_TITLE = optional("short-title", WORDS, about="a shorter title for running heads")
EDITION_LANGUAGE = required("language", LANGUAGE, about="the language of the text (BCP 47): en, fr, de-CH")
ID = optional("identifier", IDENTIFIER, about="urn:… or https://…; made from title and text where it is missing")
BOOK_NUMBER = optional("isbn", BookNumber(), about="the ISBN")
CONTRIBUTORS = required("contributors", Many(kind=CONTRIBUTOR_RECORD, least=1), about="author, editors, translators")
PUBLISHER = optional("publisher", WORDS, about="who publishes this edition")
PLACE = optional("place", WORDS, about="where it is published")
DATE = required("date", DAY, about="the date of this edition: 2026-11-24")
STATEMENT = optional("statement", WORDS, about="the edition statement: First annotated edition")
DESCRIPTION = optional("description", WORDS, about="what catalogues say of it")
SUBJECTS = defaulted("subjects", Many(kind=WORDS), absent=(), about="subjects for catalogues")
SOURCE = required("source", SOURCE_RECORD, about="the text and where it comes from")
RIGHTS = required("rights", RIGHTS_RECORD, about="the rights as they are")
SERIES = defaulted("series", Many(kind=SERIES_RECORD), absent=(), about="the series of notes")
FRONT = defaulted("front", Many(kind=FILE), absent=(), about="Markdown files of front matter, in order")
BACK = defaulted("back", Many(kind=FILE), absent=(), about="Markdown files of back matter, in order")
AGREEMENTS = defaulted("agreements", PatternOrList(FILE), absent=(), about="agreements/*.md, or a list of files")
AGREEMENTS_TITLE = defaulted("agreements-title", WORDS, absent="Agreements", about="the heading of the agreements")
REFERENCES = optional("references", FILE, about="the CSL-JSON file of references")
STYLE = defaulted("citation-style", WORDS, absent="chicago-author-date", about="the name of a CSL style")
HOUSE_STYLE = defaulted(
    "style", OneOf(Style, code="S-016"), absent=Style.DEFAULT, about="how it looks: default, accessible or compact"
)
OUTPUT = defaulted("output", OUTPUT_RECORD, absent=NO_OUTPUT, about="what is built and how")
PAGES = defaulted(
    "pages",
    At(OneOf(Pages)),
    absent=Placed(Pages.BUILT),
    about="whose page numbers the EPUB has: those of the PDF built with it, or those frozen in page-map.json",
)
COVER = optional("cover", COVER_RECORD, about="the printed cover, and how the EPUB's looks")
WAIVERS = defaulted("waivers", Many(kind=WAIVER_RECORD), absent=(), about="warnings that may stand, and why")

KEYS = (
    TITLE,
    SUBTITLE,
    SHORT_TITLE,
    EDITION_LANGUAGE,
    ID,
    BOOK_NUMBER,
    CONTRIBUTORS,
    PUBLISHER,
    PLACE,
    DATE,
    STATEMENT,
    DESCRIPTION,
    SUBJECTS,
    SOURCE,
    RIGHTS,
    SERIES,
    FRONT,
    BACK,
    AGREEMENTS,
    AGREEMENTS_TITLE,
    REFERENCES,
    STYLE,
    HOUSE_STYLE,
    OUTPUT,
    PAGES,
    COVER,
    WAIVERS,
    PROOF,
)
