"""Subsets of fonts for the EPUB: the characters that a publication has, with everything that shapes them.

HarfBuzz makes them (https://harfbuzz.github.io/harfbuzz-hb-subset.html). Layout features, kerning, hints, metrics and
the names of a font (its licence is one of these) are retained; glyphs that no character leads to are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

import uharfbuzz

NO_SUBSETTING = 0x0100
"""The bit of `OS/2.fsType` of a font that may be embedded only whole (OpenType 1.9.1, `OS/2`)."""
_ALWAYS = frozenset(
    (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2028), 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC)
)
"""What reading systems add by themselves, such as hyphens, numbers and the words of a style sheet."""
_FS_TYPE = 8
"""Where `fsType` is in the table `OS/2`."""


def needed_characters(texts: Iterable[str]) -> frozenset[int]:
    """The code points that a font has to have for some texts: in both cases, composed and decomposed."""
    letters = frozenset().union(*map(frozenset, texts))
    forms = {form for letter in letters for form in (letter, letter.upper(), letter.lower(), letter.title())}
    forms |= {normalize(kind, form) for form in forms for kind in ("NFC", "NFD")}
    return _ALWAYS.union(*(map(ord, form) for form in forms))


@lru_cache(maxsize=64)
def subset_font(content: bytes, characters: frozenset[int]) -> bytes:
    """The font with these characters alone; the font itself where its licence bits or HarfBuzz allow no subset."""
    face = uharfbuzz.Face(content)
    if _fs_type(face) & NO_SUBSETTING:
        return content
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(sorted(characters))
    for kept in (wanted.layout_feature_tag_set, wanted.name_id_set):
        kept.clear()
        kept.invert()
    wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    try:
        subset = bytes(uharfbuzz.subset(face, wanted).blob.data)
    except (RuntimeError, MemoryError):
        return content
    return subset if 0 < len(subset) < len(content) else content


def _fs_type(face: uharfbuzz.Face) -> int:
    table = bytes(face.reference_table("OS/2").data)
    return int.from_bytes(table[_FS_TYPE : _FS_TYPE + 2])
