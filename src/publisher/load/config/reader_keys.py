"""The keys of `reader.yaml`, declared once for reading and for the JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.load.config.edition_keys import (
    CONTRIBUTOR_RECORD,
    EditionKeys,
)
from publisher.load.config.font_keys import FONTS
from publisher.load.config.typesetting_keys import TYPESETTING
from publisher.load.yaml.formats import DAY, FILE, LANGUAGE, PARTIAL_DATE, URL, WORDS
from publisher.load.yaml.ranges import Count, Ranges
from publisher.load.yaml.schema import Keys, Record, Values, default, optional, record, require
from publisher.load.yaml.types import At, Flag, Many, OneOf, PatternOrList, Placed, Shaped
from publisher.model.ledger import Entitlement
from publisher.model.settings import RightsStatus
from publisher.model.target import Audience, Copy

SLUG_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
SLUG = Shaped(what="a slug of small letters, digits and single hyphens", example="charter-1945", pattern=SLUG_PATTERN)
PROSE = At(WORDS)
"""Inline Markdown."""


class EntitlementKeys(Keys):
    """The rights in a reading or a picture."""

    status = require("status", At(OneOf(RightsStatus)), about="what is known of the rights in it")
    statement = optional("statement", WORDS, about="a sentence to print")
    licence_url = optional("licence-url", URL, about="the web address of the licence")
    holder = optional("holder", WORDS, about="who holds the rights")
    granted = optional("granted", DAY, about="the day on which permission was given")
    scope = optional("scope", WORDS, about="what the permission is for: print and EPUB, students of the course")
    copies = optional("copies", Count(), about="how many copies the permission is for")
    expires = optional("expires", DAY, about="the last day of the permission")
    reason = optional("reason", WORDS, about="why an exception holds: the section of the law, and how it fits")


def _entitlement(given: Values) -> Entitlement:
    status: Placed = given[EntitlementKeys.status]
    known = RightsStatus(status.text) if status.text else RightsStatus.UNKNOWN
    read_further = {"status": known, "span": status.span or given.span}
    return Entitlement(**EntitlementKeys.fields(given, Entitlement) | read_further)


NO_ENTITLEMENT = Entitlement(status=RightsStatus.UNKNOWN)
RIGHTS_RECORD = Record(keys=EntitlementKeys.all(), build=_entitlement, empty=NO_ENTITLEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedImages:
    """The rights in some pictures."""

    pattern: str
    entitlement: Entitlement


class PictureKeys(Keys):
    """The rights in some pictures."""

    pattern = require("file", WORDS, about="the picture as the manuscript names it, or a pattern: images/*.png")
    entitlement = require("rights", RIGHTS_RECORD, about="the rights in it")


IMAGES_RECORD = record(PictureKeys, PlacedImages, empty=PlacedImages(pattern="", entitlement=NO_ENTITLEMENT))


class ReadingKeys(Keys):
    """A reading."""

    edition = optional("edition", FILE, about="the folder of an edition, as seen from this file: ../../book")
    document = optional("document", FILE, about="a Markdown file in the reader's folder")
    pdf = optional("pdf", FILE, about="a PDF in the reader's folder")
    link = optional("link", At(URL), about="the web address of what may not be copied")
    slug = optional("slug", At(SLUG), about="its name in links; made from the file's or folder's name where missing")
    title = optional("title", WORDS, about="its title; that of the edition or document where missing")
    short_title = optional("short-title", WORDS, about="a shorter title for running heads")
    contributors = default(
        "contributors", Many(kind=CONTRIBUTOR_RECORD), absent=(), about="author, editors, translators"
    )
    language = optional("language", LANGUAGE, about="its language (BCP 47); else that of the reader")
    citation = optional("citation", PROSE, about="where it comes from (Markdown)")
    paragraphs = optional("paragraphs", Ranges(), about="the paragraphs of an edition that are taken: 3-14")
    pages = optional("pages", Ranges(most=1), about="the pages of a PDF that are taken, counted from 1: 3-9")
    original_page = optional(
        "original-page", Count(), about="the number of the first page in the original, to be printed"
    )
    text = optional("text", Flag(), about="whether the EPUB may have the words of a PDF; else the rights decide")
    ocr = optional("ocr", Flag(), about="whether the words of the scanned pages of a PDF are recognised")
    questions = default("questions", Many(kind=PROSE), absent=(), about="questions for discussion (Markdown)")
    rights = optional("rights", RIGHTS_RECORD, about="the rights in it; those of the edition where missing")
    images = default("images", Many(kind=IMAGES_RECORD), absent=(), about="the rights in its pictures")
    audience = optional("audience", OneOf(Audience), about="for whom it is, where not for everybody: instructor")


NO_VALUES: Values | None = None
READING_RECORD = Record(keys=ReadingKeys.all(), build=lambda given: given, empty=NO_VALUES)


class UnitKeys(Keys):
    """A unit."""

    title = optional("title", PROSE, about="the title: Week 1: The law of force")
    starts = optional("starts", At(PARTIAL_DATE), about="its first day")
    ends = optional("ends", At(PARTIAL_DATE), about="its last day")
    about = optional("about", PROSE, about="what is said of it (Markdown)")
    readings = default("readings", Many(kind=READING_RECORD), absent=(), about="its readings, in order")
    reader = optional("reader", FILE, about="instead of all this: the folder of a reader whose units are included here")


UNIT_RECORD = Record(keys=UnitKeys.all(), build=lambda given: given, empty=NO_VALUES)


class ReaderKeys(Keys):
    """`reader.yaml`."""

    title = require("title", WORDS, about="the title of the course")
    short_title = EditionKeys.short_title
    code = optional("code", WORDS, about="its code: IR 402")
    institution = optional("institution", WORDS, about="where it is taught")
    instructor = default("instructor", PatternOrList(At(WORDS)), absent=(), about="who teaches it; a name, or a list")
    term = optional("term", WORDS, about="when: Spring term 2027")
    language = require("language", LANGUAGE, about="the language of the course (BCP 47): en, fr, de-CH")
    identifier = EditionKeys.identifier
    date = EditionKeys.date
    description = EditionKeys.description
    subjects = EditionKeys.subjects
    introduction = optional("introduction", FILE, about="a Markdown file that introduces the course")
    copy = default("copy", OneOf(Copy), absent=Copy.DISTRIBUTION, about="distribution, or proof for your own eyes")
    copies = optional("copies", Count(), about="how many copies are made")
    units = require("units", Many(kind=UNIT_RECORD, least=1), about="the weeks or parts, in order, with their readings")
    agreements_title = EditionKeys.agreements_title
    references = EditionKeys.references
    citation_style = EditionKeys.citation_style
    style = EditionKeys.style
    fonts = FONTS
    typesetting = TYPESETTING
    cover = EditionKeys.cover
    output = EditionKeys.output
    printer = EditionKeys.printer
    trade = EditionKeys.trade
    waivers = EditionKeys.waivers
    plugins = EditionKeys.plugins
