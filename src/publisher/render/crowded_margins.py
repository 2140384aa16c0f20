"""Notes in the margin that have no room at their text: the placement that suits their amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.diagnostics import Diagnostic, Severity
from publisher.model.apparatus import PdfPlacement
from publisher.model.profile import Profile
from publisher.model.publication import Publication, Role, Section
from publisher.model.target import Format
from publisher.model.walk import plain
from publisher.render.assets import dress
from publisher.render.page import area_of, estimated_pages, has_margin_notes
from publisher.render.tokens import tokens

MOST = 1.5
"""How much higher than its text the notes of a section may be, in the margin."""
NOTE_SIZE, NOTE_LEADING = 0.75, 1.26
"""Size and line of notes in the margin, as multiples of the size of the text and of that size."""
FOOT, FACING = 0.8, 4.0
"""Notes with at most so many times the characters of their text have room at the foot, and on facing pages."""


def crowded_margins(publication: Publication, profiles: Iterable[Profile]) -> Iterator[Diagnostic]:
    """D-023, a warning, for the section whose notes in the margin exceed their text most, if by more than half.

    Raises `PublisherError` (S-015) if the margins leave no room for text.
    """
    made = publication.made_for(next(iter(profiles), Profile.SCREEN))
    if not has_margin_notes(made):
        return
    house, own = dress(made, Format.PDF)
    wanted = tokens(sheet.content.decode() for sheet in (*house, *own))
    area = area_of(made, wanted, pages=estimated_pages(made))
    line = area.measure / area.size * wanted.letters
    note_line = area.note / (area.size * NOTE_SIZE) * wanted.letters
    worst: tuple[float, Section, float] | None = None
    for section in made.sections:
        text, notes = len(plain(section.blocks)), _in_margin(section, made)
        if not text or not notes or section.role is Role.NOTES:
            continue
        height = text / line * wanted.leading_text
        beside = notes / note_line * NOTE_SIZE * NOTE_LEADING
        if beside > MOST * height and (worst is None or beside / height > worst[0]):
            worst = beside / height, section, notes / text
    if worst is not None:
        yield _diagnostic(*worst)


def _in_margin(section: Section, publication: Publication) -> int:
    there = {item.id for item in publication.series if item.pdf is PdfPlacement.MARGIN}
    return sum(len(plain(note.blocks)) for note in section.notes if note.series in there)


def _diagnostic(times: float, section: Section, share: float) -> Diagnostic:
    """The warning, with the placement that has room for so much of notes."""
    fits = PdfPlacement.FOOT if share <= FOOT else PdfPlacement.FACING if share <= FACING else PdfPlacement.SECTION
    return Diagnostic(
        code="D-023",
        message=f"the notes in the margin of “{section.label}” are about {times:.1f} times as high as its text, "
        "so most of them are printed on later pages than their calls",
        hint=f"placement: {{pdf: {fits.value}}} has room for so many notes",
        severity=Severity.WARNING,
    )
