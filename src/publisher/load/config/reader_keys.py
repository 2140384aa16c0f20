"""The keys of `reader.yaml`, declared once for reading and for the JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.load.config.contributor_keys import CONTRIBUTOR_RECORD
from publisher.load.config.edition_keys import (
    AGREEMENTS_TITLE,
    COVER,
    DATE,
    DESCRIPTION,
    HOUSE_STYLE,
    ID,
    OUTPUT,
    REFERENCES,
    SHORT_TITLE,
    STYLE,
    SUBJECTS,
    WAIVERS,
)
from publisher.load.config.font_keys import FONTS
from publisher.load.yaml.formats import DAY, FILE, LANGUAGE, PARTIAL_DATE, URL, WORDS
from publisher.load.yaml.ranges import Count, Ranges
from publisher.load.yaml.schema import Record, Values, defaulted, optional, required
from publisher.load.yaml.types import At, Flag, Many, OneOf, PatternOrList, Placed, Shaped
from publisher.model.audience import Audience
from publisher.model.ledger import Entitlement
from publisher.model.settings import RightsStatus
from publisher.model.target import Copy

SLUG_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
SLUG = Shaped(what="a slug of small letters, digits and single hyphens", example="charter-1945", pattern=SLUG_PATTERN)
PROSE = At(WORDS)
"""Inline Markdown."""

STATUS = required("status", At(OneOf(RightsStatus)), about="what is known of the rights in it")
STATEMENT = optional("statement", WORDS, about="a sentence to print")
LICENCE_URL = optional("licence-url", URL, about="the web address of the licence")
HOLDER = optional("holder", WORDS, about="who holds the rights")
GRANTED = optional("granted", DAY, about="the day on which permission was given")
SCOPE = optional("scope", WORDS, about="what the permission is for: print and EPUB, students of the course")
PERMITTED = optional("copies", Count(), about="how many copies the permission is for")
EXPIRES = optional("expires", DAY, about="the last day of the permission")
REASON = optional("reason", WORDS, about="why an exception holds: the section of the law, and how it fits")
RIGHTS_KEYS = (STATUS, STATEMENT, LICENCE_URL, HOLDER, GRANTED, SCOPE, PERMITTED, EXPIRES, REASON)


def _entitlement(given: Values) -> Entitlement:
    status: Placed = given[STATUS]
    return Entitlement(
        status=RightsStatus(status.text) if status.text else RightsStatus.UNKNOWN,
        statement=given[STATEMENT],
        licence_url=given[LICENCE_URL],
        holder=given[HOLDER],
        granted=given[GRANTED],
        scope=given[SCOPE],
        copies=given[PERMITTED],
        expires=given[EXPIRES],
        reason=given[REASON],
        span=status.span or given.span,
    )


NO_ENTITLEMENT = Entitlement(status=RightsStatus.UNKNOWN)
RIGHTS_RECORD = Record(keys=RIGHTS_KEYS, build=_entitlement, empty=NO_ENTITLEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedImages:
    """The rights in some pictures."""

    pattern: str
    entitlement: Entitlement


IMAGE_FILE = required("file", WORDS, about="the picture as the manuscript names it, or a pattern: images/*.png")
IMAGE_RIGHTS = required("rights", RIGHTS_RECORD, about="the rights in it")
IMAGES_RECORD = Record(
    keys=(IMAGE_FILE, IMAGE_RIGHTS),
    build=lambda given: PlacedImages(pattern=given[IMAGE_FILE], entitlement=given[IMAGE_RIGHTS]),
    empty=PlacedImages(pattern="", entitlement=NO_ENTITLEMENT),
)

EDITION = optional("edition", FILE, about="the folder of an edition, as seen from this file: ../../book")
DOCUMENT = optional("document", FILE, about="a Markdown file in the reader's folder")
PDF = optional("pdf", FILE, about="a PDF in the reader's folder")
LINK = optional("link", At(URL), about="the web address of what may not be copied")
READING_SLUG = optional(
    "slug", At(SLUG), about="its name in links; made from the file's or folder's name where missing"
)
READING_TITLE = optional("title", WORDS, about="its title; that of the edition or document where missing")
READING_SHORT = optional("short-title", WORDS, about="a shorter title for running heads")
AUTHORS = defaulted("contributors", Many(kind=CONTRIBUTOR_RECORD), absent=(), about="author, editors, translators")
READING_LANGUAGE = optional("language", LANGUAGE, about="its language (BCP 47); else that of the reader")
CITATION = optional("citation", PROSE, about="where it comes from (Markdown)")
PARAGRAPHS = optional("paragraphs", Ranges(), about="the paragraphs of an edition that are taken: 3-14")
PAGES = optional("pages", Ranges(most=1), about="the pages of a PDF that are taken, counted from 1: 3-9")
FIRST_FOLIO = optional("original-page", Count(), about="the number of the first page in the original, to be printed")
WITH_TEXT = optional("text", Flag(), about="whether the EPUB may have the words of a PDF; else the rights decide")
QUESTIONS = defaulted("questions", Many(kind=PROSE), absent=(), about="questions for discussion (Markdown)")
READING_RIGHTS = optional("rights", RIGHTS_RECORD, about="the rights in it; those of the edition where missing")
READING_IMAGES = defaulted("images", Many(kind=IMAGES_RECORD), absent=(), about="the rights in its pictures")
FOR = optional("audience", OneOf(Audience), about="for whom it is, where not for everybody: instructor")
READING_KEYS = (
    EDITION,
    DOCUMENT,
    PDF,
    LINK,
    READING_SLUG,
    READING_TITLE,
    READING_SHORT,
    AUTHORS,
    READING_LANGUAGE,
    CITATION,
    PARAGRAPHS,
    PAGES,
    FIRST_FOLIO,
    WITH_TEXT,
    QUESTIONS,
    READING_RIGHTS,
    READING_IMAGES,
    FOR,
)
NO_VALUES: Values | None = None
READING_RECORD = Record(keys=READING_KEYS, build=lambda given: given, empty=NO_VALUES)

UNIT_TITLE = optional("title", PROSE, about="the title: Week 1: The law of force")
STARTS = optional("starts", At(PARTIAL_DATE), about="its first day")
ENDS = optional("ends", At(PARTIAL_DATE), about="its last day")
ABOUT = optional("about", PROSE, about="what is said of it (Markdown)")
READINGS = defaulted("readings", Many(kind=READING_RECORD), absent=(), about="its readings, in order")
OTHER_READER = optional("reader", FILE, about="instead of all this: the folder of a reader whose units stand here")
UNIT_KEYS = (UNIT_TITLE, STARTS, ENDS, ABOUT, READINGS, OTHER_READER)
UNIT_RECORD = Record(keys=UNIT_KEYS, build=lambda given: given, empty=NO_VALUES)

COURSE_TITLE = required("title", WORDS, about="the title of the course")
CODE = optional("code", WORDS, about="its code: IR 402")
INSTITUTION = optional("institution", WORDS, about="where it is taught")
INSTRUCTORS = defaulted("instructor", PatternOrList(At(WORDS)), absent=(), about="who teaches it; a name, or a list")
TERM = optional("term", WORDS, about="when: Spring term 2027")
COURSE_LANGUAGE = required("language", LANGUAGE, about="the language of the course (BCP 47): en, fr, de-CH")
INTRODUCTION = optional("introduction", FILE, about="a Markdown file that introduces the course")
COPY = defaulted("copy", OneOf(Copy), absent=Copy.DISTRIBUTION, about="distribution, or proof for your own eyes")
COPIES = optional("copies", Count(), about="how many copies are made")
UNITS = required("units", Many(kind=UNIT_RECORD, least=1), about="the weeks or parts, in order, with their readings")
KEYS = (
    COURSE_TITLE,
    SHORT_TITLE,
    CODE,
    INSTITUTION,
    INSTRUCTORS,
    TERM,
    COURSE_LANGUAGE,
    ID,
    DATE,
    DESCRIPTION,
    SUBJECTS,
    INTRODUCTION,
    COPY,
    COPIES,
    UNITS,
    AGREEMENTS_TITLE,
    REFERENCES,
    STYLE,
    HOUSE_STYLE,
    FONTS,
    COVER,
    OUTPUT,
    WAIVERS,
)
