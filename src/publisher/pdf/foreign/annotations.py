"""Annotations of a page that a viewer prints, drawn into its content (ISO 32000-1, 12.5.5).

Form fields, stamps, signatures, highlights and handwriting are drawn with their normal appearance. Links have none.
What has to be printed and has no appearance is reported (D-015).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pikepdf import Name, String

from publisher.pdf.foreign.builder import items
from publisher.pdf.foreign.limits import ANNOTATIONS, Cost
from publisher.pdf.foreign.painting import Painter, Scope
from publisher.pdf.foreign.values import (
    dictionary,
    display,
    entry,
    integer,
    is_dictionary,
    numbers,
    rectangle,
    stream,
)

_HIDDEN, _PRINT, _NO_ROTATE = 2, 4, 16
"""Flags (12.5.3)."""
_NEVER = frozenset({"/Link", "/Popup", "/PrinterMark", "/TrapNet"})
"""Annotations that viewers do not print."""
_SILENT = frozenset({"/Widget", "/Screen", "/Movie", "/Sound", "/3D", "/RichMedia", "/FileAttachment"})
"""Annotations without a picture of their own if they have no appearance; an empty field is one."""
_GENERATIONS = 30


@dataclass(frozen=True, slots=True)
class Drawn:
    """An annotation as an instruction that draws it, and what that costs."""

    content: str
    cost: Cost


def draw(painter: Painter, page: Any, scope: Scope, *, rotation: int) -> Iterator[Drawn]:
    """What draws the annotations of a page; their forms are taken over into its scope. Raises `Unusable`."""
    given = entry(page, "/Annots")
    if given is None:
        return
    number = 0
    for value in items(given, "/Annots", most=ANNOTATIONS):
        if value is None:
            continue
        number += 1
        where = f"annotation {number}"
        found = dictionary(value, where)
        painter.builder.spent.hold()
        form = _appearance(painter, found, where)
        if form is None:
            continue
        made = painter.xobject(form, f"the appearance of {where}", scope)
        matrix = _place(form, found, where, rotation=rotation)
        if made.value is None or matrix is None:
            continue
        if made.cost.glyphs:  # its font is not there
            _note(painter, found, str(entry(found, "/Subtype")))
            continue
        key = f"/Annotation{number}"
        scope.take("/XObject", key, made)
        yield Drawn(f"q {' '.join(_write(part) for part in matrix)} cm {key} Do Q\n", made.cost)


def _appearance(painter: Painter, value: Any, where: str) -> Any:
    """The stream that shows an annotation; None if it is not printed or has none, which is noted (D-015)."""
    kind = str(entry(value, "/Subtype"))
    flags = entry(value, "/F")
    flags = 0 if flags is None else integer(flags, display(where, "/F"))
    if kind in _NEVER or flags & _HIDDEN or not flags & _PRINT or painter.builder.layers.hides(entry(value, "/OC")):
        return None
    appearances = entry(value, "/AP")
    normal = None
    if appearances is not None:
        normal = entry(dictionary(appearances, display(where, "/AP")), "/N")
    if is_dictionary(normal):
        state = entry(value, "/AS")
        return _stream(entry(normal, str(state)), where) if isinstance(state, Name) else None
    if normal is not None:
        found = _stream(normal, where)
        if kind == "/Widget" and painter.builder.generates and _lacks_words(painter, value, found, where):
            _note(painter, value, kind)
            return None
        return found
    if kind not in _SILENT or (kind == "/Widget" and _has_value(value)):
        _note(painter, value, kind)
    return None


def _stream(value: Any, where: str) -> Any:
    return None if value is None else stream(value, f"the appearance of {where}")


def _note(painter: Painter, value: Any, kind: str) -> None:
    what = "a form field with a value" if kind == "/Widget" else f"an annotation ({kind[1:][:30]})"
    name = entry(value, "/T")
    named = f" “{str(name)[:40]}”" if kind == "/Widget" and isinstance(name, String) else ""
    painter.builder.note(
        "D-015",
        f"{what}{named} would be printed, but has no appearance, and was left out",
        "open the file in a viewer, print it into a new PDF, and use that",
    )


def _lacks_words(painter: Painter, value: Any, form: Any, where: str) -> bool:
    """Whether a text field has a value, and an appearance that does not show it.

    qpdf draws values with fonts of one byte a character; with a composite font it writes the wrong glyphs.
    """
    found = _of_field(value, "/V")
    if not isinstance(found, String) or not str(found).strip() or "/F" in form:
        return False
    content = painter.builder.decoded(form, f"the appearance of {where}")
    if not any(operator in content for operator in (b"Tj", b"TJ", b" '", b' "')):
        return True
    resources = entry(form, "/Resources")
    fonts: Any = entry(resources, "/Font") if is_dictionary(resources) else None
    listed = dict(fonts.items()) if is_dictionary(fonts) else {}
    return any(
        key.encode() in content and is_dictionary(item) and entry(item, "/Subtype") == Name.Type0
        for key, item in listed.items()
    )


def _has_value(value: Any) -> bool:
    """Whether a field, or one above it, is filled in (12.7.3)."""
    found = _of_field(value, "/V")
    return found is not None and str(found) not in ("", "/Off")


def _of_field(value: Any, key: str) -> Any:
    """What a field, or the nearest one above it, has under a key; None if none has."""
    node = value
    for _ in range(_GENERATIONS):
        found = entry(node, key)
        if found is not None:
            return found
        node = entry(node, "/Parent")
        if not is_dictionary(node):
            return None
    return None


def _place(form: Any, value: Any, where: str, *, rotation: int) -> tuple[float, ...] | None:
    """The matrix that puts an appearance into the rectangle of its annotation; None if there is nothing to see."""
    place = f"the appearance of {where}"
    left, bottom, right, top = (float(edge) for edge in rectangle(entry(form, "/BBox"), display(place, "/BBox")))
    given = entry(form, "/Matrix")
    a, b, c, d, e, f = (float(item) for item in (numbers(6)(given, place) if given is not None else (1, 0, 0, 1, 0, 0)))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    rect = [float(edge) for edge in rectangle(entry(value, "/Rect"), display(where, "/Rect"))]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if wide < 1e-6 or high < 1e-6 or rect[0] == rect[2] or rect[1] == rect[3]:
        return None
    across, up = (rect[2] - rect[0]) / wide, (rect[3] - rect[1]) / high
    fitted = (across, 0.0, 0.0, up, rect[0] - across * min(xs), rect[1] - up * min(ys))
    flags = entry(value, "/F")
    if rotation and int(flags or 0) & _NO_ROTATE:
        return _upright(fitted, rect[0], rect[3], rotation)
    return fitted


def _upright(matrix: tuple[float, ...], x: float, y: float, rotation: int) -> tuple[float, ...]:
    """A matrix turned about the upper left corner of a rectangle, so that a turned page shows it upright."""
    cos, sin = {90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}[rotation]
    a, _, _, d, e, f = matrix
    dx, dy = e - x, f - y
    return a * cos, a * sin, -d * sin, d * cos, cos * dx - sin * dy + x, sin * dx + cos * dy + y


def _write(part: float) -> str:
    return f"{part:.6f}".rstrip("0").rstrip(".") or "0"
