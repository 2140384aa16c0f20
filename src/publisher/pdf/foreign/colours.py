"""Colour spaces (ISO 32000-1, 8.6)."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from publisher.pdf.foreign.builder import Builder, Made, items
from publisher.pdf.foreign.functions import function
from publisher.pdf.foreign.limits import malformed_error
from publisher.pdf.foreign.values import (
    Taken,
    dictionary,
    display,
    entry,
    name,
    number,
    numbers,
    stream,
    whole_number,
)

DEVICE = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
"""Components of the colour spaces of devices."""
_SHORT = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}
_OF_PROFILE = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_PROFILE = 8 << 20
"""Bytes of an ICC profile."""
_INKS = 32
_POINTS: dict[str, Taken] = {"/WhitePoint": numbers(3), "/BlackPoint": numbers(3)}
_CALIBRATED: dict[str, dict[str, Taken]] = {
    "/CalGray": {**_POINTS, "/Gamma": number},
    "/CalRGB": {**_POINTS, "/Gamma": numbers(3), "/Matrix": numbers(9)},
    "/Lab": {**_POINTS, "/Range": numbers(4)},
}


def colour_space(builder: Builder, value: Any, where: str, *, base: bool = True) -> Any:
    """A colour space of the new file; `base` says that it may be one of patterns or an indexed one.

    Raises `Unusable`.
    """
    if isinstance(value, Name):
        named = _SHORT.get(str(value), str(value))
        if named not in DEVICE and not (base and named == "/Pattern"):
            raise malformed_error(where, "a colour space that the page names")
        return Name(named)
    if not isinstance(value, Array) or len(value) == 0:
        raise malformed_error(where, "a colour space")
    return builder.once("colour", value, where, lambda: Made(_make(builder, value, where, base=base))).value


def components(space: Any) -> int:
    """How many components a colour in a rebuilt space has; 0 for patterns."""
    if isinstance(space, Name):
        return DEVICE.get(str(space), 0)
    match str(space[0]):
        case "/ICCBased":
            return int(space[1].N)
        case "/DeviceN":
            return len(space[1])
        case "/CalRGB" | "/Lab":
            return 3
        case "/Pattern":
            return 0
        case _:
            return 1


def _make(builder: Builder, value: Any, where: str, *, base: bool) -> Any:
    kind = str(name(value[0], where))
    kind = _SHORT.get(kind, kind)
    parts = items(value, where, most=5)
    if len(parts) == 1 and (kind in DEVICE or (base and kind == "/Pattern")):
        return Name(kind)
    if kind in _CALIBRATED and len(parts) == 2:
        return Array([Name(kind), _calibrate(builder, kind, parts[1], where)])
    if kind == "/ICCBased" and len(parts) == 2:
        return _profile(builder, parts[1], where)
    if kind == "/Indexed" and len(parts) == 4 and base:
        return _index(builder, parts, where)
    if kind in ("/Separation", "/DeviceN") and len(parts) >= 4:
        return _inks(builder, kind, parts, where)
    if kind == "/Pattern" and len(parts) == 2 and base:
        return Array([Name.Pattern, colour_space(builder, parts[1], where, base=False)])
    raise malformed_error(where, "a colour space")


def _calibrate(builder: Builder, kind: str, value: Any, where: str) -> Dictionary:
    return builder.keys(dictionary(value, where), where, _CALIBRATED[kind], needed=("/WhitePoint",))


def _profile(builder: Builder, value: Any, where: str) -> Any:
    """The space of an ICC profile; that of a device if the profile is none (8.6.5.5)."""
    place = f"{where} (ICC profile)"
    profile = stream(value, place)
    inks = whole_number(1, 4)(entry(profile, "/N"), display(place, "/N"))
    if inks == 2:
        raise malformed_error(display(place, "/N"), "1, 3 or 4")
    if builder.is_elsewhere(profile, "an ICC profile"):
        return Name(_OF_PROFILE[inks])

    def made() -> Made:
        content = builder.decoded(profile, place, most=_PROFILE)
        if content[36:40] != b"acsp":
            return Made(None)
        entries = builder.keys(profile, place, {"/Range": numbers(2 * inks)})
        entries["/N"] = inks
        return Made(builder.stream(content, entries))

    taken = builder.once("profile", profile, place, made).value
    return Name(_OF_PROFILE[inks]) if taken is None else Array([Name.ICCBased, taken])


def _index(builder: Builder, parts: list[Any], where: str) -> Array:
    base = colour_space(builder, parts[1], where, base=False)
    highest = whole_number(0, 255)(parts[2], where)
    table = parts[3]
    needed = (highest + 1) * components(base)
    if isinstance(table, Stream):
        content = builder.decoded(table, f"{where} (table of colours)", most=1 << 16)
    elif isinstance(table, String):
        content = bytes(table)
    else:
        raise malformed_error(f"{where} (table of colours)", "a string or a stream")
    return Array([Name.Indexed, base, highest, String(content[:needed].ljust(needed, b"\0"))])


def _inks(builder: Builder, kind: str, parts: list[Any], where: str) -> Array:
    alternate = colour_space(builder, parts[2], where, base=False)
    tint = function(builder, parts[3], f"{where} (tint transform)", outputs=components(alternate))
    if kind == "/Separation":
        return Array([Name.Separation, name(parts[1], where), alternate, tint])
    inks = [name(item, where) for item in items(parts[1], where, most=_INKS)]
    if not inks:
        raise malformed_error(where, "a colour space with inks")
    return Array([Name.DeviceN, Array(inks), alternate, tint])
