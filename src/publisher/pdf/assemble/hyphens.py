"""Line-end hyphens of the layout as soft hyphens, so that words are read whole (ISO 32000-1, 14.8.2.2.3 and 14.9.4)."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.pdf.assemble.content import PageContent, Sequence
from publisher.pdf.assemble.instructions import Instruction
from publisher.pdf.assemble.structure import Mark
from publisher.pdf.read.line_text import line_text_property

_SOFT = "\ufeff\u00ad".encode("utf-16-be").hex().encode()
"""The soft hyphen as a text string (ISO 32000-1, 7.9.2.2)."""


def soften(contents: tuple[PageContent, ...], hyphens: Iterable[Mark]) -> None:
    """Gives the hyphen at the end of each of these sequences the ActualText U+00AD.

    PDFium joins the word over it; where the text left the hyphen out, it made two words. Instructions behind a hyphen
    move, so pages are gone through from their ends.
    """
    for mark in sorted(hyphens, key=lambda mark: (mark.page, -contents[mark.page].sequences[mark.mcid].begin)):
        content = contents[mark.page]
        _soften(content, content.sequences[mark.mcid])


def _soften(content: PageContent, sequence: Sequence) -> None:
    """Split the last shown string before its last glyph; what is read in its place already gets the soft hyphen."""
    at, font, glyphs = sequence.shown[-1]
    if (told := sequence.told_at.get(at)) is not None:
        text = line_text_property(f"{sequence.told[told][:-1]}\u00ad").removesuffix(b" BDC")
        content.instructions[told] = Instruction("BDC", text)
    before, after = content.instructions[at].split((len(glyphs) - 1) * font.width)
    content.instructions[at : at + 1] = [
        *([Instruction("TJ", b"[%b]" % before)] if before else []),
        Instruction("BDC", b"/Span <</ActualText <%b>>>" % _SOFT),
        Instruction("TJ", b"[%b]" % after),
        Instruction("EMC"),
    ]
