"""The typefaces of a volume: one subset of each for all its sections (ISO 32000-1, 9.6 to 9.10).

HarfBuzz makes the subsets; glyphs keep their numbers, so that what the sections show stays as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import pikepdf
import uharfbuzz
from pikepdf import Array, Name

from publisher.fonts.cid_keyed import with_cids_of_indexes
from publisher.fonts.nominal import agree
from publisher.model.rendition import Asset
from publisher.pdf.assemble.section_pdf import SectionPdf

_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""Tables that viewers of a PDF have no use for."""
_FLAGS = uharfbuzz.SubsetFlags
_PER_BLOCK = 100
"""How many mappings a block of a CMap may hold (Adobe Technical Note 5014)."""


@dataclass(kw_only=True)
class _Use:
    """What all sections together use of one font."""

    face: str
    widths: dict[int, int] = field(default_factory=dict)
    characters: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def fill_typefaces(
    pdf: pikepdf.Pdf,
    fonts: Iterable[tuple[str, pikepdf.Object]],
    sections: Iterable[SectionPdf],
    assets: Iterable[Asset],
) -> None:
    """Gives every font that the sections left out its typeface, widths and characters.

    `fonts` are the fonts of the pages in the file with the names of their resources.
    """
    uses = _uses(sections)
    files = {sha256(asset.content).hexdigest(): asset.content for asset in assets}
    programs = dict(_programs(pdf, uses, files))
    whole: dict[str, pikepdf.Object] = {}
    for name, font in fonts:
        if name not in uses:
            continue
        if name not in whole:
            _fill(pdf, font, uses[name], programs[uses[name].face])
            whole[name] = font
        font.DescendantFonts = whole[name].DescendantFonts
        font.ToUnicode = whole[name].ToUnicode


def _uses(sections: Iterable[SectionPdf]) -> dict[str, _Use]:
    """What is used of every font, by the name of its resource."""
    uses: dict[str, _Use] = {}
    for section in sections:
        for font in section.fonts:
            use = uses.setdefault(font.name, _Use(face=font.face))
            use.widths.update(font.widths)
            for glyph, text in font.characters:
                use.characters[glyph][text] += 1
    return uses


def _programs(
    pdf: pikepdf.Pdf, uses: Mapping[str, _Use], files: Mapping[str, bytes]
) -> Iterator[tuple[str, pikepdf.Object]]:
    """Each typeface's subset as a stream, by the digest of its file."""
    glyphs: defaultdict[str, set[int]] = defaultdict(set)
    for use in uses.values():
        glyphs[use.face].update(use.widths)
    for face in sorted(glyphs):
        subset = _subset(files[face], glyphs[face])
        stream = pdf.make_stream(subset)
        if subset[:4] == b"OTTO":
            stream.Subtype = Name.OpenType
        else:
            stream.Length1 = len(subset)
        yield face, stream


def _subset(content: bytes, glyphs: Iterable[int]) -> bytes:
    """The typeface with these glyphs alone, under their own numbers, which are their CIDs too."""
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(sorted(glyphs))
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _DROPPED)
    wanted.flags = _FLAGS.RETAIN_GIDS | _FLAGS.PASSTHROUGH_UNRECOGNIZED | _FLAGS.DESUBROUTINIZE | _FLAGS.NO_HINTING
    face = uharfbuzz.Face(content)
    return with_cids_of_indexes(bytes(uharfbuzz.subset(face, wanted).blob.data))


def _fill(pdf: pikepdf.Pdf, font: pikepdf.Object, use: _Use, program: pikepdf.Object) -> None:
    descendant = font.DescendantFonts[0]
    descriptor = descendant.FontDescriptor
    descriptor["/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"] = program
    box = [float(edge) for edge in descriptor.FontBBox]
    descriptor.FontBBox = Array([box[0], box[1], max(use.widths.values(), default=0), box[3]])
    descendant.W = Array(list(_runs(use.widths)))
    font.ToUnicode = pdf.make_stream(_mapping(use))


def _runs(widths: Mapping[int, int]) -> Iterator[int | Array]:
    """The widths as runs: the first glyph of each and the widths from there on."""
    run: list[int] = []
    begin = -1
    for glyph in sorted(widths):
        if run and glyph != begin + len(run):
            yield from (begin, Array(run))
            run = []
        begin = begin if run else glyph
        run.append(widths[glyph])
    if run:
        yield from (begin, Array(run))


def _mapping(use: _Use) -> bytes:
    """The ToUnicode CMap; sections may disagree, as on hyphens that share a glyph."""
    texts = {glyph: agree(texts) for glyph, texts in use.characters.items()}
    glyphs = sorted(texts)
    lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", "/CIDSystemInfo"]
    lines += ["<< /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def", "/CMapName /Adobe-Identity-UCS def"]
    lines += ["/CMapType 2 def", "1 begincodespacerange", "<0000> <ffff>", "endcodespacerange"]
    for at in range(0, len(glyphs), _PER_BLOCK):
        block = glyphs[at : at + _PER_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{glyph:04x}> <{texts[glyph].encode('utf-16-be').hex()}>" for glyph in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()
