"""Notes that are in lists, at the end of their section or of the volume, and in which order a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from publisher.model.apparatus import EpubPlacement, PdfPlacement, Series
from publisher.model.publication import PlacedNote, Role, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Which series of a volume are in lists; a list has the notes of one series after those of another."""

    order: Mapping[str, int]
    """The place of each series among the others."""
    at_end: frozenset[str]
    """The series that the EPUB has in its section of notes."""
    after_sections: frozenset[str]
    """The series that the PDF prints at the end of each section."""
    alike: frozenset[str]
    """Those of them that the EPUB has there too."""

    @classmethod
    def of(cls, series: Iterable[Series]) -> Lists:
        """The lists of a volume with these series."""
        series = tuple(series)
        after = tuple(item for item in series if item.pdf is PdfPlacement.SECTION)
        return cls(
            order={item.id: at for at, item in enumerate(series)},
            at_end=frozenset(item.id for item in series if item.epub is EpubPlacement.END),
            after_sections=frozenset(item.id for item in after),
            alike=frozenset(item.id for item in after if item.epub is EpubPlacement.POP_UP),
        )

    def printed(self, section: Section) -> tuple[PlacedNote, ...]:
        """The notes of a section on which pages may begin as they do in its text, in their order."""
        notes = section.notes
        if section.role is not Role.NOTES:
            notes = tuple(note for note in notes if note.series in self.after_sections)
        return self.in_order(notes)

    def in_order(self, notes: Iterable[PlacedNote]) -> tuple[PlacedNote, ...]:
        """The notes of the first series before those of the second, each in the order that it has."""
        return tuple(sorted(notes, key=lambda note: self.order[note.series]))

    def shown(self, section: Section) -> tuple[PlacedNote, ...]:
        """Those that the EPUB has there as well."""
        there = self.at_end if section.role is Role.NOTES else self.alike
        return tuple(note for note in self.printed(section) if note.series in there)
