"""Colour spaces, distinguished by what they are printed with (ISO 32000-1, 8.6)."""

from __future__ import annotations

from publisher.pdf.read.content.colours import ColourSpace, Paint, colour_space
from publisher.pdf.read.content.device import Context
from publisher.pdf.read.file import Stream
from publisher.pdf.read.syntax import Value
from publisher.proof.reading.painted import Ink

FAMILIES = {
    "DeviceGray": Ink.GRAY,
    "CalGray": Ink.GRAY,
    "DeviceRGB": Ink.RGB,
    "CalRGB": Ink.RGB,
    "Lab": Ink.RGB,
    "DeviceCMYK": Ink.CMYK,
    "Separation": Ink.SPOT,
    "DeviceN": Ink.SPOT,
}
BY_COMPONENTS = {1: Ink.GRAY, 3: Ink.RGB, 4: Ink.CMYK}


def ink_of_space(context: Context, space: Value) -> Ink:
    """What a colour space, named or written out, is printed with."""
    named = context.objects.dictionary(context.resources.get("ColorSpace"))
    return _ink(colour_space(context.objects, space, named))


def ink_of_paint(context: Context, paint: Paint) -> Ink:
    """What a colour or a shading is printed with; of tiles, that is unknown."""
    if paint.pattern is None:
        return _ink(paint.space)
    if isinstance(paint.pattern, Stream):
        return Ink.UNKNOWN
    shading = context.objects.dictionary(context.objects.dictionary(paint.pattern).get("Shading"))
    return ink_of_space(context, shading.get("ColorSpace"))


def _ink(space: ColourSpace) -> Ink:
    if space.family == "ICCBased":
        return BY_COMPONENTS.get(space.components, Ink.UNKNOWN)
    if space.family in ("Indexed", "Pattern"):
        return _ink(space.base) if space.base else Ink.UNKNOWN
    return FAMILIES.get(space.family, Ink.UNKNOWN)
