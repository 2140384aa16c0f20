"""The content of the pages: its marked sequences, what they say, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary

from publisher.pdf.assemble.fonts import Font, Glyph
from publisher.pdf.assemble.instructions import SHOWING, Instruction, read, write

PIXEL = 0.75
"""Points in a CSS pixel, the unit of the content."""


@dataclass(slots=True, kw_only=True)
class Sequence:
    """One marked-content sequence with a number of its own (ISO 32000-1, 14.7.4)."""

    page: int
    mcid: int
    begin: int
    """Index of the instruction that opens it."""
    shown: list[tuple[int, Font, tuple[Glyph, ...]]] = field(default_factory=list)
    """Index of each instruction that shows text, its font, and its glyphs."""
    told: dict[int, str] = field(default_factory=dict)
    """What lines are read as that say so themselves, by the index of the instruction that does."""
    told_at: dict[int, int] = field(default_factory=dict)
    """By the index of an instruction that shows text, that of the one which says what is read."""
    at: tuple[float, float] | None = None
    """Where its first text is, in the content's own units, from the top left; None for pictures."""
    size: float = 0.0
    """The size of its first text, in the same units."""

    @property
    def text(self) -> str:
        """What it says."""
        said, parts = set[int](), list[str]()
        for at, _, glyphs in self.shown:
            if (told := self.told_at.get(at)) is None:
                parts += (glyph.text for glyph in glyphs)
            elif told not in said:
                said.add(told)
                parts.append(self.told[told])
        return "".join(parts)


@dataclass(slots=True, kw_only=True)
class PageContent:
    """The instructions of one page, to be rewritten in place."""

    index: int
    page: pikepdf.Page
    instructions: list[Instruction]
    sequences: dict[int, Sequence]

    @property
    def height(self) -> float:
        """Height of the page in points."""
        box = self.page.mediabox
        return float(box[3]) - float(box[1])


def page_contents(
    pdf: pikepdf.Pdf, instructions: Iterable[list[Instruction]], fonts: Mapping[str, Font]
) -> tuple[PageContent, ...]:
    """The content of every page, in order, with the fonts that it names."""
    return tuple(
        PageContent(index=index, page=page, instructions=own, sequences=_sequences(index, own, fonts))
        for index, (page, own) in enumerate(zip(pdf.pages, instructions, strict=True))
    )


def page_instructions(pdf: pikepdf.Pdf) -> tuple[list[Instruction], ...]:
    """The instructions of every page, in order."""
    return tuple(read(page) for page in pdf.pages)


def fonts_of(pdf: pikepdf.Pdf) -> dict[str, Font]:
    """The fonts of a section by their names in the content; WeasyPrint has one list of them for all pages."""
    resources = pdf.pages[0].obj.get("/Resources", Dictionary()).get("/Font", Dictionary())
    return {str(name): Font(resource=font) for name, font in resources.items()}  # type: ignore[arg-type]


def _sequences(page: int, instructions: list[Instruction], fonts: Mapping[str, Font]) -> dict[int, Sequence]:
    """The numbered sequences of a page."""
    return {sequence.mcid: sequence for sequence in _find(page, instructions, fonts)}


def _find(page: int, instructions: list[Instruction], fonts: Mapping[str, Font]) -> Iterator[Sequence]:
    """The numbered sequences of a page; WeasyPrint does not nest them."""
    current: Sequence | None = None
    depth = 0
    font: Font | None = None
    size = scale = 0.0
    told: int | None = None
    for at, instruction in enumerate(instructions):
        match instruction.operator:
            case "BDC" | "BMC":
                depth += 1
                mcid = instruction.mcid() if instruction.operator == "BDC" else None
                if mcid is not None:
                    current, depth = Sequence(page=page, mcid=mcid, begin=at), 0
                elif current and depth == 1 and (words := instruction.line_text()) is not None:
                    current.told[at], told = words, at
            case "EMC":
                told = told if depth > 1 else None
                if depth == 0 and current:
                    yield current
                    current = None
                depth -= 1
            case "Tf":
                font, size = fonts[instruction.name()], float(instruction.operands.split()[1])
            case "Tm" if current and current.at is None:
                *_, upright, x, y = instruction.numbers()
                current.at, scale = (x, y), abs(upright)
            case operator if operator in SHOWING and current and font:
                if not current.shown:
                    current.size = scale * size  # WeasyPrint sets the font after the matrix
                current.shown.append((at, font, font.glyphs(instruction.shown())))
                if told is not None:
                    current.told_at[at] = told


def rewrite(content: PageContent, pdf: pikepdf.Pdf) -> None:
    """Puts the instructions back into the page; what is set by them ends with them."""
    content.page.obj.Contents = pdf.make_stream(b"q\n" + write(content.instructions) + b"\nQ\n")
