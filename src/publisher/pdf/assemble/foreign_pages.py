"""Pages of PDFs from elsewhere: where they are to be drawn, and drawn (ISO 32000-1, 8.10, Form XObjects).

A page is drawn as a whole, as the content of a Figure. It was rebuilt from what draws it when the reader was loaded
(`publisher.pdf.foreign`), and has no structure, links or comments of its own.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary

from publisher.model.rendition import Asset
from publisher.pdf.assemble.content import PIXEL, PageContent
from publisher.pdf.assemble.foreign_claims import allows_claims
from publisher.pdf.assemble.instructions import Instruction
from publisher.pdf.assemble.section_pdf import ForeignSpot, Start
from publisher.pdf.assemble.structure import Node


def take_foreign(document: Node, contents: tuple[PageContent, ...]) -> tuple[ForeignSpot, ...]:
    """Where pages are to be drawn; the sequences of their Figures are emptied, to be filled in joining."""
    return tuple(_spots(document, contents))


def _spots(document: Node, contents: tuple[PageContent, ...]) -> Iterator[ForeignSpot]:
    for node in document.walk():
        source = node.origin.attributes.get("data-foreign") if node.origin and node.kind == "Figure" else None
        mark = next(node.marks(), None)
        if source is None or mark is None or node.box is None:
            continue
        content = contents[mark.page]
        begin = content.sequences[mark.mcid].begin
        content.instructions[begin] = Instruction("BMC", b"/Artifact")
        left, top, right, bottom = (edge * PIXEL for edge in node.box)
        box = (left, content.height - bottom, right, content.height - top)
        yield ForeignSpot(page=mark.page, mcid=mark.mcid, source=source, box=box)


def foreign_starts(document: Node) -> dict[int, Start]:
    """The element of the EPUB at which each page begins that is one from elsewhere."""
    return {
        mark.page: Start(element_id=node.origin.attributes["data-starts"], offset=0)
        for node in document.walk()
        if node.origin and "data-starts" in node.origin.attributes
        for mark in node.marks()
    }


@dataclass(kw_only=True)
class ForeignDrawer:
    """Draws pages from elsewhere into a volume."""

    pdf: pikepdf.Pdf
    files: dict[str, bytes]
    """PDFs of rebuilt pages by their SHA-256."""
    claims: bool = True
    """Whether what was drawn lets the volume claim to be PDF/A and PDF/UA."""
    _drawn: dict[str, tuple[pikepdf.Object, tuple[float, float, float, float]]] = field(default_factory=dict)
    _opened: dict[str, pikepdf.Pdf] = field(default_factory=dict)

    def draw(self, spot: ForeignSpot, page: pikepdf.Page) -> None:
        """Draws a page into its place, as large as it can be there, in the middle."""
        form, (left, bottom, right, top) = self._form(spot.source)
        name = f"/Foreign{[*self._drawn].index(spot.source) + 1}"
        resources = page.obj.Resources
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        resources.XObject[name] = form
        scale = min((spot.box[2] - spot.box[0]) / (right - left), (spot.box[3] - spot.box[1]) / (top - bottom))
        x = (spot.box[0] + spot.box[2] - scale * (left + right)) / 2
        y = (spot.box[1] + spot.box[3] - scale * (bottom + top)) / 2
        drawn = (
            f"q\n/Figure <</MCID {spot.mcid}>> BDC\n{scale:.6f} 0 0 {scale:.6f} {x:.4f} {y:.4f} cm\n{name} Do\nEMC\nQ\n"
        )
        before = page.obj.Contents
        streams = list(before) if isinstance(before, Array) else [before]
        page.obj.Contents = Array([*streams, self.pdf.make_stream(drawn.encode())])

    def _form(self, source: str) -> tuple[pikepdf.Object, tuple[float, float, float, float]]:
        """A page as a form of the volume, and the rectangle that it fills."""
        if source not in self._drawn:
            digest, _, number = source.partition("#")
            if digest not in self._opened:
                self._opened[digest] = pikepdf.open(io.BytesIO(self.files[digest]))
            form = self._opened[digest].pages[int(number) - 1].as_form_xobject()
            self.claims = self.claims and allows_claims(form)
            self._drawn[source] = self.pdf.copy_foreign(form), _extent(form)
        return self._drawn[source]


def drawer(pdf: pikepdf.Pdf, files: Iterable[Asset]) -> ForeignDrawer:
    """A drawer with these PDFs."""
    return ForeignDrawer(pdf=pdf, files={file.href: file.content for file in files})


def _extent(form: pikepdf.Object) -> tuple[float, float, float, float]:
    """The rectangle around what a form draws, turned as its matrix turns it."""
    a, b, c, d, e, f = (float(number) for number in form.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
    left, bottom, right, top = (float(edge) for edge in form.BBox)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
