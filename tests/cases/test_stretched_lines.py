"""Lines in which too few words stand to be justified."""

from __future__ import annotations

import re

from tests.cases.conftest import Make, Small, demand_built

LONG = " ".join(["Words of a note that is long enough to be set in parts and to run on to the next page."] * 14)
LETTER = f"""\
> A letter to me.
>
> The original is filed among my letters.
>
> {LONG}
>
> Morning and evening.
"""
TEXT = f"""\
# A diary

The first words, and the last ones of a short entry, in which nothing happened.

{LONG}
"""
NARROW = f"{'x' * 13} yy " * 12


def looseness(made: Small) -> list[float]:
    """How wide the word spaces of loose lines are, as `publisher proof` measures them."""
    (pdf,) = (made.folder / "output").glob("*.pdf")
    found = made.run("proof", str(made.folder), str(pdf), "--loose", "1.9", "--diagnostics", "short").output
    return [float(number) for number in re.findall(r"([\d.]+) times as wide as normal", found)]


def test_short_paragraphs_of_a_long_note_end_as_paragraphs_do(small: Make) -> None:
    made = small(TEXT, notes=f"## one\n\n> first words\n\nThis is what it says:\n\n{LETTER}")
    demand_built(made.build("-f", "pdf"))
    assert max(looseness(made), default=1) < 4


def test_a_note_is_not_broken_in_its_first_word_where_only_a_space_has_no_room(small: Make) -> None:
    notes = "".join(
        f"## n{at}\n\n> last ones {at}\n\nWilliam Fairbrother, Fellow of the College, Cambridge, "
        f"was made {'i' * (at - 9)} Doctor there, *per Regias litteras*, and taken prisoner.\n\n"
        for at in range(10, 40)
    )
    text = "# A diary\n\n" + "".join(f"The first words and the last ones {at} of it.\n\n" for at in range(10, 40))
    made = small(text, notes=notes)
    demand_built(made.build("-f", "pdf"))
    assert "Wil\u00ad\n" not in "".join(made.pages())
    assert max(looseness(made), default=1) < 4


def test_lines_of_a_narrow_column_are_not_stretched_without_end(small: Make) -> None:
    sheet = "p { text-align: justify; width: 40mm }"
    made = small(f"# A text\n\n{NARROW}\n", files={"styles/own.print.css": sheet})
    demand_built(made.build("-f", "pdf"))
    assert max(looseness(made), default=1) <= 4.05
