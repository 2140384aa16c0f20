"""A file for the printer in PDF 1.3 or 1.4, of which PDF/X-1a and PDF/X-3 are made (ISO 15930-1 and 15930-3).

Object streams, cross-reference streams and programs of OpenType fonts are newer. Structure and metadata stay: older
readers pass over what they do not know, and nothing of it is painted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.fonts.cid_keyed import cff_program, cid_keyed_program, has_outlines_of_cff
from publisher.model.pdf_standard import PrintStandard
from publisher.model.rendition import PrintCondition


def object_streams(standard: PrintStandard | None) -> pikepdf.ObjectStreamMode:
    """Return whether a file has object streams: not before PDF 1.5 (ISO 32000-1, 7.5.7)."""
    older = standard is not None and standard.demands.older
    mode = pikepdf.ObjectStreamMode
    chosen: pikepdf.ObjectStreamMode = mode.disable if older else mode.generate
    return chosen


def demand_known_profile(press: PrintCondition) -> None:
    """Raise `PublisherError` (E-014) if the ICC profile is newer than the standard."""
    demands, version = press.standard.demands, press.colours.content[8]
    if demands.older and version > demands.profiles:
        raise PublisherError(
            Diagnostic(
                code="E-014",
                message=f"“{press.colours.shown}” is an ICC profile of version {version}, and {demands.title} "
                f"takes profiles of version {demands.profiles} only",
                span=press.colours.span,
                hint=f"ask the printer for a profile of version {demands.profiles}, or for standard: x-4",
            )
        )


def replace_font_programs(pdf: pikepdf.Pdf) -> None:
    """Write programs of OpenType fonts as CFF or TrueType (ISO 32000-1, table 126)."""
    made: dict[tuple[tuple[int, int], bool], tuple[str, Any]] = {}
    for font in _fonts(pdf):
        descriptor = font.FontDescriptor
        program = descriptor.get("/FontFile3")
        if not isinstance(program, Stream) or program.get("/Subtype") != Name.OpenType:
            continue
        numbered = font.get("/Subtype") == Name.CIDFontType0
        known = (program.objgen, numbered)
        if known not in made:
            made[known] = _older_program(pdf, program.read_bytes(), numbered=numbered)
        key, stream = made[known]
        del descriptor["/FontFile3"]
        descriptor[key] = stream


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield each font of the pages that has a descriptor; objects to which nothing leads are left out of the file."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [page.obj for page in pdf.pages]
    while waiting:
        resources = waiting.pop().get("/Resources", Dictionary())
        for kind in ("/XObject", "/Pattern", "/Font"):
            for thing in resources.get(kind, Dictionary()).values():
                if thing.objgen not in seen or thing.objgen == (0, 0):
                    seen.add(thing.objgen)
                    waiting.append(thing)
                    yield from (
                        with_descendant
                        for with_descendant in _with_descendants(thing)
                        if "/FontDescriptor" in with_descendant
                    )


def _with_descendants(thing: Any) -> Iterator[Any]:
    yield thing
    yield from thing.get("/DescendantFonts", ())


def _older_program(pdf: pikepdf.Pdf, content: bytes, *, numbered: bool) -> tuple[str, Any]:
    """Return the key of a program in its descriptor, and its stream."""
    if not has_outlines_of_cff(content):
        stream = pdf.make_stream(content)
        stream.Length1 = len(content)
        return "/FontFile2", stream
    stream = pdf.make_stream(cid_keyed_program(content) if numbered else cff_program(content))
    stream.Subtype = Name.CIDFontType0C if numbered else Name.Type1C
    return "/FontFile3", stream
