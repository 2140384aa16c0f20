"""What is in a DOCX, and what it is in the edition."""

from __future__ import annotations

import json

import pytest
from tests.importers.docx_files import (
    PNG,
    cell,
    comment,
    commented,
    docx,
    entry,
    field,
    note,
    note_call,
    paragraph,
    picture,
    run,
    table,
)
from tests.importers.importing_files import made

from publisher.diagnostics import PublisherError
from publisher.importers.docx.reading import Changes

CITED = json.dumps(
    {
        "citationItems": [
            {
                "id": 7,
                "uris": ["http://zotero.org/users/1/items/A"],
                "itemData": {
                    "id": 7,
                    "type": "book",
                    "title": "Proofs",
                    "author": [{"family": "Reed", "given": "Ann"}],
                    "issued": {"date-parts": [["2001"]]},
                },
                "locator": "3-4",
                "label": "page",
                "prefix": "see",
            }
        ]
    }
).replace('"', "&quot;")

TEXTS: dict[str, tuple[tuple[str, ...], str]] = {
    "emphasis": (
        (paragraph("One ", run("two ", "<w:i/>"), run("three", "<w:i/><w:b/>"), run("x", '<w:rStyle w:val="Fett"/>')),),
        "One *two* ***three*x**\n",
    ),
    "small capitals, raised and lowered characters": (
        (
            paragraph(
                run("nato", "<w:smallCaps/>"),
                " H",
                run("2", '<w:vertAlign w:val="subscript"/>'),
                "O 4",
                run("th", '<w:vertAlign w:val="superscript"/>'),
            ),
        ),
        "[nato]{.small-caps} H[2]{.subscript}O 4[th]{.superscript}\n",
    ),
    "languages: a region alone is none": (
        (
            paragraph(
                "A word that is English, and ",
                run("mot juste", '<w:lang w:val="fr-FR"/>'),
                run(" and color", '<w:lang w:val="en-US"/>'),
            ),
        ),
        "A word that is English, and [mot juste]{lang=fr-FR} and color\n",
    ),
    "title and headings": (
        (
            paragraph("On Proofs", style="Titel"),
            paragraph("First", style="berschrift1"),
            paragraph("a"),
            paragraph("Second", style="berschrift2"),
            paragraph("b"),
        ),
        "# On Proofs\n\n## First\n\na\n\n### Second\n\nb\n",
    ),
    "a heading alone at the top is the title": (
        (
            paragraph("On Proofs", style="berschrift1"),
            paragraph("a"),
            paragraph("One", style="berschrift2"),
            paragraph("b"),
        ),
        "# On Proofs\n\na\n\n## One\n\nb\n",
    ),
    "quotation and verse": (
        (
            paragraph("He said:"),
            paragraph("All is well.", style="Zitat"),
            paragraph("So it is.", style="Zitat"),
            paragraph("Tyger, tyger", style="Verse"),
            paragraph("burning bright", style="Verse"),
            paragraph(style="Verse"),
            paragraph("In the forests", style="Verse"),
        ),
        "He said:\n\n> All is well.\n>\n> So it is.\n\n| Tyger, tyger\n| burning bright\n\n| In the forests\n",
    ),
    "lists": (
        (
            entry("one"),
            entry("a", level=1),
            entry("b", level=1),
            entry("two"),
            paragraph("x"),
            entry("three"),
            entry("dot", number=2),
        ),
        "1. one\n   1. a\n   2. b\n2. two\n\nx\n\n3. three\n\n- dot\n",
    ),
    "a list that is only an indented paragraph is a quotation": (
        (paragraph("a"), paragraph("b", properties='<w:ind w:left="720"/>'), paragraph("c")),
        "a\n\n> b\n\nc\n",
    ),
    "tables with spans": (
        (
            paragraph("Table 1. Ports", style="Beschriftung"),
            table(
                cell("Port") + cell("Grain", properties='<w:gridSpan w:val="2"/>'),
                cell("Bergen", properties='<w:vMerge w:val="restart"/>') + cell("1") + cell("2"),
                cell("", properties="<w:vMerge/>") + cell("3") + cell("4"),
            ),
        ),
        "Table: Table 1. Ports\n\n| Port | Grain ||\n|---|---|---|\n| Bergen | 1 | 2 |\n| ^^ | 3 | 4 |\n",
    ),
    "a line end and a tab": (
        (paragraph("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>"),),
        "one\\\ntwo three\n",
    ),
    "signs that would be markup": (
        (paragraph("1. a *b* [c] @d {e} <f>"), paragraph("# no heading"), paragraph("| no verse")),
        "1\\. a \\*b\\* \\[c\\] \\@d \\{e\\} \\<f>\n\n\\# no heading\n\n\\| no verse\n",
    ),
    "a break of the text": ((paragraph("a"), paragraph("* * *"), paragraph("b")), "a\n\n***\n\nb\n"),
    "a drop cap": (
        (paragraph("D", properties='<w:framePr w:dropCap="drop"/>'), paragraph("rop cap.")),
        "Drop cap.\n",
    ),
    "right to left": (
        (paragraph("x", run("שלום", '<w:rtl/><w:lang w:val="en-GB" w:bidi="he-IL"/>'), " long enough to be English"),),
        "x[שלום]{lang=he-IL} long enough to be English\n",
    ),
    "content controls, insertions and the first choice of several": (
        (
            "<w:sdt><w:sdtContent>" + paragraph("a") + "</w:sdtContent></w:sdt>",
            paragraph(
                '<w:ins w:author="x">' + run("b") + "</w:ins>",
                f"<mc:AlternateContent><mc:Choice>{run('c')}</mc:Choice>"
                f"<mc:Fallback>{run('c')}</mc:Fallback></mc:AlternateContent>",
            ),
        ),
        "a\n\nbc\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_text_of_a_document(case: str) -> None:
    body, expected = TEXTS[case]
    found = made(docx(*body))
    assert found.text == expected
    assert found.lost == ()


def test_links_and_fields_that_link() -> None:
    link = '<w:hyperlink r:id="l1">' + run("there") + "</w:hyperlink>"
    inner = '<w:hyperlink w:anchor="_x">' + run("here") + "</w:hyperlink>"
    body = paragraph(link, " and ", field(' HYPERLINK "https://b.org/x" ', "then"), " and ", inner)
    found = made(docx(body, links={"l1": "https://a.org"}))
    assert found.text == "[there](<https://a.org>) and [then](<https://b.org/x>) and here\n"
    assert any("links inside the document" in text for text in found.entries)


def test_footnotes_and_endnotes_are_numbered_by_their_calls() -> None:
    body = paragraph("One", note_call(5), " two", note_call(3), " three", note_call(2, "endnote"), ".")
    parts = {"footnotes": note(3, "Third.") + note(5, "Fifth."), "endnotes": note(2, "End.", "endnote")}
    found = made(docx(body, parts=parts))
    assert found.text == "One[^1] two[^2] three[^e1].\n\n[^1]: Fifth.\n\n[^2]: Third.\n\n[^e1]: End.\n"


def test_footnotes_become_a_series() -> None:
    body = paragraph("One", note_call(5), " two ", run("one", "<w:i/>"), note_call(3), ".")
    found = made(docx(body, parts={"footnotes": note(3, "Third.") + note(5, "Fifth.")}), footnotes="remarks")
    assert found.text == "One two *one*.\n"
    assert found.files["notes/remarks.md"] == ("## note-1\n\n> One\n\nFifth.\n\n## note-2\n\n> one\n\nThird.\n")
    assert "id: remarks" in found.files["edition.yaml"]


def test_comments_are_a_series_for_each_person_with_replies_below() -> None:
    body = paragraph("The word ", commented(1, "word"), " is here, and the ", commented(2, "word"), " again.")
    comments = (
        comment(1, "First?", paragraph_id="00000001")
        + comment(2, "Mine.", author="Bo Li", paragraph_id="00000002")
        + comment(3, "Yes.", author="Bo Li", paragraph_id="00000003")
    )
    extended = '<w15:commentEx w15:paraId="00000003" w15:paraIdParent="00000001" w15:done="0"/>'
    found = made(docx(body, parts={"comments": comments, "commentsExtended": extended}))
    assert found.files["notes/jane-doe.md"] == (
        "## comment-1\n\n> **word** is\n\nFirst?\n\n**Bo Li** (2026-01-04): Yes.\n"
    )
    assert found.files["notes/bo-li.md"] == "## comment-2\n\n> the **word**\n\nMine.\n"


def test_comments_without_names_are_no_notes_of_the_author() -> None:
    parts = {"comments": comment(1, "First?", author="Author") + comment(2, "Second?", author="")}
    found = made(docx(paragraph(commented(1, "One"), " and ", commented(2, "two"), "."), parts=parts))
    assert {name for name in found.files if name.startswith("notes/")} == {"notes/comments.md", "notes/unknown.md"}


def test_comments_that_mark_no_words_are_anchored_and_reported() -> None:
    point = '<w:r><w:commentReference w:id="1"/></w:r>'
    deleted = '<w:del w:author="x">' + commented(2, "<w:r><w:delText>gone</w:delText></w:r>") + "</w:del>"
    on_note = note(1, commented(3, "note"))
    across = '<w:commentRangeStart w:id="4"/>'
    body = (
        paragraph("Alpha", point, " beta ", deleted, "gamma", note_call(1), "."),
        paragraph("Delta ", across, "epsilon"),
        table(cell("zeta", '<w:p><w:commentRangeEnd w:id="4"/>' + run("eta") + "</w:p>") + cell("theta")),
    )
    comments = "".join(comment(number, f"c{number}") for number in (1, 2, 3, 4, 5))
    found = made(docx(*body, parts={"comments": comments, "footnotes": on_note}))
    notes = found.files["notes/jane-doe.md"]
    assert "## comment-1\n\n> Alpha\n\nc1" in notes
    assert "## comment-2\n\n> beta\n\nc2" in notes
    assert "## comment-3\n\n> gamma\n\nc3" in notes
    assert "## comment-4\n\n> epsilon zeta\n\nc4" in notes
    assert "dropped: a comment that is about no place in the text: c5" in found.entries
    assert "changed: the comment on a footnote is where the footnote is called" in found.entries
    assert found.lost == ()


@pytest.mark.parametrize(
    ("changes", "text"), [(Changes.ACCEPT, "a new c\n\nd e\n"), (Changes.REJECT, "a old c\n\nd\n\ne\n")]
)
def test_tracked_changes(changes: Changes, text: str) -> None:
    inserted = '<w:ins w:author="Jo">' + run("new") + "</w:ins>"
    deleted = '<w:del w:author="Jo"><w:r><w:delText>old</w:delText></w:r></w:del>'
    joined = paragraph("d ", properties='<w:rPr><w:del w:author="Jo"/></w:rPr>')
    content = docx(paragraph("a ", inserted, deleted, " c"), joined, paragraph("e"))
    found = made(content, changes=changes)
    assert found.text == text
    left_out = "inserted" if changes is Changes.REJECT else "deleted"
    assert f"dropped: words {left_out} by Jo: {'new' if changes is Changes.REJECT else 'old'}" in found.entries
    with pytest.raises(PublisherError) as error:
        made(content, changes=Changes.STOP)
    assert error.value.diagnostics[0].code == "W-005"


def test_citations_of_zotero_become_references() -> None:
    cited = field(f" ADDIN ZOTERO_ITEM CSL_CITATION {CITED} ", "(see Reed 2001, 3-4)")
    listed = paragraph(field(" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ", "Reed, Ann. 2001. Proofs."))
    found = made(docx(paragraph("So ", cited, ". Again ", cited, "."), listed))
    assert found.text == "So [see @reed2001, pp. 3-4]. Again [see @reed2001, pp. 3-4].\n"
    assert [load["id"] for load in json.loads(found.files["references.json"])] == ["reed2001"]
    assert "references: references.json" in found.files["edition.yaml"]
    assert any("printed list of references" in text for text in found.entries)
    assert found.lost == ()


def test_pictures_have_alternative_text_and_captions() -> None:
    body = (
        paragraph(picture("i1", alternative="A port")),
        paragraph("The port.", style="Beschriftung"),
        paragraph("In ", picture("i2"), "line."),
        paragraph(picture("i3", alternative="Odd")),
    )
    found = made(docx(*body, pictures={"i1": PNG, "i2": PNG, "i3": b"EMF"}))
    assert found.text == (
        '![A port](<images/i1.png> "The port."){width=60mm}\n\nIn line.\n\n'
        "![A picture \\(i2.png\\)](<images/i2.png>){width=60mm}\n".replace("\\(", "(").replace("\\)", ")")
    )
    assert set(found.pictures) == {"images/i1.png", "images/i2.png"}
    assert any(text.startswith("added: the words that describe i2.png") for text in found.entries)
    assert any(text.startswith("dropped: the picture i3.png") for text in found.entries)


def test_what_no_text_can_hold_is_reported_and_no_word_is_lost() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>" + paragraph("In the box.")
        + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        + paragraph("In the box.") + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f></m:oMath>"
    )
    nested = table(cell("outer", table(cell("in") + cell("ner"))) + cell("x"))
    body = (
        paragraph("Before ", box, fraction, run("hidden", "<w:vanish/>")),
        nested,
        paragraph(field(r" TOC \o ", "Contents 1")),
        paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:br w:type="page"/></w:r>'),
        "<w:altChunk/>",
    )
    found = made(docx(*body, parts={"header": paragraph("Running head")}))
    assert found.text == (
        "Before $\\frac{a+b}{c}$\n\nIn the box.\n\n| outer | x |\n|---|---|\n\n| in | ner |\n|---|---|\n\n✓\n".replace(
            "| outer | x |\n|---|---|", "|---|---|\n| outer | x |"
        ).replace("| in | ner |\n|---|---|", "|---|---|\n| in | ner |")
    )
    for words in ("hidden", "Contents 1", "Running head"):
        assert any(text.endswith(f": {words}") for text in found.entries)
    for what in (
        "a text box",
        "equations are formulas",
        "a table in a cell",
        "page breaks left out",
        "a document inside",
    ):
        assert any(what in text for text in found.entries)
    assert found.lost == ()


def test_metadata_goes_to_the_settings() -> None:
    body = (paragraph("On Proofs", style="Titel"), paragraph("A treatise", style="Untertitel"), paragraph("x"))
    core = "<dc:creator>Ann Reed; Bo Li</dc:creator><dc:title>Other</dc:title>"
    found = made(docx(*body, core=core)).files["edition.yaml"]
    assert "title: On Proofs\nsubtitle: A treatise\nlanguage: en-GB\n" in found
    assert "  - name: Ann Reed\n    role: aut\n  - name: Bo Li\n    role: aut\n" in found
    assert "Imported on 2026-11-30 from report.docx (SHA-256 " in found
