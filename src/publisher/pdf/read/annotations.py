"""What is laid over the pages of a PDF (ISO 32000-1, 12.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.geometry import Box
from publisher.pdf.read.syntax import Ref, text_string

OF_LINKS = frozenset(
    {"Type", "Subtype", "Rect", "Dest", "A", "BS", "Border", "F", "Contents", "StructParent", "P", "NM"}
)
"""Entries of links that lead somewhere and do no more (12.5.6.5)."""
OF_ACTIONS = frozenset({"Type", "S", "D", "SD", "URI"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What is laid over a page."""

    page: int
    kind: str
    target: str
    """An address, or the name of a place; empty where it leads to none."""
    more: tuple[str, ...] = ()
    """What it does or shows in addition to leading there."""
    box: Box = (0, 0, 0, 0)
    """Where on the page it is: left, bottom, right, top."""
    element: int | None = None
    """The object of the element that it leads to, in PDF 2.0."""
    contents: str | None = None
    """What is said of it to those who cannot see it."""


def page_annotations(file: PdfFile, page: Dictionary, index: int) -> Iterator[tuple[int, Annotation]]:
    """The annotations of a page, by the numbers of their objects."""
    for at, ref in enumerate(file.array(page.get("Annots"))):
        known = file.dictionary(ref)
        number = ref.number if isinstance(ref, Ref) else -1 - at - 1000 * index
        kind = str(file.resolve(known.get("Subtype")))
        contents = file.resolve(known.get("Contents"))
        yield (
            number,
            Annotation(
                page=index,
                kind=kind,
                target=_target(file, known),
                more=_more(file, known),
                box=_box(file, known),
                element=led_element(file, file.dictionary(known.get("A"))),
                contents=text_string(contents) if isinstance(contents, bytes) else None,
            ),
        )


def _box(file: PdfFile, annotation: Dictionary) -> Box:
    match [
        number for number in map(file.resolve, file.array(annotation.get("Rect"))) if isinstance(number, int | float)
    ]:
        case [left, bottom, right, top]:
            return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
        case _:
            return 0, 0, 0, 0


def _more(file: PdfFile, annotation: Dictionary) -> tuple[str, ...]:
    """What an annotation does or shows in addition to leading somewhere."""
    action, border = file.dictionary(annotation.get("A")), file.dictionary(annotation.get("BS"))
    kind, width = file.resolve(action.get("S")), file.resolve(border.get("W", 1))
    both = ("both A and Dest",) if "A" in annotation and "Dest" in annotation else ()
    framed = ("BS",) if width and file.resolve(annotation.get("Subtype")) == "Link" else ()
    other = (str(kind),) if kind not in (None, "URI", "GoTo") else ()
    return (*both, *framed, *other, *sorted(annotation.keys() - OF_LINKS), *sorted(action.keys() - OF_ACTIONS))


def led_element(file: PdfFile, action: Dictionary) -> int | None:
    """The object of the element that an action leads to (ISO 32000-2, 12.3.2.3); None if it names none."""
    target = file.array(action.get("SD"))
    return target[0].number if target and isinstance(target[0], Ref) else None


def _target(file: PdfFile, annotation: Dictionary) -> str:
    action = file.dictionary(annotation.get("A"))
    address = file.resolve(action.get("URI"))
    if isinstance(address, bytes):
        return text_string(address)
    named = file.resolve(annotation.get("Dest") or action.get("D"))
    if isinstance(named, bytes):
        return text_string(named)
    return str(named) if isinstance(named, str) else ""
