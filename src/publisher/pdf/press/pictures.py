"""Pictures in inks: through the ICC profile, grey where they have no colour, on paper where they have none at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Name
from PIL import Image

from publisher.pdf.press.inking import Inking

_UNUSABLE = (
    pikepdf.exceptions.PikepdfError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What libraries raise for a picture that another program made."""


def ink_picture(thing: Any, inking: Inking, refuse: Callable[[str, str], None], *, older: bool = False) -> None:
    """Puts a picture into inks; what it lets shine through becomes paper.

    In an `older` file it is unpacked too if it is packed as versions of PDF after 1.3 know it.
    """
    if older and _is_in_jbig2(thing):
        refuse("a picture in JBIG2, which is newer than the standard", "save it as PNG, or write standard: x-4")
        return
    if thing.get("/ImageMask", False):
        return
    space = thing.get("/ColorSpace")
    as_it_is = "/SMask" not in thing and not (older and _is_newer(thing))
    if as_it_is and space == Name.DeviceGray:
        return
    if as_it_is and space == Name.DeviceCMYK and not inking.is_one_ink:
        return
    if _is_in_jbig2(thing):
        # pikepdf would start the program jbig2dec, with what a stranger wrote
        refuse("a picture in JBIG2 that is not grey", "save it as PNG or JPEG in RGB, CMYK or grey")
        return
    try:
        picture = pikepdf.PdfImage(thing).as_pil_image()
        if "/SMask" in thing:
            picture = _on_paper(picture, pikepdf.PdfImage(thing.SMask).as_pil_image())
        inked = inking.picture(picture)
    except _UNUSABLE as error:
        refuse(f"a picture that cannot be put into inks ({error})", "save it as PNG or JPEG in RGB, CMYK or grey")
        return
    if "/SMask" in thing:
        del thing.SMask
    _write(thing, inked)


def _is_newer(thing: Any) -> bool:
    """Whether a picture is packed in JPEG 2000, or in 16 bits (ISO 32000-1, 7.4.9 and table 89)."""
    return Name.JPXDecode in _filters(thing) or int(thing.get("/BitsPerComponent", 8)) > 8


def _filters(thing: Any) -> list[Any]:
    filters = thing.get("/Filter", [])
    return [filters] if isinstance(filters, Name) else list(filters)


def _is_in_jbig2(thing: Any) -> bool:
    """Whether a picture, or its mask, is packed in JBIG2."""
    return Name.JBIG2Decode in _filters(thing) or ("/SMask" in thing and _is_in_jbig2(thing.SMask))


def _on_paper(picture: Image.Image, opacity: Image.Image) -> Image.Image:
    """A picture in front of white."""
    paper = Image.new("L" if picture.mode in ("1", "L") else "RGB", picture.size, "white")
    return Image.composite(picture.convert(paper.mode), paper, opacity.convert("L").resize(picture.size))


def _write(thing: Any, picture: Image.Image) -> None:
    """Replaces the pixels of a picture; they are packed when the file is saved."""
    for key in ("/Decode", "/DecodeParms", "/Intent", "/SMaskInData"):
        if key in thing:
            del thing[key]
    thing.write(picture.tobytes())
    thing.Width, thing.Height = picture.size
    thing.ColorSpace = Name.DeviceCMYK if picture.mode == "CMYK" else Name.DeviceGray
    thing.BitsPerComponent = 8
