"""Line-end hyphens of the layout, so that words are read whole (ISO 32000-1, 14.9.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from publisher.write.bind.content import PageContent, Sequence, instruction
from publisher.write.bind.structure import Mark

SOFT_HYPHEN = "\u00ad"


def unhyphenate(contents: tuple[PageContent, ...], hyphens: Iterable[Mark]) -> None:
    """Lets the last glyph before each hyphen stand for both: `n‐` reads as `n`. Indices of later sequences move."""
    for mark in sorted(hyphens, key=lambda mark: (mark.page, -contents[mark.page].sequences[mark.mcid].begin)):
        content = contents[mark.page]
        _replace(content, content.sequences[mark.mcid])


def _replace(content: PageContent, sequence: Sequence) -> None:
    """Splits the last shown string before the glyph that precedes the hyphen."""
    at, font, glyphs = sequence.shown[-1]
    operand = content.instructions[at].operands[0]
    parts = list(operand) if isinstance(operand, Array) else [operand]
    tail = 2 if len(glyphs) > 1 and glyphs[-2].text.strip() else 1
    before, after = _split(parts, (len(glyphs) - tail) * font.width)
    spoken = glyphs[-2].text if tail == 2 else SOFT_HYPHEN
    properties = Dictionary(ActualText=String(spoken))
    content.instructions[at : at + 1] = [
        *([instruction("TJ", Array(before))] if before else []),
        instruction("BDC", Name.Span, properties),
        instruction("TJ", Array(after)),
        instruction("EMC"),
    ]


def _split(parts: list[Any], length: int) -> tuple[list[Any], list[Any]]:
    """The operand of `TJ` in two: strings of so many bytes with the adjustments after them, and the rest."""
    before: list[Any] = []
    after: list[Any] = []
    for part in parts:
        if isinstance(part, String) or not isinstance(part, (int, float)) and hasattr(part, "__bytes__"):
            shown = bytes(part)
            if shown[:length]:
                before.append(String(shown[:length]))
            if shown[length:]:
                after.append(String(shown[length:]))
            length = max(0, length - len(shown))
        else:
            (after if after else before).append(part)
    return before, after
