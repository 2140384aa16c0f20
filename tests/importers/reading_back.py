"""The blocks that the program's own reader finds in Markdown, as the document model of the import has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from publisher.diagnostics import Source
from publisher.importers.document import (
    PLAIN,
    Block,
    Break,
    Call,
    Cell,
    Cite,
    Format,
    Heading,
    Line,
    Listing,
    Literal,
    Paragraph,
    Picture,
    Piece,
    Point,
    Quotation,
    Row,
    Rule,
    Stanza,
    Table,
    Terms,
    Words,
)
from publisher.load.findings import Findings
from publisher.load.markdown.document import markdown
from publisher.model import block, inline
from publisher.model.text import Text

STYLES = {
    inline.Emphasis.ITALIC: "italic",
    inline.Emphasis.BOLD: "bold",
    inline.Emphasis.SMALL_CAPS: "small_caps",
    inline.Emphasis.SUPERSCRIPT: "raised",
    inline.Emphasis.SUBSCRIPT: "lowered",
}


def read(text: str) -> tuple[Text, list[str]]:
    """The text as the program reads it, and the errors that it notes."""
    findings = Findings()
    found = markdown(Source(name="text.md", text=text), figures=[], findings=findings)
    return found, [
        f"{diagnostic.code} {diagnostic.message}" for diagnostic in findings.diagnostics if diagnostic.code != "T-003"
    ]


def blocks_of(text: Text) -> tuple[Block, ...]:
    """The blocks of a text, its title first."""
    title = (Heading(level=1, line=line_of(text.title)),) if text.title else ()
    return (*title, *map(_block, text.blocks))


def _block(node: block.Block) -> Block:
    match node:
        case block.Paragraph():
            return Paragraph(line=line_of(node.children))
        case block.Heading():
            return Heading(level=node.level, line=line_of(node.children))
        case block.BlockQuote():
            return Quotation(blocks=tuple(map(_block, node.blocks)), attribution=line_of(node.attribution))
        case block.Verse():
            return Stanza(lines=tuple(map(line_of, node.lines)))
        case block.ListBlock():
            entries = tuple(tuple(map(_block, entry)) for entry in node.entries)
            return Listing(ordered=node.ordered, entries=entries, start=node.start)
        case block.DefinitionList():
            return Terms(
                entries=tuple(
                    (line_of(definition.term), tuple(tuple(map(_block, said)) for said in definition.descriptions))
                    for definition in node.entries
                )
            )
        case block.Table():
            return _table(node)
        case block.Figure():
            return Picture(
                file=node.path, alternative=node.alternative, caption=line_of(node.caption), width=node.width
            )
        case block.CodeBlock():
            return Literal(text=node.text, language=node.language)
        case block.ThematicBreak():
            return Rule()
        case _:
            raise AssertionError(node)


def _table(node: block.Table) -> Table:
    first = node.head[0] if node.head else node.rows[0]
    alignments = tuple(cell.alignment for cell in first for _ in range(cell.columns))
    return Table(
        head=tuple(map(_row, node.head)),
        bodies=tuple(tuple(map(_row, body)) for body in node.bodies),
        alignments=alignments,
        caption=line_of(node.caption),
    )


def _row(row: block.TableRow) -> Row:
    return tuple(Cell(line=line_of(cell.children), columns=cell.columns, rows=cell.rows) for cell in row)


def line_of(nodes: tuple[inline.Inline, ...]) -> Line:
    """Inlines as a line."""
    return joined(_pieces(nodes, PLAIN))


def joined(pieces: Iterable[Piece]) -> Line:
    """The pieces without points, and with neighbours of one format joined."""
    found: list[Piece] = []
    for key, group in groupby(
        (piece for piece in pieces if not isinstance(piece, Point)),
        key=lambda piece: piece.format if isinstance(piece, Words) else None,
    ):
        if key is None:
            found += group
        else:
            found.append(Words(text="".join(words.text for words in group if isinstance(words, Words)), format=key))
    return tuple(found)


def _pieces(nodes: tuple[inline.Inline, ...], style: Format) -> Iterator[Piece]:
    for node in nodes:
        match node:
            case inline.Run():
                yield Words(text=node.text, format=style)
            case inline.Code():
                yield Words(text=node.text, format=replace(style, code=True))
            case inline.LineBreak():
                yield Break()
            case inline.Styled():
                yield from _pieces(node.children, replace(style, **{STYLES[node.style]: True}))  # type: ignore[arg-type]
            case inline.Foreign():
                yield from _pieces(node.children, replace(style, language=node.language))
            case inline.Link():
                yield from _pieces(node.children, replace(style, link=node.href))
            case inline.FootnoteCall():
                yield Call(label=node.label)
            case inline.Citation():
                yield Cite(references=tuple(replace(reference, span=None) for reference in node.references))
            case _:
                raise AssertionError(node)
