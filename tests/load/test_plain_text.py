"""Plain text keeps every character; blank lines separate paragraphs, and nothing else means anything."""

from __future__ import annotations

import time

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.markdown.plain_text import plain_text
from publisher.model.block import Paragraph
from publisher.model.inline import Run
from publisher.model.text import Text


def read(content: str, *, title: bool = False) -> Text:
    findings = Findings()
    text = plain_text(Source(name="text.txt", text=content), first_paragraph_is_title=title, findings=findings)
    assert findings.diagnostics == []
    return text


def runs(text: Text) -> list[Run]:
    paragraphs = [block.children for block in text.blocks if isinstance(block, Paragraph)]
    return [run for children in (text.title, *paragraphs) for run in children if isinstance(run, Run)]


def test_blank_lines_separate_paragraphs() -> None:
    assert read("\n\none\n \t\n\n\ntwo\n\nthree").plain == "one\ntwo\nthree"


def test_a_line_end_inside_a_paragraph_stays() -> None:
    assert [run.text for run in runs(read("one\ntwo\n\nthree\n"))] == ["one\ntwo", "three"]


def test_no_break_spaces_and_spaces_at_the_edges_stay() -> None:
    assert read("  one\u00a0\n\n\u00a0two  \n").plain == "  one\u00a0\n\u00a0two  "


def test_a_line_with_nothing_but_a_no_break_space_is_not_blank() -> None:
    assert len(read("one\n\u00a0\ntwo\n").blocks) == 1


def test_markup_means_nothing() -> None:
    assert read("# *one* <b> &amp; [@x]\n").plain == "# *one* <b> &amp; [@x]"


def test_the_first_paragraph_becomes_the_title_where_the_edition_says_so() -> None:
    text = read("A title\n\nA paragraph.\n", title=True)
    assert [run.text for run in text.title if isinstance(run, Run)] == ["A title"]
    assert text.plain == "A title\nA paragraph."
    assert text.title_span is not None
    assert str(text.title_span) == "text.txt:1:1"


def test_runs_know_where_they_stand_in_the_plain_text_and_in_the_source() -> None:
    for content in ("A title\n\none\ntwo\n\nthree\n", "A title\r\n\r\none\r\ntwo\r\n\r\nthree\r\n"):
        text = read(content, title=True)
        assert text.plain == "A title\none\ntwo\nthree"
        for run in runs(text):
            assert text.plain[run.start : run.start + len(run.text)] == run.text
            assert run.span is not None
            assert content[run.span.start : run.span.end].replace("\r", "") == run.text


def test_the_real_article_is_kept_to_the_letter() -> None:
    content = "One “quote\u00a0\n\nand ‘two’ — about about…\u00a0\n\n"
    text = read(content)
    assert "\n\n".join(run.text for run in runs(text)) + "\n\n" == content


def test_a_million_words_are_read_in_a_few_seconds() -> None:
    content = ("some ten words that make up one line of text\n" * 10 + "\n") * 10_000
    began = time.process_time()
    text = read(content)
    assert time.process_time() - began < 5
    assert len(text.blocks) == 10_000
