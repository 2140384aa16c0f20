"""What the bound PDF's structure says, read back from its bytes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, Protocol

import pikepdf
from pikepdf import Name


class Bound(Protocol):
    """A finished PDF, as conftest.py reads it back."""

    pdf: pikepdf.Pdf
    elements: tuple[Any, ...]

    def of_kind(self, kind: str) -> tuple[Any, ...]: ...
    def words(self, element: Any) -> str: ...
    def stream(self, page: int) -> bytes: ...


def joined(words: str) -> str:
    """Words with the soft hyphens of line ends taken away, white space folded."""
    return re.sub(r"\s+", " ", words.replace("\u00ad ", "")).strip()


def kids(element: Any) -> list[str]:
    """The types of the elements in an element; its content is left out."""
    return [str(child.S)[1:] for child in element.K if not isinstance(child, int) and "/S" in child]


def pages_of(bound: Bound, element: Any) -> set[int]:
    """The pages on which an element has content."""
    numbers = {page.obj.objgen: index for index, page in enumerate(bound.pdf.pages)}
    found: set[int] = set()
    for child in element.K:
        if isinstance(child, int):
            found.add(numbers[element.Pg.objgen])
        elif child.get("/Type") == Name.MCR:
            found.add(numbers[child.Pg.objgen])
        elif "/S" in child:
            found |= pages_of(bound, child)
    return found


def test_each_note_is_one_element_with_its_own_id_in_the_order_of_the_calls(bound: Bound) -> None:
    ids = [str(note.ID) for note in bound.of_kind("Note")]
    assert ids == ["note-title", "note-one", "note-two", "note-three", "note-entry"]


def test_a_note_is_read_right_after_the_block_that_calls_it(bound: Bound) -> None:
    (section,) = [item for item in bound.of_kind("Sect") if "Note" in kids(item)]
    assert kids(section)[:7] == ["H1", "Note", "P", "Note", "Note", "P", "Note"]


def test_the_note_of_an_entry_stands_before_the_list_below_it(bound: Bound) -> None:
    (body,) = [item for item in bound.of_kind("LBody") if "Note" in kids(item)]
    assert kids(body) == ["Reference", "Note", "L"]


def test_no_note_is_inside_a_paragraph_or_a_heading(bound: Bound) -> None:
    lines = [item for kind in ("P", "H1", "H2", "Span", "Link") for item in bound.of_kind(kind)]
    assert [line for line in lines if "Note" in kids(line)] == []


def test_a_call_is_a_reference_and_a_mark_a_label_each_around_its_link(bound: Bound) -> None:
    for note in bound.of_kind("Note"):
        assert kids(note)[0] == "Lbl"
        assert kids(note.K[0]) == ["Link"]
    calls = [item for item in bound.of_kind("Reference") if str(bound.words(item)).strip() in ("1", "2", "a", "3", "4")]
    assert [kids(call) for call in calls] == [["Link"]] * 5


def test_calls_and_notes_lead_to_each_other(bound: Bound) -> None:
    goals = [str(item.Dest) for page in bound.pdf.pages for item in page.obj.get("/Annots", ()) if "/Dest" in item]
    for name in ("title", "one", "two", "three", "entry"):
        assert goals.count(f"note-{name}") == 1
        assert goals.count(f"call-{name}") == 1


def test_a_paragraph_over_page_ends_is_one_element_with_all_its_words(bound: Bound) -> None:
    paragraph = next(item for item in bound.of_kind("P") if "Here stands call" in bound.words(item))
    assert len(pages_of(bound, paragraph)) > 1
    sentence = "The representatives considered international organisations and their responsibilities"
    assert joined(bound.words(paragraph)).count(sentence) == 11


def test_running_heads_and_folios_are_pagination_artifacts(bound: Bound) -> None:
    assert b"/Subtype /Header" in bound.stream(3)
    assert b"/Subtype /Footer" in bound.stream(3)
    assert "Running head" not in bound.words(bound.elements[0].at)


def test_the_head_of_a_table_is_read_once(bound: Bound) -> None:
    (table,) = bound.of_kind("Table")
    assert len(pages_of(bound, table)) > 2
    assert kids(table) == ["Caption", "THead", "TBody"]
    assert joined(bound.words(table)).count("Width") == 1
    assert len(bound.of_kind("TR")) == 41


def test_heads_of_columns_and_rows_have_their_scope(bound: Bound) -> None:
    scopes = [str(item.A.Scope) for item in bound.of_kind("TH")]
    assert scopes == ["/Column", "/Column", *["/Row"] * 40]


def test_lists_say_how_they_are_numbered_and_entries_have_label_and_body(bound: Bound) -> None:
    assert [str(item.A.ListNumbering) for item in bound.of_kind("L")] == ["/Disc", "/Disc", "/Decimal", "/None"]
    assert {tuple(kids(item)) for item in bound.of_kind("LI")} == {("Lbl", "LBody")}


def test_a_list_within_an_entry_is_in_that_entry(bound: Bound) -> None:
    outer = bound.of_kind("L")[0]
    assert kids(outer) == ["LI", "LI"]


def test_several_definitions_stay_apart_in_one_body(bound: Bound) -> None:
    definitions = bound.of_kind("L")[-1]
    assert [kids(entry.K[1]) for entry in definitions.K] == [["Div", "Div"], ["Div"]]


def test_contents_are_a_toc_of_references_with_links(bound: Bound) -> None:
    outer, inner = bound.of_kind("TOC")
    assert kids(outer) == kids(inner) == ["TOCI"]
    assert kids(outer.K[0]) == ["Reference", "TOC"]
    assert "Link" in kids(outer.K[0].K[0])


def test_words_in_another_language_say_so(bound: Bound) -> None:
    marked = [(str(item.Lang), joined(bound.words(item))) for item in _with(bound, "/Lang")]
    assert marked == [("fr", "mots justes")]


def test_a_hyphen_of_the_layout_is_soft_and_one_of_the_text_stays(bound: Bound) -> None:
    everything = bound.words(bound.elements[0].at)
    assert everything.count("\u00ad") > 10
    assert "co‐operation" in joined(everything)
    assert "‐" not in joined(everything).replace("co‐operation", "")


def test_a_hyphen_of_the_text_at_a_line_end_stays(make: Any, bind_: Any) -> None:
    words = "counter-revolutionaries " * 40
    sheet = "@page { size: 75mm 200mm; margin: 8mm 7mm } body { hyphens: none }"
    bound = bind_(make(f'<section id="s"><p id="p">{words}</p></section>', "\n".join((FACE, sheet))))
    everything = bound.words(bound.elements[0].at)
    assert "counter- revolutionaries" in everything
    assert "\u00ad" not in everything


def test_a_soft_hyphen_of_the_text_that_is_shown_is_read_as_soft(make: Any, bind_: Any) -> None:
    words = "counter\u00adrevolutionaries " * 40
    sheet = "@page { size: 60mm 200mm; margin: 8mm 7mm } body { hyphens: manual }"
    bound = bind_(make(f'<section id="s"><p id="p">{words}</p></section>', "\n".join((FACE, sheet))))
    assert joined(bound.words(bound.elements[0].at)) == " ".join(["counterrevolutionaries"] * 40)


def test_no_link_is_inside_a_link(bound: Bound) -> None:
    for link in bound.of_kind("Link"):
        assert "Link" not in kids(link)
        assert any(not isinstance(child, int) and child.get("/Type") == Name.OBJR for child in link.K)


def test_headings_skip_no_level(bound: Bound) -> None:
    levels = [int(element.kind[1]) for element in bound.elements if re.fullmatch(r"H\d", element.kind)]
    assert levels == [1, 1, 2, 1]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_figure_keeps_its_words_and_its_place_on_the_page(bound: Bound) -> None:
    (figure,) = bound.of_kind("Figure")
    assert str(figure.Alt) == "A red dot"
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    assert (round(right - left), round(top - bottom)) == (40, 30)
    height = float(bound.pdf.pages[0].mediabox[3])
    assert 0 < bottom < top < height


def test_a_number_in_the_margin_is_a_span_in_its_paragraph(bound: Bound) -> None:
    numbered = [item for item in bound.of_kind("P") if joined(bound.words(item)).startswith(("1 The", "2 The"))]
    assert [kids(item)[0] for item in numbered] == ["Span", "Span"]


def test_every_sequence_is_owned_by_the_element_that_holds_it(bound: Bound) -> None:
    numbers = list(bound.pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in bound.pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            assert str(owners[int(annotation.StructParent)].S) == "/Link"
    for element in bound.elements:
        for child in element.at.K:
            if isinstance(child, int):
                assert owners[int(element.at.Pg.StructParents)][child].objgen == element.at.objgen


def test_nothing_private_is_left(bound: Bound) -> None:
    keys = {key for element in bound.elements for key in element.at}
    assert keys <= {"/Type", "/S", "/P", "/K", "/Pg", "/A", "/ID", "/Alt", "/Lang"}


def _with(bound: Bound, key: str) -> list[Any]:
    return [element.at for element in bound.elements if key in element.at]


FACE = '@font-face { font-family: "Source Serif Pro"; src: url("../fonts/serif.otf"); }\
 html { font: 10pt "Source Serif Pro" }'
