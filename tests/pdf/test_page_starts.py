"""The word at which each page begins, its label, and the bookmarks."""

from __future__ import annotations

from typing import Any, Protocol

import pikepdf
import pypdfium2

from publisher.model.publication import MatterKind
from publisher.model.rendition import PageStart, PdfRendition


class Bound(Protocol):
    """A finished PDF, as conftest.py reads it back."""

    pdf: pikepdf.Pdf
    starts: tuple[PageStart, ...]
    rendition: PdfRendition


SMALL = """
@page { size: 60mm 60mm; margin: 8mm 7mm; @footnote { margin-top: 1mm } }
p { margin: 0 0 1em; orphans: 1; widows: 1 }
"""
SECTIONS = (("s", MatterKind.BODY),)


def starts_of(bound: Any) -> list[tuple[str, int]]:
    return [(start.element_id, start.offset) for start in bound.starts]


def test_each_page_has_one_start_in_order(bound: Bound) -> None:
    assert [start.page for start in bound.starts] == list(range(len(bound.pdf.pages)))


def test_front_matter_is_roman_and_the_rest_arabic_from_1(bound: Bound) -> None:
    assert [start.label for start in bound.starts][:4] == ["i", "ii", "1", "2"]
    labels = bound.pdf.Root.PageLabels.Nums
    assert [int(labels[0]), str(labels[1].S), int(labels[2]), str(labels[3].S)] == [0, "/r", 2, "/D"]


def test_a_page_with_a_title_begins_with_the_title(bound: Bound) -> None:
    assert [(start.label, start.offset) for start in bound.starts if start.element_id == "text-title"][-1] == ("1", 0)


def test_a_blank_page_begins_where_the_next_page_does(bound: Bound) -> None:
    assert (bound.starts[1].element_id, bound.starts[1].offset) == ("text-title", 0)


def test_every_start_is_at_a_block_of_the_main_text(bound: Bound) -> None:
    allowed = {
        "contents",
        "contents-title",
        "text-title",
        "part",
        "facts",
        "table",
        "figure",
        "quote",
        "colophon-title",
    }
    assert {start.element_id for start in bound.starts} <= allowed | {f"p{number}" for number in range(1, 9)}


def test_a_page_in_a_table_counts_the_words_of_the_table_and_its_repeated_head_once(bound: Bound) -> None:
    whole = "A table" + "Head" + "Width" + "".join(f"Row {row}{row} wide" for row in range(1, 41))
    solid = "".join(whole.split())
    offsets = [start.offset for start in bound.starts if start.element_id == "table"]
    assert len(offsets) > 2
    assert all(solid[offset:].startswith("Row") for offset in offsets)


def test_a_paragraph_over_pages_counts_neither_hyphens_nor_calls_notes_and_numbers(
    make: Any, bind_: Any, note: Any
) -> None:
    words = "unquestionably characteristic responsibilities " * 30
    body = (
        '<section id="s"><p id="p" class="numbered"><span class="paragraph-number">1</span> '
        f"One{note('n', '12', 'Said.')} {words}</p></section>"
    )
    bound = bind_(make(body, sheet(), sections=SECTIONS))
    solid = "".join(("One" + words).split())
    inner = [start.offset for start in bound.starts[1:]]
    assert len(inner) > 2
    firsts = [first_words(bound, page) for page in range(1, len(bound.starts))]
    assert [solid[offset : offset + 3] for offset in inner] == [words[:3] for words in firsts]


def test_a_page_that_ends_in_the_middle_of_a_word_counts_to_the_middle(make: Any, bind_: Any) -> None:
    words = "responsibilities " * 60
    bound = bind_(make(f'<section id="s"><p id="p">{words}</p></section>', sheet(), sections=SECTIONS))
    length = len("responsibilities")
    offsets = [start.offset for start in bound.starts[1:]]
    assert any(offset % length for offset in offsets)
    for start in bound.starts[1:]:
        assert "responsibilities"[start.offset % length :].startswith(first_words(bound, start.page)[:3])


def test_ligatures_count_as_their_letters(make: Any, bind_: Any) -> None:
    body = f'<section id="s"><p id="p">{"office "}{"ffi " * 3}<br/><span class="next">second</span></p></section>'
    bound = bind_(make(body, sheet() + " .next { display: block; break-before: page }", sections=SECTIONS))
    assert starts_of(bound) == [("p", 0), ("p", 15)]


def test_soft_hyphens_of_the_text_count_as_the_text_has_them(make: Any, bind_: Any) -> None:
    body = '<section id="s"><p id="p">a\u00adb<br/><span class="next">second</span></p></section>'
    bound = bind_(make(body, sheet() + " .next { display: block; break-before: page }", sections=SECTIONS))
    assert starts_of(bound) == [("p", 0), ("p", 3)]


def test_a_page_with_a_note_alone_begins_at_its_call(make: Any, bind_: Any, note: Any) -> None:
    fill, long = "Words before it. " * 10, "All that the note says. " * 12
    body = f'<section id="s"><p id="p">{fill}here{note("n", "1", long)}</p></section>'
    bound = bind_(make(body, sheet(), sections=SECTIONS))
    assert first_words(bound, 1).startswith("1 All that")
    first, *others = starts_of(bound)
    assert first == ("p", 0)
    assert set(others) == {("call-n", 0)}


def test_a_page_with_a_picture_alone_begins_at_its_figure(make: Any, bind_: Any) -> None:
    figure = '<figure id="f" style="break-before:page;break-after:page"><img src="images/dot.png" alt="Dot"/></figure>'
    body = f'<section id="s"><p id="p">Before.</p>{figure}<p id="q">After.</p></section>'
    bound = bind_(make(body, sheet(), sections=SECTIONS))
    assert starts_of(bound) == [("p", 0), ("f", 0), ("q", 0)]


def test_bookmarks_are_the_contents_and_lead_to_their_pages(bound: Bound) -> None:
    with bound.pdf.open_outline() as outline:
        (top,) = outline.root
        (below,) = top.children
        assert (top.title, below.title) == ("The text", "A part")
        place: Any = top.destination
        assert place[0].objgen == bound.pdf.pages[2].obj.objgen


def first_words(bound: Any, page: int) -> str:
    """The first words that a page has, read with another engine."""
    text: str = pypdfium2.PdfDocument(bound.path)[page].get_textpage().get_text_range()
    return text.strip()


def sheet() -> str:
    faces = '@font-face { font-family: "Source Serif Pro"; src: url("../fonts/serif.otf"); }'
    notes = ".note { float: footnote } .note::footnote-call, .note::footnote-marker { content: none }"
    numbers = ".paragraph-number { position: absolute; left: -5mm } .numbered { position: relative }"
    rest = (
        'html { font: 10pt "Source Serif Pro" } body { hyphens: auto; margin: 0 } img { image-rendering: crisp-edges }'
    )
    return "\n".join((faces, SMALL, notes, numbers, rest))
