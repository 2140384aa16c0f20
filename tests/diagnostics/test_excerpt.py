"""What holds of every excerpt, whatever the line and the span."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from publisher.diagnostics import Source
from publisher.diagnostics.report.excerpt import excerpt
from publisher.diagnostics.report.terminal import cells

TEXTS = st.text(st.sampled_from("aé\u0301字\t \u00a0\u200b\ufe0f☀\r\nx"), max_size=300)


@given(text=TEXTS, places=st.tuples(st.integers(0, 300), st.integers(0, 300)), width=st.integers(20, 120))
@example(text="", places=(0, 0), width=20)
@example(text="字" * 200, places=(199, 200), width=21)
@example(text="e" + "\u0301" * 299, places=(150, 300), width=20)
def test_an_excerpt_fits_and_its_carets_stand_below_the_line(text: str, places: tuple[int, int], width: int) -> None:
    start, end = sorted(min(place, len(text)) for place in places)
    taken = excerpt(Source(name="a", text=text).span(start, end), width=width)
    assert cells(taken.line) <= width
    assert taken.carets.lstrip(" ").rstrip("…").strip("^") == ""
    assert taken.carets.count("^") >= 1
    assert cells(taken.carets) <= width + 1
    assert taken.carets.index("^") <= width
    assert all(character.isprintable() for character in taken.line)
