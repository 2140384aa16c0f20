"""Where the time of a build goes, in one process, and the floor: Pango alone, breaking the same text into lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from weasyprint.text.ffi import ffi, gobject, pango, pangoft2

from benchmarks.editions import edition
from benchmarks.manuscript import Manuscript
from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.target import Format
from publisher.workspace import Folder

FLOOR = "Pango alone, the same paragraphs and notes broken into lines"
_SCALE = 1024
_MEASURE, _TEXT, _NOTE = 112 / 25.4 * 72, 10.4, 7.8
"""Width of the type area, size of text and notes, in points."""


@dataclass(slots=True)
class Stages:
    """Watches a build, and keeps the processor's seconds of each stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Surrounds a stage."""
        self.seconds.setdefault(name, 0.0)  # before those within it
        begun = time.process_time()
        yield
        self.seconds[name] += time.process_time() - begun


PART = "— "
"""What the names of parts of a stage begin with."""
PARTS = (
    ("laying out: styles, lines, pages", "weasyprint", "HTML.render"),
    ("of that, Pango alone, where lines are broken", "weasyprint.text.line_break", "Layout.get_first_line"),
    ("drawing and writing", "weasyprint.document", "Document.write_pdf"),
    ("binding: words, structure, notes, folios", "publisher.pdf.assemble.section", "assemble_section"),
    ("joining the sections", "publisher.layout.document", "join"),
)
"""What setting a PDF is made of: what it is, the module and the name of the function that does it."""


@contextmanager
def parts_watched(watched: Stages) -> Iterator[None]:
    """Watches the parts of setting a PDF, too; calls to Pango while lines are drawn count as drawing."""
    kept: list[tuple[object, str, object]] = []
    drawing = [False]

    def timed(name: str, call: Callable[..., object], *, inner: bool) -> Callable[..., object]:
        def run(*given: object, **named: object) -> object:
            if inner and drawing[0]:
                return call(*given, **named)
            drawing[0] = drawing[0] or name == PARTS[2][0]
            with watched.stage(PART + name):
                made = call(*given, **named)
            drawing[0] = drawing[0] and name != PARTS[2][0]
            return made

        return run

    for name, module, path in PARTS:
        *outer, last = path.split(".")
        owner: object = import_module(module)
        for text in outer:
            owner = getattr(owner, text)
        call = getattr(owner, last)
        kept.append((owner, last, call))
        setattr(owner, last, timed(name, call, inner=last == "get_first_line"))
    try:
        yield
    finally:
        for owner, last, call in kept:
            setattr(owner, last, call)


def stages(folder: Path, text: Manuscript) -> dict[str, float]:
    """Seconds of a processor for each stage of a build of both formats, and of the floor."""
    watched = Stages()
    source = Folder(edition(folder, text))
    with parts_watched(watched):
        pipeline.build(BuildRequest(folder=source, formats=(Format.PDF, Format.EPUB), progress=watched))
    begun = time.process_time()
    lines(text)
    return {**watched.seconds, FLOOR: time.process_time() - begun}


def lines(text: Manuscript) -> int:
    """How many lines Pango makes of all paragraphs and notes."""
    fonts = pangoft2.pango_ft2_font_map_new()
    context = pango.pango_font_map_create_context(fonts)
    count = 0
    for paragraph in text.paragraphs():
        count += _broken(context, paragraph.text, _TEXT) + sum(
            _broken(context, note, _NOTE) for note in paragraph.notes if note
        )
    gobject.g_object_unref(context)
    gobject.g_object_unref(fonts)
    return count


def _broken(context: object, text: str, size: float) -> int:
    """How many lines a paragraph has."""
    layout, font = pango.pango_layout_new(context), pango.pango_font_description_new()
    pango.pango_font_description_set_family(font, b"Source Serif Pro, serif")
    pango.pango_font_description_set_absolute_size(font, size * _SCALE)
    pango.pango_layout_set_font_description(layout, font)
    pango.pango_layout_set_width(layout, int(_MEASURE * _SCALE))
    said = text.encode()
    pango.pango_layout_set_text(layout, said, len(said))
    line, count = pango.pango_layout_get_line_readonly(layout, 0), 0
    while line != ffi.NULL:
        count += 1
        line = pango.pango_layout_get_line_readonly(layout, count)
    pango.pango_font_description_free(font)
    gobject.g_object_unref(layout)
    return count
