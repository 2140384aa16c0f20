"""Diagnostics as people see them."""

from __future__ import annotations

import pytest

from publisher.diagnostics import Diagnostic, Severity, Source, Span
from publisher.diagnostics.report.caret import Ink, render

NOTES = Source(name="book/notes/editorial.md", text="\n" * 13 + "> at the expence or others\n\nThe note.\n")
ARTICLE = Source(name="article.txt", text="A title\n\nFirst at the expense of it.\n\nThen at the expense of it.\n")


def spanning(source: Source, words: str, *, after: str = "") -> Span:
    """The span of words in a source, the first time that they come after others."""
    start = source.text.index(words, source.text.index(after))
    return source.span(start, start + len(words))


def carets(text: str, start: int, end: int, *, width: int = 100) -> list[str]:
    """The line and its carets, without their gutter."""
    span = Source(name="a.txt", text=text).span(start, end)
    lines = render([Diagnostic(code="T-001", message="wrong", span=span)], width=width).splitlines()
    return [line[8:] for line in lines[1:3]]


def test_a_diagnostic_shows_place_line_carets_hint_and_where_to_read_more() -> None:
    diagnostic = Diagnostic(
        code="N-003",
        message="lemma not found in article.txt",
        span=spanning(NOTES, "at the expence or others"),
        hint='nearest text is "at the expense or others" (article.txt:9:78)',
    )
    assert render([diagnostic]) == (
        "book/notes/editorial.md:14:3: error[N-003 lemma-not-found]: lemma not found in article.txt\n"
        "   14 | > at the expence or others\n"
        "      |   ^^^^^^^^^^^^^^^^^^^^^^^^\n"
        '  hint: nearest text is "at the expense or others" (article.txt:9:78)\n'
        "  more: publisher explain lemma-not-found\n"
        "\n"
        "1 error\n"
    )


def test_related_places_come_each_with_their_line() -> None:
    diagnostic = Diagnostic(
        code="N-004",
        message="lemma found twice",
        span=spanning(NOTES, "at the"),
        related=(
            ("candidate 1", spanning(ARTICLE, "at the expense")),
            ("candidate 2", spanning(ARTICLE, "at the expense", after="Then")),
        ),
    )
    assert render([diagnostic]).splitlines()[3:-2] == [
        "  article.txt:3:7: candidate 1",
        "    3 | First at the expense of it.",
        "      |       ^^^^^^^^^^^^^^",
        "  article.txt:5:6: candidate 2",
        "    5 | Then at the expense of it.",
        "      |      ^^^^^^^^^^^^^^",
        "  more: publisher explain lemma-ambiguous",
    ]


def test_a_diagnostic_without_a_place_has_no_line() -> None:
    text = render([Diagnostic(code="O-002", message="the disk is full", severity=Severity.WARNING)])
    assert (
        text == "warning[O-002 output-not-writable]: the disk is full\n"
        "  more: publisher explain output-not-writable\n\n1 warning\n"
    )


def test_nothing_found_prints_nothing() -> None:
    assert render([]) == ""


def test_errors_come_first_then_the_order_is_by_file_line_and_column_and_the_last_line_counts() -> None:
    found = [
        Diagnostic(code="O-002", message="nowhere"),
        Diagnostic(code="N-002", message="b", span=spanning(NOTES, "The note"), severity=Severity.WARNING),
        Diagnostic(code="N-001", message="a", span=spanning(NOTES, "at the")),
        Diagnostic(code="T-001", message="c", span=spanning(ARTICLE, "title")),
    ]
    lines = render(found).splitlines()
    told = [line.split("[")[1].split()[0] for line in lines if "[" in line]
    assert told == ["T-001", "N-001", "O-002", "N-002"]
    assert lines[-1] == "3 errors, 1 warning"


