"""What the toolchain itself prints, named; each language has a file beside this one."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.model.agreement import Force
from publisher.model.edition import RightsStatus


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
    at_note: str
    """Before a note's mark in a citation: `n.`"""
    paragraph: str
    back_to_text: str
    by: str
    edited_by: str
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

    def force_of(self, force: Force) -> str:
        """The force of an instrument in words."""
        return dict(self.forces)[force]

    def status_of(self, status: RightsStatus) -> str:
        """The status of the rights in words."""
        return dict(self.rights_status)[status]
