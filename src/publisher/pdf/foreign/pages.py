"""Pages of a PDF that another program made, rebuilt from what ISO 32000 needs to draw them.

A page becomes its boxes, its content and the resources that this uses. Everything else stays behind: actions, scripts,
links, embedded files, references to other files, metadata, structure, threads, private data of programs. Layers are
drawn as a viewer shows them when it opens the file, annotations as it prints them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from publisher.pdf.foreign.annotations import draw
from publisher.pdf.foreign.boxes import Boxes, array, boxes, inherit
from publisher.pdf.foreign.builder import Builder, Note
from publisher.pdf.foreign.content import rebuilt
from publisher.pdf.foreign.layers import layers
from publisher.pdf.foreign.limits import DRAWN_IN_ALL, PAGES, Cost, Spent, Unusable, malformed_error
from publisher.pdf.foreign.painting import Painter
from publisher.pdf.foreign.values import entry, is_dictionary, stream


class UnusablePage(Exception):
    """A page that cannot be rebuilt, and why."""

    def __init__(self, cause: Unusable, page: int) -> None:
        """Take the cause and the number of the page."""
        super().__init__(cause.message)
        self.cause = cause
        self.page = page
        """Counted from 1; 0 for the whole file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuiltPages:
    """Pages in a file of their own."""

    content: bytes
    notes: tuple[Note, ...]
    """What was left out."""


def count_pages(pdf: pikepdf.Pdf) -> int:
    """How many pages a file has; raises `UnusablePage` (D-012) if there are too many."""
    pages = len(pdf.pages)
    if pages > PAGES:
        raise UnusablePage(Unusable("D-012", f"it has more than {PAGES:,} pages"), 0)
    return pages


def rebuild(pdf: pikepdf.Pdf, numbers: Iterable[int], *, size: int) -> RebuiltPages:
    """The pages with these numbers, counted from 1, as a PDF; `size` is that of the file in bytes.

    Raises `UnusablePage`.
    """
    with pikepdf.new() as out:
        builder = Builder(source=pdf, out=out, spent=Spent(size=size), layers=layers(pdf))
        painter = Painter(builder=builder)
        total = 0
        builder.generates = _draw_values(pdf)
        for number in numbers:
            builder.page = number
            try:
                page, cost = _rebuilt(painter, pdf.pages[number - 1].obj)
                total += cost.drawn
                if total > DRAWN_IN_ALL * builder.spent.scale:
                    raise Unusable("D-011", f"drawing the pages takes more than {DRAWN_IN_ALL:,} instructions")
            except Unusable as error:
                raise UnusablePage(error, number) from error
            out.pages.append(pikepdf.Page(out.make_indirect(page)))
        buffer = io.BytesIO()
        out.save(buffer, min_version="1.7", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return RebuiltPages(content=buffer.getvalue(), notes=tuple(builder.notes))


def _draw_values(pdf: pikepdf.Pdf) -> bool:
    """Whether the form asks viewers to draw the values of its fields (12.7.2); then qpdf draws those of text fields."""
    form = entry(pdf.Root, "/AcroForm")
    if not is_dictionary(form) or entry(form, "/NeedAppearances") is not True:
        return False
    try:
        pdf.generate_appearance_streams()
    except (pikepdf.exceptions.PikepdfError, RuntimeError, ValueError, TypeError):
        return True
    return True


def _rebuilt(painter: Painter, page: Any) -> tuple[Dictionary, Cost]:
    """A page of the new file, and what drawing it costs."""
    found = boxes(page)
    painter.builder.area = found.area
    scope = painter.scope(inherit(page, "/Resources"), "")
    content, cost = rebuilt(painter, _content(painter.builder, page), scope, "")
    over = [*draw(painter, page, scope, rotation=found.rotation)]
    cost = sum((item.cost for item in over), cost)
    cost.demand_bounded()
    cost.demand_fonts()
    if over:
        content = b"q\n%b\nQ\n%b" % (content, "".join(item.content for item in over).encode())
    made = _frame(found)
    made["/Resources"] = painter.finish(scope)
    made["/Contents"] = painter.builder.stream(content, Dictionary())
    group = entry(page, "/Group")
    if group is not None:
        made["/Group"] = painter.group(group, "/Group")
    return made, cost


def _frame(found: Boxes) -> Dictionary:
    """A page that has nothing yet but its size."""
    made = Dictionary(Type=Name.Page, MediaBox=array(found.media))
    if found.crop != found.media:
        made["/CropBox"] = array(found.crop)
    if found.trim != found.crop:
        made["/TrimBox"] = array(found.trim)
    if found.rotation:
        made["/Rotate"] = found.rotation
    if found.unit != 1:
        made["/UserUnit"] = round(found.unit, 5)
    return made


def _content(builder: Builder, page: Any) -> bytes:
    """The content of a page, its streams joined (7.7.3.3)."""
    given = entry(page, "/Contents")
    if given is None:
        return b""
    if isinstance(given, Stream):
        streams = [given]
    elif isinstance(given, Array):
        streams = [stream(each, "/Contents") for each in given if each is not None]
    else:
        raise malformed_error("/Contents", "a stream")
    parts: list[bytes] = []
    for item in streams:
        builder.spent.hold()
        if not builder.is_elsewhere(item, "a part of the content"):
            parts.append(builder.decoded(item, "/Contents"))
    return b"\n".join(parts)
