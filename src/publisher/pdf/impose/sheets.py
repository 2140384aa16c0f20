"""The sheets as a PDF: each page of the document is a form XObject, placed and clipped, without its links.

The pages were rebuilt from their content, with the annotations that are printed.

ISO 32000-1, 8.10 Form XObjects.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from publisher import __version__
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity
from publisher.model.marking import Marking
from publisher.pdf.foreign.reading import HINT, Fault, Wanted, read_pages
from publisher.pdf.impose.gathering import Gathering
from publisher.pdf.impose.marks import Stroke, strokes
from publisher.pdf.impose.order import Flip, Order
from publisher.pdf.impose.placement import Bed, Placement, placements

POINT = 25.4 / 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the document as a form."""

    form: Any
    box: tuple[float, float, float, float]
    """Left, bottom, right and top of its trim, in points, as it is seen."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        left, bottom, right, top = self.box
        return (right - left) * POINT, (top - bottom) * POINT


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The document whose pages are laid out, rebuilt from what draws them."""

    pdf: pikepdf.Pdf
    title: str | None
    language: str | None
    warnings: tuple[Diagnostic, ...]
    """O-034 if the file had to be repaired; D-015 and D-017 for what was left out."""


def open_document(content: bytes, *, name: str) -> Document:
    """The pages of a PDF, read in a child process.

    Raises `PublisherError` if it is no PDF, is locked or has no pages, or if its pages cannot be used.
    """
    (found,) = read_pages((Wanted(content, None, None, bound=False),))
    if found.fault is not None:
        raise _unusable(found.fault, name, is_empty=not content)
    doubts = (Diagnostic(code=fault.code, message=fault.shown(name), hint=fault.hint or HINT) for fault in found.notes)
    return Document(
        pdf=pikepdf.open(io.BytesIO(found.content)),
        title=found.title,
        language=found.language,
        warnings=(
            *((_mend(name),) if found.repaired else ()),
            *(replace(diagnostic, severity=Severity.WARNING) for diagnostic in doubts),
        ),
    )


def _unusable(fault: Fault, name: str, *, is_empty: bool) -> PublisherError:
    match fault.code:
        case "C-011":
            return _unreadable(name, "it is empty" if is_empty else "it is damaged, or no PDF")
        case "C-012":
            return _unreadable(name, "it is locked with a password")
        case "C-013":
            return _unreadable(name, "it has no pages")
        case _:
            found = Diagnostic(code=fault.code, message=fault.shown(name), hint=fault.hint)
            return PublisherError(found, exit_code=ExitCode.FILES)


def _unreadable(name: str, reason: str) -> PublisherError:
    return PublisherError(
        Diagnostic(
            code="O-030",
            message=f"{name} cannot be read as a PDF: {reason}",
            hint="open it in a viewer; save a copy without a password, or fetch the file again",
        ),
        exit_code=ExitCode.FILES,
    )


def _mend(name: str) -> Diagnostic:
    return Diagnostic(
        code="O-034",
        message=f"{name} is damaged and was read as far as it could be",
        hint="compare the sheets with the file page by page, or make it again",
        severity=Severity.WARNING,
    )


def page_sizes(pdf: pikepdf.Pdf) -> tuple[tuple[float, float], ...]:
    """Width and height of each page's trim in millimetres, as it is seen."""
    return tuple(_page(page.as_form_xobject()).size for page in pdf.pages)


def write(document: Document, gathering: Gathering, made: Bed, order: Order, *, marking: Marking) -> bytes:
    """The sheets as a PDF: front and back in turn, the same bytes each time; the marking says how they were made."""
    with pikepdf.new() as out:
        pages = tuple(_page(out.copy_foreign(page.as_form_xobject())) for page in document.pdf.pages)
        filled = tuple(None if at is None else pages[at] for at in gathering.pages)
        sizes = tuple(None if page is None else page.size for page in filled)
        for side in gathering.sides:
            placed = tuple(placements(side, made, order, sizes=sizes))
            _add(
                out,
                made,
                tuple((placement, filled[placement.page - 1]) for placement in placed),
                strokes(side, made, order),
            )
        _describe(out, document, made)
        out.Root.PieceInfo = pikepdf.Object.parse(marking.piece_info().encode())
        buffer = io.BytesIO()
        out.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return buffer.getvalue()


def _page(form: Any) -> Page:
    """A form with the box that it fills, its own turning (/Rotate, stored in its matrix) applied."""
    left, bottom, right, top = (float(edge) for edge in form.BBox)
    matrix = [float(entry) for entry in form.get("/Matrix", Array([1, 0, 0, 1, 0, 0]))]
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    across, up = zip(*corners, strict=True)
    return Page(form=form, box=(min(across), min(up), max(across), max(up)))


def _add(
    out: pikepdf.Pdf, made: Bed, placed: Iterable[tuple[Placement, Page | None]], marks: tuple[Stroke, ...]
) -> None:
    """Adds one side."""
    page = out.add_blank_page(page_size=(made.width / POINT, made.height / POINT))
    forms, drawn = Dictionary(), []
    for number, (placement, source) in enumerate(placed):
        assert source is not None
        forms[f"/P{number}"] = source.form
        drawn.append(_display(f"/P{number}", placement, source, scale=made.scale))
    page.Resources = Dictionary(XObject=forms)
    page.Contents = out.make_stream("".join((*drawn, *map(_stroke, marks))).encode())


def _display(name: str, placement: Placement, source: Page, *, scale: float) -> str:
    """The operators that show a page in its place, clipped to its cell."""
    left, bottom, right, top = source.box
    cell, at = placement.cell, placement.at
    if placement.upside_down:
        matrix = (-scale, 0, 0, -scale, at.left / POINT + scale * right, at.bottom / POINT + scale * top)
    else:
        matrix = (scale, 0, 0, scale, at.left / POINT - scale * left, at.bottom / POINT - scale * bottom)
    clip = _numbers(edge / POINT for edge in (cell.left, cell.bottom, cell.width, cell.height))
    return f"q {clip} re W n {_numbers(matrix)} cm {name} Do Q\n"


def _stroke(stroke: Stroke) -> str:
    start, end = (_numbers(edge / POINT for edge in point) for point in (stroke.start, stroke.end))
    dash = "[3 2] 0 d" if stroke.dashed else "[] 0 d"
    return f"q {stroke.wide / POINT:.4f} w {dash} 0 G {start} m {end} l S Q\n"


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value + 0.0:.4f}" if not math.isclose(value, 0, abs_tol=5e-5) else "0" for value in values)


def _describe(out: pikepdf.Pdf, document: Document, made: Bed) -> None:
    """Title, language, and what made the file; printers that ask the file are informed how to turn the sheet."""
    out.docinfo["/Producer"] = String(f"publisher {__version__}")
    if document.title is not None:
        out.docinfo["/Title"] = String(document.title)
    if document.language is not None:
        out.Root.Lang = String(document.language)
    edge = Name.DuplexFlipShortEdge if made.flip is Flip.SHORT else Name.DuplexFlipLongEdge
    out.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"), Duplex=edge)
