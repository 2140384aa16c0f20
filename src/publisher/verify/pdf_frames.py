"""The pages of a PDF as frames: how large they are, what is cut off, which way up they are (ISO 32000-1, 14.11.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic
from publisher.model.profile import points
from publisher.model.publication import Publication
from publisher.verify.diagnose import wrong
from publisher.verify.pdf_file import Dictionary, PdfFile
from publisher.verify.pdf_paint import Box, shared
from publisher.verify.pdf_syntax import Malformed, Value

SLACK = 0.5
"""Points by which a page may be larger or smaller than it should be."""
KNOWN = frozenset(
    {"Type", "Parent", "MediaBox", "CropBox", "TrimBox", "BleedBox", "ArtBox", "Rotate", "UserUnit", "Resources"}
    | {"Contents", "Annots", "StructParents", "Tabs", "Group", "AA", "PresSteps"}
)
"""Entries of pages; those that act are reported apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page without what is on it."""

    media: Box
    cropped: Box
    """What a viewer shows."""
    trimmed: Box
    """What is left of it on paper."""
    rotation: float
    unit: float
    """How many points a unit of its own is."""
    more: tuple[str, ...]
    """What it has that no page of ours has."""

    @property
    def seen(self) -> Box:
        """The part that everybody sees."""
        return shared(shared(self.media, self.cropped), self.trimmed)


def frame(file: PdfFile, page: Dictionary) -> Frame:
    """The frame of a page with what it inherits; raises `Malformed` if it has no size."""
    media = _box(file, page.get("MediaBox"))
    if media is None:
        raise Malformed("a page has no size")
    rotation, unit = file.resolve(page.get("Rotate", 0)), file.resolve(page.get("UserUnit", 1))
    return Frame(
        media=media,
        cropped=_box(file, page.get("CropBox")) or media,
        trimmed=_box(file, page.get("TrimBox")) or media,
        rotation=rotation if isinstance(rotation, int | float) else 0,
        unit=unit if isinstance(unit, int | float) else 1,
        more=tuple(sorted(page.keys() - KNOWN)),
    )


def frame_faults(
    frames: tuple[Frame, ...], labels: tuple[str, ...], publication: Publication, *, artifact: str
) -> Iterator[Diagnostic]:
    """V-063 for each page that has another size than the edition asks for, or is turned, cropped or enlarged.

    `publication` is made for the profile of the file. A style sheet of the edition may ask for another size.
    """
    output = publication.output
    own = any("@page" in sheet.text for sheet in publication.stylesheets)
    size = None if own else (points(output.page_width), points(output.page_height))
    for one, label in zip(frames, labels, strict=True):
        for words in _faults(one, size):
            yield wrong("V-063", f"(page {label}) {words}", artifact=artifact)


def _faults(one: Frame, size: tuple[float, float] | None) -> Iterator[str]:
    left, bottom, right, top = one.trimmed
    if size and (abs(right - left - size[0]) > SLACK or abs(top - bottom - size[1]) > SLACK):
        yield (
            f"the page is {right - left:g} by {top - bottom:g} points large, and should be {size[0]:g} by {size[1]:g}"
        )
    if one.cropped != one.media:
        yield "the page is cropped"
    if one.rotation % 360:
        yield f"the page is turned by {one.rotation:g} degrees"
    if one.unit != 1:
        yield f"the page is enlarged {one.unit:g} times (UserUnit)"
    if one.more:
        yield f"the page has entries that no page of a book has: {', '.join(one.more)}"


def _box(file: PdfFile, value: Value) -> Box | None:
    """A rectangle; None if there is none. Raises `Malformed` if it is no rectangle."""
    if file.resolve(value) is None:
        return None
    match [one for one in map(file.resolve, file.array(value)) if isinstance(one, int | float)]:
        case [left, bottom, right, top]:
            return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
        case _:
            raise Malformed("a page has a box that is no rectangle")
