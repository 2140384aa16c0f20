"""The tree written back into the file, with everything that points into it (ISO 32000-1, 14.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from publisher.pdf.assemble.content import PIXEL, PageContent
from publisher.pdf.assemble.origin import Origin
from publisher.pdf.assemble.structure import Link, Mark, Node

_SCOPES = {"col": Name.Column, "colgroup": Name.Column, "row": Name.Row, "rowgroup": Name.Row}


@dataclass(kw_only=True)
class _Writer:
    """What is gathered while the nodes are written."""

    pdf: pikepdf.Pdf
    contents: tuple[PageContent, ...]
    owners: dict[Mark, Any] = field(default_factory=dict)
    """The element that each sequence belongs to."""
    annotations: list[tuple[Any, Any]] = field(default_factory=list)
    """Annotations and the elements that they belong to, in reading order."""
    ids: dict[str, Any] = field(default_factory=dict)
    numbers: dict[Origin, int] = field(default_factory=dict)
    """The number in reading order of what each element of the document became."""
    count: int = 0

    def write(self, node: Node, parent: Any, language: str | None) -> Any:
        """The element made of a node."""
        if node.origin:
            self.numbers.setdefault(node.origin, self.count)
        self.count += 1
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + node.kind), P=parent))
        language = self.describe(node, element, language)
        page = next((mark.page for mark in node.marks()), None)
        if page is not None:
            element.Pg = self.contents[page].page.obj
        element.K = Array([self.kid(child, element, page, language) for child in node.children])
        return element

    def kid(self, child: Node | Mark | Link, element: Any, page: int | None, language: str | None) -> Any:
        """One entry of an element's K."""
        match child:
            case Node():
                return self.write(child, element, language)
            case Mark():
                self.owners[child] = element
                if child.page == page:
                    return child.mcid
                return Dictionary(Type=Name.MCR, Pg=self.contents[child.page].page.obj, MCID=child.mcid)
            case Link():
                self.annotations.append((child.annotation, element))
                return Dictionary(Type=Name.OBJR, Pg=self.contents[child.page].page.obj, Obj=child.annotation)

    def describe(self, node: Node, element: Any, language: str | None) -> str | None:
        """Gives the element its language, id, alternative text and attributes; the language of what is in it."""
        origin = node.origin
        if origin is None:
            return language
        own = origin.language
        if own and own != language:
            element.Lang = String(own)
        if node.kind == "Note" and origin.id:
            element.ID = String(origin.id)
            self.ids[origin.id] = element
        if node.kind in ("Figure", "Formula"):
            element.Alt = String(_alternative(node))
        attributes = self.attributes(node)
        if attributes is not None:
            element.A = attributes
        return own or language

    def attributes(self, node: Node) -> Dictionary | None:
        """The attribute object of a node; None where it needs none."""
        if node.kind == "L":
            return Dictionary(O=Name.List, ListNumbering=Name(f"/{node.numbering or 'None'}"))
        if node.kind in ("TH", "TD"):
            return _cell(node)
        if node.kind in ("Figure", "Formula") and node.box:
            placement = Name.Block if node.kind == "Figure" else Name.Inline
            return Dictionary(O=Name.Layout, Placement=placement, BBox=Array(self.box(node, node.box)))
        return None

    def box(self, node: Node, pixels: tuple[float, float, float, float]) -> list[float]:
        """Left, bottom, right and top of a figure in points on its page."""
        page = next((mark.page for mark in node.marks()), 0)
        left, top, right, bottom = (edge * PIXEL for edge in pixels)
        height = self.contents[page].height
        return [round(edge, 3) for edge in (left, height - bottom, right, height - top)]


def write_structure(pdf: pikepdf.Pdf, document: Node, contents: tuple[PageContent, ...]) -> dict[Origin, int]:
    """Return the number in reading order of what each element of the document became, the Document being 0.

    Replaces the structure tree, the ParentTree and the IDTree, and numbers pages and annotations again.

    Link annotations that no node holds are taken off their pages.
    """
    root = pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    writer = _Writer(pdf=pdf, contents=contents)
    root.K = Array([writer.write(document, root, str(pdf.Root.Lang))])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=_numbers(writer)))
    root.ParentTreeNextKey = len(contents) + len(writer.annotations)
    if writer.ids:
        names = [entry for name in sorted(writer.ids, key=str.encode) for entry in (String(name), writer.ids[name])]
        root.IDTree = pdf.make_indirect(Dictionary(Names=Array(names)))
    _drop_loose(contents, {annotation.objgen for annotation, _ in writer.annotations})
    return writer.numbers


def _numbers(writer: _Writer) -> Array:
    """The ParentTree: the owners of each page's sequences, then the owner of each annotation."""
    numbers: list[Any] = []
    for content in writer.contents:
        count = max((mark.mcid + 1 for mark in writer.owners if mark.page == content.index), default=0)
        owners = [writer.owners.get(Mark(page=content.index, mcid=mcid)) for mcid in range(count)]
        content.page.obj.StructParents = content.index
        numbers += (content.index, Array(owners))
    for key, (annotation, element) in enumerate(writer.annotations, len(writer.contents)):
        annotation.StructParent = key
        numbers += (key, element)
    return Array(numbers)


def _drop_loose(contents: tuple[PageContent, ...], held: set[tuple[int, int]]) -> None:
    for content in contents:
        annotations = content.page.obj.get("/Annots")
        if annotations is not None:
            content.page.obj.Annots = Array([annotation for annotation in annotations if annotation.objgen in held])


def _alternative(node: Node) -> str:
    return node.origin.attributes.get("alt", "") if node.origin else ""


def _cell(node: Node) -> Dictionary | None:
    """Scope and spans of a cell."""
    origin = node.origin
    cell = Dictionary(O=Name.Table)
    if node.kind == "TH" and origin:
        in_head = any(item.tag == "thead" for item in origin.lineage)
        cell.Scope = _SCOPES.get(origin.attributes.get("scope", ""), Name.Column if in_head else Name.Row)
    for attribute, key in (("colspan", "/ColSpan"), ("rowspan", "/RowSpan")):
        span = origin.attributes.get(attribute, "1") if origin else "1"
        if span.isdigit() and span != "1":
            cell[key] = int(span)
    return cell if len(cell.keys()) > 1 else None
