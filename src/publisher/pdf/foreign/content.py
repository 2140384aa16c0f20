"""Content streams written again from an allowlist of operators and operands (ISO 32000-1, annex A).

Marked content is left out, but for words that represent others (`ActualText`) and for layers, whose hidden parts are
not painted. What an operator needs and does not find is left out as well, as viewers do. What opens is closed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Operator,
    Stream,
    String,
)

from publisher.pdf.foreign.images import inline_image
from publisher.pdf.foreign.limits import Cost, Unusable
from publisher.pdf.foreign.values import is_dictionary, is_ordinary

if TYPE_CHECKING:
    from publisher.pdf.foreign.painting import Painter, Scope

_NUMBERS = {
    **dict.fromkeys(("h", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "W", "W*", "T*"), 0),
    **dict.fromkeys(("w", "J", "j", "M", "i", "Tc", "Tw", "Tz", "TL", "Ts", "g", "G"), 1),
    **dict.fromkeys(("m", "l", "Td", "TD", "d0"), 2),
    **dict.fromkeys(("rg", "RG"), 3),
    **dict.fromkeys(("v", "y", "re", "k", "K"), 4),
    **dict.fromkeys(("c", "cm", "Tm", "d1"), 6),
}
"""Operators that take nothing but numbers, and how many."""
_PAINTS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_INVISIBLE, _CLIPPING = 3, 7
"""Text rendering modes (9.3.6)."""
_DEEPEST = 256
"""Saved graphics states inside one another."""


def rebuilt(
    painter: Painter, content: bytes, scope: Scope, where: str, *, inherits: bool = False
) -> tuple[bytes, Cost]:
    """A content stream written again, and what drawing it costs; its resources are taken over into its scope.

    `inherits` says that it may show text with the font of whatever draws it. Raises `Unusable`.
    """
    given = Stream(painter.builder.source, content)
    try:
        instructions = pikepdf.parse_content_stream(given)
    except MemoryError:
        raise
    except (pikepdf.exceptions.PikepdfError, RuntimeError, ValueError, TypeError, OverflowError) as error:
        raise Unusable(
            "D-014", f"{where or 'the content of the page'} cannot be read as drawing instructions"
        ) from error
    painter.builder.spent.instruct(len(instructions))
    writer = _Writer(painter=painter, scope=scope, where=where, inherits=inherits)
    for instruction in instructions:
        writer.take(instruction)
    writer.close()
    writer.cost.demand_bounded()
    return bytes(pikepdf.unparse_content_stream(writer.out)), writer.cost


def _numeric(operands: Any) -> bool:
    return all(map(is_ordinary, operands))


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What of the graphics state the cost of drawing depends on, and what hidden text needs."""

    glyph: Cost | None = None
    """What a glyph of the current font costs; None for the font of whatever draws this."""
    cell: Cost | None = None
    """What a cell of the current pattern costs."""
    mode: int = 0


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes one content stream."""

    painter: Painter
    scope: Scope
    where: str
    inherits: bool
    out: list[Any] = field(default_factory=list)
    cost: Cost = field(default_factory=Cost)
    _state: _State = field(default_factory=_State)
    _saved: list[_State] = field(default_factory=list)
    _marks: list[tuple[bool, bool]] = field(default_factory=list)
    """Of each marked sequence that is open: whether it was written, whether it is hidden."""
    _hidden: int = 0
    _in_text: bool = False
    _inline: int = 0
    _plain: int = 0
    """Instructions that cost nothing more."""

    def take(self, instruction: Any) -> None:
        """Write an instruction if it is allowed and has its operands."""
        if isinstance(instruction, ContentStreamInlineImage):
            self._draw_inline(instruction)
            return
        operator, operands = str(instruction.operator), instruction.operands
        needed = _NUMBERS.get(operator)
        if needed is None:
            self._take_other(operator, list(operands))
            return
        given = operands[len(operands) - needed :] if needed < len(operands) else operands
        if len(given) != needed or not _numeric(given):
            return
        self._plain += 1
        if operator in _PAINTS:
            if self._state.cell is not None:
                self.cost += self._state.cell
            if self._hidden:
                operator, given = "n", []
        if given is operands and operator == str(instruction.operator):
            self.out.append(instruction)
        else:
            self._write(operator, *given)

    def close(self) -> None:
        """Close what is open."""
        if self._in_text:
            self._write("ET")
        for written, _ in self._marks:
            if written:
                self._write("EMC")
        for _ in self._saved:
            self._write("Q")
        self.cost += Cost(self._plain)

    def _write(self, operator: str, *operands: Any) -> None:
        self.out.append(ContentStreamInstruction(list(operands), Operator(operator)))

    def _take_other(self, operator: str, operands: list[Any]) -> None:
        last = operands[-1] if operands else None
        match operator:
            case "q":
                self._save()
            case "Q" if self._saved:
                self._state = self._saved.pop()
                self._write("Q")
            case "BT" if not self._in_text:
                self._in_text = True
                self._write("BT")
            case "ET" if self._in_text:
                self._in_text = False
                self._write("ET")
            case "BMC" | "BDC":
                self._begin(operator, operands)
            case "EMC" if self._marks:
                self._end()
            case "Do" | "gs" | "sh" | "cs" | "CS" | "ri" if isinstance(last, Name):
                self._take_named(operator, last)
            case "sc" | "SC" | "scn" | "SCN":
                self._colour(operator, operands)
            case "Tf" if len(operands) >= 2 and isinstance(operands[-2], Name) and _numeric(operands[-1:]):
                self._font(operands[-2], last)
            case "Tr" if _numeric(operands[-1:]) and operands:
                self._state = replace(self._state, mode=max(0, min(int(operands[-1]), _CLIPPING)))
                self._write("Tr", self._state.mode)
            case "d" if len(operands) >= 2 and isinstance(operands[-2], Array) and _numeric(operands[-1:]):
                if len(operands[-2]) <= 64 and _numeric(operands[-2]):
                    self._write("d", operands[-2], last)
            case _ if operator in _SHOWS:
                self._show(operator, operands)
            case _:
                pass

    def _save(self) -> None:
        if len(self._saved) >= _DEEPEST:
            raise Unusable("D-011", f"{self.where or 'the page'} saves more than {_DEEPEST} graphics states")
        self._plain += 1
        self._saved.append(self._state)
        self._write("q")

    def _take_named(self, operator: str, given: Name) -> None:
        """Take something of the resources over and write the operator that names it."""
        key = str(given)
        if operator in ("cs", "CS"):
            self._choose(operator, given)
            return
        if operator == "ri":
            self._write("ri", given)
            return
        kind = {"Do": "/XObject", "gs": "/ExtGState", "sh": "/Shading"}[operator]
        if self._hidden and operator != "gs":
            return
        made = self.painter.resource(self.scope, kind, key)
        if made is None or made.value is None:
            return
        self._plain += 1
        self.cost += self._drawn(made.cost)
        if operator == "gs" and "/Font" in made.value:
            self._state = replace(self._state, glyph=Cost(made.cost.drawn, made.cost.pixels))
        self._write(operator, given)

    def _drawn(self, cost: Cost) -> Cost:
        """A cost in which text that is shown with the current font counts as its glyphs."""
        glyph = self._state.glyph
        return cost if glyph is None else Cost(cost.drawn, cost.pixels) + glyph.times(cost.glyphs)

    def _choose(self, operator: str, given: Name) -> None:
        key = str(given)
        device = key in ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern")
        if device or self.painter.resource(self.scope, "/ColorSpace", key) is not None:
            self._write(operator, given)

    def _colour(self, operator: str, operands: list[Any]) -> None:
        last = operands[-1] if operands else None
        if not isinstance(last, Name):
            if 0 < len(operands) <= 32 and _numeric(operands):
                self._write(operator, *operands)
            return
        made = self.painter.resource(self.scope, "/Pattern", str(last))
        if made is None or made.value is None or not _numeric(operands[:-1]) or operator not in ("scn", "SCN"):
            return
        self.cost += made.cost
        self._state = replace(self._state, cell=made.cost)
        self._write(operator, *operands)

    def _font(self, given: Name, size: Any) -> None:
        made = self.painter.resource(self.scope, "/Font", str(given))
        if made is not None:
            self._state = replace(self._state, glyph=made.cost)
            self._write("Tf", given, size)

    def _show(self, operator: str, operands: list[Any]) -> None:
        shown_text = _text(operator, operands)
        if shown_text is None or (self._state.glyph is None and not self.inherits):
            return
        count, given = shown_text
        self._plain += 1
        self.cost += self._drawn(Cost(0, 0, count))
        if self._hidden and self._state.mode != _INVISIBLE:
            self._write("Tr", _CLIPPING if self._state.mode > _INVISIBLE else _INVISIBLE)
            self._write(operator, *given)
            self._write("Tr", self._state.mode)
        else:
            self._write(operator, *given)

    def _draw_inline(self, instruction: Any) -> None:
        """Draw a picture that is in the content as one of the resources."""
        if self._hidden:
            return
        self._inline += 1
        key = f"/Inline{self.scope.number}_{self._inline}"
        where = f"picture {self._inline} in the content{f' of {self.where}' if self.where else ''}"
        picture = instruction.iimage
        entries = Dictionary(dict(picture.obj.items()))
        named = entries.get("/ColorSpace")
        if isinstance(named, Name):
            given = self.scope.value("/ColorSpace", str(named))
            if given is not None:
                entries["/ColorSpace"] = given
        content = bytes(picture.read_raw_bytes())
        made = self.scope.take("/XObject", key, inline_image(self.painter.builder, entries, content, where))
        if made.value is not None:
            self.cost += made.cost
            self._write("Do", Name(key))

    def _begin(self, operator: str, operands: list[Any]) -> None:
        """A marked sequence begins: written if it has words that represent others, hidden if its layer is."""
        if len(self._marks) >= _DEEPEST:
            raise Unusable("D-011", f"{self.where or 'the page'} nests more than {_DEEPEST} marked sequences")
        tag: Any = operands[0] if operands else None
        properties: Any = operands[-1] if len(operands) > 1 else None
        if isinstance(properties, Name):
            properties = self.scope.value("/Properties", str(properties))
        hidden = tag == Name.OC and self.painter.builder.layers.hides(properties)
        words: Any = properties.get("/ActualText") if is_dictionary(properties) else None
        written = isinstance(words, String) and len(bytes(words)) <= 1000
        if written:
            self._write("BDC", Name.Span, Dictionary(ActualText=String(bytes(words))))
        self._marks.append((written, hidden))
        self._hidden += hidden

    def _end(self) -> None:
        written, hidden = self._marks.pop()
        self._hidden -= hidden
        if written:
            self._write("EMC")


def _text(operator: str, operands: list[Any]) -> tuple[int, list[Any]] | None:
    """How many bytes an operator shows, and its operands; None if they are not what it takes."""
    last = operands[-1] if operands else None
    match operator:
        case "TJ":
            if not isinstance(last, Array):
                return None
            parts = list(last)
            kept = [part for part in parts if isinstance(part, String) or _numeric((part,))]
            count = sum(len(bytes(string)) for string in kept if isinstance(string, String))
            return count, [last if len(kept) == len(parts) else Array(kept)]
        case '"':
            if len(operands) < 3 or not isinstance(last, String) or not _numeric(operands[-3:-1]):
                return None
            return len(bytes(last)), operands[-3:]
        case _:
            return (len(bytes(last)), [last]) if isinstance(last, String) else None
