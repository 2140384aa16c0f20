"""Random documents as Word writes them, imported: the same blocks with the same words in the same formats."""

from __future__ import annotations

import json
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importers import docx_files as word
from tests.importers.importing_files import made

from publisher.importers.document import (
    Block,
    Break,
    Call,
    Cell,
    Footnote,
    Format,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quotation,
    Stanza,
    Table,
    Words,
)
from publisher.importers.markdown_writer import document_markdown
from publisher.importers.tidy import Tidy
from publisher.model.block import Alignment

TEXTS = st.text(alphabet="ab c.,*_`[]<>{}@|\\#+-=:^!$&\"'()1—é/%", min_size=1, max_size=10).filter(str.strip)
FORMATS = st.builds(
    Format,
    italic=st.booleans(),
    bold=st.booleans(),
    small_caps=st.sampled_from((False, False, True)),
    raised=st.sampled_from((False, False, True)),
)
WORDS = st.builds(Words, text=TEXTS.map(lambda text: f"w{text}w"), format=FORMATS)
LINES: st.SearchStrategy[Line] = st.lists(WORDS, min_size=1, max_size=4).map(tuple)
NOTED: st.SearchStrategy[Line] = st.tuples(LINES, st.booleans()).map(
    lambda pair: (*pair[0], Call(label="1")) if pair[1] else pair[0]
)
PARAGRAPHS = st.builds(Paragraph, line=st.one_of(NOTED, LINES.map(lambda line: (*line, Break(), Words(text="end")))))
ENTRIES = st.lists(st.builds(Paragraph, line=LINES).map(lambda paragraph: (paragraph,)), min_size=1, max_size=3).map(
    tuple
)
ROWS = st.lists(st.builds(Cell, line=LINES), min_size=2, max_size=2).map(tuple)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    PARAGRAPHS,
    st.builds(Heading, level=st.integers(2, 3), line=LINES),
    st.builds(Listing, ordered=st.booleans(), entries=ENTRIES),
    st.builds(Quotation, blocks=st.lists(st.builds(Paragraph, line=LINES), min_size=1, max_size=2).map(tuple)),
    st.builds(Stanza, lines=st.lists(LINES, min_size=1, max_size=3).map(tuple)),
    st.builds(
        Table,
        head=st.just(()),
        bodies=st.lists(ROWS, min_size=1, max_size=3).map(lambda rows: (tuple(rows),)),
        alignments=st.just((Alignment.START, Alignment.START)),
    ),
)


def separated(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks with a paragraph after each, so that Word has no two of a kind beside each other."""
    return tuple(item for block in blocks for item in (block, Paragraph(line=(Words(text="between"),))))


def written(blocks: tuple[Block, ...]) -> bytes:
    """The blocks as a DOCX; each list has a definition of its own."""
    numbers = count(10)
    lists: list[str] = []
    body = "".join(_written(block, numbers, lists) for block in blocks)
    parts = {"numbering": word.NUMBERING + "".join(lists), "footnotes": word.note(1, "A note.")}
    return word.docx(body, parts=parts)


def _written(block: Block, numbers: count[int], lists: list[str]) -> str:
    match block:
        case Paragraph():
            return word.paragraph(*_runs(block.line))
        case Heading():
            return word.paragraph(*_runs(block.line), style=f"berschrift{block.level - 1}")
        case Quotation():
            return "".join(
                word.paragraph(*_runs(paragraph.line), style="Zitat")
                for paragraph in block.blocks
                if isinstance(paragraph, Paragraph)
            )
        case Stanza():
            return "".join(word.paragraph(*_runs(line), style="Verse") for line in block.lines)
        case Table():
            rows = ("".join(word.cell(word.paragraph(*_runs(cell.line))) for cell in row) for row in block.bodies[0])
            return word.table(*rows, look='w:firstRow="0"')
        case Listing():
            number = next(numbers)
            kind = "decimal" if block.ordered else "bullet"
            lists.append(
                f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                f'<w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
                f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
            )
            mark = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            lines = (
                paragraph.line for entry in block.entries for paragraph in entry if isinstance(paragraph, Paragraph)
            )
            return "".join(word.paragraph(*_runs(line), properties=mark) for line in lines)
        case _:
            raise AssertionError(block)


def _runs(line: Line) -> list[str]:
    found = []
    for piece in line:
        if isinstance(piece, Words):
            given = piece.format
            properties = "".join(
                (
                    "<w:i/>" if given.italic else "",
                    "<w:b/>" if given.bold else "",
                    "<w:smallCaps/>" if given.small_caps else "",
                    '<w:vertAlign w:val="superscript"/>' if given.raised else "",
                )
            )
            found.append(word.run(piece.text, properties))
        elif isinstance(piece, Call):
            found.append(word.note_call(1))
        else:
            found.append("<w:r><w:br/></w:r>")
    return found


def check(blocks: list[Block]) -> None:
    given = (
        Heading(level=2, line=(Words(text="One"),)),
        Heading(level=2, line=(Words(text="Two"),)),
        *separated(blocks),
    )
    found = made(written(given))
    expected = Tidy().blocks(given, is_top=True)
    is_called = "Call(" in repr(expected)
    notes = (Footnote(label="1", blocks=(Paragraph(line=(Words(text="A note."),)),)),) if is_called else ()
    assert found.text == document_markdown(expected, notes)
    assert found.lost == ()
    assert json.loads(found.files["import-report.json"])["words"]["verified"]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_random_documents_round_trip(blocks: list[Block]) -> None:
    check(blocks)


@pytest.mark.nightly
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(BLOCKS, min_size=1, max_size=6))
def test_many_random_documents_round_trip(blocks: list[Block]) -> None:
    check(blocks)
