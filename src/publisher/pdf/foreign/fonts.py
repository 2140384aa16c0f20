"""Fonts of pages (ISO 32000-1, 9.5 to 9.10): what shows glyphs and what says which characters they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from publisher.pdf.foreign.builder import Builder, Made, items
from publisher.pdf.foreign.limits import Cost, malformed_error
from publisher.pdf.foreign.values import (
    Taken,
    array,
    dictionary,
    display,
    entry,
    integer,
    name,
    number,
    numbers,
    one_of,
    stream,
    text,
    whole_number,
)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The glyph descriptions of a Type 3 font in the new file."""

    streams: dict[str, Any]
    resources: Dictionary
    cost: Cost
    """What the most expensive one costs."""


Draw = Callable[[Mapping[str, Any], Any, str], Glyphs]
"""Glyph descriptions by their names, and the resources of their font, to those of the new file."""
_CODES = 256
_WIDTHS = 200_000
_FILE = 32 << 20
_MAP = 8 << 20


def _name_or_text(value: Any, where: str) -> Any:
    """A name; the names of fonts are strings in some files."""
    return name(Name("/" + bytes(value).decode("latin-1")), where) if isinstance(value, String) else name(value, where)


_SIMPLE: dict[str, Taken] = {
    "/BaseFont": _name_or_text,
    "/FirstChar": whole_number(0, 255),
    "/LastChar": whole_number(0, 255),
    "/Widths": numbers(0, _CODES),
}
_DESCRIPTOR: dict[str, Taken] = {
    "/FontName": _name_or_text,
    "/FontFamily": text,
    "/FontStretch": name,
    "/FontWeight": number,
    "/Flags": integer,
    "/FontBBox": numbers(4),
    "/ItalicAngle": number,
    "/Ascent": number,
    "/Descent": number,
    "/Leading": number,
    "/CapHeight": number,
    "/XHeight": number,
    "/StemV": number,
    "/StemH": number,
    "/AvgWidth": number,
    "/MaxWidth": number,
    "/MissingWidth": number,
}
_SYSTEM: dict[str, Taken] = {"/Registry": text, "/Ordering": text, "/Supplement": integer}
_LENGTHS: dict[str, Taken] = {"/Length1": integer, "/Length2": integer, "/Length3": integer}


def font(builder: Builder, value: Any, where: str, *, glyphs: Draw) -> Made:
    """A font of the new file, and what its most expensive glyph costs; raises `Unusable`."""
    holder = dictionary(value, where)
    return builder.once("font", holder, where, lambda: _font(builder, holder, where, glyphs))


def _font(builder: Builder, value: Any, where: str, glyphs: Draw) -> Made:
    kinds = ("/Type1", "/MMType1", "/TrueType", "/Type0", "/Type3")
    kind = one_of(*kinds)(entry(value, "/Subtype"), display(where, "/Subtype"))
    match str(kind):
        case "/Type0":
            found, cost = _composite(builder, value, where), Cost()
        case "/Type3":
            found, cost = _type_3(builder, value, where, glyphs)
        case _:
            found, cost = builder.keys(value, where, _SIMPLE), Cost()
            _describe(builder, value, found, where)
    if str(kind) != "/Type0" and (encoding := entry(value, "/Encoding")) is not None:
        found["/Encoding"] = _encoding(builder, encoding, display(where, "/Encoding"))
    to_unicode = entry(value, "/ToUnicode")
    if to_unicode is not None:
        found["/ToUnicode"] = _map(builder, to_unicode, display(where, "/ToUnicode"))
    found["/Type"], found["/Subtype"] = Name.Font, kind
    return Made(builder.out.make_indirect(found), cost)


def _describe(builder: Builder, value: Any, found: Dictionary, where: str) -> None:
    """Take the descriptor with its font file over (9.8)."""
    given = entry(value, "/FontDescriptor")
    if given is None:
        return
    place = display(where, "/FontDescriptor")
    found["/FontDescriptor"] = builder.once(
        "descriptor", dictionary(given, place), place, lambda: Made(_descriptor(builder, given, place))
    ).value


def _descriptor(builder: Builder, value: Any, where: str) -> Any:
    found = builder.keys(value, where, _DESCRIPTOR)
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        given = entry(value, key)
        if given is None:
            continue
        place = display(where, key)
        if not builder.is_elsewhere(stream(given, place), "a font file"):
            found[key] = builder.once("file", given, place, lambda: Made(_file(builder, given, place, key))).value  # noqa: B023
    found["/Type"] = Name.FontDescriptor
    return builder.out.make_indirect(found)


def _file(builder: Builder, value: Any, where: str, key: str) -> Any:
    content = builder.decoded(value, where, most=_FILE)
    entries = builder.keys(value, where, _LENGTHS)
    if key == "/FontFile3":
        kinds = one_of("/Type1C", "/CIDFontType0C", "/OpenType")
        entries["/Subtype"] = kinds(entry(value, "/Subtype"), display(where, "/Subtype"))
    return builder.stream(content, entries)


