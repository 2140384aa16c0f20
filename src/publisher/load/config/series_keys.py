"""The keys of a series of notes."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.load.yaml.formats import FILE, NAME, NO_PLACE, WORDS
from publisher.load.yaml.schema import Record, Values, defaulted, required
from publisher.load.yaml.types import At, OneOf, Placed
from publisher.model.apparatus import Cite, EpubPlacement, Marks, PdfPlacement

PDF_PLACE = defaulted("pdf", OneOf(PdfPlacement), absent=PdfPlacement.FOOT, about="where the PDF prints these notes")
EPUB_PLACE = defaulted("epub", OneOf(EpubPlacement), absent=EpubPlacement.POP_UP, about="where the EPUB keeps them")
Places = tuple[PdfPlacement, EpubPlacement]
NO_PLACES: Places = (PdfPlacement.FOOT, EpubPlacement.POP_UP)
PLACEMENT_RECORD = Record(
    keys=(PDF_PLACE, EPUB_PLACE), build=lambda given: (given[PDF_PLACE], given[EPUB_PLACE]), empty=NO_PLACES
)
SERIES_ID = required("id", At(NAME), about="a short name: editorial")
SERIES_TITLE = required("title", WORDS, about="the heading of these notes")
SERIES_FILE = required("file", FILE, about="the Markdown file of these notes")
MARKS = defaulted("marks", OneOf(Marks), absent=Marks.DECIMAL, about="what the calls look like")
CITE = defaulted("cite", OneOf(Cite), absent=Cite.NOTHING, about="lines: notes begin with lines and lemma")
PLACEMENT = defaulted("placement", PLACEMENT_RECORD, absent=NO_PLACES, about="where each format puts these notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSeries:
    """A series with the places of its id and its file."""

    id: Placed
    title: str
    file: Placed
    marks: Marks
    placement: Places
    cite: Cite = Cite.NOTHING


def _series(given: Values) -> PlacedSeries:
    return PlacedSeries(
        id=given[SERIES_ID],
        title=given[SERIES_TITLE],
        file=given[SERIES_FILE],
        marks=given[MARKS],
        placement=given[PLACEMENT],
        cite=given[CITE],
    )


SERIES_RECORD = Record(
    keys=(SERIES_ID, SERIES_TITLE, SERIES_FILE, MARKS, PLACEMENT, CITE),
    build=_series,
    empty=PlacedSeries(id=NO_PLACE, title="", file=NO_PLACE, marks=Marks.DECIMAL, placement=NO_PLACES),
)
