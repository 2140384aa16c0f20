"""Content in which every colour is an ink, and black text prints over what is beneath (ISO 32000-1, 8.6 and 11.7.4.5).

Black text that overprints leaves no white rim where the inks do not meet exactly. Other text and areas knock out, so
that nothing shines through them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.pdf.press.inking import BLACK, Ink, Inking
from publisher.pdf.press.lab import SPACES, srgb_of_lab

OVER, APART = "/PublisherOver", "/PublisherApart"
"""Names of the resources that say whether text prints over what is beneath it, or takes its place."""
_PLAIN = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_PARTS = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, **dict.fromkeys(SPACES, 3)}
"""How many parts a colour has in each colour space."""
_LINES = {"G": "g", "RG": "rg", "K": "k", "CS": "cs", "SC": "sc", "SCN": "scn"}
"""Each instruction for lines, and the same for areas and text."""
_HARMLESS = frozenset(
    {"/Type", "/ca", "/CA", "/AIS", "/SA", "/SM", "/FL", "/RI", "/TK", "/OP", "/op", "/OPM", "/BM", "/SMask"}
)
"""What a graphics state may say, as long as it lets nothing shine through (ISO 32000-1, table 58)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """The colour of areas and text, and what is set of it."""

    ink: Ink | None = None
    """None where no one knows: a pattern, or what a form inherits."""
    area: str = "DeviceGray"
    line: str = "DeviceGray"
    """Colour spaces that were chosen by name."""
    over: bool = False


@dataclass(slots=True, kw_only=True)
class Inker:
    """Goes through the content of one page, form or pattern."""

    inking: Inking
    resources: Any
    refuse: Callable[[str, str], None]
    """Reported what cannot be printed, and what to do about it."""
    state: _State = field(default_factory=_State)
    _kept: list[_State] = field(default_factory=list)
    _out: list[Any] = field(default_factory=list)
    _text: bool = False

    def inked(self, instructions: Sequence[Any], *, fresh: bool) -> bytes:
        """The content; `fresh` says that nothing is set before it, so that its colour is black."""
        if fresh:
            self._set(BLACK, line=False)
            self._set(BLACK, line=True)
        for instruction in instructions:
            self._take(str(instruction.operator), instruction)
        return pikepdf.unparse_content_stream(self._out)

    def _take(self, operator: str, instruction: Any) -> None:
        operands, line = instruction.operands, operator in _LINES
        match _LINES.get(operator, operator):
            case "g" | "rg" | "k" as plain:
                self._colour(_PLAIN[plain], operands, line=line)
            case "cs":
                self._choose(str(operands[0])[1:], instruction, line=line)
            case "sc" | "scn":
                self._special(operands, instruction, line=line)
            case "gs":
                self._demand_opaque(self.resources.ExtGState[str(operands[0])])
            case "q":
                self._kept.append(self.state)
                self._out.append(instruction)
            case "Q":
                self.state = self._kept.pop()
                self._out.append(instruction)
            case "BT":
                self._text = True
                self._out.append(instruction)
                self._lay()
            case "ET":
                self._text = False
                self._out.append(instruction)
                self._lay()
            case _:
                self._out.append(instruction)

    def _choose(self, name: str, instruction: Any, *, line: bool) -> None:
        space = self._device(name)
        self.state = replace(self.state, line=space) if line else replace(self.state, area=space)
        if space == "Pattern":
            self._out.append(instruction)
            self.state = self.state if line else replace(self.state, ink=None)
        else:
            self._colour(space, {"DeviceCMYK": (0, 0, 0, 1)}.get(space, (0, 0, 0)), line=line)

    def _device(self, name: str) -> str:
        """The colour space of a device that a named one represents, where it does; else the name."""
        space = self.resources.get("/ColorSpace", Dictionary()).get(f"/{name}")
        return name if space is None else device_space(space) or name

    def _special(self, operands: Any, instruction: Any, *, line: bool) -> None:
        space = self.state.line if line else self.state.area
        if space == "Pattern":
            self._out.append(instruction)
        else:
            self._colour(space, operands, line=line)

    def _colour(self, space: str, operands: Any, *, line: bool) -> None:
        parts = tuple(min(max(float(part), 0), 1) for part in operands)
        if len(parts) < _PARTS.get(space, len(parts)):
            self.refuse(f"a colour in {space} with {len(parts)} parts", "print the page into a new PDF, and use that")
        elif space == "DeviceCMYK":
            cyan, magenta, yellow, black = parts[:4]
            self._set(self.inking.as_asked((cyan, magenta, yellow, black)), line=line)
        elif space == "DeviceGray":
            self._set(self.inking.ink(parts[0], parts[0], parts[0]), line=line)
        elif space == "DeviceRGB":
            self._set(self.inking.ink(*parts[:3]), line=line)
        elif space in SPACES:
            lightness, a, b = map(float, operands[:3])
            self._set(self.inking.ink(*srgb_of_lab(space, lightness, a, b)), line=line)
        else:
            self.refuse(f"a colour in the colour space {space}", "give the colour as rgb(), lab() or device-cmyk()")

    def _set(self, ink: Ink, *, line: bool) -> None:
        operator = "g" if self.inking.grey else "k"
        parts = (round(1 - ink[3], 4),) if self.inking.grey else ink
        self._out.append(_instruction(operator.upper() if line else operator, *parts))
        if not line:
            self.state = replace(self.state, ink=ink)
            self._lay()

    def _lay(self) -> None:
        """Sets whether what is painted prints over what is beneath: black text does."""
        over = self._text and self.state.ink == BLACK and not self.inking.grey
        if over is not self.state.over:
            self.state = replace(self.state, over=over)
            self._out.append(_instruction("gs", Name(OVER if over else APART)))

    def _demand_opaque(self, state: Any) -> None:
        """Leaves out a graphics state that says only that nothing shines through."""
        through = any(float(state.get(key, 1)) < 1 for key in ("/ca", "/CA"))
        mixed = state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
        if through or mixed or state.get("/SMask", Name("/None")) != Name("/None"):
            self.refuse(
                "something that lets shine through what is beneath it",
                "give colours and drawings as they look on paper, without opacity and without the alpha of rgba()",
            )
        elif unknown := set(state.keys()) - _HARMLESS:
            self.refuse(f"a setting that is not known: {', '.join(sorted(unknown))}", "draw it in another way")


def device_space(space: Any) -> str | None:
    """The colour space of a device that another represents (ISO 32000-1, 8.6.5); None where it is of another kind."""
    if isinstance(space, Name):
        return str(space)[1:] if str(space)[1:] in _PLAIN.values() else None
    if not isinstance(space, Array):
        return None
    if space[0] == Name.ICCBased:
        return {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}.get(int(space[1].get("/N", 0)))
    return {"/CalGray": "DeviceGray", "/CalRGB": "DeviceRGB"}.get(str(space[0]))


def states() -> dict[str, Dictionary]:
    """The graphics states that inked content uses, by the names of their resources."""
    return {name: Dictionary(OP=False, op=name == OVER, OPM=1) for name in (OVER, APART)}


def _instruction(operator: str, *operands: Any) -> Any:
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))