def _encoding(builder: Builder, value: Any, where: str) -> Any:
    if isinstance(value, Name):
        return Name(str(value))
    found = builder.keys(dictionary(value, where), where, {"/BaseEncoding": name})
    given = entry(value, "/Differences")
    if given is not None:
        place = display(where, "/Differences")
        parts = items(given, place, most=2 * _CODES + 2)
        found["/Differences"] = Array([part if isinstance(part, int) else name(part, place) for part in parts])
    found["/Type"] = Name.Encoding
    return found


def _map(builder: Builder, value: Any, where: str, *, depth: int = 0) -> Any:
    """A CMap: its name if it is a predefined one, else its stream (9.7.5)."""
    if isinstance(value, Name):
        return Name(str(value))
    given = stream(value, where)
    if builder.is_elsewhere(given, "a CMap") or depth > 4:
        return Name("/Identity-H")

    def made() -> Made:
        entries = builder.keys(given, where, {"/CMapName": name, "/WMode": whole_number(0, 1)})
        system, base = entry(given, "/CIDSystemInfo"), entry(given, "/UseCMap")
        if system is not None:
            place = display(where, "/CIDSystemInfo")
            entries["/CIDSystemInfo"] = builder.keys(dictionary(system, place), place, _SYSTEM)
        if base is not None:
            entries["/UseCMap"] = _map(builder, base, display(where, "/UseCMap"), depth=depth + 1)
        entries["/Type"] = Name.CMap
        return Made(builder.stream(builder.decoded(given, where, most=_MAP), entries))

    return builder.once("map", given, where, made).value


def _composite(builder: Builder, value: Any, where: str) -> Dictionary:
    found = builder.keys(value, where, {"/BaseFont": _name_or_text})
    encoding, below = entry(value, "/Encoding"), display(where, "/DescendantFonts")
    if encoding is None:
        raise malformed_error(display(where, "/Encoding"), "there")
    found["/Encoding"] = _map(builder, encoding, display(where, "/Encoding"))
    descendants = items(entry(value, "/DescendantFonts"), below, most=1)
    if not descendants:
        raise malformed_error(below, "an array with a font")
    given = dictionary(descendants[0], below)
    made = builder.once("descendant", given, below, lambda: Made(_descendant(builder, given, below)))
    found["/DescendantFonts"] = Array([made.value])
    return found


def _descendant(builder: Builder, value: Any, where: str) -> Any:
    kind = one_of("/CIDFontType0", "/CIDFontType2")(entry(value, "/Subtype"), display(where, "/Subtype"))
    table: dict[str, Taken] = {"/BaseFont": _name_or_text, "/DW": number, "/DW2": numbers(2)}
    found = builder.keys(value, where, {**table, "/W": _widths, "/W2": _widths})
    system = entry(value, "/CIDSystemInfo")
    if system is not None:
        place = display(where, "/CIDSystemInfo")
        found["/CIDSystemInfo"] = builder.keys(dictionary(system, place), place, _SYSTEM)
    glyphs = entry(value, "/CIDToGIDMap")
    if isinstance(glyphs, Stream):
        place = display(where, "/CIDToGIDMap")
        found["/CIDToGIDMap"] = builder.once(
            "glyphs", glyphs, place, lambda: Made(builder.stream(builder.decoded(glyphs, place), Dictionary()))
        ).value
    elif glyphs is not None:
        found["/CIDToGIDMap"] = name(glyphs, display(where, "/CIDToGIDMap"))
    _describe(builder, value, found, where)
    found["/Type"], found["/Subtype"] = Name.Font, kind
    return builder.out.make_indirect(found)


def _widths(value: Any, where: str) -> Array:
    """Widths of a CID font: numbers, and arrays of numbers (9.7.4.3)."""
    found = items(value, where, most=_WIDTHS)
    return Array(
        [
            Array([number(width, where) for width in items(item, where, most=_WIDTHS)])
            if isinstance(item, Array)
            else number(item, where)
            for item in found
        ]
    )


def _type_3(builder: Builder, value: Any, where: str, glyphs: Draw) -> tuple[Dictionary, Cost]:
    """A Type 3 font, whose glyphs are content streams (9.6.5)."""
    table: dict[str, Taken] = {**_SIMPLE, "/FontBBox": numbers(4), "/FontMatrix": numbers(6)}
    found = builder.keys(value, where, table, needed=("/FontMatrix", "/FirstChar", "/LastChar", "/Widths"))
    place = display(where, "/CharProcs")
    given = dictionary(entry(value, "/CharProcs"), place)
    wanted = _named_glyphs(value)
    used = {
        key: item
        for key, item in sorted(given.items())
        if isinstance(item, Stream) and (wanted is None or key in wanted)
    }
    made = glyphs(used, entry(value, "/Resources"), place)
    found["/CharProcs"], found["/Resources"] = Dictionary(made.streams), made.resources
    if "/FontBBox" not in found:
        found["/FontBBox"] = Array([0, 0, 0, 0])
    return found, made.cost


def _named_glyphs(value: Any) -> frozenset[str] | None:
    """The glyphs that the encoding of a Type 3 font names; None if that cannot be seen."""
    encoding = entry(value, "/Encoding")
    differences = entry(encoding, "/Differences") if isinstance(encoding, Dictionary) else None
    if differences is None:
        return None
    return frozenset(str(item) for item in array(differences, "/Differences") if isinstance(item, Name))
