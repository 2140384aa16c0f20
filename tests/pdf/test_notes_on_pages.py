"""Notes at the foot and in the margin: none is lost, long ones run on to the next page, each is read after its call."""

from __future__ import annotations

import re
from typing import Any

import pytest

from publisher.diagnostics import PublisherError
from publisher.layout.weasyprint import layout
from publisher.model.publication import MatterKind

SECTIONS = (("s", MatterKind.BODY),)
SHEET = """
html { font: 10pt/14pt "Source Serif Pro" } body { margin: 0; hyphens: auto; text-align: justify }
@page { size: 80mm 90mm; margin: 10mm }
a { color: inherit; text-decoration: none }
.note { float: footnote; font-size: 8pt; line-height: 10pt; footnote-policy: line }
.note::footnote-call, .note::footnote-marker { content: none }
.note p { margin: 0 } .note p + p { text-indent: 8pt }
"""
SENTENCE = "Representatives of well-known organisations considered their responsibilities extraordinarily seriously"
"""Words that are hyphenated at many line ends, and a hyphen of their own."""


def numbered(count: int) -> str:
    """So many different sentences."""
    return "".join(f"{SENTENCE} {number}. " for number in range(1, count + 1))


def squeezed(text: str) -> str:
    """A text without white space and soft hyphens, which is all that may differ."""
    return re.sub(r"[\s\u00ad]+", "", text)


def pages_of(element: Any) -> list[Any]:
    """The pages that hold an element's content, in reading order, each once."""
    found: dict[Any, None] = {}
    for child in element.get("/K", ()):
        if isinstance(child, int):
            found.setdefault(element.Pg.objgen)
        elif "/MCID" in child:
            found.setdefault(child.Pg.objgen)
        elif "/S" in child:
            found |= dict.fromkeys(pages_of(child))
    return list(found)


@pytest.fixture
def one_note(make: Any, bind_: Any, faces: str) -> Any:
    """Binds a text with one note, given what the note holds after its mark."""

    def bound(words: str) -> Any:
        call = '<a id="call-n" href="#note-n" role="doc-noteref">1</a>'
        back = '<a href="#call-n" role="doc-backlink">1</a>'
        aside = f'<aside class="note" id="note-n" role="doc-footnote"><p>{back} {words}</aside>'
        body = f'<section id="s"><p id="p">{SENTENCE}{call}{aside}. {numbered(12)}</p></section>'
        return bind_(make(body, faces + SHEET, sections=SECTIONS))

    return bound


def test_a_long_note_runs_on_to_the_next_page(one_note: Any) -> None:
    bound = one_note(f"{numbered(14)}</p>")
    (found,) = bound.of_kind("Note")
    assert len(pages_of(found)) > 1
    assert pages_of(found)[0] == bound.pdf.pages[0].obj.objgen


def test_a_note_that_runs_on_is_one_element_with_each_word_once(one_note: Any) -> None:
    bound = one_note(f"{numbered(14)}</p>")
    (found,) = bound.of_kind("Note")
    assert squeezed(bound.words(found)) == squeezed(f"1 {numbered(14)}")
    assert [str(child.S) for child in found.K] == ["/Lbl", "/P"]


def test_a_note_longer_than_a_page_leaves_room_for_the_text(one_note: Any) -> None:
    bound = one_note(f"{numbered(40)}</p>")
    (found,), (text,) = bound.of_kind("Note"), [item for item in bound.of_kind("P") if item.P.S == "/Sect"]
    assert len(pages_of(found)) > 2
    assert set(pages_of(text)) >= set(pages_of(found)[:-1])


def test_paragraphs_quotations_and_lists_of_a_note_that_runs_on_stay_whole_and_in_order(one_note: Any) -> None:
    entries = "".join(f"<li>Entry {number}</li>" for number in range(3))
    quoted = f"<blockquote><p>Quoted: {numbered(4)}</p></blockquote>"
    bound = one_note(f"{numbered(5)}</p><p>Second: {numbered(4)}</p>{quoted}<ul>{entries}</ul><p>Last.</p>")
    (found,) = bound.of_kind("Note")
    assert [str(child.S) for child in found.K] == ["/Lbl", "/P", "/P", "/BlockQuote", "/L", "/P"]
    said = [squeezed(bound.words(child)) for child in found.K]
    assert said[2:4] == [squeezed(f"Second: {numbered(4)}"), squeezed(f"Quoted: {numbered(4)}")]
    assert len(found.K[4].K) == 3


def test_words_between_marks_of_style_are_cut_inside_them(one_note: Any) -> None:
    bound = one_note(f"Before <em>stressed {numbered(7)}</em> between <strong>{numbered(7)}</strong> after.</p>")
    (found,) = bound.of_kind("Note")
    paragraph = found.K[1]
    spans = [child for child in paragraph.K if not isinstance(child, int) and "/S" in child]
    assert [squeezed(bound.words(span)) for span in spans] == [
        squeezed(f"stressed {numbered(7)}"),
        squeezed(numbered(7)),
    ]


