"""How far the print of a page is from its edges and from the spine."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.model.target import Format
from publisher.render.assets import dress
from publisher.render.page import area_of
from publisher.render.tokens import tokens
from publisher.render.type_area import LINES, PARAGRAPHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Distances of text, notes and numbers next to the text, in points; running heads are nearer to the edge."""

    inside: float
    outside: float
    top: float
    bottom: float


def edges(publication: Publication, *, profile: Profile, pages: int) -> Edges:
    """The distances in a profile, for a book of so many pages.

    Raises `PublisherError` (S-015) if the margins leave no room for text.
    """
    made = publication.made_for(profile)
    house, own = dress(made, Format.PDF, profile=profile)
    wanted = tokens(sheet.content.decode() for sheet in (*house, *own))
    area = area_of(made, wanted, pages=pages)
    reach = LINES if made.output.line_numbers else PARAGRAPHS if made.output.paragraph_numbers else 0.0
    return Edges(inside=area.inside - reach * wanted.type_least, outside=area.outside, top=area.top, bottom=area.bottom)
