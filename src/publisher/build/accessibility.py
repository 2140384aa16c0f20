"""What a volume claims of its accessibility: measured in a first rendition, and reported in a file of its own.

Like the pipeline, it imports each stage where it runs.
"""

from __future__ import annotations

from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, EpubDraft
from publisher.model.settings import Settings
from publisher.model.target import BOOKS, Format


def measure(publication: Publication, *, formats: tuple[Format, ...]) -> tuple[Publication, EpubDraft]:
    """The publication with what was measured of its accessibility in a first rendition, and that rendition."""
    from publisher.compose import with_accessibility
    from publisher.render import render_epub
    from publisher.validate.accessibility import measure as measures_of
    from publisher.validate.accessibility import without_appearance

    draft = render_epub(publication, cover=b"", page_break_source=None)
    numbered = {Format.EPUB} if publication.page_map else {*BOOKS}
    measures = without_appearance(measures_of(draft, paged=numbered <= {*formats}), publication.unverified)
    return with_accessibility(publication, measures), EpubDraft(publication=publication, rendition=draft)


def claims_file(publication: Publication, *, settings: Settings) -> Artifact:
    """What was measured of a publication's accessibility, as a file of its own; its places are those in the folder."""
    from publisher.build.data.accessibility import write_accessibility
    from publisher.render.accessibility import accessibility

    assert publication.accessibility is not None
    return write_accessibility(
        publication.accessibility,
        properties=accessibility(publication.accessibility, generator=publication.metadata.generator),
        name=f"{publication.output.name}.accessibility.json",
        folder=settings.source.name.rpartition("/")[0],
    )
