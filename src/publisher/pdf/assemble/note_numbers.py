"""The numbers of notes, set into the pages of sections that were laid out with zeros in their place.

The figures of a number have one width, so that a glyph takes the place of another and nothing else changes
(ISO 32000-1, 9.4.3).
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pikepdf
from pikepdf import Array, Name

from publisher.pdf.assemble.content import PageContent
from publisher.pdf.assemble.fonts import Font
from publisher.pdf.assemble.instructions import SHOWING, Instruction
from publisher.pdf.assemble.section_pdf import DrawnNumber, FontUse, NumberSpot, RawSection, SectionPdf
from publisher.pdf.assemble.structure import Mark, Node
from publisher.pdf.assemble.words import sequences_of

_NUMBER = "data-number"
_OPENING = b"q\n"
"""What `content.rewrite` puts before the instructions of a page."""


Shown = Mapping[int, tuple[Instruction, NumberSpot]]
"""Instructions that show zeros for numbers, by their identity; the offsets of the spots are not known yet."""


def number_instructions(
    document: Node, contents: tuple[PageContent, ...], raw: RawSection, fonts: Mapping[str, Font]
) -> Shown | None:
    """Return the instructions that show zeros for numbers.

    None if another number cannot take the place of one: it is not drawn as so many glyphs alike, or drawn elsewhere.
    """
    codes = {number.element: number.codes for number in raw.numbers}
    names = {id(font): name for name, font in fonts.items()}
    numbers = {origin: at for at, origin in enumerate(raw.origins)}
    sequences = sequences_of(contents)
    found: dict[int, tuple[Instruction, NumberSpot]] = {}
    for node in document.walk():
        if node.origin is None or _NUMBER not in node.origin.attributes or node.pseudo:
            continue
        own = codes.get(numbers[node.origin], ())
        for mark in (child for child in node.children if isinstance(child, Mark)):
            sequence = sequences.get(mark)
            if sequence is None or len(sequence.shown) != 1 or sequence.told or not own:
                return None
            at, font, _ = sequence.shown[0]
            shown = contents[mark.page].instructions[at]
            zeros = own[0].encode() * len(node.origin.text)
            if not font.face or shown.operands != b"[<%b>]" % zeros:
                return None
            spot = NumberSpot(
                index=int(node.origin.attributes[_NUMBER]),
                page=mark.page,
                offset=0,
                font=names[id(font)],
                codes=own,
                width=font.widths[int(own[0], 16)],
            )
            found[id(shown)] = (shown, spot)
    return found if len(found) == len(raw.numbers) else None


def number_spots(contents: tuple[PageContent, ...], wanted: Shown) -> tuple[NumberSpot, ...] | None:
    """Return where the numbers are in the rewritten pages; None if the instruction of one has been changed since."""
    pages = {spot.page for _, spot in wanted.values()}
    found: list[NumberSpot] = []
    for page in sorted(pages):
        offset = len(_OPENING)
        for instruction in contents[page].instructions:
            if (known := wanted.get(id(instruction))) is not None:
                found.append(replace(known[1], offset=offset + len(b"[<")))
            offset += len(instruction.written) + len(b"\n")
    return tuple(found) if len(found) == len(wanted) else None


def zeros_shown(
    instructions: Sequence[Sequence[Instruction]], fonts: Mapping[str, Font], drawn: Sequence[DrawnNumber]
) -> Counter[tuple[str, str]]:
    """Return how often pages show each glyph that zeros are drawn with, by the name of its font and its code."""
    zeros = {drawn_number.codes[0] for drawn_number in drawn if drawn_number.codes}
    counts: Counter[tuple[str, str]] = Counter()
    for page in instructions if zeros else ():
        for name, instruction in _display(page):
            for code in zeros if fonts[name].face else ():
                if code.encode() in instruction.operands:
                    codes = instruction.shown().hex()
                    counts[name, code] += sum(codes[at : at + 4] == code for at in range(0, len(codes), 4))
    return counts


def _display(page: Sequence[Instruction]) -> Iterator[tuple[str, Instruction]]:
    """Each instruction of a page that shows text, with the name of its font (ISO 32000-1, 8.4 and 9.3)."""
    font, outer = "", list[str]()
    for instruction in page:
        match instruction.operator:
            case "q":
                outer.append(font)
            case "Q":
                font = outer.pop()
            case "Tf":
                font = instruction.name()
            case operator if operator in SHOWING:
                yield font, instruction


def without_zeros(fonts: Sequence[FontUse], wanted: Shown, shown: Mapping[tuple[str, str], int]) -> tuple[FontUse, ...]:
    """Return what is used of fonts without the zeros that represent other figures, if nothing else shows them."""
    own: Counter[tuple[str, str]] = Counter()
    for instruction, spot in wanted.values():
        own[spot.font, spot.codes[0]] += len(instruction.shown()) // 2
    gone: defaultdict[str, set[int]] = defaultdict(set)
    for (font, code), count in own.items():
        if shown.get((font, code), 0) == count:
            gone[font].add(int(code, 16))
    return tuple(
        replace(
            use,
            widths=tuple(width for width in use.widths if width[0] not in gone[use.name]),
            characters=tuple(character for character in use.characters if character[0] not in gone[use.name]),
        )
        if use.name in gone
        else use
        for use in fonts
    )


def number_fonts(section: SectionPdf, numbers: Sequence[str]) -> tuple[FontUse, ...]:
    """Return what a section uses of fonts when its numbers are set."""
    added: defaultdict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    for spot in section.numbers:
        for figure in numbers[spot.index]:
            added[spot.font][int(spot.codes[int(figure)], 16)] = (spot.width, figure)
    return tuple(_with_figures(use, added[use.name]) if use.name in added else use for use in section.fonts)


def _with_figures(use: FontUse, figures: Mapping[int, tuple[int, str]]) -> FontUse:
    widths = {glyph: width for glyph, (width, _) in figures.items()} | dict(use.widths)
    texts = {glyph: text for glyph, (_, text) in figures.items()} | dict(use.characters)
    return replace(use, widths=tuple(sorted(widths.items())), characters=tuple(sorted(texts.items())))


def set_numbers(source: pikepdf.Pdf, spots: Sequence[NumberSpot], numbers: Sequence[str]) -> None:
    """Write the numbers of notes into the pages of a section."""
    by_page: defaultdict[int, list[NumberSpot]] = defaultdict(list)
    for spot in spots:
        by_page[spot.page].append(spot)
    for page, there in by_page.items():
        contents = source.pages[page].obj.Contents
        stream = contents[0] if isinstance(contents, Array) else contents
        content = bytearray(stream.read_bytes())
        for spot in there:
            _set(content, spot, numbers[spot.index])
        stream.write(zlib.compress(content), filter=Name.FlateDecode)


def _set(content: bytearray, spot: NumberSpot, number: str) -> None:
    """Write a number over its zeros; what is anything else is left as it is, for the proof to find."""
    zeros = spot.codes[0].encode() * len(number)
    end = spot.offset + len(zeros)
    if content[spot.offset : end] == zeros and content[end : end + 1] == b">":
        content[spot.offset : end] = "".join(spot.codes[int(figure)] for figure in number).encode()
