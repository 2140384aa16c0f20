"""Page numbers in margins: taken out of a section's pages, and set into those of the volume (ISO 32000-1, 9.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from publisher.pdf.assemble.content import PIXEL
from publisher.pdf.assemble.fonts import Font
from publisher.pdf.assemble.instructions import SHOWING, Instruction
from publisher.pdf.assemble.labels import write
from publisher.pdf.assemble.section_pdf import Folio, Glyph

TAG = "/PublisherFolio"
_COLOURS = frozenset({"g", "rg", "k", "cs", "sc", "scn"})


@dataclass(slots=True)
class _State:
    """What has been set so far where an instruction is (ISO 32000-1, 8.4)."""

    matrices: tuple[str, ...] = ()
    colour: tuple[str, ...] = ()
    font: str = ""
    size: float = 0.0


def take_folios(
    page: int, height: float, instructions: list[Instruction], fonts: Mapping[str, Font], *, tag: str = TAG
) -> tuple[Folio, ...]:
    """The folios of a page, or what else a tag marks as they are; they are taken out of its instructions."""
    taken = tuple(_folios(page, height, instructions, fonts, tag))
    for begin, end, _ in reversed(taken):
        del instructions[begin : end + 1]
    return tuple(folio for _, _, folio in taken)


def _folios(
    page: int, height: float, instructions: list[Instruction], fonts: Mapping[str, Font], tag: str
) -> Iterator[tuple[int, int, Folio]]:
    """Each folio with the indices of its first and its last instruction."""
    state, kept = _State(), list[_State]()
    for at, instruction in enumerate(instructions):
        operator = instruction.operator
        if operator == "q":
            kept.append(_State(state.matrices, state.colour, state.font, state.size))
        elif operator == "Q":
            state = kept.pop()
        elif operator == "cm":
            state.matrices = (*state.matrices, _write(instruction))
        elif operator in _COLOURS:
            state.colour = (*(state.colour if operator in ("sc", "scn") else ()), _write(instruction))
        elif operator == "Tf":
            state.font, state.size = _type(instruction)
        elif operator == "BDC" and instruction.name() == tag:
            end = next(i for i in range(at, len(instructions)) if _ends(instructions[i]))
            yield at, end, _folio(page, height, instructions[at : end + 1], state=state, fonts=fonts)


def _ends(instruction: Instruction) -> bool:
    return instruction.operator == "EMC"


def _type(instruction: Instruction) -> tuple[str, float]:
    """Typeface and size."""
    name, size = instruction.operands.split()
    return name.decode(), float(size)


def _write(instruction: Instruction) -> str:
    return instruction.written.decode("latin-1")


@dataclass(slots=True)
class _Line:
    """A line of text among the instructions of a folio."""

    x: float
    y: float
    font: str
    size: float
    glyphs: list[tuple[Glyph, str]]


def _folio(
    page: int, height: float, instructions: list[Instruction], *, state: _State, fonts: Mapping[str, Font]
) -> Folio:
    """What the instructions draw: the line as it was laid out, then the letters that numbers are written with."""
    properties = instructions[0].properties()
    line, letters = _lines(instructions, state, fonts)
    colours = [_write(instruction) for instruction in instructions if instruction.operator in (*_COLOURS, "gs")]
    before, after = _around(line.glyphs, int(properties["Before"]), page + 1, properties["Style"])
    return Folio(
        page=page,
        style=properties["Style"],
        align=properties["Align"],
        setting="\n".join((*state.matrices, *state.colour, *colours)),
        font=line.font,
        size=line.size,
        x=line.x,
        y=line.y,
        width=sum(glyph.width for glyph, _ in line.glyphs),
        before=before,
        after=after,
        letters=tuple((text, glyph) for glyph, text in letters.glyphs),
        high=line.y * PIXEL < height / 2,
    )


def _lines(instructions: list[Instruction], state: _State, fonts: Mapping[str, Font]) -> tuple[_Line, _Line]:
    found: list[_Line] = []
    font, size = state.font, state.size
    for instruction in instructions:
        if instruction.operator == "Tf":
            font, size = _type(instruction)
        elif instruction.operator == "Tm":
            *_, x, y = instruction.numbers()
            found.append(_Line(x, y, font, size, []))
        elif instruction.operator in SHOWING:
            found[-1].font, found[-1].size = font, size
            found[-1].glyphs += _glyphs(fonts[font], instruction.shown())
    return found[0], found[1]


def _glyphs(font: Font, shown: bytes) -> Iterator[tuple[Glyph, str]]:
    for glyph in font.glyphs(shown):
        width = font.widths.get(int.from_bytes(glyph.code), 0)
        yield Glyph(code=glyph.code.hex(), width=width), glyph.text


def _around(
    glyphs: list[tuple[Glyph, str]], before: int, number: int, style: str
) -> tuple[tuple[Glyph, ...], tuple[Glyph, ...]]:
    """The glyphs before and after the number that a line was laid out with."""
    length = len(write(number, style))
    count = before if before >= 0 else sum(len(text) for _, text in glyphs) - length
    at, start, end = 0, len(glyphs), len(glyphs)
    for index, (_, text) in enumerate(glyphs):
        if at == count:
            start = min(start, index)
        at += len(text)
        if at == count + length:
            end = index + 1
            break
    return tuple(g for g, _ in glyphs[:start]), tuple(g for g, _ in glyphs[end:])


def set_folio(folio: Folio, number: int) -> bytes:
    """The content that prints a page's number, as a pagination artifact (ISO 32000-1, 14.8.2.2)."""
    letters = dict(folio.letters)
    figures = [letters[letter] for letter in write(number, folio.style)]
    glyphs = (*folio.before, *figures, *folio.after)
    spare = (folio.width - sum(glyph.width for glyph in glyphs)) * folio.size / 1000
    x = folio.x + {"left": 0.0, "center": spare / 2, "right": spare}[folio.align]
    subtype = "Header /Attached [/Top]" if folio.high else "Footer /Attached [/Bottom]"
    return _artifact(folio, glyphs, x, kind=f"/Type /Pagination /Subtype /{subtype}")


def set_line_number(model: Folio, number: int, baseline: float) -> bytes:
    """The content that prints the number of a line on its baseline; a page has it, its text does not."""
    letters = dict(model.letters)
    glyphs = tuple(letters[figure] for figure in str(number))
    spare = (model.width - sum(glyph.width for glyph in glyphs)) * model.size / 1000
    x = model.x + (spare if model.align == "right" else 0.0)
    return _artifact(replace(model, y=baseline), glyphs, x, kind="/Type /Pagination")


def _artifact(folio: Folio, glyphs: tuple[Glyph, ...], x: float, *, kind: str) -> bytes:
    shown = "".join(glyph.code for glyph in glyphs)
    return (
        f"q\n/Artifact <<{kind}>> BDC\n{folio.setting}\n"
        f"BT\n{folio.font} {folio.size:.6g} Tf\n1 0 0 -1 {x:.6f} {folio.y:.6f} Tm\n[<{shown}>] TJ\nET\nEMC\nQ\n"
    ).encode("latin-1")
