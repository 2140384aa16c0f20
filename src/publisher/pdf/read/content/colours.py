"""Colour spaces and the colours in them (ISO 32000-1, 8.6).

For what people can distinguish, colours are amounts of red, green and blue light: an ICC-based space is taken for the
device space with as many components, and inks are mixed simply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.pdf.read.file import Dictionary, Objects, Stream
from publisher.pdf.read.syntax import Name, Value

Colour = tuple[float, float, float]
"""Red, green and blue light, from 0 to 1."""
ALIKE = 0.03
"""How little, of 1, two colours differ that people cannot distinguish."""
DEEPEST = 4
"""How many colour spaces may be built one on another."""
MOST_COMPONENTS = 32
"""How many components a colour may have."""
ABBREVIATED = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
"""Names of colour spaces in inline images (table 94)."""
COMPONENTS = {"DeviceGray": 1, "CalGray": 1, "Indexed": 1, "Separation": 1} | {
    "DeviceRGB": 3,
    "CalRGB": 3,
    "Lab": 3,
    "DeviceCMYK": 4,
}


@dataclass(frozen=True, slots=True)
class ColourSpace:
    """A colour space."""

    family: str
    """`DeviceGray`, `ICCBased`, `Separation`; a name that means nothing is left as it is, and `unknown` if none."""
    components: int = 0
    """How many numbers make a colour; 0 if that is unknown."""
    base: ColourSpace | None = None
    """The space that it is built on: of a pattern without colours, an index, or a spot colour."""


GRAY, RGB, CMYK = ColourSpace("DeviceGray", 1), ColourSpace("DeviceRGB", 3), ColourSpace("DeviceCMYK", 4)
PATTERN, UNKNOWN = ColourSpace("Pattern"), ColourSpace("unknown")
DEVICES = {"DeviceGray": GRAY, "DeviceRGB": RGB, "DeviceCMYK": CMYK, "Pattern": PATTERN}


def colour_space(objects: Objects, value: Value, named: Dictionary, *, depth: int = 0) -> ColourSpace:
    """The colour space that a name or an array describes; `named` are those of the resources."""
    found = objects.resolve(value)
    if isinstance(found, Name):
        family = ABBREVIATED.get(found, str(found))
        if family in DEVICES:
            return DEVICES[family]
        if found in named and depth < DEEPEST:
            return colour_space(objects, named[found], {}, depth=depth + 1)
        return ColourSpace(family, COMPONENTS.get(family, 0))
    if not isinstance(found, list) or not found or depth >= DEEPEST:
        return UNKNOWN
    name = objects.resolve(found[0])
    if not isinstance(name, Name):
        return UNKNOWN
    family = ABBREVIATED.get(name, str(name))
    if family == "ICCBased":
        return ColourSpace(family, _count(objects, found[1] if len(found) > 1 else None))
    at = {"Indexed": 1, "Pattern": 1, "Separation": 2, "DeviceN": 2}.get(family)
    base = colour_space(objects, found[at], named, depth=depth + 1) if at is not None and len(found) > at else None
    components = (
        min(len(objects.array(found[1])), MOST_COMPONENTS)
        if family == "DeviceN" and base
        else COMPONENTS.get(family, 0)
    )
    return ColourSpace(family, components, base)


def _count(objects: Objects, profile: Value) -> int:
    """How many components an ICC profile has."""
    found = objects.resolve(profile)
    count = objects.resolve(found.dictionary.get("N")) if isinstance(found, Stream) else None
    return count if isinstance(count, int) and 0 < count <= MOST_COMPONENTS else 0


@dataclass(slots=True, eq=False)
class Paint:
    """What areas or lines are painted with."""

    space: ColourSpace
    values: tuple[float, ...] | None = None
    """The components of the colour; None for the first colour of a space."""
    pattern: Value = None
    """The pattern, which is a stream of tiles or the dictionary of a shading; None if it is a colour."""
    _light: tuple[Colour | None] | None = field(default=None, repr=False)

    @property
    def amounts(self) -> tuple[float, ...]:
        """The components of the colour, or of the first colour of its space; none if it is a pattern."""
        if self.pattern is not None:
            return ()
        return _first(self.space) if self.values is None else self.values

    @property
    def light(self) -> Colour | None:
        """The colour as light; None if it is not one colour, or not known."""
        if self._light is None:
            self._light = (None if self.pattern is not None else _light_of(self.space, self.amounts),)
        return self._light[0]


def alike(first: Colour, second: Colour) -> bool:
    """Whether people cannot distinguish two colours."""
    return max(abs(here - there) for here, there in zip(first, second, strict=True)) < ALIKE


def _light_of(space: ColourSpace, values: Sequence[float]) -> Colour | None:
    if len(values) != space.components:
        return None
    match space.family, values:
        case "DeviceGray" | "CalGray" | "ICCBased", [grey]:
            return _light(grey, grey, grey)
        case "DeviceRGB" | "CalRGB" | "ICCBased", [red, green, blue]:
            return _light(red, green, blue)
        case "Separation", [tint]:
            return _light(1 - tint, 1 - tint, 1 - tint)
        case "DeviceCMYK" | "ICCBased", [cyan, magenta, yellow, black]:
            return _light((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
        case "Lab", [lightness, a, b]:
            return _of_lab(lightness, a, b)
        case _:
            return None


def _first(space: ColourSpace) -> tuple[float, ...]:
    """The colour with which a space begins (8.6.4 to 8.6.6)."""
    if space.family == "DeviceCMYK":
        return 0, 0, 0, 1
    return (1 if space.family in ("Separation", "DeviceN") else 0,) * space.components


def _light(red: float, green: float, blue: float) -> Colour:
    red, green, blue = (min(max(part, 0.0), 1.0) for part in (red, green, blue))
    return red, green, blue


def _of_lab(lightness: float, a: float, b: float) -> Colour:
    """A colour of CIELAB as sRGB, from D50 (CSS Color 4, 17)."""
    middle = (lightness + 16) / 116
    x, y, z = (_cube(part) for part in (middle + a / 500, middle, middle - b / 200))
    x, z = 0.9642 * x, 0.8251 * z
    return _light(
        _encode(3.1339 * x - 1.6169 * y - 0.4906 * z),
        _encode(-0.9788 * x + 1.9161 * y + 0.0335 * z),
        _encode(0.0719 * x - 0.2290 * y + 1.4052 * z),
    )


def _cube(value: float) -> float:
    return value**3 if value > 6 / 29 else (value - 4 / 29) * 3 * (6 / 29) ** 2


def _encode(linear: float) -> float:
    if linear <= 0.0031308:
        return 12.92 * linear
    return 1.055 * float(min(linear, 1.0) ** (1 / 2.4)) - 0.055
