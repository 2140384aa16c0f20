"""Nothing lies over a printed page: links are taken off it and out of the structure tree (ISO 32000-1, 14.7.4.3)."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name


def take_links_off(pdf: pikepdf.Pdf) -> None:
    """Takes every annotation off its page and out of the structure tree; named destinations stay."""
    gone: set[int] = set()
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            gone.add(int(annotation.get("/StructParent", -1)))
        if "/Annots" in page.obj:
            del page.obj.Annots
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    kept: list[int | pikepdf.Object] = []
    for at in range(0, len(numbers), 2):
        if int(numbers[at]) in gone:
            _forget(numbers[at + 1])
        else:
            kept += (int(numbers[at]), numbers[at + 1])
    pdf.Root.StructTreeRoot.ParentTree.Nums = Array(kept)


def _forget(element: pikepdf.Object) -> None:
    """Takes the annotations out of an element."""
    kids = element.get("/K", Array())
    element.K = Array([kid for kid in kids if not _is_annotation(kid)])


def _is_annotation(kid: object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
