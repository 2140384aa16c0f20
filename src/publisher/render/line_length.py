"""Lines of text that are shorter or longer than what can be read well: S-018.

Type size, margins and notes in the margin follow the trim so that a line holds 55 to 75 characters; the least size of a
style, a narrow trim, or margins that were asked for, can make that impossible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.model.apparatus import PdfPlacement
from publisher.model.output import Output
from publisher.model.page import Margins
from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.model.target import Format
from publisher.render.assets import dress
from publisher.render.page import area_of, estimated_pages
from publisher.render.tokens import POINTS, Tokens, points, tokens

SHORTEST, LONGEST = 55, 75
"""Characters."""
WIDEST = 300
"""Millimetres: no wider page is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    """The pages of a publication as a profile has them."""

    publication: Publication
    wanted: Tokens
    count: int

    @property
    def letters(self) -> int:
        """How many characters a line of text holds."""
        area = area_of(self.publication, self.wanted, pages=self.count)
        return round(area.measure / area.size * self.wanted.letters)

    @property
    def millimetres(self) -> int:
        """How wide the page is."""
        return round(points(self.publication.output.page_width) / POINTS["mm"])

    @property
    def are_right(self) -> bool:
        """Whether a line can be read well; it cannot where there is no room for one."""
        try:
            return SHORTEST <= self.letters <= LONGEST
        except PublisherError:
            return False

    def with_output(self, output: Output) -> _Pages:
        """Others of the same publication."""
        return replace(self, publication=replace(self.publication, output=output))

    def with_notes_at_the_foot(self) -> _Pages:
        """The same without notes in the margin."""
        series = (replace(item, pdf=PdfPlacement.FOOT) for item in self.publication.series)
        return replace(self, publication=replace(self.publication, series=tuple(series)))


def unread_lines(publication: Publication, profiles: Iterable[Profile]) -> Iterator[Diagnostic]:
    """S-018, a warning, for each kind of page on which a line of text holds too few or too many characters.

    Raises `PublisherError` (S-015) where the margins leave no room for text.
    """
    told: list[Output] = []
    count = estimated_pages(publication)
    for profile in profiles:
        made = publication.made_for(profile)
        if made.output in told:
            continue
        told.append(made.output)
        house, own = dress(made, Format.PDF, profile=profile)
        wanted = tokens(sheet.content.decode() for sheet in (*house, *own))
        pages = _Pages(publication=made, wanted=wanted, count=count)
        letters = pages.letters
        if not SHORTEST <= letters <= LONGEST:
            yield Diagnostic(
                code="S-018",
                message=f"on a page {pages.millimetres} mm wide, a line of text holds about {letters} characters;"
                f" {SHORTEST} to {LONGEST} are read best",
                span=made.output.page_span,
                hint=_hint(pages, letters),
                severity=Severity.WARNING,
            )


def _hint(pages: _Pages, letters: int) -> str:
    """What would make the lines right: margins, a wider page, the place of the notes."""
    output = pages.publication.output
    bare = pages.with_output(replace(output, margins=Margins()))
    if output.margins != Margins() and bare.are_right:
        change = "narrower" if letters < SHORTEST else "wider"
        return f"make the margins {change}, or leave them out: then they follow from style and trim"
    if letters > LONGEST:
        return "set the text larger (--type-least), or the line shorter (--measure-most)"
    ways = [f"a page {width} mm wide has room for them" for width in _wide_enough(bare)]
    at_the_foot = bare.with_notes_at_the_foot()
    if at_the_foot != bare and at_the_foot.are_right:
        ways.append("this page has it with the notes at its foot (placement: pdf: foot)")
    return "; ".join(ways) or "set the text smaller (--type-least)"


def _wide_enough(pages: _Pages) -> Iterator[int]:
    """The least width of a page, in millimetres, that is enough; nothing where none is."""
    output = pages.publication.output
    for width in range(pages.millimetres + 1, WIDEST):
        if pages.with_output(replace(output, page_width=f"{width}mm")).are_right:
            yield width
            return
