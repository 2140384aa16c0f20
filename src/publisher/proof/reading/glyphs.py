"""Which codes of a font show `.notdef` (ISO 32000-1, 9.6 and 9.7)."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.pdf.read.file import Dictionary, Objects, Stream


def missing_codes(objects: Objects, resource: Dictionary) -> frozenset[int]:
    """The codes of a font that show `.notdef`."""
    if resource.get("Subtype") == "Type0":
        below = objects.array(resource.get("DescendantFonts"))
        return frozenset(_of_cids(objects, objects.dictionary(below[0]) if below else {}))
    return frozenset(_of_differences(objects, objects.dictionary(resource.get("Encoding"))))


def _of_differences(objects: Objects, encoding: Dictionary) -> Iterator[int]:
    at = 0
    for entry in objects.array(encoding.get("Differences")):
        value = objects.resolve(entry)
        if isinstance(value, int):
            at = value
            continue
        if value == ".notdef" and 0 <= at < 256:
            yield at
        at += 1


def _of_cids(objects: Objects, bearer: Dictionary) -> Iterator[int]:
    """The codes that lead to glyph 0: code 0, and those that a map sends there."""
    yield 0
    map_ = objects.resolve(bearer.get("CIDToGIDMap"))
    if isinstance(map_, Stream):
        glyphs = objects.stream(map_)
        yield from (at // 2 for at in range(0, len(glyphs) - 1, 2) if glyphs[at : at + 2] == b"\0\0")
