"""Markdown becomes blocks and inlines, not a letter is changed, and every run knows where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.markdown.document import markdown
from publisher.model.block import (
    Alignment,
    BlockQuote,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    ThematicBreak,
    Verse,
)
from publisher.model.inline import (
    Citation,
    CitedReference,
    Code,
    CrossReference,
    Emphasis,
    FootnoteCall,
    Foreign,
    Inline,
    LineBreak,
    Link,
    Run,
    Styled,
    Target,
)
from publisher.model.text import Text
from publisher.model.walk import inlines_of, nest, plain, plain_of_inlines

TextOf = Callable[[str], Text]
MistakesIn = Callable[[str], list[str]]

EVERYTHING = """\
# The *title*

A [mot *juste*]{lang=fr} and [nato]{.small-caps} &amp; \\*, `code`,[^1] [words](https://example.org).
Second line, **bold *both***\u00a0end.\\
A hard break. See [@key, para. 8; @other], [](agreement:a-1#8), <https://example.org>.

> quoted
> twice
>
> — Who, *Where*

| one line of verse
|   another, *set in*
|
| the last

## A heading {#here}

| left | middle |
|------|:------:|
| left | *b* b  |

A term
: A definition
: Another

1. one
2. two

   > inside

![What it shows](images/map.png "A *caption*")

```text
  literal *lines*
```

***

[^1]: A footnote
    of two lines.
"""


def only(text: Text) -> tuple[Inline, ...]:
    (block,) = text.blocks
    assert isinstance(block, Paragraph)
    return block.children


def words(inlines: tuple[Inline, ...]) -> str:
    return plain_of_inlines(inlines)


def test_the_plain_text_is_that_of_title_and_blocks(text_of: TextOf) -> None:
    text = text_of(EVERYTHING)
    assert text.plain == plain_of_inlines(text.title) + "\n" + plain(text.blocks)
    assert text.plain.startswith(
        "The title\nA mot juste and nato & *, code, words.\nSecond line, bold both\u00a0end.\n"
    )
    assert "A footnote" not in text.plain


def test_every_run_starts_where_the_plain_text_has_it(text_of: TextOf) -> None:
    text = text_of(EVERYTHING)
    for inline in (*nest(text.title), *inlines_of(text.blocks)):
        if isinstance(inline, Run | Code):
            assert text.plain[inline.start :].startswith(inline.text)


def test_every_run_knows_where_it_stands_in_the_source(text_of: TextOf) -> None:
    text = text_of(EVERYTHING)
    rewritten = {"&": "&amp;", "*": "\\*", "\u00a0\u00a0another, ": "  another, "}
    for inline in (*nest(text.title), *inlines_of(text.blocks)):
        if isinstance(inline, Run | Code) and inline.text != "\n":
            assert inline.span is not None
            source = text.source.text[inline.span.start : inline.span.end]
            assert source == rewritten.get(inline.text, inline.text)


def test_footnotes_count_from_an_origin_of_their_own(text_of: TextOf) -> None:
    (footnote,) = text_of(EVERYTHING).footnotes
    assert (footnote.label, plain(footnote.blocks)) == ("1", "A footnote\nof two lines.")
    assert [inline.start for inline in inlines_of(footnote.blocks) if isinstance(inline, Run)] == [0, 11]


def test_no_letter_is_changed(text_of: TextOf) -> None:
    content = "\"Quotes\" -- 'and' dashes... (c) 1/2 -> \u00a0:\u2009;"
    assert text_of(content).plain == content


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u3000", "\u00a0\u00a0"])
def test_no_break_spaces_at_the_edges_of_a_block_stay(text_of: TextOf, space: str) -> None:
    title, paragraph = f"# {space}Title{space}\n\n", f"{space}one{space}\n{space}two{space}\n\n"
    text = text_of(f"{title}{paragraph}> - {space}three{space}\n\n{space}term{space}\n: {space}four{space}\n")
    words = ("Title", "one", "two", "three", "term", "four")
    assert text.plain == "\n".join(f"{space}{word}{space}" for word in words)
    for run in (*nest(text.title), *inlines_of(text.blocks)):
        assert isinstance(run, Run)
        assert run.span is not None
        assert text.source.text[run.span.start : run.span.end] == run.text


def test_a_line_of_nothing_but_a_no_break_space_stays(text_of: TextOf) -> None:
    assert text_of("\u00a0\none\n\u00a0\n").plain == "\u00a0\none\n\u00a0"


def test_a_space_before_a_no_break_space_stays(text_of: TextOf) -> None:
    assert text_of("one: \u00a0 \n").plain == "one: \u00a0"


def test_inlines_nest(text_of: TextOf) -> None:
    bold = only(text_of("**bold *both***"))[0]
    assert isinstance(bold, Styled)
    assert bold.style is Emphasis.BOLD
    assert isinstance(bold.children[1], Styled)


def test_a_span_has_a_language_and_a_style(text_of: TextOf) -> None:
    foreign = only(text_of("[OTAN]{.small-caps lang=fr}"))[0]
    assert isinstance(foreign, Foreign)
    assert foreign.language == "fr"
    assert isinstance(foreign.children[0], Styled)
    assert foreign.children[0].style is Emphasis.SMALL_CAPS


def test_a_citation_has_keys_and_locators(text_of: TextOf) -> None:
    (citation,) = only(text_of("[@osce:2010a, para. 8, p. 3; @other]"))
    assert citation == Citation(
        references=(CitedReference(key="osce:2010a", locator="para. 8, p. 3"), CitedReference(key="other"))
    )
    assert isinstance(citation, Citation)
    assert [str(reference.span) for reference in citation.references] == ["text.md:1:2", "text.md:1:30"]


def test_cross_references_point_at_agreements_provisions_and_notes(text_of: TextOf) -> None:
    found = [
        cross_reference
        for cross_reference in only(text_of("[](agreement:a-1#8) [it](agreement:a-1) [](note:n)"))
        if isinstance(cross_reference, CrossReference)
    ]
    assert [
        (cross_reference.target, cross_reference.id, cross_reference.fragment, words(cross_reference.children))
        for cross_reference in found
    ] == [
        (Target.AGREEMENT, "a-1", "8", ""),
        (Target.AGREEMENT, "a-1", None, "it"),
        (Target.NOTE, "n", None, ""),
    ]


def test_links_go_out_of_the_book(text_of: TextOf) -> None:
    link, _, auto, _, mail = only(text_of("[a](https://example.org/ü) <http://example.org> <me@example.org>"))
    assert isinstance(link, Link)
    assert link.href == "https://example.org/%C3%BC"
    assert isinstance(auto, Link)
    assert isinstance(mail, Link)
    assert mail.href == "mailto:me@example.org"


def test_a_hard_line_break_is_one_newline(text_of: TextOf) -> None:
    text = text_of("one\\\ntwo")
    assert [type(item) for item in only(text)] == [Run, LineBreak, Run]
    assert text.plain == "one\ntwo"


def test_a_last_paragraph_with_an_em_dash_is_the_attribution(text_of: TextOf) -> None:
    (quote,) = text_of("> words\n>\n> — Who, *Where*\n").blocks
    assert isinstance(quote, BlockQuote)
    assert (plain(quote.blocks), words(quote.attribution)) == ("words", "— Who, Where")


def test_a_quotation_that_is_nothing_but_a_dash_has_no_attribution(text_of: TextOf) -> None:
    (quote,) = text_of("> — said nobody\n").blocks
    assert isinstance(quote, BlockQuote)
    assert quote.attribution == ()


def test_verse_keeps_line_ends_and_indents(text_of: TextOf) -> None:
    (verse,) = text_of("| one\n|   two\n|\n| three\n").blocks
    assert isinstance(verse, Verse)
    assert [words(line) for line in verse.lines] == ["one", "\u00a0\u00a0two", "", "three"]


def test_verse_in_a_quotation_is_verse(text_of: TextOf) -> None:
    (quote,) = text_of("> | one\n> | two\n").blocks
    assert isinstance(quote, BlockQuote)
    assert isinstance(quote.blocks[0], Verse)


def test_a_table_is_no_verse(text_of: TextOf) -> None:
    (table,) = text_of("| a | b |\n|---|--:|\n| 1 | 2 |\n| 3 |   |\n").blocks
    assert isinstance(table, Table)
    assert [[words(cell.children) for cell in row] for row in table.rows] == [["1", "2"], ["3", ""]]
    assert [cell.alignment for cell in table.head[0]] == [Alignment.START, Alignment.END]


def test_blocks_become_what_they_are(text_of: TextOf) -> None:
    kinds = [type(block) for block in text_of(EVERYTHING).blocks]
    expected = [
        Paragraph,
        BlockQuote,
        Verse,
        Heading,
        Table,
        DefinitionList,
        ListBlock,
        Figure,
        CodeBlock,
        ThematicBreak,
    ]
    assert kinds == expected


def test_a_heading_keeps_its_id_and_not_its_braces(text_of: TextOf) -> None:
    (heading,) = text_of("## A heading {#here}\n").blocks
    assert isinstance(heading, Heading)
    assert (heading.level, heading.id, words(heading.children)) == (2, "here", "A heading")


def test_a_figure_has_its_alternative_text_and_its_caption(text_of: TextOf) -> None:
    (figure,) = text_of('![What *it* shows](images/my-map.png "A *caption*"){#map}\n').blocks
    assert isinstance(figure, Figure)
    assert (figure.path, figure.alternative, figure.id) == ("images/my-map.png", "What it shows", "map")
    assert words(figure.caption) == "A caption"


def test_carriage_returns_belong_to_line_ends(text_of: TextOf) -> None:
    text = text_of("# Title\r\n\r\none\r\ntwo\r\n")
    assert text.plain == "Title\none\ntwo"
    assert "\r" not in "".join(run.text for run in inlines_of(text.blocks) if isinstance(run, Run))


def test_a_footnote_call_keeps_its_label_even_without_a_footnote(text_of: TextOf) -> None:
    call = only(text_of("word[^lost]"))[1]
    assert isinstance(call, FootnoteCall)
    assert (call.label, str(call.span)) == ("lost", "text.md:1:5")


@pytest.mark.parametrize(
    ("content", "mistakes"),
    [
        ("An <i>old</i> habit", ["M-001:1:4 <i>"]),
        ("> - a\n>   b <br> c", ["M-001:2:7 <br>"]),
        ("one\n\n<div class='x'>\ntwo\n</div>", ["M-001:3:1 <div class='x'>"]),
        ("a <!-- hidden --> b", ["M-001:1:3 <!-- hidden -->"]),
        ("# One\n\n# Two", ["M-002:3:1 # Two"]),
        ("Text first\n\n# Title", ["M-002:3:1 # Title"]),
        ("See ![a map](map.png) there", ["M-003:1:5 ![a map](map.png)"]),
        ("![](map.png)", ["I-004:1:1 ![](map.png)"]),
        ("[x]{.smallcaps}", ["M-004:1:1 [x]{.smallcaps}"]),
        ("[x]{onclick=alert}", ["M-004:1:1 [x]{onclick=alert}"]),
        ("[x]{lang=french!}", ["M-004:1:4 {lang=french!}"]),
        ("[x]{lang=klingonese}", ["M-004:1:1 [x]{lang=klingonese}"]),
        ("[x]{lang:fr}", ["M-004:1:4 {lang:fr}"]),
        ("## Heading {colour=red}", ["M-004:1:12 {colour=red}"]),
        ("[x](javascript:alert)", ["M-005:1:1 [x](javascript:alert)"]),
        ("[x](file:///etc/passwd)", ["M-005:1:1 [x](file:///etc/passwd)"]),
        ("[x](data:text/html,x)", ["M-005:1:1 [x](data:text/html,x)"]),
        ("<javascript:alert>", ["M-005:1:1 <javascript:alert>"]),
        ("[](https://example.org)", ["M-005:1:1 [](https://example.org)"]),
        ("[ ](mailto:a@b.org)", ["M-005:1:1 [ ](mailto:a@b.org)"]),
        ("[x](other.md)", ["M-005:1:1 [x](other.md)"]),
        ("a\n\n" + "> " * 500 + "deep", ["M-006:3:1 " + "> " * 500 + "deep"]),
        ("[@key; p. 3]", ["M-007:1:1 [@key; p. 3]"]),
        ("[](agreement:)", ["M-008:1:1 [](agreement:)"]),
        ("[](note:a#b)", ["M-008:1:1 [](note:a#b)"]),
        ("x[^1]\n\n[^1]: a\n\n[^1]: b", ["M-010:5:1 [^1]: b"]),
        ("", ["T-003:1:1 "]),
    ],
)
def test_what_cannot_be_meant_is_shown(mistakes_in: MistakesIn, content: str, mistakes: list[str]) -> None:
    assert mistakes_in(content) == mistakes


def test_what_is_escaped_is_meant(text_of: TextOf) -> None:
    assert (
        text_of("\\<b> \\[\\@key] [x]\\{y} me@example.org [a@b.org]").plain
        == "<b> [@key] [x]{y} me@example.org [a@b.org]"
    )


@pytest.mark.parametrize("sign", ["> ", "- ", "*a **b ", "[", "![a", "[@", "<", "`"])
def test_no_depth_breaks_the_reading(mistakes_in: MistakesIn, sign: str) -> None:
    assert all(found[0] in "MI" for found in mistakes_in(sign * 3000))


@pytest.mark.parametrize("content", ["Words. <!-- why -->", "<!-- why -->", "  <!-- more\nlines -->"])
def test_a_comment_is_to_be_deleted(content: str) -> None:
    findings = Findings()
    markdown(Source(name="text.md", text=f"# T\n\n{content}\n"), figures=[], findings=findings)
    assert [(diagnostic.code, (diagnostic.hint or "").partition(":")[0]) for diagnostic in findings.diagnostics] == [
        ("M-001", "delete the comment")
    ]