@pytest.mark.parametrize(
    ("text", "start", "end", "line", "marks"),
    [
        ("plain words", 6, 11, "plain words", "      ^^^^^"),
        ("日本語 text", 0, 2, "日本語 text", "^^^^"),
        ("日本語 text", 4, 8, "日本語 text", "       ^^^^"),
        ("cafe\u0301 noir", 6, 10, "cafe\u0301 noir", "     ^^^^"),
        ("cafe\u0301 noir", 4, 5, "cafe\u0301 noir", "   ^"),
        ("\ta: 1", 1, 2, "    a: 1", "    ^"),
        ("ab\tc", 3, 4, "ab  c", "    ^"),
        ("ab\tc", 2, 3, "ab  c", "  ^^"),
        ("deux\u00a0: points", 4, 5, "deux␣: points", "    ^"),
        ("zero\u200bwidth", 4, 5, "zero<U+200B>width", "    ^^^^^^^^"),
        ("bell\x07s", 5, 6, "bell<U+0007>s", "            ^"),
        ("nothing", 3, 3, "nothing", "   ^"),
        ("the end", 7, 7, "the end", "       ^"),
        ("", 0, 0, "", "^"),
        ("first line\nsecond line", 6, 17, "first line", "      ^^^^…"),
        ("first line\nsecond line", 6, 11, "first line", "      ^^^^"),
        ("first line\r\nsecond", 6, 12, "first line", "      ^^^^"),
        ("first line\r\nsecond", 6, 15, "first line", "      ^^^^…"),
    ],
)
def test_carets_stand_under_the_span(text: str, start: int, end: int, line: str, marks: str) -> None:
    assert carets(text, start, end) == [line, marks]


def test_a_long_line_is_cut_around_the_span() -> None:
    text = " ".join(f"word{number:03}" for number in range(200))
    start = text.index("word100")
    line, marks = carets(text, start, start + 7, width=60)
    assert len(line) == 52
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[marks.index("^") : marks.index("^") + marks.count("^")] == "word100"


@pytest.mark.parametrize(("word", "first", "last"), [("word000", "w", "…"), ("word199", "…", "9")])
def test_a_long_line_is_cut_on_one_side_near_its_ends(word: str, first: str, last: str) -> None:
    text = " ".join(f"word{number:03}" for number in range(200))
    start = text.index(word)
    line, marks = carets(text, start, start + 7, width=60)
    assert (line[0], line[-1]) == (first, last)
    assert line[marks.index("^") :][:7] == word


def test_a_span_longer_than_the_terminal_is_cut_with_its_line() -> None:
    line, marks = carets("x" * 50 + "y" * 500 + "z" * 50, 50, 550, width=60)
    assert line[0] == "…"
    assert line[-1] == "…"
    assert marks.endswith("^…")
    assert len(marks) <= 53
    assert line[marks.index("^")] == "y"


def test_a_cut_line_of_wide_characters_stays_within_the_width() -> None:
    line, marks = carets("字" * 300, 150, 152, width=60)
    assert 2 * line.count("字") + line.count("…") <= 52
    assert marks.count("^") == 4


def test_a_line_of_a_million_characters_takes_no_time() -> None:
    line, marks = carets("a" * 1_000_000, 500_000, 500_003)
    assert marks.count("^") == 3
    assert len(line) <= 92


def test_a_further_line_of_a_hint_is_indented() -> None:
    text = render([Diagnostic(code="E-001", message="wrong", hint="write\ntitle: A title")])
    assert "  hint: write\n        title: A title\n" in text


def test_what_a_message_quotes_cannot_play_with_the_terminal() -> None:
    text = render([Diagnostic(code="E-001", message="unknown key 'a\x1b[31m\u202e'")])
    assert "unknown key 'a<U+001B>[31m<U+202E>'" in text


def test_line_numbers_of_six_digits_keep_the_carets_in_place() -> None:
    source = Source(name="a.txt", text="\n" * 123_455 + "wrong word")
    lines = render([Diagnostic(code="T-001", message="m", span=spanning(source, "word"))]).splitlines()
    assert lines[1:3] == ["123456 | wrong word", "       |       ^^^^"]


def test_each_part_is_painted_for_what_it_is() -> None:
    diagnostic = Diagnostic(code="T-001", message="wrong", span=spanning(ARTICLE, "title"), hint="mend it")
    painted = render([diagnostic], paint=lambda ink, text: f"<{ink}>{text}</>")
    assert f"<{Ink.PLACE}>article.txt:1:3</>: <{Ink.ERROR}>error[T-001 not-utf-8]</>: wrong" in painted
    assert f"|</>   <{Ink.ERROR}>^^^^^</>" in painted
    assert f"<{Ink.HINT}>hint:</> mend it" in painted
