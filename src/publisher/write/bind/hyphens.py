"""Line-end hyphens of the layout as soft hyphens, so that words are read whole (ISO 32000-1, 14.8.2.2.3 and 14.9.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from publisher.write.bind.content import PageContent, Sequence, instruction
from publisher.write.bind.structure import Mark

SOFT_HYPHEN = "\u00ad"


def soften(contents: tuple[PageContent, ...], hyphens: Iterable[Mark]) -> None:
    """Gives the hyphen at the end of each of these sequences the ActualText U+00AD.

    PDFium joins the word over it; where the text left the hyphen out, it made two words. Instructions behind a hyphen
    move, so pages are gone through from their ends.
    """
    for mark in sorted(hyphens, key=lambda mark: (mark.page, -contents[mark.page].sequences[mark.mcid].begin)):
        content = contents[mark.page]
        _soften(content, content.sequences[mark.mcid])


def _soften(content: PageContent, sequence: Sequence) -> None:
    """Splits the last shown string before its last glyph."""
    at, font, glyphs = sequence.shown[-1]
    operand = content.instructions[at].operands[0]
    parts = list(operand) if isinstance(operand, Array) else [operand]
    before, after = _split(parts, (len(glyphs) - 1) * font.width)
    content.instructions[at : at + 1] = [
        *([instruction("TJ", Array(before))] if before else []),
        instruction("BDC", Name.Span, Dictionary(ActualText=String(SOFT_HYPHEN))),
        instruction("TJ", Array(after)),
        instruction("EMC"),
    ]


def _split(parts: list[Any], length: int) -> tuple[list[Any], list[Any]]:
    """The operand of `TJ` in two: strings of so many bytes with the adjustments after them, and the rest."""
    before: list[Any] = []
    after: list[Any] = []
    for part in parts:
        if not isinstance(part, String):
            (after or before).append(part)
            continue
        shown = bytes(part)
        if shown[:length]:
            before.append(String(shown[:length]))
        if shown[length:]:
            after.append(String(shown[length:]))
        length = max(0, length - len(shown))
    return before, after
