"""A laid-out cover measured, and made into the file that a printer takes: boxes, marks, metadata.

ISO 32000-1, 14.11.2 Page boundaries; the words are measured in the pages themselves.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.cover import CoverPlaces, CoverPlan
from publisher.model.marking import Marking
from publisher.model.page import POINT
from publisher.model.pdf_standard import PrintStandard
from publisher.pdf.foreign.reading import pages_in
from publisher.pdf.press.boxes import ALL_INKS, all_inks
from publisher.pdf.press.older import object_streams

SLUG = 9.0
"""Millimetres around the bleed for marks."""
MARK, AWAY, GAP = 5.0, 3.0, 1.0
"""Length of a mark, how far from the trim and how far from the bleed it begins at least, in millimetres."""
SAFE = 3.0
"""Millimetres from trim and folds in which no words may be; on the spine `SAFE_ON_SPINE`."""
SAFE_ON_SPINE = 1.0
TOLERANCE = 0.3
"""Millimetres: what lies above a limit by less than that is on it."""


def page_count(content: bytes, *, name: str) -> int:
    """How many pages a PDF has; raises `PublisherError` with O-030 where it cannot be read."""
    found = pages_in(content)
    if isinstance(found, int):
        return found
    raise PublisherError(
        Diagnostic(
            code="O-030",
            message=f"{name} cannot be read as a PDF: {found.message}",
            hint="build it again, or take the file from where it came once more",
        ),
        exit_code=ExitCode.FILES,
    )


def demand_fit(content: bytes, plan: CoverPlan, *, places: CoverPlaces) -> None:
    """Nothing where the words of a laid-out cover have room.

    Raises `PublisherError` with J-002 where the blurb has none, with J-004 where other words have none.
    """
    found = (*_beyond_limits(content, plan, places), *_beyond_panels(content, plan, places))
    if found:
        raise PublisherError(*dict.fromkeys(found))


def write_printed_cover(
    content: bytes,
    plan: CoverPlan,
    *,
    marks: bool,
    standard: PrintStandard | None = None,
    marking: Marking | None = None,
) -> bytes:
    """The finished PDF: TrimBox and BleedBox as the plan has them, crop and fold marks outside the bleed if wanted.

    What follows a `standard` of printers already stays in its version of PDF. `marking` says how the cover was made.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        slug = SLUG if marks else 0.0
        page = pdf.pages[0]
        _set_boxes(page, plan, slug=slug)
        if marks:
            page.contents_add(f"q 1 0 0 1 {_points(slug)} {_points(slug)} cm\n".encode(), prepend=True)
            page.contents_add(f"Q\n{_marks(plan, colour=_mark_colour(pdf, page) if standard else '0 G')}".encode())
        if "/Names" in pdf.Root:
            del pdf.Root.Names
        if marking is not None:
            pdf.Root.PieceInfo = pikepdf.Object.parse(marking.piece_info().encode())
        out = io.BytesIO()
        pdf.save(
            out,
            force_version=standard.demands.pdf if standard else "",
            deterministic_id=True,
            object_stream_mode=object_streams(standard),
        )
        return out.getvalue()


def _set_boxes(page: pikepdf.Page, plan: CoverPlan, *, slug: float) -> None:
    """Gives the page its boundaries, from the outermost to the innermost."""
    bleed = plan.bleed
    page.mediabox = page.cropbox = _box(0, 0, plan.width + 2 * slug, plan.height + 2 * slug)
    page.bleedbox = _box(slug, slug, slug + plan.width, slug + plan.height)
    page.trimbox = _box(slug + bleed, slug + bleed, slug + plan.width - bleed, slug + plan.height - bleed)


def _box(*edges: float) -> Array:
    return Array([round(edge / POINT, 3) for edge in edges])


def _points(length: float) -> str:
    return f"{length / POINT:.3f}"


def _mark_colour(pdf: pikepdf.Pdf, page: pikepdf.Page) -> str:
    """The instruction that draws in every ink of the press, which the page's resources know from now on."""
    if int(pdf.Root.OutputIntents[0].DestOutputProfile.N) == 1:
        return "0 G"
    page.obj.Resources.ColorSpace = Dictionary({ALL_INKS: all_inks(pdf)})
    return f"{ALL_INKS} CS 1 SCN"


