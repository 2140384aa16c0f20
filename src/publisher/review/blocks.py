"""Blocks as paragraphs and tables of WordprocessingML, each with hidden words that say what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from publisher.model.assets import Image
from publisher.model.block import (
    Block,
    BlockQuote,
    Cell,
    CodeBlock,
    DefinitionList,
    Division,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    ThematicBreak,
    Verse,
)
from publisher.model.inline import Inline, Run
from publisher.review.ids import OTHER, text_id
from publisher.review.ooxml import PIC, Element, bare, element
from publisher.review.rendered import own_leaf
from publisher.review.styles import NUMBER
from publisher.review.words import Hooks, Look, hide, run, runs

EMU = 9_525
"""English Metric Units in a pixel of 96 to the inch."""
WIDTH = 9_000
"""The width of a table, in twentieths of a point."""
WIDEST = 5_400_000
"""The width of the text, in EMU."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where blocks are."""

    style: str = "BodyText"
    is_text: bool = False
    """Whether they are of the text itself, so that their paragraphs are known by their place in it."""
    indent: int = 0
    list: tuple[int, int] | None = None
    """The list and the level of a list that the next paragraph is an entry of."""


@dataclass(slots=True, kw_only=True)
class Writer:
    """Writes blocks; lists and pictures are counted for the whole document."""

    hooks: Hooks
    picture: Callable[[Image], str]
    """The id of the relation to a picture."""
    images: dict[str, Image]
    lists: list[tuple[bool, int]] = field(default_factory=list)
    """Each list: whether it is numbered, and its first number."""
    drawings: int = 0

    def blocks(self, blocks: Iterable[Block], setting: Setting) -> Iterator[Element]:
        """The elements of some blocks."""
        for block in blocks:
            yield from self._block(block, setting)

    def _block(self, block: Block, setting: Setting) -> Iterator[Element]:
        match block:
            case Paragraph():
                style = "Bibliography" if block.name == "reference" else setting.style
                yield self.paragraph(block.children, replace(setting, style=style), number=block.number)
            case Heading():
                style = f"Heading{min(max(block.level, 1), 6)}"
                yield self.paragraph(block.children, replace(setting, style=style))
            case BlockQuote():
                yield from self.blocks(block.blocks, replace(setting, style=self._quote(setting)))
                if block.attribution:
                    yield self.paragraph(block.attribution, replace(setting, style="Attribution"))
            case Verse():
                for line in block.lines:
                    yield self.paragraph(line, replace(setting, style="Verse"))
            case ListBlock():
                yield from self._list(block, setting)
            case DefinitionList():
                for definition in block.entries:
                    yield self.paragraph(definition.term, setting)
                    for description in definition.descriptions:
                        yield from self.blocks(description, replace(setting, style="ListParagraph"))
            case Table():
                yield from self._table(block, setting)
            case Figure():
                yield from self._figure(block, setting)
            case CodeBlock():
                yield self._code(block, setting)
            case ThematicBreak():
                yield self.paragraph((Run(text="* * *"),), replace(setting, is_text=False))
            case Division():
                yield from self.blocks(block.blocks, setting)
            case _:
                yield from self.blocks(getattr(block, "blocks", ()), setting)

    @staticmethod
    def _quote(setting: Setting) -> str:
        return "Quote" if setting.style == "BodyText" else setting.style

    def paragraph(self, line: tuple[Inline, ...], setting: Setting, *, number: int | None = None) -> Element:
        """A paragraph of a line, with its hidden words and the number that it has in the margin."""
        properties = element("pPr", element("pStyle", val=setting.style))
        if setting.list is not None:
            level, count = element("ilvl", val=str(setting.list[1])), element("numId", val=str(setting.list[0]))
            properties.append(element("numPr", level, count))
        elif setting.indent:
            properties.append(element("ind", left=str(setting.indent)))
        made = element("p", properties, hide(self._id(line, setting)))
        if number is not None:
            made.append(run(f"{number}\u2003", Look(style=NUMBER)))
        made.extend(runs(line, self.hooks))
        return made

    @staticmethod
    def _id(line: tuple[Inline, ...], setting: Setting) -> str:
        """What a paragraph is: of the text, by the offset of its first words; of generated ones, nothing."""
        if not setting.is_text:
            return OTHER
        first = own_leaf(line)
        return OTHER if first is None else text_id(first.start)

    def _list(self, block: ListBlock, setting: Setting) -> Iterator[Element]:
        self.lists.append((block.ordered, block.start))
        level = 0 if setting.list is None else min(setting.list[1] + 1, 8)
        number = len(self.lists)
        for entry in block.entries:
            first, *rest = entry or (Paragraph(children=()),)
            inner = replace(setting, style="ListParagraph", list=(number, level))
            if isinstance(first, Paragraph):
                yield self.paragraph(first.children, inner, number=first.number)
            else:
                yield from self._block(first, inner)
            for block_ in rest:
                following = inner if isinstance(block_, ListBlock) else replace(inner, list=None, indent=567)
                yield from self._block(block_, following)

    def _table(self, table: Table, setting: Setting) -> Iterator[Element]:
        if table.caption:
            yield self.paragraph(table.caption, replace(setting, style="Caption"))
        borders = element("tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(element(side, val="single", sz="4", space="0", color="999999"))
        width = element("tblW", w="0", type="auto")
        made = element("tbl", element("tblPr", width, borders))
        columns = max(table.width, 1)
        made.append(element("tblGrid", *(element("gridCol", w=str(WIDTH // columns)) for _ in range(columns))))
        rows = [(row, True) for row in table.head] + [(row, False) for row in table.rows]
        open_spans: dict[int, tuple[int, int]] = {}
        for row, is_head in rows:
            made.append(self._row(row, setting, table.width, open_spans, is_head=is_head))
        yield made
        yield element("p", hide(OTHER))

    def _row(
        self, row: tuple[Cell, ...], setting: Setting, width: int, spans: dict[int, tuple[int, int]], *, is_head: bool
    ) -> Element:
        """A row; `spans` has the columns that cells above reach down into, with how many rows are left."""
        made = element("tr")
        if is_head:
            made.append(element("trPr", element("tblHeader")))
        cells, column = list(row), 0
        while column < width or cells:
            if column in spans:
                left, columns = spans.pop(column)
                made.append(_cell([element("p", hide(OTHER))], columns, "continue"))
                if left > 1:
                    spans[column] = (left - 1, columns)
                column += columns
                continue
            if not cells:
                made.append(_cell([element("p", hide(OTHER))], 1, ""))
                column += 1
                continue
            cell = cells.pop(0)
            paragraph = self.paragraph(cell.children, replace(setting, style="BodyText", list=None))
            made.append(_cell([paragraph], cell.columns, "restart" if cell.rows > 1 else ""))
            if cell.rows > 1:
                spans[column] = (cell.rows - 1, cell.columns)
            column += cell.columns
        return made

    def _figure(self, figure: Figure, setting: Setting) -> Iterator[Element]:
        image = self.images.get(figure.path)
        properties = element("pPr", element("pStyle", val="BodyText"))
        if image is None or image.is_drawing:
            words = f"[{figure.alternative or figure.path}]"
            yield element("p", properties, hide(OTHER), run(words, Look(style=NUMBER)))
        else:
            self.drawings += 1
            drawing = _drawing(image, figure.alternative, self.picture(image), self.drawings)
            yield element("p", properties, hide(OTHER), element("r", drawing))
        if figure.caption:
            yield self.paragraph(figure.caption, replace(setting, style="Caption"))

    def _code(self, block: CodeBlock, setting: Setting) -> Element:
        made = element("p", element("pPr", element("pStyle", val="SourceCode")))
        made.append(hide(text_id(block.start) if setting.is_text else OTHER))
        for number, line in enumerate(block.text.split("\n")):
            if number:
                made.append(element("r", element("br")))
            made.append(run(line, Look()))
        return made


def _cell(content: list[Element], columns: int, merge: str) -> Element:
    properties = element("tcPr", element("tcW", w="0", type="auto"))
    if columns > 1:
        properties.append(element("gridSpan", val=str(columns)))
    if merge:
        properties.append(element("vMerge", val=merge))
    return element("tc", properties, *content)


def _drawing(image: Image, alternative: str, relation: str, number: int) -> Element:
    """A picture in a line (ECMA-376, 20.4.2.8)."""
    wide, high = max(image.width, 1) * EMU, max(image.height, 1) * EMU
    scale = min(1.0, WIDEST / wide)
    size = {"cx": str(int(wide * scale)), "cy": str(max(int(high * scale), 1))}
    blip = bare("a:blip")
    blip.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed", relation)
    fill = bare("pic:blipFill", blip, bare("a:stretch", bare("a:fillRect")))
    form = bare("a:xfrm", bare("a:off", x="0", y="0"), bare("a:ext", **size))
    shape = bare("pic:spPr", form, bare("a:prstGeom", bare("a:avLst"), prst="rect"))
    name = bare("pic:nvPicPr", bare("pic:cNvPr", id=str(number), name=f"Picture {number}"), bare("pic:cNvPicPr"))
    data = bare(
        "a:graphicData",
        bare("pic:pic", name, fill, shape),
        uri=PIC,
    )
    about = bare("wp:docPr", id=str(number), name=f"Picture {number}", descr=alternative)
    inline = bare(
        "wp:inline",
        bare("wp:extent", **size),
        about,
        bare("a:graphic", data),
        distT="0",
        distB="0",
        distL="0",
        distR="0",
    )
    return element("drawing", inline)
