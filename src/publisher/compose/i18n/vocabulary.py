"""What the toolchain itself prints, named; each language has a file beside this one."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.model.agreement import Force
from publisher.model.settings import RightsStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWords:
    """What is printed in course readers, and in copies for one audience; `{0}` and `{1}` stand for what is put in."""

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
    page: str
    on_page: str
    """Before a page number in a citation: `p.`"""
    on_pages: str
    from_volume: str
    """Above a piece that is handed out alone; `{0}` stands for the volume."""
    at_note: str
    """Before a note's mark in a citation: `n.`"""
    paragraph: str
    back_to_text: str
    by: str
    attributed_to: str
    """Before the names of those who are said to have written a text."""
    attributed: str
    """Behind such a name, in brackets, where nothing stands before it."""
    edited_by: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    """What stands before names, and for which MARC relator codes; the first that has a code counts."""
    contribution: str
    """What stands before the names of those whose role is in none of these."""
    contributors: str
    author_notes: str
    agreements: str
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
    cited_in_note: str
    cited_in_notes: str
    not_cited: str
    source: str
    first_published: str
    digest: str
    rights: str
    rights_status: tuple[tuple[RightsStatus, str], ...]
    edition: str
    tool: str
    fonts: str
    identifier: str
    text_rights: str
    apparatus_rights: str
    forces: tuple[tuple[Force, str], ...]
    conjunction: str
    note: str
    short_title: str
    text: str
    """The running head over the work's own text."""
    number: str
    provision_nouns: tuple[str, ...]
    """Words that begin a provision's heading and are not capitalized inside a sentence."""

    course: CourseWords

    def force_of(self, force: Force) -> str:
        """The force of an instrument in words."""
        return dict(self.forces)[force]

    def status_of(self, status: RightsStatus) -> str:
        """The status of the rights in words."""
        return dict(self.rights_status)[status]
