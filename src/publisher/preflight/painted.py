"""What a page paints, and with which inks: its instructions with those of forms and patterns (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

_PLAIN = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_UNSEEN = (3, 7)
_DEEPEST = 12

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words, as they are painted."""

    space: str
    ink: Numbers
    over: bool
    """Whether they print over what is beneath."""


@dataclass(slots=True, kw_only=True)
class Painted:
    """What a page paints."""

    spaces: set[str] = field(default_factory=set)
    """The families of the colour spaces of lines, areas, text and gradients."""
    pictures: set[str] = field(default_factory=set)
    """The families of the colour spaces of pictures."""
    texts: set[Text] = field(default_factory=set)
    through: set[str] = field(default_factory=set)
    """What lets shine through what is beneath it, in words."""
    marks: list[tuple[float, float]] = field(default_factory=list)
    """The points through which printer's marks run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """The graphics state, as far as ink needs it."""

    space: str = "DeviceGray"
    ink: Numbers = (0.0,)
    over: bool = False
    mode: int = 0


def painted(page: pikepdf.Page) -> Painted:
    """What a page paints."""
    found = Painted()
    if "/Group" in page.obj:
        found.through.add("a transparency group")
    if "/Contents" in page.obj:
        _Walk(found=found, resources=page.obj.get("/Resources", Dictionary())).run(page)
    return found


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Goes through one content stream."""

    found: Painted
    resources: Any
    state: _State = field(default_factory=_State)
    depth: int = 0
    _kept: list[_State] = field(default_factory=list)
    _inside: list[bool] = field(default_factory=list)
    """For each marked sequence that is open: whether it holds printer's marks."""

    def run(self, source: Any) -> None:
        """Reads the content of a page, a form or a pattern."""
        for instruction in pikepdf.parse_content_stream(source):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self.found.pictures.add(family(instruction.iimage.obj.get("/ColorSpace"), self.resources))
                continue
            self._do(str(instruction.operator), instruction.operands)

    def _do(self, operator: str, operands: Any) -> None:
        match operator:
            case "q":
                self._kept.append(self.state)
            case "Q" if self._kept:
                self.state = self._kept.pop()
            case "g" | "rg" | "k":
                self._colour(_PLAIN[operator], operands)
            case "G" | "RG" | "K":
                self.found.spaces.add(_PLAIN[operator.lower()])
            case "CS":
                self.found.spaces.add(family(operands[0], self.resources))
            case "cs":
                self._colour(family(operands[0], self.resources), ())
            case "sc" | "scn":
                self._special(operands)
            case "SCN" if operands and isinstance(operands[-1], Name):
                self._pattern(str(operands[-1]))
            case "gs":
                self._set(self.resources.ExtGState[str(operands[0])])
            case "sh":
                self.found.spaces.add(_shading(self.resources.Shading[str(operands[0])], self.resources))
            case "Do":
                self._draw(self.resources.XObject[str(operands[0])])
            case "Tr":
                self.state = replace(self.state, mode=int(operands[0]))
            case _ if operator in _SHOW:
                self._show()
            case _:
                self._mark(operator, operands)

    def _colour(self, space: str, operands: Any) -> None:
        self.found.spaces.add(space)
        self.state = replace(self.state, space=space, ink=tuple(float(part) for part in operands))

    def _special(self, operands: Any) -> None:
        if operands and isinstance(operands[-1], Name):
            self._pattern(str(operands[-1]))
        else:
            self.state = replace(self.state, ink=tuple(float(part) for part in operands))

    def _show(self) -> None:
        if self.state.mode not in _UNSEEN:
            self.found.texts.add(Text(space=self.state.space, ink=self.state.ink, over=self.state.over))

    def _set(self, state: Any) -> None:
        """Takes account of a graphics state (ISO 32000-1, table 58)."""
        over = state.get("/op", state.get("/OP"))
        if over is not None:
            self.state = replace(self.state, over=bool(over))
        self.found.through.update(_through(state))

    def _draw(self, thing: Any) -> None:
        if thing.get("/Subtype") == Name.Image:
            if "/SMask" in thing or "/SMaskInData" in thing:
                self.found.through.add("a picture with a soft mask")
            if not thing.get("/ImageMask", False):
                self.found.pictures.add(family(thing.get("/ColorSpace"), self.resources))
        else:
            self._enter(thing, self.state)

    def _pattern(self, name: str) -> None:
        pattern = self.resources.Pattern[name]
        if pattern.get("/PatternType") == 2:
            self.found.spaces.add(_shading(pattern.Shading, self.resources))
        else:
            self._enter(pattern, _State())

    def _enter(self, stream: Any, state: _State) -> None:
        if "/Group" in stream:
            self.found.through.add("a transparency group")
        if self.depth < _DEEPEST:
            resources = stream.get("/Resources", self.resources)
            _Walk(found=self.found, resources=resources, state=state, depth=self.depth + 1).run(stream)

    def _mark(self, operator: str, operands: Any) -> None:
        """Takes down where printer's marks run: they are artifacts of the sheet (ISO 32000-1, 14.8.2.2)."""
        if operator in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else None
            self._inside.append(isinstance(properties, Dictionary) and properties.get("/Type") == Name.Page)
        elif operator == "EMC" and self._inside:
            self._inside.pop()
        elif operator in ("m", "l", "c") and any(self._inside):
            x, y = operands[-2:]
            self.found.marks.append((float(x), float(y)))


def _through(state: Any) -> Iterator[str]:
    """What of a graphics state lets shine through what is beneath."""
    if any(float(state.get(key, 1)) < 1 for key in ("/ca", "/CA")):
        yield "a colour with an alpha below 1"
    if state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible):
        yield "a blend mode"
    if state.get("/SMask", Name("/None")) != Name("/None"):
        yield "a soft mask"


def _shading(shading: Any, resources: Any) -> str:
    return family(shading.get("/ColorSpace"), resources)


def family(space: Any, resources: Any) -> str:
    """The family of a colour space; of one that stands for others, of these (ISO 32000-1, 8.6)."""
    if isinstance(space, Name):
        named = resources.get("/ColorSpace", Dictionary()).get(str(space))
        return str(space)[1:] if named is None else family(named, Dictionary())
    if not isinstance(space, Array):
        return "unknown"
    kind = str(space[0])[1:]
    if kind in ("Separation", "DeviceN"):
        return family(space[2], resources)
    if kind == "Indexed":
        return family(space[1], resources)
    return f"ICCBased with {int(space[1].get('/N', 0))} colours" if kind == "ICCBased" else kind
