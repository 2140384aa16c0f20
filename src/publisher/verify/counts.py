"""How much there is to prove, for the line that says that it is proved."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.model.block import Division, Paragraph
from publisher.model.publication import Publication, Role
from publisher.model.target import Format
from publisher.model.walk import blocks_of
from publisher.sanitize.sheets import unlisted_properties


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What an artifact was proved to carry."""

    paragraphs: int
    """Those of the text that are in no other block, which are those that have numbers."""
    notes: int
    agreements: int
    sections: int
    unlisted: tuple[str, ...] = ()
    """What waivers allow: properties in its style sheets of which no one knows what they do, and kinds of pages."""

    def __str__(self) -> str:
        """`30 paragraphs, 42 notes, 13 agreements, 7 sections`."""
        parts = (
            (self.paragraphs, "paragraph"),
            (self.notes, "note"),
            (self.agreements, "agreement"),
            (self.sections, "section"),
        )
        told = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts)
        return f"{told}, appearance not verified ({', '.join(self.unlisted)})" if self.unlisted else told


def tally(publication: Publication, format_: Format) -> Tally:
    """How much a publication has of everything in one format."""
    sections = tuple(section for section in publication.sections if format_ in section.formats)
    text = tuple(block for item in sections if item.role is Role.TEXT for block in item.blocks)
    everything = tuple(block for section in sections for block in blocks_of(section.blocks))
    return Tally(
        paragraphs=sum(isinstance(block, Paragraph) for block in text),
        notes=len({note.id for section in sections for note in section.notes}),
        agreements=sum(
            isinstance(block, Division) and "agreement" in (block.name or "").split() for block in everything
        ),
        sections=len(sections),
        unlisted=_unverified_appearance(publication, format_),
    )


def _unverified_appearance(publication: Publication, format_: Format) -> tuple[str, ...]:
    """What waivers allow of the appearance of a format: properties, and codes of what is wrong on pages."""
    if format_ is Format.PDF:
        return tuple(sorted({waiver.code for waiver in publication.unverified}))
    return tuple(unlisted_properties(publication.stylesheets))
