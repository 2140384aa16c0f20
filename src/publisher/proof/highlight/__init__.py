"""A copy of a PDF with every finding framed, and a legend after its last page."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.model.marking import Made, Marking
from publisher.proof import Proof
from publisher.proof.highlight.frames import Numbered, frames
from publisher.proof.highlight.legend import Leaf, legend
from publisher.proof.highlight.typeface import Typeface

TINT = 0.22
"""How opaque frames are filled, of 1."""
TITLE = "What the proof found"
NOTHING = "The proof has no findings"


def highlight_findings(content: bytes, proof: Proof) -> bytes:
    """The bytes of the copy; it says nothing of conformance, since it is for looking at and no edition."""
    typeface = Typeface()
    with pikepdf.open(BytesIO(content)) as pdf:
        on_page: defaultdict[int, list[Numbered]] = defaultdict(list)
        for number, finding in enumerate(proof.findings, 1):
            on_page[finding.page].append((number, finding))
        drawn = {page: frames(found, proof.sheets[page], typeface) for page, found in on_page.items()}
        told = zip(proof.diagnostics(), (finding.page for finding in proof.findings), strict=True)
        leaves = legend(told, proof.sheets[0].trim, typeface, name=TITLE if proof.findings else NOTHING)
        font = typeface.embed(pdf)
        for page, instructions in drawn.items():
            _lay_over(pdf.pages[page], instructions, font)
        _label_legend(pdf)
        for leaf in leaves:
            _add(pdf, leaf, proof, font)
        for claim in ("/Metadata", "/OutputIntents"):
            if claim in pdf.Root:
                del pdf.Root[claim]
        marking = Marking(made=Made.FINDINGS, source=sha256(content).hexdigest())
        pdf.Root.PieceInfo = pikepdf.Object.parse(marking.piece_info().encode())
        copy = BytesIO()
        pdf.save(copy, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return copy.getvalue()


def _lay_over(page: pikepdf.Page, instructions: bytes, font: pikepdf.Object) -> None:
    """Draws over a page, whatever state its own content ends in."""
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + instructions)
    page.add_resource(font, Name.Font, Name.ProofFont)
    tint = Dictionary(Type=Name.ExtGState, ca=TINT, BM=Name.Multiply)
    page.add_resource(tint, Name.ExtGState, Name.ProofTint)


def _add(pdf: pikepdf.Pdf, leaf: Leaf, proof: Proof, font: pikepdf.Object) -> None:
    """Adds a page of the legend, whose entries lead to the pages that they are about."""
    media = proof.sheets[0].media
    links = [
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([box.left, box.bottom, box.right, box.top]),
            Border=Array([0, 0, 0]),
            Dest=Array([pdf.pages[page].obj, Name.Fit]),
        )
        for page, box in leaf.entries
    ]
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([media.left, media.bottom, media.right, media.top]),
        Contents=pdf.make_stream(b"\n".join(leaf.parts)),
        Resources=Dictionary(Font=Dictionary(ProofFont=font)),
        Annots=Array([pdf.make_indirect(link) for link in links]),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _label_legend(pdf: pikepdf.Pdf) -> None:
    """Numbers the pages that are still to come apart from those of the book: legend 1, legend 2."""
    if "/PageLabels" in pdf.Root and "/Nums" in pdf.Root.PageLabels:
        first: Any = len(pdf.pages)
        pdf.Root.PageLabels.Nums.extend([first, pdf.make_indirect(Dictionary(S=Name.D, P=b"legend "))])
