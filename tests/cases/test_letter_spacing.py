"""Style sheets that put space between letters: what is read back is still the text."""

from __future__ import annotations

from tests.cases.conftest import Make, demand_built

NOTES = "## n\n\n> Word one\n\nA note.\n\n## m\n\n> two\n\nAnother.\n"
SHEET = """\
.note-mark { letter-spacing: 0.2em; }
.note-call { letter-spacing: 1pt; }
em { letter-spacing: 0.2em; }
sup { letter-spacing: 0.3em; }
"""


def test_space_behind_the_mark_of_a_note_is_no_line_end(small: Make) -> None:
    text = "# T\n\nWord one, and two, *three*, x[2]{.superscript} too.\n"
    demand_built(small(text, notes=NOTES, files={"styles/own.css": SHEET}).build())
