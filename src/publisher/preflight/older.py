"""What PDF/X-1a and PDF/X-3 do not allow because it is newer than PDF 1.3 or 1.4, or takes the press out of control.

ISO 15930-1 and ISO 15930-3, clauses on file structure, compression, transfer functions, halftones, PostScript
XObjects, alternate images, OPI, actions; ISO 15930-4 and ISO 15930-6 the same for PDF 1.4. X-017 to X-019.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Stream

from publisher.preflight.document import Fault, Printed

_START = re.compile(rb"startxref\s+(\d+)")
_TABLE = re.compile(rb"\s*xref\b")
_FILTERS = frozenset({"/JBIG2Decode", "/JPXDecode", "/Crypt"})
"""Filters that came after PDF 1.3; ISO 15930-4 and -6 do not allow JBIG2 in PDF 1.4 either."""
_DEEPEST = 64
"""How many direct objects may be inside one another; ISO 32000 needs fewer than ten."""
_EYES_ONLY = frozenset({"/URI", "/GoTo"})
"""Actions that lead a reader to a place; they do nothing by themselves."""


def cross_references(printed: Printed) -> Iterator[Fault]:
    """X-017: objects or cross references are in streams, which PDF 1.5 brought (ISO 32000-1, 7.5.7 and 7.5.8)."""
    if not printed.demands.older:
        return
    starts = [int(found[1]) for found in _START.finditer(printed.content)]
    if any(not _TABLE.match(printed.content, at) for at in starts if at) or b"/XRefStm" in printed.content:
        yield printed.fault("X-017", f"it has a cross-reference stream, which {printed.version} does not know")


def features(printed: Printed) -> Iterator[Fault]:
    """X-018: something that is newer than the version of PDF, and painted differently by those that do not know it."""
    if not printed.demands.older:
        return
    for what in sorted({what for thing in _every(printed) for what in _newer(thing)}):
        yield printed.fault("X-018", f"{what}, which {printed.version} does not know")
    if "/OCProperties" in printed.pdf.Root:
        yield printed.fault("X-018", f"it has layers, which {printed.version} does not know")


def _every(printed: Printed) -> Iterator[Any]:
    """Yield each object of a file, and those that are direct parts of others."""
    for thing in printed.pdf.objects:
        if isinstance(thing, Dictionary | Stream) and thing.get("/Type") == Name.StructElem:
            continue
        yield from _with_parts(thing, _DEEPEST)


def _with_parts(thing: Any, depth: int) -> Iterator[Any]:
    if not isinstance(thing, Dictionary | Stream | Array) or not depth:
        return
    yield thing
    for part in thing if isinstance(thing, Array) else (thing[key] for key in thing.keys()):  # noqa: SIM118
        if isinstance(part, Object) and not part.is_indirect:
            yield from _with_parts(part, depth - 1)


def _newer(thing: Any) -> Iterator[str]:
    if isinstance(thing, Stream):
        for name in _filters(thing):
            if name in _FILTERS:
                yield f"a stream is packed with {name[1:]}"
        if thing.get("/Subtype") == Name.Image and int(thing.get("/BitsPerComponent", 8)) > 8:
            yield "a picture has 16 bits for each colour"
    elif isinstance(thing, Dictionary):
        program = thing.get("/FontFile3")
        if isinstance(program, Stream) and program.get("/Subtype") == Name.OpenType:
            yield "the program of a typeface is an OpenType font"


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter", Array())
    return [str(found)] if isinstance(found, Name) else [str(item) for item in found]


def forbidden_features(printed: Printed) -> Iterator[Fault]:
    """X-019: scripts, actions, PostScript, substitute pictures, transfer functions, halftones that are named."""
    if not printed.demands.older:
        return
    root = printed.pdf.Root
    if "/JavaScript" in root.get("/Names", Dictionary()):
        yield printed.fault("X-019", "it has a script")
    for what in sorted({what for thing in _every(printed) for what in _forbidden_keys(thing)}):
        yield printed.fault("X-019", what)


def _forbidden_keys(thing: Any) -> Iterator[str]:
    if not isinstance(thing, Dictionary | Stream):
        return
    kind = thing.get("/Type")
    if "/AA" in thing or ("/OpenAction" in thing and isinstance(thing.OpenAction, Dictionary)):
        yield "it has an action that is done by itself"
    action = thing.get("/S")
    if isinstance(action, Name) and (kind == Name.Action or "/JS" in thing) and str(action) not in _EYES_ONLY:
        yield f"it has an action: {str(action)[1:]}"
    if isinstance(thing, Stream):
        yield from _forbidden_stream(thing)
    elif kind == Name.ExtGState or "/TR" in thing or "/TR2" in thing:
        yield from _forbidden_state(thing)


def _forbidden_stream(stream: Any) -> Iterator[str]:
    if stream.get("/Subtype") == Name.PS or stream.get("/Subtype2") == Name.PS:
        yield "it has PostScript"
    if "/Alternates" in stream:
        yield "a picture has substitutes (Alternates)"
    if "/OPI" in stream:
        yield "a picture is to be replaced by another file (OPI)"


def _forbidden_state(state: Any) -> Iterator[str]:
    if state.get("/TR", Name.Identity) != Name.Identity or state.get("/TR2", Name.Default) != Name.Default:
        yield "a graphics state has a transfer function"
    if "/HTP" in state:
        yield "a graphics state names the origin of halftones (HTP)"
    halftone = state.get("/HT")
    if isinstance(halftone, Dictionary | Stream):
        if int(halftone.get("/HalftoneType", 1)) not in (1, 5):
            yield "a halftone is of another type than 1 and 5"
        if "/HalftoneName" in halftone:
            yield "a halftone is named (HalftoneName)"