def test_the_ways_to_a_note_that_runs_on_and_back_are_one_each(one_note: Any) -> None:
    bound = one_note(f"{numbered(14)}</p>")
    links = [annotation for page in bound.pdf.pages for annotation in page.obj.get("/Annots", ())]
    assert len(links) == 2


def test_a_short_note_stays_in_one_piece(one_note: Any) -> None:
    bound = one_note(f"{SENTENCE}</p>")
    (found,) = bound.of_kind("Note")
    assert len(pages_of(found)) == 1


def crowded(note: Any, lines: int) -> str:
    """So many lines, then calls that crowd."""
    paragraphs = (
        f"<p>{'word ' * 9} a{note(f'{at}a', f'{at}', 'Note ' * 10)} {'word ' * 14}"
        f" b{note(f'{at}b', f'{at}b', 'Note ' * 10)} {'word ' * 5}</p>"
        for at in range(6)
    )
    return f'<section id="s"><p>{"line<br/>" * lines}</p>{"".join(paragraphs)}<p id="end">End.</p></section>'


CROWDED = SHEET.replace("footnote-policy: line", "") + "p { margin: 0 }"


@pytest.mark.parametrize("lines", [1, 3, 4, 10])
def test_no_note_is_lost_wherever_the_page_ends(make: Any, bind_: Any, faces: str, note: Any, lines: int) -> None:
    bound = bind_(make(crowded(note, lines), faces + CROWDED, sections=SECTIONS))
    assert [str(item.ID) for item in bound.of_kind("Note")] == [f"note-{at}{end}" for at in range(6) for end in "ab"]


@pytest.mark.parametrize("lines", [1])
def test_the_engine_still_loses_notes_by_itself(
    make: Any, bind_: Any, faces: str, note: Any, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this fails, the engine has been mended, and what wraps it can go."""
    monkeypatch.setattr(layout, "footnote_loss_hooks", lambda root: ())
    with pytest.raises(PublisherError, match="no anchor #note-"):
        bind_(make(crowded(note, lines), faces + CROWDED, sections=SECTIONS))


def test_a_note_in_the_margin_is_read_after_the_paragraph_that_calls_it(
    make: Any, bind_: Any, faces: str, note: Any
) -> None:
    margin = ".note { float: right; clear: right; width: 15mm; margin-right: -17mm; font-size: 7pt }"
    calls = f"One{note('one', '1', 'First.')} and two{note('two', '2', 'Second.')} in {SENTENCE}"
    body = f'<section id="s"><p id="p">{calls}</p><p id="q">After.</p></section>'
    bound = bind_(
        make(
            body,
            faces + 'html { font-family: "Source Serif Pro" } @page { margin-right: 20mm }' + margin,
            sections=SECTIONS,
        )
    )
    section = bound.of_kind("Sect")[0]
    assert [str(child.S) for child in section.K] == ["/P", "/Note", "/Note", "/P"]
    assert squeezed(bound.words(section.K[0])) == squeezed(f"One1 and two2 in {SENTENCE}")


BESIDE = """
html { font: 10pt/14pt "Source Serif Pro" } body { margin: 0; hyphens: auto }
@page { size: 80mm 160mm; margin: 10mm 27mm 10mm 10mm }
a { color: inherit; text-decoration: none } p { margin: 0 }
.note { float: right; clear: right; width: 15mm; margin-right: -17mm; font-size: 5pt; line-height: 6pt }
"""


def beside(note: Any, shift: int) -> str:
    """Long words with a call in their middle or before a full stop, so that lines have to break before calls."""
    words = ("organi", "sations"), ("representa", "tives"), ("responsi", "bilities"), ("extraordi", "narily")
    text = " ".join(
        f"{'of ' * ((at + shift) % 4)}{words[at % 4][0]}{note(f'n{at}', f'{at}', 'Note.')}{words[at % 4][1]}"
        for at in range(12)
    )
    return f'<section id="s"><p id="p">{text}.</p></section>'


@pytest.mark.parametrize("shift", range(4))
def test_no_word_is_lost_where_a_line_breaks_before_the_call_of_a_note_in_the_margin(
    make: Any, bind_: Any, faces: str, note: Any, shift: int
) -> None:
    bound = bind_(make(beside(note, shift), faces + BESIDE, sections=SECTIONS))
    said = squeezed(bound.words(bound.elements[0].at))
    parts = ("sations", "tives", "bilities", "narily")
    assert [said.count(part) for part in parts] == [3] * 4
    assert len(bound.of_kind("Note")) == 12


def test_the_engine_still_loses_words_beside_the_margin_by_itself(
    make: Any, bind_: Any, faces: str, note: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this fails, the engine has been mended, and what wraps it can go."""
    monkeypatch.setattr(layout, "margin_float_hooks", tuple)
    with pytest.raises(PublisherError, match="no anchor #call-"):
        bind_(make(beside(note, 1), faces + BESIDE, sections=SECTIONS))
