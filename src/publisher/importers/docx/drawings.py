"""Pictures, text boxes, diagrams and charts of a DOCX (DrawingML and VML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from publisher.importers.document import Kind, Picture
from publisher.importers.docx.names import Element, attribute, name, number
from publisher.importers.docx.reading import Reading, Relation
from publisher.importers.pictures import picture_kind

_EMU_PER_MM = 36_000
_POINTS_PER_MM = 72 / 25.4
_WIDEST = 200
_POINTS = re.compile(r"(?:^|;)\s*width:\s*([\d.]+)(pt|in|cm|mm|px)")
_MM = {"pt": 1 / _POINTS_PER_MM, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture as a block."""

    block: Picture


def draw(element: Element, reading: Reading, relations: dict[str, Relation], where: str) -> Iterator[Drawn | Element]:
    """The pictures in a drawing, and the content of its text boxes."""
    alternative, width = "", None
    for inner, _ in _walk(element):
        match name(inner):
            case "wp:docPr" | "pic:cNvPr":
                said = attribute(inner, "descr") or attribute(inner, "title") or ""
                alternative = alternative or " ".join(said.split())
            case "wp:extent":
                size = number(attribute(inner, "cx")) or 0
                width = _width(size / _EMU_PER_MM)
            case "v:shape" | "v:rect":
                alternative = alternative or " ".join((attribute(inner, "alt") or "").split())
                width = width or _css_width(attribute(inner, "style") or "")
            case "a:blip" | "v:imagedata":
                identity = attribute(inner, "r:embed") or attribute(inner, "r:id") or attribute(inner, "r:link") or ""
                yield from _picture(relations.get(identity), alternative, width, reading, where)
            case "w:txbxContent":
                reading.report(Kind.CHANGED, where, "a text box is in the text, after the paragraph that it belongs to")
                yield inner
            case "dgm:relIds" | "c:chart":
                _words_of_part(inner, reading, relations, where)
            case _:
                pass


def _walk(element: Element) -> Iterator[tuple[Element, int]]:
    """The elements of a drawing in order, without those in text boxes and in what only represents something else."""
    waiting = [(element, 0)]
    while waiting:
        item, depth = waiting.pop()
        yield item, depth
        if name(item) == "w:txbxContent" or depth > 100:
            continue
        inner = [entry for entry in item if name(entry) != "mc:Fallback" or len(item) == 1]
        waiting += [(entry, depth + 1) for entry in reversed(inner)]


def _width(millimetres: float) -> str | None:
    whole = round(millimetres)
    return f"{whole}mm" if 1 <= whole <= _WIDEST else None


def _css_width(style: str) -> str | None:
    found = _POINTS.search(style)
    return _width(float(found[1]) * _MM[found[2]]) if found else None


def _picture(
    relation: Relation | None, alternative: str, width: str | None, reading: Reading, where: str
) -> Iterator[Drawn]:
    """A picture of the package; one that cannot be taken over is reported."""
    shown = f" (“{alternative}”)" if alternative else ""
    if relation is None or relation.is_external:
        reading.report(Kind.DROPPED, where, f"a picture that is not in the file{shown}")
        return
    content = reading.package.read(relation.target)
    file = PurePosixPath(relation.target).name
    kind = None if content is None else picture_kind(content)
    if content is None or kind is None:
        reading.report(Kind.DROPPED, where, f"the picture {file}{shown}: only PNG, JPEG, GIF, WebP and SVG can be used")
        return
    if relation.target not in reading.picture_names:
        stem = re.sub(r"[^A-Za-z0-9]+", "-", PurePosixPath(file).stem).strip("-").lower() or "picture"
        taken = reading.pictures.keys()
        names = (f"images/{stem}{'' if not count else f'-{count + 1}'}.{kind}" for count in range(len(taken) + 1))
        reading.picture_names[relation.target] = next(text for text in names if text not in taken)
        reading.pictures[reading.picture_names[relation.target]] = content
    if not alternative:
        reading.report(Kind.ADDED, where, f"the words that describe {file}: the source has none, so write them")
    said = alternative or f"A picture ({file})"
    yield Drawn(block=Picture(file=reading.picture_names[relation.target], alternative=said, width=width))


def _words_of_part(element: Element, reading: Reading, relations: dict[str, Relation], where: str) -> None:
    """Report the words of a diagram or a chart, which are in a part of their own."""
    identity = attribute(element, "r:dm") or attribute(element, "r:id") or ""
    relation = relations.get(identity)
    root = None if relation is None or relation.is_external else reading.package.xml(relation.target)
    found = () if root is None else root.iter("{*}t", "{*}v")
    words = " ".join(item.text for item in found if item.text)
    kind = "a diagram" if name(element) == "dgm:relIds" else "a chart"
    reading.report(Kind.DROPPED, where, f"{kind}: save it as a picture, and add that", words)
