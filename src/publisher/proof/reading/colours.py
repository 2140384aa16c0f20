"""Colour spaces, told apart by what they are printed with (ISO 32000-1, 8.6)."""

from __future__ import annotations

from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.syntax import Value
from publisher.proof.reading.painted import Ink

DEVICE = {
    "DeviceGray": Ink.GRAY,
    "G": Ink.GRAY,
    "CalGray": Ink.GRAY,
    "DeviceRGB": Ink.RGB,
    "RGB": Ink.RGB,
    "CalRGB": Ink.RGB,
    "Lab": Ink.RGB,
    "DeviceCMYK": Ink.CMYK,
    "CMYK": Ink.CMYK,
    "Separation": Ink.SPOT,
    "DeviceN": Ink.SPOT,
}
BY_COMPONENTS = {1: Ink.GRAY, 3: Ink.RGB, 4: Ink.CMYK}
DEEPEST = 4
"""How many colour spaces may be built one on another."""


def ink_of(file: PdfFile, space: Value, resources: Dictionary, *, depth: int = 0) -> Ink:
    """What a colour space, named or written out, is printed with."""
    found = file.resolve(space)
    if isinstance(found, str):
        named = file.dictionary(resources.get("ColorSpace")).get(found)
        if found in DEVICE or named is None or depth > DEEPEST:
            return DEVICE.get(found, Ink.UNKNOWN)
        return ink_of(file, named, resources, depth=depth + 1)
    if not isinstance(found, list) or not found or depth > DEEPEST:
        return Ink.UNKNOWN
    family = file.resolve(found[0])
    if family == "ICCBased" and len(found) > 1:
        components = file.resolve(file.dictionary(found[1]).get("N"))
        return BY_COMPONENTS.get(components if isinstance(components, int) else 0, Ink.UNKNOWN)
    if family in ("Indexed", "I", "Pattern") and len(found) > 1:
        return ink_of(file, found[1], resources, depth=depth + 1)
    return DEVICE.get(str(family), Ink.UNKNOWN)
