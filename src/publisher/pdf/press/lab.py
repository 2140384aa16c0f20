"""CIE Lab as sRGB (CSS Color 4, 17, https://www.w3.org/TR/css-color-4/#color-conversion-code)."""

from __future__ import annotations

Triple = tuple[float, float, float]
_WHITES: dict[str, Triple] = {"lab-d50": (0.96422, 1.0, 0.82521), "lab-d65": (0.95047, 1.0, 1.08883)}
_MATRICES: dict[str, tuple[Triple, Triple, Triple]] = {
    "lab-d50": (
        (3.1341359, -1.6172364, -0.4906606),
        (-0.9787955, 1.9161415, 0.0334427),
        (0.0719554, -0.2289768, 1.4053860),
    ),
    "lab-d65": (
        (3.2409699, -1.5373832, -0.4986108),
        (-0.9692436, 1.8759675, 0.0415551),
        (0.0556301, -0.2039770, 1.0569715),
    ),
}
SPACES = frozenset(_WHITES)
"""The names under which WeasyPrint writes such colours, by the white that they are relative to."""


def srgb_of_lab(space: str, lightness: float, a: float, b: float) -> Triple:
    """The sRGB colour, from 0 to 1; what is outside of sRGB is cut off."""
    middle = (lightness + 16) / 116
    relative = (_cube(middle + a / 500), _cube(middle), _cube(middle - b / 200))
    xyz = tuple(part * white for part, white in zip(relative, _WHITES[space], strict=True))
    red, green, blue = (
        _encode(sum(factor * part for factor, part in zip(row, xyz, strict=True))) for row in _MATRICES[space]
    )
    return red, green, blue


def _cube(value: float) -> float:
    return value**3 if value > 6 / 29 else 3 * (6 / 29) ** 2 * (value - 4 / 29)


def _encode(linear: float) -> float:
    """A part with the transfer function of sRGB, in whole 255ths so that greys are grey."""
    value = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return round(min(max(value, 0), 1) * 255) / 255
