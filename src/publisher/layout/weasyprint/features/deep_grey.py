"""Grey pictures with 16 bits a pixel, which WeasyPrint 70 cannot print: with the 8 bits that it prints of all others.

PNG, third edition, 11.2.1 and 11.3.1, https://www.w3.org/TR/png-3/
"""

from __future__ import annotations

import io

from PIL import Image as Pillow

_HEADER = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_DEPTH = len(_HEADER) + 8
"""Where the number of bits is, and after it the kind of colour."""
_DEEP_GREY = b"\x10\0"
_STEP = 257
"""What 16 bits say for one step of 8."""


def printable(content: bytes) -> bytes:
    """A picture that the engine can print: the same bytes, unless it is a PNG that is grey with 16 bits a pixel."""
    if not content.startswith(_HEADER) or content[_DEPTH : _DEPTH + 2] != _DEEP_GREY:
        return content
    with Pillow.open(io.BytesIO(content), formats=("PNG",)) as picture:
        clear = picture.info.get("transparency")
        resolution = picture.info.get("dpi")
        deep = picture.convert("I")
    grey = deep.point([value // _STEP for value in range(1 << 16)], "L")
    if isinstance(clear, int):
        seen = deep.point([0 if value == clear else 255 for value in range(1 << 16)], "L")
        grey = Pillow.merge("LA", (grey, seen))
    out = io.BytesIO()
    grey.save(out, "PNG", **({} if resolution is None else {"dpi": resolution}))
    return out.getvalue()
