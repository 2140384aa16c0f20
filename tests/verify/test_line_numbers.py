"""Lines are counted without what only paper has, and numbers stand beside lowered letters as beside others."""

from __future__ import annotations

from publisher.pdf.read.chunks import Chunk
from publisher.verify.line import Expected, Link
from publisher.verify.pdf.line_numbers import BESIDE, _count, own_words


def chunk(text: str, *, y: float = 100.0, size: float = 10.0) -> Chunk:
    """Words on the first page."""
    return Chunk(text=text, page=0, x=0.0, end=50.0, y=y, size=size, seen=True)


def test_pages_and_addresses_after_links_are_not_words_of_the_text() -> None:
    text = "See it <a.example/b> and that (p. 5) (as it was) so-called"
    links = (
        Link(start=4, text="it", target="https://a.example/b", address="a.example/b"),
        Link(start=25, text="that", target="one", paged=True),
    )
    words = [
        chunk(item) for item in ("See ", "it", "<a.exam", "ple/b>", "and that", "(p. 5)", "(as it was) so-", "called")
    ]
    own = own_words(Expected(text=text, links=links, name=""), words)
    assert [item.text for item in own] == ["See ", "it", "and that", "(as it was) so-", "called"]


def test_a_hyphen_at_the_end_of_a_line_is_no_letter_of_the_text() -> None:
    links = (Link(start=0, text="hyphenated", target="one", paged=True),)
    words = [chunk("hyphen-"), chunk("ated"), chunk("(p. 5)"), chunk("word")]
    own = own_words(Expected(text="hyphenated (p. 5) word", links=links, name=""), words)
    assert [item.text for item in own] == ["hyphen-", "ated", "word"]


def test_number_of_a_line_of_lowered_letters_alone_may_stand_above_them() -> None:
    usual, lowered = _count([chunk("a line of the text"), chunk("lowered", y=80.0, size=7.0)], each_page=False)
    assert usual.slack == BESIDE
    assert lowered.slack == 4.0
