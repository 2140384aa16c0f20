"""The drawings of covers: a field of arcs and discs that differs from book to book, and a large asterisk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from publisher.model.cover import MOTIF_COLUMNS, Palette


def motif(seed: str, palette: Palette, *, width: float, height: float, columns: int = MOTIF_COLUMNS) -> bytes:
    """A field of tiles that fills width and height (any one unit); the same seed gives the same field."""
    side = width / columns
    rows = int(height / side) + 1
    choices = _choices(seed)
    places = (
        f'<g transform="translate({column * side:.3f} {height - (row + 1) * side:.3f}) scale({side / 4:.5f})">'
        for row in range(rows)
        for column in range(columns)
    )
    tiles = [(place, *_tile(next(choices), palette)) for place in places]
    # all grounds first: they overlap a little, so that nothing shows through between two, and must not cover a shape
    drawn = "".join(f"{place}{part[layer]}</g>" for layer in (0, 1) for place, *part in tiles)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.3f}mm" height="{height:.3f}mm"'
        f' viewBox="0 0 {width:.3f} {height:.3f}">{drawn}</svg>'
    ).encode()


def asterisk(palette: Palette) -> bytes:
    """One asterisk, the oldest mark of a note, drawn large: six petals around a centre, in a square."""
    petal = "M50 46 C44 32 41 18 44 8 C46 2 54 2 56 8 C59 18 56 32 50 46 Z"
    petals = "".join(f'<path d="{petal}" transform="rotate({60 * turn} 50 50)"/>' for turn in range(6))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="100mm" viewBox="0 0 100 100">'
        f'<g fill="{palette.accent}">{petals}</g></svg>'
    ).encode()


def mix(text: str, other: str, share: float) -> str:
    """The colour between two, `#rrggbb`, with that share of the second."""
    parts = ((int(text[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _choices(seed: str) -> Iterator[int]:
    """Numbers without end, always the same for a seed."""
    block = 0
    while True:
        yield from hashlib.sha256(f"{seed}\n{block}".encode()).digest()
        block += 1


def _tile(choice: int, palette: Palette) -> tuple[str, str]:
    """One tile of 4 by 4: its ground, and the shape on it, turned."""
    inks = (palette.accent, palette.ink, mix(palette.ground, palette.accent, 0.55), palette.accent)
    tints = (palette.ground, mix(palette.ground, palette.ink, 0.08), mix(palette.ground, palette.ink, 0.16))
    shape, ink, tint, turn = SHAPES[choice % len(SHAPES)], inks[choice // 4 % 4], tints[choice // 16 % 3], choice // 64
    ground = f'<rect x="-.02" y="-.02" width="4.04" height="4.04" fill="{tint}"/>'
    return ground, f'<g transform="rotate({90 * turn} 2 2)" fill="{ink}">{shape}</g>'


_RINGS = "".join(
    f'<path d="M0 {outer} A{outer} {outer} 0 0 0 {outer} 0 L{inner} 0 A{inner} {inner} 0 0 1 0 {inner} Z"/>'
    for outer, inner in ((4, 3.2), (2.4, 1.6))
)
SHAPES = (
    '<path d="M0 0 H4 A4 4 0 0 1 0 4 Z"/>',
    '<path d="M0 0 A4 4 0 0 1 4 4 A4 4 0 0 1 0 0 Z"/>',
    '<path d="M0 4 A2 2 0 0 1 4 4 Z"/><path d="M0 2 A2 2 0 0 1 4 2 Z"/>',
    f'{_RINGS}<path d="M0 .8 A.8 .8 0 0 0 .8 0 L0 0 Z"/>',
    '<circle cx="2" cy="2" r="1.3"/>',
    '<path d="M0 0 H4 A4 4 0 0 1 0 4 Z"/>',
    '<path d="M0 0 A4 4 0 0 0 4 4 L0 4 Z"/>',
)
"""What a tile can show: quarters, leaves, half discs, rings, discs."""
