"""The barcode of a book as a drawing: EAN-13 with its digits, and the price add-on EAN-5 next to it.

GS1 General Specifications, §5.2 (https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications):
nominal size, quiet zones of 11 and 7 modules, 5 behind an add-on. The modules come from python-barcode; it knows no
add-ons, whose parities are here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from barcode.charsets import ean
from barcode.ean import EAN13

MODULE = 0.33
"""Millimetres: the nominal width of the narrowest bar."""
BARS = 20.0
"""Height of the bars in millimetres; guard bars reach five modules further down."""
GUARD = 5 * MODULE
LEFT, RIGHT = 11, 7
"""Quiet zones in modules."""
GAP, RIGHT_OF_ADD_ON = 10, 5
FIGURE = 3.1
"""Size of the digits in millimetres."""
HEAD = 4.2
"""Height of the line above the bars, which names the ISBN."""
PARITIES = ("BBAAA", "BABAA", "BAABA", "BAAAB", "ABBAA", "AABBA", "AAABB", "ABABA", "ABAAB", "AABAB")
"""The codes of an add-on's five digits, by its check number."""
_GUARDS = frozenset((*range(3), *range(45, 50), *range(92, 95)))


def barcode(digits: str, *, isbn: str, add_on: str | None) -> bytes:
    """An SVG in millimetres: pure black on white, quiet zones included, the digits as text."""
    bars = EAN13(digits).build()[0]
    width = barcode_width(add_on)
    height = HEAD + BARS + GUARD + 2.2
    shapes = "".join((*_bars(bars), *_digits(digits), *(_add_on(add_on) if add_on else ())))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.3f}mm" height="{height:.3f}mm"'
        f' viewBox="0 0 {width:.3f} {height:.3f}"><rect width="{width:.3f}" height="{height:.3f}" fill="#fff"/>'
        f'<g fill="#000" font-family="Source Sans Pro" font-size="{FIGURE}">'
        f'<text x="{LEFT * MODULE:.3f}" y="{HEAD - 1.2:.3f}" font-size="3" letter-spacing="0.12">ISBN {isbn}</text>'
        f"{shapes}</g></svg>"
    ).encode()


def barcode_width(add_on: str | None) -> float:
    """The width of the drawing in millimetres, quiet zones included."""
    return (LEFT + 95 + (GAP + 47 + RIGHT_OF_ADD_ON if add_on else RIGHT)) * MODULE


def add_on_modules(digits: str) -> str:
    """The modules of an EAN-5 add-on, 1 for a bar."""
    check = sum(int(digit) * (9 if place % 2 else 3) for place, digit in enumerate(digits)) % 10
    codes = (ean.CODES[code][int(digit)] for code, digit in zip(PARITIES[check], digits, strict=True))
    return "1011" + "01".join(codes)


def _bars(modules: str) -> Iterator[str]:
    """The bars, each as one rectangle; those of the guards are longer."""
    at = 0
    for module, run in groupby(modules):
        width = len(tuple(run))
        if module == "1":
            yield _bar(LEFT + at, width, top=HEAD, height=BARS + (GUARD if at in _GUARDS else 0))
        at += width


def _bar(at: int, width: int, *, top: float, height: float) -> str:
    return f'<rect x="{at * MODULE:.3f}" y="{top:.3f}" width="{width * MODULE:.3f}" height="{height:.3f}"/>'


def _digits(digits: str) -> Iterator[str]:
    """The first digit in the quiet zone, six below each half."""
    below = HEAD + BARS + GUARD + 1.15
    yield _digit(digits[0], LEFT - 5.0, y=below)
    for place, digit in enumerate(digits[1:]):
        yield _digit(digit, LEFT + 3 + 7 * place + 3.5 + (5 if place > 5 else 0), y=below)


def _digit(digit: str, at: float, *, y: float) -> str:
    return f'<text x="{at * MODULE:.3f}" y="{y:.3f}" text-anchor="middle">{digit}</text>'


def _add_on(digits: str) -> Iterator[str]:
    """The bars of the add-on, as low as the guards, with its digits above them."""
    start, at = LEFT + 95 + GAP, 0
    for module, run in groupby(add_on_modules(digits)):
        width = len(tuple(run))
        if module == "1":
            yield _bar(start + at, width, top=HEAD + 3.4, height=BARS + GUARD - 3.4)
        at += width
    for place, digit in enumerate(digits):
        yield _digit(digit, start + 4 + 9 * place + 3.5, y=HEAD + 2.5)
