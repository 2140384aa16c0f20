"""The braille edition of a finished EPUB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.epub.write.zip import unseal
from publisher.exports.brf.blocks import BlockKind, BrailleBlock, Call, PrintPage, blocks
from publisher.exports.brf.pages import BraillePages, Indents, PrintStart
from publisher.exports.brf.translate import (
    SUPERSCRIPT,
    TABLES,
    label,
    table_of,
    translate,
    unknown_characters,
    without_braille,
)
from publisher.exports.products import key_span
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.target import Format
from publisher.render.context import document_name

PACKAGE = "EPUB/"
INDENTS: Mapping[BlockKind, Indents] = {
    BlockKind.TITLE: Indents(first=3, others=3, is_centred=True, is_apart=True),
    BlockKind.HEADING: Indents(first=4, others=4),
    BlockKind.PARAGRAPH: Indents(first=2, others=0),
    BlockKind.ENTRY: Indents(first=0, others=2),
    BlockKind.TRANSCRIBER: Indents(first=6, others=4),
}
OPENED, CLOSED = "@.<", "@.>"
"""What surrounds a transcriber's note in Unified English Braille."""
NOTES = (
    "Print page numbers are those of the PDF of this edition; a letter precedes them on further braille pages.",
    "A line of hyphens ends with the number of the print page that begins after it.",
    "Calls of notes are raised numbers. Notes follow the section that calls them.",
    "Numbers of paragraphs and emphasis are omitted.",
)
NO_PAGES = "The print of this edition has no page numbers here, because no PDF was built with it."


@dataclass(frozen=True, slots=True, kw_only=True)
class BrailleOrder:
    """How braille is wanted."""

    grade: int = 2
    """1: uncontracted, 2: contracted."""
    cells: int = 40
    rows: int = 25


def braille(
    publication: Publication, book: Artifact, order: BrailleOrder, *, settings: Source
) -> tuple[Artifact, tuple[Diagnostic, ...]]:
    """The BRF file of an EPUB, and a warning (U-021) if characters have no braille.

    Raises `PublisherError` if there is no table for the language (U-022), or liblouis is missing (L-010, exit code 3).
    """
    language = publication.metadata.language
    if table_of(language, grade=order.grade) is None:
        raise PublisherError(_no_table(language, settings))
    files = {entry.name.removeprefix(PACKAGE): entry.content for entry in unseal(book.content)}
    shown = (section for section in publication.sections if Format.EPUB in section.formats)
    names = tuple(name for section in shown if (name := f"text/{document_name(section.id)}") in files)
    found = (*_opening(files), *blocks(files, names, language=language))
    cells, unknown = _cells(found, order.grade, language)
    pages = BraillePages(cells=order.cells, rows=order.rows)
    for block in found:
        table = _table(block, order.grade, language)
        words = tuple(_words(block, cells[table], is_english=table.startswith("en-")))
        if words:
            pages.add(words, INDENTS[block.kind])
    name = f"{publication.output.name}.brf"
    return Artifact(name=name, content=pages.content()), (without_braille(unknown),) if unknown else ()


def _no_table(language: str, settings: Source) -> Diagnostic:
    return Diagnostic(
        code="U-022",
        message=f"there is no braille table for the language “{language}” here",
        span=key_span(settings, "language"),
        hint=f"the languages with tables are {', '.join(sorted(TABLES))}",
    )


def _opening(files: Mapping[str, bytes]) -> Iterator[BrailleBlock]:
    """The transcriber's notes at the beginning."""
    yield BrailleBlock(kind=BlockKind.TITLE, pieces=("Transcriber’s Notes",), language="en")
    paged = any(b'role="doc-pagebreak"' in content for content in files.values())
    for words in NOTES if paged else (NO_PAGES, *NOTES[2:]):
        yield BrailleBlock(kind=BlockKind.TRANSCRIBER, pieces=(words,), language="en")


def _table(block: BrailleBlock, grade: int, language: str) -> str:
    """The table of a block; that of the volume if its own language has none."""
    table = table_of(block.language, grade=grade) or table_of(language, grade=grade)
    assert table is not None
    return table


def _cells(
    found: Iterable[BrailleBlock], grade: int, language: str
) -> tuple[Mapping[str, Mapping[str, str]], tuple[str, ...]]:
    """The texts of blocks in Braille ASCII, by table and text, and the characters without braille."""
    texts: dict[str, list[str]] = {}
    for block in found:
        strings = (_join(run) for run in _runs(block))
        texts.setdefault(_table(block, grade, language), []).extend(strings)
    unknown = {
        unknown_character for table, own in texts.items() for unknown_character in unknown_characters(own, table=table)
    }
    return {table: translate(own, table=table) for table, own in texts.items()}, tuple(sorted(unknown))


def _runs(block: BrailleBlock) -> Iterator[str | PrintPage | Call]:
    """The pieces of a block, its texts joined."""
    held = ""
    for piece in block.pieces:
        if isinstance(piece, str):
            held += piece
            continue
        if held:
            yield held
        held = ""
        yield piece
    if held:
        yield held


def _join(piece: str | PrintPage | Call) -> str:
    return piece if isinstance(piece, str) else ""


def _words(block: BrailleBlock, cells: Mapping[str, str], *, is_english: bool) -> Iterator[str | PrintStart]:
    """The words of a block in Braille ASCII; a call is attached to the word before it."""
    is_note = block.kind is BlockKind.TRANSCRIBER
    words: list[str | PrintStart] = []
    is_joined = False
    for piece in _runs(block):
        if isinstance(piece, PrintPage):
            words.append(PrintStart(label=piece.label))
            is_joined = False
        elif isinstance(piece, Call):
            _attach(words, f"{SUPERSCRIPT if is_english else '5'}{label(piece.mark)}")
            is_joined = True
        else:
            found = cells[piece].split()
            if found and is_joined and not piece[:1].isspace():
                _attach(words, found.pop(0))
            words += found
            is_joined = bool(piece) and not piece[-1:].isspace()
    texts = [word for word in words if not isinstance(word, PrintStart)]
    if is_note and texts:
        words = [f"{OPENED}{texts[0]}", *texts[1:]]
        words[-1] = f"{words[-1]}{CLOSED}"
    yield from words


def _attach(words: list[str | PrintStart], text: str) -> None:
    """Put text behind the last word, without a space."""
    last = words[-1] if words else None
    if isinstance(last, str):
        words[-1] = last + text
    else:
        words.append(text)
