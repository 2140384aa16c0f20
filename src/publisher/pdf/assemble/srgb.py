"""The ICC profile of sRGB that output intents carry (ICC.1:2010, version 4.3; IEC 61966-2-1).

The engine's has curves of 1,024 points. Programs on poppler make an inverse of these curves for each page that they
read, which takes ten times as long as the page; the curves here are the formula of the standard.
"""

from __future__ import annotations

from struct import pack

_NEUTRAL = 0.9642, 1.0, 0.8249
"""XYZ of D50, to which a profile refers colours (7.2.16)."""
_ADAPTED = 1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168
"""From D65 to D50 by the method of Bradford (Annex E)."""
_PRIMARIES = (b"rXYZ", 0x6FA0, 0x38F5, 0x0390), (b"gXYZ", 0x6297, 0xB787, 0x18D9), (b"bXYZ", 0x249F, 0x0F84, 0xB6C3)
"""Red, green and blue, adapted to D50, in parts of 65,536."""
_CURVE = 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045
"""Of IEC 61966-2-1, as a parametric curve of type 3 (10.16)."""
_DESCRIPTION = "sRGB IEC 61966-2-1"
_COPYRIGHT = "No copyright"


def srgb_profile() -> bytes:
    """Return the profile."""
    curve = b"para\0\0\0\0" + pack(">HH", 3, 0) + b"".join(map(_fix, _CURVE))
    tags = (
        (b"desc", _text(_DESCRIPTION)),
        (b"cprt", _text(_COPYRIGHT)),
        (b"wtpt", _xyz(*map(_fix, _NEUTRAL))),
        (b"chad", b"sf32\0\0\0\0" + b"".join(map(_fix, _ADAPTED))),
        *((name, _xyz(*(pack(">i", part) for part in parts))) for name, *parts in _PRIMARIES),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    )
    offset = 128 + 4 + 12 * len(tags)
    table, body, places = pack(">I", len(tags)), b"", dict[bytes, int]()
    for name, value in tags:
        if value not in places:
            places[value] = offset + len(body)
            body += value + bytes(-len(value) % 4)
        table += name + pack(">II", places[value], len(value))
    return _header(offset + len(body)) + table + body


def _header(size: int) -> bytes:
    """The header (7.2): a display device's RGB, in XYZ, rendered perceptually."""
    made = pack(">6H", 2026, 1, 1, 0, 0, 0)
    described = pack(">I4xI4s4s4s", size, 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    neutral = b"".join(map(_fix, _NEUTRAL))
    return (described + made + b"acsp" + bytes(28) + neutral).ljust(128, b"\0")


def _fix(value: float) -> bytes:
    """A number as an s15Fixed16Number."""
    return pack(">i", round(value * 65536))


def _xyz(*parts: bytes) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(parts)


def _text(text: str) -> bytes:
    """A multiLocalizedUnicodeType with one text, in American English (10.13)."""
    content = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + pack(">II2s2sII", 1, 12, b"en", b"US", len(content), 28) + content
