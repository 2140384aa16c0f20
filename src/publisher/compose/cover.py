"""The measures of a cover: how wide the spine is, whether it has words, and how large the words are."""

from __future__ import annotations

from dataclasses import replace

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.cover import Cover, CoverPlan, Design, SpineText
from publisher.model.credits import NAMED_BY_KIND, cover_credits, name_with_roles
from publisher.model.page import POINT, millimetres
from publisher.model.paper import Paper
from publisher.model.publication import Publication
from publisher.model.settings import Contributor

FOLD = 1.6
"""Millimetres that stay free on either side of the words on a spine: a sixteenth of an inch, as Amazon KDP asks."""
SMALLEST, LARGEST = 6 * POINT, 15 * POINT
"""Sizes of the words on a spine."""
NARROWEST = 2 * FOLD + SMALLEST
"""The spine below which it has no words: 5.3 mm. KDP prints none below 79 pages, 4.5 mm on its thinnest paper."""
ZONES = {
    Design.TYPOGRAPHIC: (0.18, 0.45, 0.22),
    Design.BANDED: (0.2, 0.35, 0.3),
    Design.MOTIF: (0.19, 0.45, 0.22),
}
"""What part of the trim's height names, title and publisher have on the spine of a design, as its style sheet says."""
_SPINE_LETTERS = (0.48, 0.55, 0.48)
"""Width of a letter of each in the size of the spine, on the safe side."""
STEPS = ((10, 4.4), (24, 3.3), (44, 2.75), (70, 2.35), (110, 1.95), (170, 1.6))
"""Up to how many characters a title has which size, in 38ths of the trim's width."""
_LARGER = {Design.TYPOGRAPHIC: 1.4, Design.BANDED: 1.12, Design.MOTIF: 1.0}
"""How much larger the title of a design is."""
_ROW = {Design.TYPOGRAPHIC: 30.0, Design.BANDED: 29.0, Design.MOTIF: 31.0}
"""Width of the title's lines, in 38ths of the trim's width."""
_LETTER = 0.56
"""Width of a letter of the title in its own size, on the safe side."""


def spine_width(pages: int, paper: Paper) -> float:
    """The spine of a book of so many pages, in millimetres; two pages are a leaf, and half a leaf is a whole one."""
    return round((pages + 1) // 2 * paper.caliper + paper.allowance, 2)


def plan_cover(publication: Publication, *, design: Design, spine: float) -> CoverPlan:
    """The measures of the printer's cover with a spine of that width.

    Raises `PublisherError` with J-003 where the spine must have words and is too narrow for them.
    """
    cover = publication.cover
    width, height = millimetres(publication.output.page_width), millimetres(publication.output.page_height)
    return CoverPlan(
        design=design,
        trim_width=width,
        trim_height=height,
        spine=spine,
        bleed=millimetres(cover.bleed),
        title_size=title_size(publication.metadata.title, design=design, width=width),
        spine_size=_spine_size(publication, design=design, spine=spine, height=height),
    )


def front_planned(publication: Publication, *, design: Design) -> CoverPlan:
    """The measures of the front alone, as screens show it."""
    width, height = millimetres(publication.output.page_width), millimetres(publication.output.page_height)
    return CoverPlan(
        design=design,
        trim_width=width,
        trim_height=height,
        spine=0.0,
        bleed=0.0,
        title_size=title_size(publication.metadata.title, design=design, width=width),
        spine_size=None,
    )


def title_size(title: str, *, design: Design, width: float) -> float:
    """The size of the title in millimetres: the longer, the smaller, and so that its longest word has room."""
    unit = width / 38
    step = next((size for most, size in STEPS if len(title) <= most), 1.3) * _LARGER[design]
    longest = max(map(len, title.replace("-", "- ").split()), default=1)
    return round(min(step, _ROW[design] / (_LETTER * longest)) * unit, 3)


def spine_names(publication: Publication) -> str:
    """Whom a cover names first, as a spine has them: by family name; of more than three the first."""
    words = publication.words
    credits = cover_credits(publication.metadata.contributors, words)
    leading = credits[0].people if credits and credits[0].people[0].role in NAMED_BY_KIND else ()
    names = [_on_spine(contributor, attributed=words.attributed) for contributor in leading]
    return f"{names[0]} et al." if len(names) > 3 else " · ".join(names)


def _on_spine(contributor: Contributor, *, attributed: str) -> str:
    """The family name; of an attributed name with that word."""
    return name_with_roles(
        replace(contributor, name=contributor.sort.partition(",")[0], note=None), attributed=attributed
    )


def _spine_size(publication: Publication, *, design: Design, spine: float, height: float) -> float | None:
    """The size of the words on the spine in millimetres; None where it has none."""
    wanted = publication.cover.spine_text
    if wanted is SpineText.NEVER or (wanted is SpineText.AUTO and spine < NARROWEST):
        return None
    if spine < NARROWEST:
        raise PublisherError(_too_narrow(publication.cover, spine))
    words = (spine_names(publication), publication.metadata.short_title, publication.metadata.publisher or "")
    by_length = (
        height * part / (letter * max(len(text), 1))
        for part, letter, text in zip(ZONES[design], _SPINE_LETTERS, words, strict=True)
    )
    return round(max(SMALLEST, min(LARGEST, spine - 2 * FOLD, *by_length)), 3)


def _too_narrow(cover: Cover, spine: float) -> Diagnostic:
    return Diagnostic(
        code="J-003",
        message=f"the spine is {spine:.1f} mm wide, and words on it need {NARROWEST:.1f} mm",
        span=cover.places.spine_text,
        hint="write spine-text: auto, which leaves them out where there is no room, or take a thicker paper",
    )
