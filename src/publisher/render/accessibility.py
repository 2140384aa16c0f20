"""What the EPUB says of its accessibility, from what stands in it.

EPUB Accessibility 1.1 (https://www.w3.org/TR/epub-a11y-11/), schema.org accessibility properties
(https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-vocabulary-20230718/).
"""

from __future__ import annotations

from publisher.model.block import Figure, Table
from publisher.model.publication import Publication
from publisher.model.walk import blocks_of


def accessibility(publication: Publication) -> tuple[tuple[str, str], ...]:
    """The properties in order, each with its value; a feature is named only where the publication has it."""
    blocks = tuple(block for section in publication.sections for block in blocks_of(section.blocks))
    notes = tuple(block for section in publication.sections for note in section.notes for block in note.blocks)
    everything = (*blocks, *blocks_of(notes))
    pictures = any(isinstance(block, Figure) for block in everything)
    tables = any(isinstance(block, Table) for block in everything)
    return (
        ("schema:accessMode", "textual"),
        *((("schema:accessMode", "visual"),) if pictures else ()),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in _features(publication, pictures=pictures)),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", _summary(publication, pictures=pictures, tables=tables)),
    )


def _features(publication: Publication, *, pictures: bool) -> tuple[str, ...]:
    """The schema.org features that the publication has."""
    return (
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
        "ARIA",
        *(("alternativeText",) if pictures else ()),
        *(("pageNavigation", "pageBreakMarkers") if publication.pages else ()),
    )


def _summary(publication: Publication, *, pictures: bool, tables: bool) -> str:
    """A few sentences for people, in English, the language of the property's vocabulary."""
    parts = ["Headings, notes and cross-references are marked up and linked in both directions."]
    if publication.pages:
        parts.append("Page numbers are those of the PDF of the same edition.")
    if tables:
        parts.append("Tables have header cells.")
    parts.append("Each picture has an alternative text." if pictures else "There are no pictures beside the cover.")
    return " ".join(parts)
