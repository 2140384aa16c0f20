"""A laid-out section made into one that can be joined: its tree whole, notes where they are read, folios taken out.

The layout writes pages and a structure tree that page ends have cut to pieces; here the tree is made whole, notes are
put where they are read, and words hyphenated at line ends read as one. ISO 32000-1, ISO 14289-1.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Name, String

from publisher.model.rendition import LayoutResources, PdfSection
from publisher.pdf.assemble.cited_lines import cited_lines
from publisher.pdf.assemble.content import PageContent, fonts_of, page_contents, page_instructions, rewrite
from publisher.pdf.assemble.folios import TAG as FOLIO_TAG
from publisher.pdf.assemble.folios import take_folios
from publisher.pdf.assemble.fonts import Font
from publisher.pdf.assemble.foreign_fonts import foreign_fonts
from publisher.pdf.assemble.foreign_pages import foreign_starts, take_foreign
from publisher.pdf.assemble.instructions import Instruction
from publisher.pdf.assemble.lines import TAG as LINE_TAG
from publisher.pdf.assemble.lines import TextLine, printed_numbers, text_lines, without_model
from publisher.pdf.assemble.merge import merge
from publisher.pdf.assemble.note_numbers import number_instructions, number_spots, without_zeros, zeros_shown
from publisher.pdf.assemble.notes import place_notes
from publisher.pdf.assemble.origin import Origin
from publisher.pdf.assemble.page_starts import section_starts
from publisher.pdf.assemble.section_pdf import Folio, FontUse, RawSection, SectionPdf, Start
from publisher.pdf.assemble.sequences import mark_artifacts, soften, spots, words_off_the_page
from publisher.pdf.assemble.structure import Node
from publisher.pdf.assemble.structure_rules import close_gaps, shape_contents, shape_lists
from publisher.pdf.assemble.structure_writer import write_structure
from publisher.pdf.assemble.words import Words, align
from publisher.pdf.base_address import ELSEWHERE


def assemble_section(raw: RawSection, section: PdfSection, dress: LayoutResources) -> SectionPdf:
    """The section bound; `raw` is what `lay_out` gives for it."""
    with pikepdf.open(io.BytesIO(raw.content)) as pdf:
        _trim(pdf)
        fonts = fonts_of(pdf)
        instructions = page_instructions(pdf)
        zeros = zeros_shown(instructions, fonts, raw.numbers)
        folios = tuple(_folios(pdf, instructions, fonts))
        models = tuple(_folios(pdf, instructions, fonts, tag=LINE_TAG))
        contents = page_contents(pdf, instructions, fonts)
        document = merge(pdf, raw.origins)
        without_model(document)
        words = align(document, contents)
        _shape(document)
        numbers = number_instructions(document, contents, raw, fonts)
        strange, missing = foreign_fonts(contents, dress.assets, dress.stylesheets)
        starts = _starts(document, words, len(contents))
        mark_artifacts(contents, frozenset(document.marks()))
        soften(contents, words.hyphens)
        foreign = take_foreign(document, contents)
        lines = text_lines(document, contents, words, section.lines) if section.lines else ()
        for content in contents:
            rewrite(content, pdf)
        numbered = None if numbers is None else number_spots(contents, numbers)
        _number_lines(pdf, lines, models, section)
        at = spots(document, contents)
        cited = cited_lines(section.cited, lines, document=document, contents=contents, words=words, spots=at)
        _lead_elsewhere(contents)
        numbered_elements = write_structure(pdf, document, contents)
        return SectionPdf(
            id=section.id,
            content=_save(pdf),
            count=len(contents),
            folios=folios,
            starts=starts,
            spots=tuple(at.items()),
            places=tuple(_places(raw.origins, numbered_elements)),
            cited=tuple(cited),
            fonts=without_zeros(_uses(fonts), numbers or {}, zeros),
            strange=tuple((family, "".join(sorted(served))) for family, served in sorted(strange.items())),
            missing="".join(sorted(missing)),
            lost=words_off_the_page(contents),
            misplaced=raw.misplaced,
            sizes=raw.sizes,
            divided=raw.divided,
            left=raw.left,
            foreign=foreign,
            numbers=numbered or (),
            settable=numbered is not None,
        )


def _shape(document: Node) -> None:
    """Make the tree what it ought to be: lists, contents, notes where they are read, headings without gaps."""
    shape_lists(document)
    shape_contents(document)
    place_notes(document)
    _put_readings_last(document)
    close_gaps(document)


def _put_readings_last(document: Node) -> None:
    """Let each reading follow its characters, above which it is drawn first (ISO 32000-1, 14.8.4.4.2)."""
    for node in document.walk():
        if node.kind == "Ruby":
            node.children.sort(key=lambda child: isinstance(child, Node) and child.kind == "RT")


def _places(origins: tuple[Origin, ...], numbers: Mapping[Origin, int]) -> Iterator[tuple[str, int]]:
    """Yield each id with the number of its element, or of the nearest one around it that is in the structure."""
    for origin in origins:
        around: Origin | None = origin
        while around is not None and around not in numbers:
            around = around.parent
        if origin.id and around is not None:
            yield origin.id, max(numbers[around], 1)


def _starts(document: Node, words: Words, count: int) -> tuple[Start | None, ...]:
    """Where each page begins; a page of another PDF where that says."""
    elsewhere = foreign_starts(document)
    return tuple(elsewhere.get(at, start) for at, start in enumerate(section_starts(document, words, count)))


def _trim(pdf: pikepdf.Pdf) -> None:
    """Makes every page as large as it will be when it is cut; what bleeds is there, and shows where there is room."""
    for page in pdf.pages:
        page.obj.MediaBox = page.obj.TrimBox


def _folios(
    pdf: pikepdf.Pdf, instructions: tuple[list[Instruction], ...], fonts: Mapping[str, Font], *, tag: str = FOLIO_TAG
) -> Iterator[Folio]:
    """The folios of all pages, or the models of line numbers, taken out of their instructions."""
    for index, (page, own) in enumerate(zip(pdf.pages, instructions, strict=True)):
        yield from take_folios(index, float(page.mediabox[3]) - float(page.mediabox[1]), own, fonts, tag=tag)


def _number_lines(
    pdf: pikepdf.Pdf, lines: tuple[TextLine, ...], models: tuple[Folio, ...], section: PdfSection
) -> None:
    """Prints the numbers of lines next to them, as artifacts."""
    printed = printed_numbers(lines, models, section.lines) if section.lines else {}
    for page, content in printed.items():
        obj = pdf.pages[page].obj
        obj.Contents = Array([obj.Contents, pdf.make_stream(content)])


def _uses(fonts: Mapping[str, Font]) -> tuple[FontUse, ...]:
    return tuple(_use(name, font) for name, font in sorted(fonts.items()) if font.face)


def _use(name: str, font: Font) -> FontUse:
    return FontUse(
        name=name,
        face=font.face,
        widths=tuple(sorted(font.widths.items())),
        characters=tuple(sorted((int.from_bytes(code), text) for code, text in font.characters.items())),
    )


def _lead_elsewhere(contents: tuple[PageContent, ...]) -> None:
    """Lets links to other sections lead to the named destinations that these will have in the volume."""
    for content in contents:
        for annotation in content.page.obj.get("/Annots", ()):
            address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
            if address.startswith(ELSEWHERE):
                del annotation.A
                annotation.Dest = String(address.removeprefix(ELSEWHERE))
                annotation.Contents = annotation.Dest


def _save(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of the section; what the volume says once, it leaves out."""
    for key in ("/Metadata", "/Outlines", "/ViewerPreferences", "/PageLabels"):
        if key in pdf.Root:
            del pdf.Root[Name(key)]
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
    )
    return out.getvalue()
