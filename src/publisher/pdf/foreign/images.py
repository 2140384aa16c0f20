"""Pictures of pages (ISO 32000-1, 8.9): their samples stay compressed, and are counted before anything unpacks them."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from publisher.pdf.foreign.builder import GENERAL, Builder, Made
from publisher.pdf.foreign.colours import colour_space, components
from publisher.pdf.foreign.limits import BILEVEL_PIXELS, PIXELS, STREAM, Cost, Unusable, malformed_error
from publisher.pdf.foreign.values import Taken, array, boolean, display, entry, integer, name, numbers, whole_number

_SIDE = 1 << 20
"""Pixels that a picture is wide or high at most."""
CODED = ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode")
"""Filters of pictures alone; such data stays as it is."""
_CHUNK = 1 << 20
_PREDICTOR: dict[str, Taken] = {
    "/Predictor": whole_number(1, 15),
    "/Colors": whole_number(1, 32),
    "/BitsPerComponent": whole_number(1, 16),
    "/Columns": whole_number(1, _SIDE),
}
_PARAMETERS: dict[str, dict[str, Taken]] = {
    "/FlateDecode": _PREDICTOR,
    "/LZWDecode": {**_PREDICTOR, "/EarlyChange": whole_number(0, 1)},
    "/CCITTFaxDecode": {
        "/K": integer,
        "/EndOfLine": boolean,
        "/EncodedByteAlign": boolean,
        "/Columns": whole_number(1, _SIDE),
        "/Rows": whole_number(0, _SIDE),
        "/EndOfBlock": boolean,
        "/BlackIs1": boolean,
        "/DamagedRowsBeforeError": whole_number(0, _SIDE),
    },
    "/DCTDecode": {"/ColorTransform": integer},
}
_ENTRIES: dict[str, Taken] = {
    "/Width": whole_number(1, _SIDE),
    "/Height": whole_number(1, _SIDE),
    "/ImageMask": boolean,
    "/BitsPerComponent": whole_number(1, 16),
    "/Decode": numbers(2, 64),
    "/Interpolate": boolean,
    "/SMaskInData": whole_number(0, 2),
    "/Matte": numbers(1, 32),
    "/Intent": name,
}


def image(builder: Builder, value: Any, where: str) -> Made:
    """A picture of the new file; a made value of None if it must not be drawn. Raises `Unusable`."""
    return builder.once("image", value, where, lambda: _image(builder, value, where))


def inline_image(builder: Builder, entries: Dictionary, content: bytes, where: str) -> Made:
    """A picture that is in a content stream, as one of the resources."""
    given = Stream(builder.source, content)
    for key, value in entries.items():
        given[key] = value
    return _image(builder, given, where)


def _image(builder: Builder, value: Any, where: str, *, depth: int = 0) -> Made:
    if builder.is_elsewhere(value, "a picture"):
        return Made(None)
    found = builder.keys(value, where, _ENTRIES, needed=("/Width", "/Height"))
    width, height = int(found["/Width"]), int(found["/Height"])
    mask = bool(found.get("/ImageMask", False))
    _demand_pixels(width, height, where, is_bilevel=mask or int(found.get("/BitsPerComponent", 1)) == 1)
    space = None if mask else entry(value, "/ColorSpace")
    if space is not None:
        found["/ColorSpace"] = colour_space(builder, space, display(where, "/ColorSpace"))
    cost = Cost(1, width * height)
    if depth == 0 and not mask:
        cost += _masks(builder, value, found, where)
    content = _samples(builder, value, found, where)
    found["/Type"], found["/Subtype"] = Name.XObject, Name.Image
    return Made(builder.stream(content, found), cost)


def _demand_pixels(width: int, height: int, where: str, *, is_bilevel: bool) -> None:
    most = BILEVEL_PIXELS if is_bilevel else PIXELS
    if width * height > most:
        raise Unusable("D-018", f"{where} has more than {most // 1_000_000} million pixels")


def _masks(builder: Builder, value: Any, found: Dictionary, where: str) -> Cost:
    """Take the masks of a picture over (8.9.6 and 11.6.5.2)."""
    cost = Cost()
    soft, hard = entry(value, "/SMask"), entry(value, "/Mask")
    if isinstance(soft, Stream):
        place = display(where, "/SMask")
        made = builder.once("mask", soft, place, lambda: _image(builder, soft, place, depth=1))
        if made.value is not None:
            found["/SMask"], cost = made.value, made.cost
    elif soft is not None and not isinstance(soft, Name):
        raise malformed_error(display(where, "/SMask"), "a picture")
    if isinstance(hard, Stream):
        place = display(where, "/Mask")
        made = builder.once("mask", hard, place, lambda: _image(builder, hard, place, depth=1))
        if made.value is not None:
            found["/Mask"], cost = made.value, cost + made.cost
    elif hard is not None:
        found["/Mask"] = Array(
            [integer(item, display(where, "/Mask")) for item in array(hard, display(where, "/Mask"))][:64]
        )
    return cost


def _samples(builder: Builder, value: Any, found: Dictionary, where: str) -> bytes:
    """The data of a picture, with its filters and their parameters in `found`."""
    filters = builder.filters(value, where, known=(*GENERAL, *CODED))
    coded = [at for at, text in enumerate(filters) if text in CODED]
    if coded and coded != [len(filters) - 1]:
        raise malformed_error(display(where, "/Filter"), "a list of filters that ends with that of the picture")
    if not coded and "/BitsPerComponent" not in found and not found.get("/ImageMask", False):
        raise malformed_error(display(where, "/BitsPerComponent"), "there")
    if filters not in ([], ["/FlateDecode"]) and not coded:
        return _unpack(builder, value, found, where)
    if len(filters) > 1 and filters[:-1] != ["/FlateDecode"]:
        return _recode(builder, value, filters, found, where)
    parameters = builder.parameters(value, where, len(filters))
    taken = [_parameters(builder, text, given, where) for text, given in zip(filters, parameters, strict=True)]
    content = bytes(value.read_raw_bytes())
    most = _sample_size(found) if filters == ["/FlateDecode"] else STREAM
    data = _inflate(builder, content, where, most=most, keep=bool(coded)) if "/FlateDecode" in filters else content
    if coded:
        _demand_honest(filters[-1], data, taken[-1], found, where)
    if filters:
        found["/Filter"] = Array([Name(text) for text in filters]) if len(filters) > 1 else Name(filters[0])
    if any(taken):
        found["/DecodeParms"] = (
            Array([dictionary or Dictionary() for dictionary in taken]) if len(filters) > 1 else taken[0]
        )
    return content


def _unpack(builder: Builder, value: Any, found: Dictionary, where: str) -> bytes:
    return builder.decoded(value, where)[: _sample_size(found)]


def _recode(builder: Builder, value: Any, filters: list[str], found: Dictionary, where: str) -> bytes:
    """The data of a picture without the filters that lie around its own."""
    builder.filters(value, where, known=(*GENERAL, *CODED))
    inner = Stream(builder.source, bytes(value.read_raw_bytes()))
    parameters = builder.parameters(value, where, len(filters))
    inner["/Filter"] = Array([Name(text) for text in filters[:-1]])
    if any(parameter is not None for parameter in parameters[:-1]):
        inner["/DecodeParms"] = Array(
            [parameter if parameter is not None else Dictionary() for parameter in parameters[:-1]]
        )
    content = builder.decoded(inner, where)
    taken = _parameters(builder, filters[-1], parameters[-1], where)
    _demand_honest(filters[-1], content, taken, found, where)
    found["/Filter"] = Name(filters[-1])
    if taken:
        found["/DecodeParms"] = taken
    return content


def _parameters(builder: Builder, filter_: str, given: Any, where: str) -> Dictionary | None:
    place = display(where, "/DecodeParms")
    if given is None:
        return None
    if filter_ == "/JBIG2Decode":
        shared = entry(given, "/JBIG2Globals")
        if not isinstance(shared, Stream) or "/F" in shared:
            return None
        made = builder.once(
            "globals", shared, place, lambda: Made(builder.stream(builder.decoded(shared, place), Dictionary()))
        )
        return Dictionary(JBIG2Globals=made.value)
    found = builder.keys(given, place, _PARAMETERS.get(filter_, {}))
    return found if len(found.keys()) else None


def _sample_size(found: Dictionary) -> int:
    """How many bytes the samples have at most: a byte more in each row for a predictor, and some slack."""
    width, height = int(found["/Width"]), int(found["/Height"])
    space = found.get("/ColorSpace")
    inks = 1 if space is None else max(components(space), 1)
    row = (width * inks * int(found.get("/BitsPerComponent", 1)) + 7) // 8 + 1
    return row * height + (1 << 16)


def _inflate(builder: Builder, content: bytes, where: str, *, most: int, keep: bool) -> bytes:
    """What a Flate stream unpacks to, or nothing if it need not be retained; it is counted in small steps."""
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    size = 0
    try:
        waiting = content
        while waiting and not unpacker.eof:
            part = unpacker.decompress(waiting, _CHUNK)
            waiting = unpacker.unconsumed_tail
            size += len(part)
            if size > most:
                raise Unusable("D-010", f"{where} holds more samples than its width and height need")
            if keep:
                parts.append(part)
            if not part and not waiting:
                break
    except zlib.error as error:
        if size == 0:
            raise Unusable("D-014", f"{where} is damaged and cannot be unpacked") from error
    builder.spent.decode(size if keep else size // 4)
    return b"".join(parts)


def _demand_honest(filter_: str, data: bytes, parameters: Dictionary | None, found: Dictionary, where: str) -> None:
    """Raises `Unusable` (D-018) if the data is a larger picture than its stream says."""
    sizes = {
        "/DCTDecode": _jpeg_size,
        "/JPXDecode": _jpeg_2000_size,
        "/JBIG2Decode": _jbig2_size,
    }
    if filter_ == "/CCITTFaxDecode":
        own = parameters or Dictionary()
        size: tuple[int, int] | None = (
            int(own.get("/Columns", 1728)),
            max(int(own.get("/Rows", 0)), int(found["/Height"])),
        )
    else:
        size = sizes[filter_](data)
    if size is None:
        raise Unusable(
            "D-014", f"{where} is damaged: its data is no {filter_.removeprefix('/').removesuffix('Decode')}"
        )
    _demand_pixels(*size, where, is_bilevel=filter_ in ("/CCITTFaxDecode", "/JBIG2Decode"))


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in the frame header of a JPEG (ITU-T T.81, B.2.2)."""
    at = data.find(b"\xff\xd8")
    largest: tuple[int, int] | None = None
    at = at + 2 if at >= 0 else len(data)
    while at >= 0 and at + 9 <= len(data):
        if data[at] != 0xFF:
            at = data.find(b"\xff", at)
            continue
        marker = data[at + 1]
        if marker in (0xFF, 0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in (0xD9, 0xDA):
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            if largest is None or width * height > largest[0] * largest[1]:
                largest = width, height
        at += 2 + max(length, 2)
    return largest


def _jpeg_2000_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in the SIZ segment of a JPEG 2000 codestream (ITU-T T.800, A.5.1)."""
    at = data.find(b"\xff\x4f\xff\x51")
    if at < 0 or at + 24 > len(data):
        return None
    width, height, left, top = struct.unpack_from(">IIII", data, at + 8)
    return max(width - left, 0), max(height - top, 0)


_REGIONS = frozenset({4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48})
"""Segments of JBIG2 that begin with a width and a height: regions, and information on the page."""


def _jbig2_size(data: bytes) -> tuple[int, int]:
    """The largest width and height in the segments of an embedded JBIG2 stream (ITU-T T.88, 7.2 and 7.4)."""
    at, largest = 0, (0, 0)
    while at + 11 <= len(data):
        number, flags, referred = struct.unpack_from(">IBB", data, at)
        wide = 1 if number <= 256 else 2 if number <= 65536 else 4
        at += 5
        if referred >> 5 == 7:
            referred = struct.unpack_from(">I", data, at)[0] & 0x1FFFFFFF
            at += 4 + (referred + 8) // 8
        else:
            referred >>= 5
            at += 1
        at += referred * wide + (4 if flags & 0x40 else 1)
        if at + 12 > len(data):
            break
        length, width, height = struct.unpack_from(">III", data, at)
        at += 4
        if flags & 63 in _REGIONS and height != 0xFFFFFFFF and width * height > largest[0] * largest[1]:
            largest = width, height
        if length == 0xFFFFFFFF:
            break
        at += length
    return largest
