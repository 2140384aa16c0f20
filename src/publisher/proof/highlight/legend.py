"""The legend of a highlighted copy: each finding with its number, its place in the sources and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from publisher.diagnostics import Diagnostic
from publisher.diagnostics.names import label
from publisher.proof.highlight.frames import INKS, SIZE
from publisher.proof.highlight.typeface import Typeface
from publisher.proof.reading.geometry import Box

MARGIN = 40.0
TITLE, TEXT, SMALL = 15.0, 9.0, 8.0
LEADING = 1.32
INDENT = 22.0
GREY = b"0.35 0.35 0.35"
BLACK = b"0 0 0"


@dataclass(slots=True)
class Leaf:
    """One page of the legend, as it grows."""

    parts: list[bytes] = field(default_factory=list)
    """Instructions; they need the resource `ProofFont`."""
    entries: list[tuple[int, Box]] = field(default_factory=list)
    """The page that each entry is about, by index, and where the entry is."""


def legend(told: Iterable[tuple[Diagnostic, int]], page: Box, typeface: Typeface, *, name: str) -> tuple[Leaf, ...]:
    """The pages of the legend; `told` has each diagnostic with the index of its page."""
    told = tuple(told)
    leaf, y = Leaf(), page.top - MARGIN - TITLE
    leaf.parts.append(_display(name, typeface, x=page.left + MARGIN, y=y, size=TITLE, ink=BLACK))
    leaves, y = [leaf], y - TITLE
    for number, (diagnostic, at) in enumerate(told, 1):
        rows = tuple(_rows(diagnostic, typeface, width=page.width - 2 * MARGIN - INDENT))
        height = sum(size * LEADING for _, size, _ in rows)
        if y - height < page.bottom + MARGIN and leaf.entries:
            leaf, y = Leaf(), page.top - MARGIN
            leaves.append(leaf)
        box = Box(left=page.left + MARGIN, right=page.right - MARGIN, bottom=y - height - 2, top=y)
        leaf.entries.append((at, box))
        leaf.parts.append(_badge(number, diagnostic, box, typeface))
        for words, size, ink in rows:
            y -= size * LEADING
            leaf.parts.append(_display(words, typeface, x=box.left + INDENT, y=y, size=size, ink=ink))
        y -= TEXT
    return tuple(leaves)


def _rows(diagnostic: Diagnostic, typeface: Typeface, *, width: float) -> Iterator[tuple[str, float, bytes]]:
    """The lines of an entry with their sizes and colours."""
    place = f"{diagnostic.span} · " if diagnostic.span else ""
    for line in typeface.lines(f"{label(diagnostic.code)} · {diagnostic.message}", size=TEXT, width=width):
        yield line, TEXT, BLACK
    for line in typeface.lines(f"{place}{diagnostic.hint or ''}", size=SMALL, width=width):
        yield line, SMALL, GREY


def _badge(number: int, diagnostic: Diagnostic, entry: Box, typeface: Typeface) -> bytes:
    """The number in the colour of its severity."""
    width = max(typeface.width(str(number), SIZE) + 5, 13)
    bottom = entry.top - TEXT * LEADING - 1.5
    box = b"%.2f %.2f %.2f %.2f re f" % (entry.left, bottom, width, SIZE + 3.5)
    x = entry.left + (width - typeface.width(str(number), SIZE)) / 2
    words = _display(str(number), typeface, x=x, y=bottom + 2.5, size=SIZE, ink=b"1 1 1")
    return INKS[diagnostic.severity] + b" rg " + box + b"\n" + words


def _display(text: str, typeface: Typeface, *, x: float, y: float, size: float, ink: bytes) -> bytes:
    return ink + b" rg BT /ProofFont %.1f Tf %.2f %.2f Td %s Tj ET" % (size, x, y, typeface.spelt(text))
