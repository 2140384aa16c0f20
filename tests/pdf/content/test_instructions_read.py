"""How content is divided into instructions: by one expression or token by token, with the same result."""

from __future__ import annotations

import pytest

from publisher.pdf.read.content.instructions import Shown, instructions
from publisher.pdf.read.syntax import TOKEN, Malformed, Name


@pytest.mark.parametrize(
    ("array", "codes", "shift"),
    [
        (b"[<0041>-20<0042>]", b"\0A\0B", -20),
        (b"[<00 41> -20 <00\n42>]", b"\0A\0B", -20),
        (b"[<4><1>]", b"\x40\x10", 0),
        (b"[(\\101)3.5()(B)]", b"AB", 3.5),
        (b"[<41>1 2<42>+.5]", b"AB", 3.5),
        (b"[]", b"", 0),
        (b"[% a comment ] TJ\n<41>]", b"A", 0),
    ],
)
def test_strings_are_shown_however_they_are_written(array: bytes, codes: bytes, shift: float) -> None:
    ((operator, (shown,)),) = instructions(array + b" TJ")
    assert (operator, type(shown)) == (b"TJ", Shown)
    assert isinstance(shown, Shown)
    assert (shown.codes, shown.shift) == (codes, shift)
    pieces = [*shown.pieces()]
    assert b"".join(piece for piece in pieces if isinstance(piece, bytes)) == codes
    assert sum(piece for piece in pieces if not isinstance(piece, bytes)) == shift


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"1 2 m", [(b"m", [1, 2])]),
        (b"-1 .5 m\n+3. 4 l", [(b"m", [-1, 0.5]), (b"l", [3, 4])]),
        (b"1 0 0 1 2 3 4 5 6 7 scn", [(b"scn", [1, 0, 0, 1, 2, 3, 4, 5, 6, 7])]),
        (b"/P <</MCID 3>> BDC", [(b"BDC", [Name("P"), {"MCID": 3}])]),
        (b"/P<</MCID 3/Lang(de)>>BDC", [(b"BDC", [Name("P"), {"MCID": 3, "Lang": b"de"}])]),
        (b"/a#62 9 Tf", [(b"Tf", [Name("ab"), 9])]),
        (b"true q", [(b"q", [True])]),
        (b"BI /W 1 /H 1 ID \x00\nEI q", [(b"BI", []), (b"EI", [Name("W"), 1, Name("H"), 1]), (b"q", [])]),
        (b"q\x00Q\x0cq", [(b"q", []), (b"Q", []), (b"q", [])]),
        (b"1 d0", [(b"d0", [1])]),
        (b"(a) ET 1 2 m ET q", [(b"ET", [b"a"]), (b"m", [1, 2]), (b"q", [])]),
    ],
)
def test_instructions_have_their_operands(content: bytes, expected: list[tuple[bytes, list[object]]]) -> None:
    assert [(operator, [*operands]) for operator, operands in instructions(content)] == expected


def test_a_vertical_tab_is_no_white_space() -> None:
    """No viewer takes it for one: what a page seems to show would be shown by none (ISO 32000-1, table 1)."""
    assert [operator for operator, _ in instructions(b"(a)\x0bTj")] == [b"\x0bTj"]
    assert [operator for operator, _ in instructions(b"1\x0b2 m")] != [b"m", b"m"]


def test_bytes_that_are_no_content_are_refused_in_steps_that_grow_with_their_length() -> None:
    """White space before a stray bracket was tried in every division."""
    assert TOKEN.match(b" " * 100_000 + b")") is None
    with pytest.raises(Malformed):
        list(instructions(b"%a\n \n" * 20_000 + b")"))
    assert [operator for operator, _ in instructions(b"9" * 100_000 + b"x" + b" q")] == [b"9" * 100_000 + b"x", b"q"]
