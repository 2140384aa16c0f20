"""A joined volume in PDF 2.0, as PDF/UA-2 and WTPDF 1.0 want it (ISO 32000-2, ISO 14289-2, ISO/TS 32005).

Elements belong to the namespace of PDF 2.0 if that has their type. Notes become `FENote` and refer to their calls, as
these do to them. Links, bookmarks and lines of the contents lead to elements, not only to places on pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

NAMESPACE = "http://iso.org/pdf2/ssn"
"""Of the structure types of PDF 2.0 (ISO 32000-2, 14.8.6)."""
_ONLY_BEFORE = frozenset(
    f"/{name}" for name in ("Art", "BlockQuote", "TOC", "TOCI", "Index", "Quote", "Reference", "BibEntry", "Code")
)
"""Structure types that stay in the namespace of PDF 1.7, which elements without another belong to."""


def elements_by_place(kids: Any, places: Mapping[str, int]) -> dict[str, Any]:
    """Return the elements below `kids` by their ids; `places` has their numbers in reading order, the root being 0."""
    wanted: dict[int, list[str]] = {}
    for name, number in places.items():
        wanted.setdefault(number, []).append(name)
    found = enumerate(_below(kids), 1)
    return {name: element for number, element in found for name in wanted.get(number, ())}


def _below(kids: Any) -> Iterator[Any]:
    """Yield the elements among some kids and below them, outer before inner."""
    waiting = list(reversed(list(kids)))
    while waiting:
        element = waiting.pop()
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        yield element
        inner = element.get("/K", Array())
        waiting += reversed(list(inner)) if isinstance(inner, Array) else [inner]


def write_as_pdf_2(pdf: pikepdf.Pdf, elements: Mapping[str, Any]) -> None:
    """Make structure and links of a joined volume those of PDF 2.0; `elements` are the elements by their ids.

    Bookmarks get their elements in `write_outline`.
    """
    root = pdf.Root.StructTreeRoot
    namespace = pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String(NAMESPACE)))
    root.Namespaces = Array([namespace])
    references, places = _References(), dict(_pairs(pdf.Root.Names.Dests))
    owners = _owners(root.ParentTree)
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            name = annotation.get("/Dest")
            target = elements.get(str(name)) if isinstance(name, String) else None
            if target is not None:
                _lead_to(annotation, target, places)
                references.add(owners[int(annotation.StructParent)], target)
    for element in list(_below(root.K)):
        _shape(element, namespace)
    references.write()
    _refer_from_contents(root, references)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]


def structure_destination(place: Array, element: Any) -> Array:
    """Return a destination as one that leads to an element (ISO 32000-2, 12.3.2.3)."""
    return Array([element, *list(place)[1:]])


def _owners(tree: Any) -> dict[int, Any]:
    """The elements of annotations by their keys."""
    numbers = list(tree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def _lead_to(annotation: Any, target: Any, places: Mapping[bytes, Any]) -> None:
    """Let a link to a named place lead to its element as well."""
    name = annotation.Dest
    annotation.A = Dictionary(S=Name.GoTo, D=name, SD=structure_destination(places[bytes(name)], target))
    del annotation["/Dest"]


def _pairs(tree: Any) -> Iterator[tuple[bytes, Any]]:
    names = tree.Names
    for at in range(0, len(names), 2):
        yield bytes(names[at]), names[at + 1]


def _shape(element: Any, namespace: Any) -> None:
    """Give an element its type in PDF 2.0, and the numbering of its list."""
    if Name.Note == element.S:
        element.S = Name.FENote
    if str(element.S) not in _ONLY_BEFORE:
        element.NS = namespace
    _shape_caption(element)
    attributes = element.get("/A")
    if element.S == Name.L and isinstance(attributes, Dictionary):
        labelled = any(kid.get("/S") == Name.Lbl for entry in element.K for kid in _kids(entry))
        if attributes.get("/ListNumbering") == Name("/None") and labelled:
            attributes.ListNumbering = Name.Description


def _shape_caption(element: Any) -> None:
    """Let a picture and its caption be a section; a Div would leave the caption to what is around it (ISO/TS 32005).

    A caption is first or last in its element (ISO 14289-2, 8.2.5.27); others are paragraphs.
    """
    kids = _kids(element)
    captions = [kid for kid in kids if kid.get("/S") == Name.Caption]
    if not captions:
        return
    ends = [kid for kid in (kids[-1], kids[0]) if kid.get("/S") == Name.Caption][:1]
    for caption in captions:
        if not any(caption.objgen == end.objgen for end in ends):
            caption.S = Name.P
    if ends and Name.Div == element.S and len(kids) == len(element.K):
        element.S = Name.Sect


def _kids(element: Any) -> list[Any]:
    found = element.get("/K", Array()) if isinstance(element, Dictionary) else Array()
    return [kid for kid in found if isinstance(kid, Dictionary)] if isinstance(found, Array) else []


def _refer_from_contents(root: Any, references: _References) -> None:
    """Let each line of the contents refer to what it is about: the target of its first link."""
    for element in _below(root.K):
        if element.S == Name.TOCI:
            link = next((item for item in _line(element) if item.objgen in references.leading), None)
            if link is not None:
                element.Ref = Array([references.leading[link.objgen]])


def _line(entry: Any) -> Iterator[Any]:
    """The elements of a line of the contents without the lines below it."""
    for kid in _kids(entry):
        if kid.get("/S") not in (Name.TOC, Name.TOCI):
            yield kid
            yield from _line(kid)


@dataclass(slots=True)
class _References:
    """Which elements lead to which."""

    leading: dict[tuple[int, int], Any] = field(default_factory=dict)
    """The target of a link, by the object of its element."""
    _notes: dict[tuple[int, int], tuple[Any, list[Any]]] = field(default_factory=dict)
    """Notes with the elements that lead to them, by their objects."""

    def add(self, element: Any, target: Any) -> None:
        """Record that an element leads to another."""
        if element.objgen in self.leading:
            return
        self.leading[element.objgen] = target
        if Name.Note == target.S:
            self._notes.setdefault(target.objgen, (target, []))[1].append(element)

    def write(self) -> None:
        """Let notes refer to what leads to them, and that to them (ISO 14289-2, 8.2.5.14)."""
        for note, calls in self._notes.values():
            note.Ref = Array(calls)
            for call in calls:
                call.Ref = Array([note])
