"""The colours of a page as amounts of red, green and blue light, as far as words can be lost in them.

ISO 32000-1, 8.6. An ICC-based space is taken for the device space with as many components; inks are mixed simply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.pdf.read.file import PdfFile, Stream
from publisher.pdf.read.syntax import Value

Colour = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)
ALIKE = 0.03
"""How little, of 1, two colours differ that nobody can tell apart."""


@dataclass(frozen=True, slots=True)
class Space:
    """A space of colours."""

    kind: str
    components: int

    def colour(self, values: Sequence[Value]) -> Colour | None:
        """What some numbers mean; None if it is a pattern, or nothing that is known here."""
        found = [value for value in values if isinstance(value, int | float)]
        if len(found) != len(values) or len(found) != self.components:
            return None
        match self.kind, found:
            case "light", [grey]:
                return _light(grey, grey, grey)
            case "light", [red, green, blue]:
                return _light(red, green, blue)
            case "ink", [tint]:
                return _light(1 - tint, 1 - tint, 1 - tint)
            case "ink", [cyan, magenta, yellow, black]:
                return _light((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
            case "lab", [lightness, a, b]:
                return _of_lab(lightness, a, b)
            case _:
                return None


DEVICE_GRAY, DEVICE_RGB, DEVICE_CMYK = Space("light", 1), Space("light", 3), Space("ink", 4)
UNKNOWN = Space("unknown", 0)
DEVICES = {"DeviceGray": DEVICE_GRAY, "DeviceRGB": DEVICE_RGB, "DeviceCMYK": DEVICE_CMYK}
OF_LENGTH = {1: DEVICE_GRAY, 3: DEVICE_RGB, 4: DEVICE_CMYK}


def space(file: PdfFile, value: Value) -> Space:
    """The space of colours that a resource or a name describes."""
    found = file.resolve(value)
    if isinstance(found, str):
        return DEVICES.get(found, UNKNOWN)
    parts = file.array(found)
    kind = str(file.resolve(parts[0])) if parts else ""
    if kind in ("CalRGB", "CalGray"):
        return DEVICE_RGB if kind == "CalRGB" else DEVICE_GRAY
    if kind == "Lab":
        return Space("lab", 3)
    if kind == "Separation":
        return Space("ink", 1)
    if kind == "ICCBased" and len(parts) > 1:
        profile = file.resolve(parts[1])
        count = file.resolve(profile.dictionary.get("N")) if isinstance(profile, Stream) else None
        return OF_LENGTH.get(count, UNKNOWN) if isinstance(count, int) else UNKNOWN
    return DEVICES.get(kind, UNKNOWN) if len(parts) == 1 else UNKNOWN


def alike(one: Colour, other: Colour) -> bool:
    """Whether nobody can tell two colours apart."""
    return max(abs(here - there) for here, there in zip(one, other, strict=True)) < ALIKE


def _light(red: float, green: float, blue: float) -> Colour:
    red, green, blue = (min(max(one, 0.0), 1.0) for one in (red, green, blue))
    return red, green, blue


def _of_lab(lightness: float, a: float, b: float) -> Colour:
    """A colour of CIELAB as sRGB, from D50 (CSS Color 4, 17)."""
    middle = (lightness + 16) / 116
    x, y, z = (_cubed(one) for one in (middle + a / 500, middle, middle - b / 200))
    x, z = 0.9642 * x, 0.8251 * z
    return _light(
        _encoded(3.1339 * x - 1.6169 * y - 0.4906 * z),
        _encoded(-0.9788 * x + 1.9161 * y + 0.0335 * z),
        _encoded(0.0719 * x - 0.2290 * y + 1.4052 * z),
    )


def _cubed(value: float) -> float:
    return value**3 if value > 6 / 29 else (value - 4 / 29) * 3 * (6 / 29) ** 2


def _encoded(linear: float) -> float:
    if linear <= 0.0031308:
        return 12.92 * linear
    return 1.055 * float(min(linear, 1.0) ** (1 / 2.4)) - 0.055