def _marks(plan: CoverPlan, *, colour: str) -> str:
    """Crop marks at the corners of the trim and fold marks at the spine, a quarter of a point wide."""
    slug, bleed = SLUG, plan.bleed
    away = max(AWAY, bleed + GAP)
    left, right = slug + bleed, slug + plan.width - bleed
    low, high = slug + bleed, slug + plan.height - bleed
    folds = (slug + plan.spine_left, slug + plan.spine_left + plan.spine)
    strokes = [
        *((x, y, x, y + way) for x in (left, right) for y, way in ((low - away, -MARK), (high + away, MARK))),
        *((x, y, x + way, y) for y in (low, high) for x, way in ((left - away, -MARK), (right + away, MARK))),
        *((x, y, x, y + way) for x in folds for y, way in ((low - away, -MARK / 2), (high + away, MARK / 2))),
    ]
    drawn = "".join(f"{_points(a)} {_points(b)} m {_points(c)} {_points(d)} l S\n" for a, b, c, d in strokes)
    return f"/Artifact <</Type /Page>> BDC\nq 0.25 w {colour}\n{drawn}Q\nEMC\n"


def _beyond_limits(content: bytes, plan: CoverPlan, places: CoverPlaces) -> Iterator[Diagnostic]:
    """What ends below the place where it must: the blurb, the title, the words on the spine.

    What does not even end on the page has no end there.
    """
    tops = _tops(content, plan)
    for name in (name.removesuffix("-limit") for name in tops if name.endswith("-limit")):
        end = tops.get(f"{name}-end")
        if end is None or end > tops[f"{name}-limit"] + TOLERANCE:
            yield _too_long(name, None if end is None else end - tops[f"{name}-limit"], places)


def _tops(content: bytes, plan: CoverPlan) -> dict[str, float]:
    """Where the elements with ids are, in millimetres from the upper edge of the bleed."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names: Any = pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
        entries = [(str(names[at]), names[at + 1]) for at in range(0, len(names), 2)]
        return {name: plan.height - float(entry[3]) * POINT for name, entry in entries}


def _too_long(name: str, excess: float | None, places: CoverPlaces) -> Diagnostic:
    """What is said of words that have no room; `excess` is None where they run off the page."""
    lacking = "far" if excess is None else f"{excess:.0f} mm"
    if name == "blurb":
        return Diagnostic(
            code="J-002",
            message=f"the blurb does not fit on the back of the cover: {lacking} too long",
            span=places.blurb,
            hint="shorten it; a line is 6 to 7 mm high",
        )
    what = {"front-names": "the names do", "spine-names": "the names do"}.get(name, "the title does")
    where = "spine" if name.startswith("spine-") else "front"
    mend = {
        "spine-names": "give a contributor a sort: the part before the comma is on the spine",
        "spine-title": "give a short-title",
    }.get(name, "move words into the subtitle, or choose another design")
    return Diagnostic(
        code="J-004",
        message=f"{what} not fit on the {where} of the cover: {lacking} too long",
        span=places.title,
        hint=mend,
    )


def _beyond_panels(content: bytes, plan: CoverPlan, places: CoverPlaces) -> Iterator[Diagnostic]:
    """J-004 where characters are over a fold, or so near to the trim that they may be cut off."""
    outside = "".join(character for character, box in _characters(content) if not _is_inside(box, plan))
    if outside:
        shown = outside if len(outside) <= 20 else outside[:19] + "…"
        yield Diagnostic(
            code="J-004",
            message=f"words are on a fold of the cover or too near to its edge: “{shown}”",
            span=places.title,
            hint="a shorter title or shorter names help; with a template of your own, look at its margins",
        )


def _characters(content: bytes) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Each character that can be seen, with left, bottom, right and top in millimetres."""
    document = pypdfium2.PdfDocument(content)
    try:
        text = document[0].get_textpage()
        for at in range(text.count_chars()):
            character = text.get_text_range(at, 1)
            if character.strip():
                left, bottom, right, top = (edge * POINT for edge in text.get_charbox(at))
                yield character, (left, bottom, right, top)
    finally:
        document.close()


def _is_inside(box: tuple[float, float, float, float], plan: CoverPlan) -> bool:
    """Whether a character is inside one panel, away from its edges."""
    left, bottom, right, top = box
    if bottom < plan.bleed + SAFE or top > plan.height - plan.bleed - SAFE:
        return False
    return any(start <= left and right <= end for start, end in _panels(plan))


def _panels(plan: CoverPlan) -> tuple[tuple[float, float], ...]:
    """From where to where words may be on back, spine and front."""
    front = (plan.front_left + SAFE, plan.front_left + plan.trim_width - SAFE)
    if not plan.spine:
        return (front,)
    spine = (plan.spine_left + SAFE_ON_SPINE, plan.spine_left + plan.spine - SAFE_ON_SPINE)
    return (plan.bleed + SAFE, plan.spine_left - SAFE), spine, front
