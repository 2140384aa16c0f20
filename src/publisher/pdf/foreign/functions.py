"""Functions of colours and shadings (ISO 32000-1, 7.10)."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Stream

from publisher.pdf.foreign.builder import Builder, Made, items
from publisher.pdf.foreign.limits import STREAM, Cost, Unusable, malformed_error
from publisher.pdf.foreign.values import display, entry, integer, is_dictionary, number, numbers, whole_number

_MOST = 64
"""Inputs, and outputs, of a function."""
_CALCULATOR = 16_384
"""Bytes of a PostScript calculator function."""
_PARTS = 4_096
"""Functions that one function consists of."""
_PLAIN = {"/Domain": numbers(2, 2 * _MOST), "/Range": numbers(2, 2 * _MOST)}


def function(builder: Builder, value: Any, where: str, *, outputs: int) -> Any:
    """A function of the new file with so many outputs; raises `Unusable`."""
    made = _function(builder, value, where).value
    if outputs_of(made) != outputs:
        raise malformed_error(where, f"a function with {outputs} outputs")
    return made


def functions(builder: Builder, value: Any, where: str, *, outputs: int) -> Any:
    """A function with so many outputs, or an array of so many with one."""
    if is_dictionary(value) or isinstance(value, Stream):
        return function(builder, value, where, outputs=outputs)
    found = [function(builder, item, where, outputs=1) for item in items(value, where, most=_MOST)]
    if len(found) != outputs:
        raise malformed_error(where, f"{outputs} functions")
    return found


def outputs_of(made: Any) -> int:
    """How many outputs a rebuilt function has."""
    if "/Range" in made:
        return len(made["/Range"]) // 2
    if int(made["/FunctionType"]) == 3:
        return outputs_of(made["/Functions"][0])
    return len(made["/C0"])


def _function(builder: Builder, value: Any, where: str) -> Made:
    if not is_dictionary(value) and not isinstance(value, Stream):
        raise malformed_error(where, "a function")
    made = builder.once("function", value, where, lambda: _make(builder, value, where))
    if made.cost.drawn > _PARTS:
        raise Unusable("D-011", f"{where} consists of more than {_PARTS:,} functions")
    return made


def _make(builder: Builder, value: Any, where: str) -> Made:
    kind = integer(entry(value, "/FunctionType"), display(where, "/FunctionType"))
    match kind:
        case 0:
            return Made(_sample(builder, value, where), Cost(1))
        case 2:
            table = {**_PLAIN, "/C0": numbers(1, _MOST), "/C1": numbers(1, _MOST), "/N": number}
            entries = builder.keys(value, where, table, needed=("/Domain", "/N"))
            for key, usual in (("/C0", 0), ("/C1", 1)):
                if key not in entries:
                    entries[key] = Array([usual])
            if len(entries["/C0"]) != len(entries["/C1"]):
                raise malformed_error(where, "a function with the same outputs at both ends")
            return Made(_indirect(builder, entries, kind), Cost(1))
        case 3:
            return _stitch(builder, value, where)
        case 4:
            entries = builder.keys(value, where, _PLAIN, needed=("/Domain", "/Range"))
            entries["/FunctionType"] = 4
            content = builder.decoded(_stream(value, where), where, most=_CALCULATOR)
            return Made(builder.stream(content, entries), Cost(1 + len(content) // 64))
        case _:
            raise malformed_error(display(where, "/FunctionType"), "0, 2, 3 or 4")


def _stream(value: Any, where: str) -> Any:
    if not isinstance(value, Stream) or "/F" in value:
        raise malformed_error(where, "a stream")
    return value


def _sample(builder: Builder, value: Any, where: str) -> Any:
    table = {
        **_PLAIN,
        "/Size": numbers(1, _MOST),
        "/BitsPerSample": whole_number(1, 32),
        "/Order": whole_number(1, 3),
        "/Encode": numbers(2, 2 * _MOST),
        "/Decode": numbers(2, 2 * _MOST),
    }
    entries = builder.keys(value, where, table, needed=("/Domain", "/Range", "/Size", "/BitsPerSample"))
    samples = len(entries["/Range"]) // 2
    for size in entries["/Size"]:
        samples *= whole_number(1, 1 << 20)(size, display(where, "/Size"))
    bits = int(entries["/BitsPerSample"])
    content = builder.decoded(_stream(value, where), where)
    if samples * bits > STREAM * 8 or len(content) < samples * bits // 8:
        raise malformed_error(where, "a function with all its samples")
    entries["/FunctionType"] = 0
    return builder.stream(content, entries)


def _stitch(builder: Builder, value: Any, where: str) -> Made:
    table = {**_PLAIN, "/Bounds": numbers(0, _PARTS), "/Encode": numbers(2, 2 * _PARTS)}
    entries = builder.keys(value, where, table, needed=("/Domain", "/Bounds", "/Encode"))
    place = display(where, "/Functions")
    given = items(entry(value, "/Functions"), place, most=_PARTS)
    if not given or len(entries["/Bounds"]) != len(given) - 1 or len(entries["/Encode"]) != 2 * len(given):
        raise malformed_error(where, "a function whose parts have their bounds")
    parts = [_function(builder, item, place) for item in given]
    if len({outputs_of(part.value) for part in parts}) != 1:
        raise malformed_error(where, "a function whose parts have the same outputs")
    entries["/Functions"] = [part.value for part in parts]
    return Made(_indirect(builder, entries, 3), sum((part.cost for part in parts), Cost(1)))


def _indirect(builder: Builder, entries: Dictionary, kind: int) -> Any:
    entries["/FunctionType"] = kind
    return builder.out.make_indirect(entries)
