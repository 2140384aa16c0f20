"""The keys of a series of notes."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.load.yaml.formats import FILE, NAME, NO_PLACE, WORDS
from publisher.load.yaml.schema import Keys, Record, defaulted, record, required
from publisher.load.yaml.types import At, OneOf, Placed
from publisher.model.apparatus import Cite, EpubPlacement, Marks, PdfPlacement


class PlacementKeys(Keys):
    """`placement`."""

    pdf = defaulted("pdf", OneOf(PdfPlacement), absent=PdfPlacement.FOOT, about="where the PDF prints these notes")
    epub = defaulted("epub", OneOf(EpubPlacement), absent=EpubPlacement.POP_UP, about="where the EPUB keeps them")


Places = tuple[PdfPlacement, EpubPlacement]
NO_PLACES: Places = (PdfPlacement.FOOT, EpubPlacement.POP_UP)
PLACEMENT_RECORD = Record(
    keys=PlacementKeys.all(), build=lambda given: (given[PlacementKeys.pdf], given[PlacementKeys.epub]), empty=NO_PLACES
)


class SeriesKeys(Keys):
    """A series of notes."""

    id = required("id", At(NAME), about="a short name: editorial")
    title = required("title", WORDS, about="the heading of these notes")
    file = required("file", FILE, about="the Markdown file of these notes")
    marks = defaulted("marks", OneOf(Marks), absent=Marks.DECIMAL, about="what the calls look like")
    placement = defaulted("placement", PLACEMENT_RECORD, absent=NO_PLACES, about="where each format puts these notes")
    cite = defaulted("cite", OneOf(Cite), absent=Cite.NOTHING, about="lines: notes begin with lines and lemma")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSeries:
    """A series with the places of its id and its file."""

    id: Placed
    title: str
    file: Placed
    marks: Marks
    placement: Places
    cite: Cite = Cite.NOTHING


SERIES_RECORD = record(
    SeriesKeys,
    PlacedSeries,
    empty=PlacedSeries(id=NO_PLACE, title="", file=NO_PLACE, marks=Marks.DECIMAL, placement=NO_PLACES),
)
