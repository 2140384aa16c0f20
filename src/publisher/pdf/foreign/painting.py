"""What content streams draw with: forms, patterns, shadings, graphics states, glyphs, all of them rebuilt.

ISO 32000-1, 7.8.3 (resources), 8.4.5, 8.7, 8.10, 11.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from publisher.pdf.foreign.builder import Builder, Made
from publisher.pdf.foreign.colours import colour_space, components
from publisher.pdf.foreign.content import rebuilt
from publisher.pdf.foreign.fonts import Glyphs, font
from publisher.pdf.foreign.functions import function, functions
from publisher.pdf.foreign.images import image
from publisher.pdf.foreign.limits import DRAWN, Cost, Unusable, malformed_error
from publisher.pdf.foreign.values import (
    Taken,
    array,
    boolean,
    dictionary,
    display,
    entry,
    integer,
    is_dictionary,
    name,
    number,
    numbers,
    rectangle,
    stream,
    whole_number,
)

KINDS = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties")
"""Resources that content streams name."""
DEFAULTS = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
"""Colour spaces that represent those of devices (8.6.5.6)."""
_MATRIX = numbers(6)


def _mode(value: Any, where: str) -> Any:
    """A blend mode, or the first of several (11.3.5)."""
    return name(value, where) if isinstance(value, Name) else name(next(iter(array(value, where)), None), where)


def _dash(value: Any, where: str) -> Array:
    parts = array(value, where)
    if len(parts) != 2:
        raise malformed_error(where, "a dash pattern")
    return Array([numbers(0, 64)(parts[0], where), number(parts[1], where)])


_STATE: dict[str, Taken] = {
    "/LW": number,
    "/LC": integer,
    "/LJ": integer,
    "/ML": number,
    "/D": _dash,
    "/RI": name,
    "/OP": boolean,
    "/op": boolean,
    "/OPM": integer,
    "/FL": number,
    "/SM": number,
    "/SA": boolean,
    "/BM": _mode,
    "/CA": number,
    "/ca": number,
    "/AIS": boolean,
    "/TK": boolean,
}
"""Parameters of a graphics state that are drawn with; those of a device (transfer, halftone) are left out."""
_SHADED: dict[str, Taken] = {
    "/ShadingType": whole_number(1, 7),
    "/Background": numbers(1, 32),
    "/BBox": rectangle,
    "/AntiAlias": boolean,
    "/Domain": numbers(2, 4),
    "/Matrix": _MATRIX,
    "/Coords": numbers(4, 6),
    "/BitsPerCoordinate": whole_number(1, 32),
    "/BitsPerComponent": whole_number(1, 16),
    "/BitsPerFlag": whole_number(1, 8),
    "/VerticesPerRow": whole_number(2, 1 << 16),
    "/Decode": numbers(4, 80),
}


@dataclass(slots=True)
class Scope:
    """The resources of a content stream, and those of them that it has used."""

    given: Any
    where: str
    number: int
    """Which of all scopes it is."""
    used: Dictionary = field(default_factory=Dictionary)
    _made: dict[tuple[str, str], Made] = field(default_factory=dict)

    def value(self, kind: str, key: str) -> Any:
        """What a name represents in the source; None if it represents nothing."""
        listed = entry(self.given, kind)
        return None if listed is None else entry(listed, key)

    def take(self, kind: str, key: str, made: Made) -> Made:
        """Keep a resource of the new file under its name."""
        self._made[kind, key] = made
        if made.value is not None:
            if kind not in self.used:
                self.used[kind] = Dictionary()
            self.used[kind][key] = made.value
        return made

    def taken(self, kind: str, key: str) -> Made | None:
        """A resource that was taken before."""
        return self._made.get((kind, key))


@dataclass(slots=True, kw_only=True)
class Painter:
    """Rebuilds everything that the content streams of a file draw with."""

    builder: Builder
    _scopes: int = 0
    _checked: set[tuple[int, int]] = field(default_factory=set)

    def scope(self, given: Any, where: str) -> Scope:
        """The resources of a content stream; raises `Unusable` (D-014) if they are none."""
        self._scopes += 1
        if given is None:
            return Scope(Dictionary(), where, self._scopes)
        place = display(where, "/Resources")
        if dictionary(given, place).objgen == (0, 0) or given.objgen not in self._checked:
            _demand_resources(self.builder, given, where)
            self._checked.add(given.objgen)
        return Scope(given, where, self._scopes)

    def resource(self, scope: Scope, kind: str, key: str) -> Made | None:
        """A named resource, made when it is first used; None if there is none of that name."""
        found = scope.taken(kind, key)
        if found is not None:
            return found
        value = scope.value(kind, key)
        if value is None:
            return None
        where = display(display(scope.where, kind), key)
        match kind:
            case "/XObject":
                made = self.xobject(value, where, scope)
            case "/Font":
                made = font(self.builder, value, where, glyphs=self.glyphs)
            case "/ExtGState":
                made = self.state(value, where, scope)
            case "/Pattern":
                made = self.pattern(value, where, scope)
            case "/Shading":
                made = self.shading(value, where)
            case _:
                made = Made(colour_space(self.builder, value, where))
        return scope.take(kind, key, made)

    def finish(self, scope: Scope) -> Dictionary:
        """The resources that a content stream has used, with the colour spaces that represent those of devices."""
        for key in DEFAULTS:
            self.resource(scope, "/ColorSpace", key)
        return scope.used

    def xobject(self, value: Any, where: str, scope: Scope) -> Made:
        """A form or a picture; a made value of None if it must not be drawn."""
        given = stream(value, where)
        if self.builder.layers.hides(entry(given, "/OC")):
            return Made(None)
        kind = entry(given, "/Subtype")
        if kind == Name.Image:
            return image(self.builder, given, where)
        if kind == Name.PS or entry(given, "/Subtype2") == Name.PS:
            self.builder.note("D-017", "a PostScript program was left out")
            return Made(None)
        if kind != Name.Form:
            raise malformed_error(display(where, "/Subtype"), "/Form or /Image")
        return self.form(given, where, scope)

    def form(self, given: Any, where: str, scope: Scope) -> Made:
        """A form; one without resources of its own uses those of the stream that draws it."""
        within = 0 if entry(given, "/Resources") is not None else scope.number
        return self.builder.once("form", given, where, lambda: self._form(given, where, scope), within=within)

    def _form(self, given: Any, where: str, scope: Scope) -> Made:
        if self.builder.is_elsewhere(given, "a drawing"):
            return Made(None)
        entries = self.builder.keys(given, where, {"/BBox": rectangle, "/Matrix": _MATRIX}, needed=("/BBox",))
        group = entry(given, "/Group")
        if group is not None:
            entries["/Group"] = self.group(group, display(where, "/Group"))
        content, used, cost = self._content(given, where, scope)
        entries["/Type"], entries["/Subtype"] = Name.XObject, Name.Form
        entries["/Resources"] = used
        return Made(self.builder.stream(content, entries), cost)

    def _content(self, given: Any, where: str, scope: Scope) -> tuple[bytes, Dictionary, Cost]:
        """The content of a form, pattern or glyph with the resources that it uses."""
        own = entry(given, "/Resources")
        inner = self.scope(own, where) if own is not None else self.scope(scope.given, scope.where)
        is_form = entry(given, "/PatternType") is None
        content, cost = rebuilt(self, self.builder.decoded(given, where), inner, where, inherits=is_form)
        return content, self.finish(inner), cost

    def group(self, value: Any, where: str) -> Dictionary:
        """A transparency group (11.6.6)."""
        given = dictionary(value, where)
        found = self.builder.keys(given, where, {"/S": name, "/I": boolean, "/K": boolean}, needed=("/S",))
        space = entry(given, "/CS")
        if space is not None:
            found["/CS"] = colour_space(self.builder, space, display(where, "/CS"))
        found["/Type"] = Name.Group
        return found

    def state(self, value: Any, where: str, scope: Scope) -> Made:
        """A graphics state (8.4.5)."""
        given = dictionary(value, where)
        within = scope.number if "/SMask" in given else 0
        return self.builder.once("state", given, where, lambda: self._state(given, where, scope), within=within)

    def _state(self, given: Any, where: str, scope: Scope) -> Made:
        found, cost = self.builder.keys(given, where, _STATE), Cost(1)
        chosen, mask = entry(given, "/Font"), entry(given, "/SMask")
        if chosen is not None:
            place = display(where, "/Font")
            parts = array(chosen, place)
            if len(parts) != 2:
                raise malformed_error(place, "a font and its size")
            made = font(self.builder, parts[0], place, glyphs=self.glyphs)
            found["/Font"] = Array([made.value, number(parts[1], place)])
        if isinstance(mask, Name):
            found["/SMask"] = Name("/None")
        elif mask is not None:
            found["/SMask"], cost = self._mask(mask, display(where, "/SMask"), scope)
        found["/Type"] = Name.ExtGState
        return Made(self.builder.out.make_indirect(found), cost)

    def _mask(self, value: Any, where: str, scope: Scope) -> tuple[Any, Cost]:
        """A soft mask (11.6.5.3)."""
        given = dictionary(value, where)
        found = self.builder.keys(given, where, {"/S": name, "/BC": numbers(1, 32)}, needed=("/S",))
        transfer = entry(given, "/TR")
        if transfer is not None and not isinstance(transfer, Name):
            found["/TR"] = function(self.builder, transfer, display(where, "/TR"), outputs=1)
        made = self.form(stream(entry(given, "/G"), display(where, "/G")), display(where, "/G"), scope)
        if made.value is None:
            return Name("/None"), made.cost
        found["/G"] = made.value
        return found, made.cost

    def pattern(self, value: Any, where: str, scope: Scope) -> Made:
        """A pattern (8.7); its cost is that of all its tiles on the page."""
        kind = integer(entry(value, "/PatternType"), display(where, "/PatternType"))
        if kind == 2 and is_dictionary(value):
            return self.builder.once("pattern", value, where, lambda: self._shade(value, where, scope))
        if kind != 1 or not isinstance(value, Stream):
            raise malformed_error(where, "a pattern")
        within = 0 if entry(value, "/Resources") is not None else scope.number
        return self.builder.once("pattern", value, where, lambda: self._tile(value, where, scope), within=within)

    def _shade(self, value: Any, where: str, scope: Scope) -> Made:
        found = self.builder.keys(value, where, {"/Matrix": _MATRIX})
        place = display(where, "/Shading")
        given, state = entry(value, "/Shading"), entry(value, "/ExtGState")
        if given is None:
            raise malformed_error(place, "there")
        found["/Shading"] = self.shading(given, place).value
        if state is not None:
            found["/ExtGState"] = self.state(state, display(where, "/ExtGState"), scope).value
        found["/Type"], found["/PatternType"] = Name.Pattern, 2
        return Made(self.builder.out.make_indirect(found), Cost(1))

    def _tile(self, value: Any, where: str, scope: Scope) -> Made:
        if self.builder.is_elsewhere(value, "a pattern"):
            return Made(None)
        table: dict[str, Taken] = {
            "/PaintType": whole_number(1, 2),
            "/TilingType": whole_number(1, 3),
            "/BBox": rectangle,
            "/XStep": number,
            "/YStep": number,
            "/Matrix": _MATRIX,
        }
        entries = self.builder.keys(value, where, table, needed=("/PaintType", "/BBox", "/XStep", "/YStep"))
        a, b, c, d, *_ = (float(item) for item in entries.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
        tile = abs((a * d - b * c) * float(entries["/XStep"]) * float(entries["/YStep"]))
        if tile * DRAWN <= self.builder.area:
            raise Unusable("D-011", f"{where} fills the page with too many tiles")
        content, used, cost = self._content(value, where, scope)
        entries["/Type"], entries["/PatternType"] = Name.Pattern, 1
        entries["/Resources"] = used
        return Made(self.builder.stream(content, entries), cost + Cost(int(self.builder.area / tile)))

    def shading(self, value: Any, where: str) -> Made:
        """A shading (8.7.4.5)."""
        if not is_dictionary(value) and not isinstance(value, Stream):
            raise malformed_error(where, "a shading")
        return self.builder.once("shading", value, where, lambda: self._shading(value, where))

    def _shading(self, value: Any, where: str) -> Made:
        found = self.builder.keys(value, where, _SHADED, needed=("/ShadingType",))
        given, colouring = entry(value, "/ColorSpace"), entry(value, "/Function")
        found["/ColorSpace"] = colour_space(self.builder, given, display(where, "/ColorSpace"))
        inks = components(found["/ColorSpace"])
        if colouring is not None:
            found["/Function"] = functions(self.builder, colouring, display(where, "/Function"), outputs=inks)
        kind = int(found["/ShadingType"])
        needed = {1: (), 2: ("/Coords",), 3: ("/Coords",)}.get(
            kind, ("/BitsPerCoordinate", "/BitsPerComponent", "/Decode")
        )
        lacking = [key for key in (*needed, *(("/Function",) if kind < 4 else ())) if key not in found]
        if lacking or (kind == 2 and len(found["/Coords"]) != 4) or (kind == 3 and len(found["/Coords"]) != 6):
            raise malformed_error(where, f"a shading of type {kind}")
        if kind < 4:
            return Made(self.builder.out.make_indirect(found), Cost(1))
        if self.builder.is_elsewhere(stream(value, where), "a shading"):
            return Made(None)
        content = self.builder.decoded(value, where)
        return Made(self.builder.stream(content, found), Cost(1 + len(content) // 16))

    def glyphs(self, given: Mapping[str, Any], resources: Any, where: str) -> Glyphs:
        """The glyphs of a Type 3 font, which share its resources."""
        scope = self.scope(resources, where)
        made: dict[str, Any] = {}
        drawn = pixels = 0
        for key, value in given.items():
            place = display(where, key)
            if self.builder.is_elsewhere(value, "a glyph"):
                continue
            content, cost = rebuilt(self, self.builder.decoded(value, place), scope, place)
            cost.demand_fonts()
            made[key] = self.builder.stream(content, Dictionary())
            drawn, pixels = max(drawn, cost.drawn), max(pixels, cost.pixels)
        return Glyphs(made, self.finish(scope), Cost(drawn, pixels))


def _demand_resources(builder: Builder, given: Any, where: str) -> None:
    """Raises `Unusable` (D-014) if something among resources is not what its place says."""
    for kind in KINDS:
        listed = entry(given, kind)
        if listed is None:
            continue
        place = display(display(where, "/Resources"), kind)
        for key, value in dictionary(listed, place).items():
            builder.spent.hold()
            _demand_kind(kind, value, display(place, key))


def _demand_kind(kind: str, value: Any, where: str) -> None:
    if value is None:
        return
    match kind:
        case "/XObject":
            stream(value, where)
        case "/Font" | "/ExtGState" | "/Properties":
            dictionary(value, where)
        case "/ColorSpace":
            if not isinstance(value, Name | Array):
                raise malformed_error(where, "a colour space")
        case _:
            if not is_dictionary(value) and not isinstance(value, Stream):
                raise malformed_error(where, "a dictionary or a stream")
