"""What publisher itself prints, by name. Each language has a file in `languages/`, in which every key is present.

In a value, `{0}` and `{1}` are the places of what is put in. A key with several forms has a table of them, by the
plural categories of the CLDR (https://cldr.unicode.org/index/cldr-spec/plural-rules); `other` is always there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from publisher.model.agreement import DocumentKind, Force
from publisher.model.settings import RightsStatus

Forms = Mapping[str, str]
"""A text by plural category: `one`, `few`, `other`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """How a language says that a date is approximate, open, a season, a decade, a century."""

    about: str
    uncertain: str
    before: str
    after: str
    until: str
    since: str
    decade: str
    """`{0}` is the first year, `{1}` the last."""
    century: str
    """`{0}` is the ordinal of the century."""
    before_christ: str
    seasons: tuple[str, str, str, str]
    """Spring, summer, autumn, winter."""
    season: str
    """`{0}` is the season, `{1}` the year."""
    numerals: Literal["arabic", "roman"]
    """How centuries are numbered."""
    ordinal: Forms
    """The ordinal of a century, by the ordinal categories of the CLDR: `{0}st`, `{0}nd`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityWords:
    """What the page about accessibility says of each fact."""

    title: str
    introduction: str
    pages_in_print: str
    """What is said of page numbers instead, if they are those of a printed book."""
    pages_from_elsewhere: Forms
    """What is said of pages of PDFs from elsewhere; `{0}` is their number."""
    no_pictures: str
    conforms: str
    does_not_conform: str
    by_claim: Mapping[str, str]
    """What is said if a claim was earned, by its name in small letters with hyphens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWords:
    """What is printed in course readers, and in copies for one audience; `{0}` and `{1}` represent what is put in."""

    compiled_by: str
    course: str
    institution: str
    instructor: str
    term: str
    author: str
    about_rights: str
    questions: str
    extent: str
    selection: str
    original_pages: str
    copy_pages: str
    link: str
    acknowledgements: str
    author_index: str
    proof: str
    licence: str
    holder: str
    granted: str
    copies: str
    expires: str
    reason: str
    picture: str
    picture_in: str
    absent_note: str
    instructor_copy: str
    whole_copy: str
    for_instructor: str
    for_student: str
    foreign_text: str
    foreign_absent: str
    foreign_wordless: str
    foreign_recognised: str
    texts: str
    nobody: str
    found_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything that is printed and that no editor wrote."""

    language: str
    """The primary subtag for which they hold."""
    contents: str
    imprint: str
    half_title: str
    title_page: str
    references: str
    colophon: str
    notes: str
    cover: str
    landmarks: str
    pages: str
    begin: str
    page_label: str
    """The name of a page: `Page 12`."""
    on_page: str
    """A page in a citation: `p. 12`."""
    on_pages: str
    from_volume: str
    """Above a piece that is handed out alone; `{0}` represents the volume."""
    at_note: str
    """A note in a citation: `n. 3`."""
    paragraph_reference: str
    """A paragraph inside a sentence: `paragraph 3`."""
    back_to_text: str
    by: str
    by_several: str
    """Before the names of several authors."""
    attributed_to: str
    """Before the names of those who are said to have written a text."""
    attributed: str
    """Behind such a name, in brackets, where nothing is before it."""
    edited_by: str
    roles: Mapping[str, tuple[str, ...]]
    """What is printed before names, and for which MARC relator codes; the first that has a code counts."""
    relator_terms: bool
    """Whether the terms of the MARC list, which are English, label all other roles."""
    contribution: str
    """What is before the names of those whose role is in none of these."""
    contributors: str
    author_notes: str
    agreements: str
    documents: str
    """The heading of the appendix if not all of it are agreements."""
    document_kinds: Mapping[DocumentKind, str]
    document_dates: Mapping[DocumentKind, str]
    """What the date of a document is the date of: `Signed`, `Issued`."""
    document_makers: Mapping[DocumentKind, str]
    """What precedes the names of those who made a document: `Issued by`, `From`."""
    addressee: str
    kind_column: str
    """The heading of what kind a document is."""
    published_in: str
    chronology: str
    date: str
    agreement: str
    place: str
    parties: str
    kind: str
    force: str
    document: str
    published: str
    cited_in: str
    cited_notes: Forms
    """Before the marks of notes: `note`, `notes`."""
    not_cited: str
    source: str
    first_published: str
    digest: str
    rights: str
    rights_status: Mapping[RightsStatus, str]
    rights_sentences: Mapping[RightsStatus, str]
    """The same as sentences about the text: `The text is in the public domain.`"""
    edition: str
    tool: str
    fonts: str
    identifier: str
    text_rights: str
    apparatus_rights: str
    forces: Mapping[Force, str]
    note_reference: str
    """A note inside a sentence: `note 3`."""
    short_title: str
    illustrations: str
    """The heading of the list of pictures."""
    date_index: str
    """The heading of the list of dated letters and entries."""
    text: str
    """The running head over the work's own text."""
    number: str
    provision_nouns: tuple[str, ...]
    """Words that begin a provision's heading and are not capitalized inside a sentence."""

    dates: DateWords
    course: CourseWords
    accessibility: AccessibilityWords

    def force_of(self, force: Force) -> str:
        """The force of an instrument in words."""
        return self.forces[force]

    def status_of(self, status: RightsStatus) -> str:
        """The status of the rights in words."""
        return self.rights_status[status]
