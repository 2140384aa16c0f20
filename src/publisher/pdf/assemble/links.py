"""Links taken off their pages and out of the structure tree, their words left (ISO 32000-1, 12.5.6.5 and 14.7.4.3)."""

from __future__ import annotations

from collections.abc import Callable, Container

import pikepdf
from pikepdf import Array, Dictionary, Name, String


def take_links_off(pdf: pikepdf.Pdf) -> None:
    """Takes every annotation off its page and out of the structure tree: nothing lies over a printed page."""
    _take_off(pdf, lambda _: True)


def loosen(pdf: pikepdf.Pdf, known: Container[bytes]) -> None:
    """Makes plain words of the links that lead to named places which the file does not have."""
    for element in _take_off(pdf, lambda item: _leads_nowhere(item, known)):
        if element.get("/S") == Name.Link and not any(_is_annotation(kid) for kid in element.K):
            element.S = Name.Span


def _leads_nowhere(annotation: pikepdf.Object, known: Container[bytes]) -> bool:
    place = annotation.get("/Dest")
    return isinstance(place, String) and bytes(place) not in known


def _take_off(pdf: pikepdf.Pdf, chosen: Callable[[pikepdf.Object], bool]) -> list[pikepdf.Object]:
    """The elements of the structure tree from which annotations were taken: all that are chosen."""
    gone: set[int] = set()
    for page in pdf.pages:
        kept: list[pikepdf.Object] = []
        for annotation in page.obj.get("/Annots", ()):
            if chosen(annotation):
                gone.add(int(annotation.get("/StructParent", -1)))
            else:
                kept.append(annotation)
        _lay(page, kept)
    return _forgotten(pdf.Root.StructTreeRoot.ParentTree, gone)


def _lay(page: pikepdf.Page, annotations: list[pikepdf.Object]) -> None:
    if annotations:
        page.obj.Annots = Array(annotations)
    elif "/Annots" in page.obj:
        del page.obj.Annots


def _forgotten(tree: pikepdf.Object, gone: Container[int]) -> list[pikepdf.Object]:
    """The elements that held annotations with these keys, which they and the tree have forgotten."""
    kept: list[int | pikepdf.Object] = []
    left: list[pikepdf.Object] = []
    for key, element in zip(tree.Nums[::2], tree.Nums[1::2], strict=True):
        if int(key) in gone:
            left.append(element)
        else:
            kept += (int(key), element)
    tree.Nums = Array(kept)
    for element in left:
        of_key = element.get("/K", Array())
        element.K = Array([kid for kid in of_key if not (_is_annotation(kid) and _annotation_key(kid) in gone)])
    return left


def _annotation_key(kid: pikepdf.Object) -> int:
    """The key of the annotation that a reference leads to."""
    return int(kid.Obj.get("/StructParent", -1))


def _is_annotation(kid: object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
