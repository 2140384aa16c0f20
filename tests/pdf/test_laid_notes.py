"""The notes of a page are laid out once, not again for each note that joins them, and the pages are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.pdf.test_notes_on_pages import SECTIONS, SENTENCE, SHEET, numbered
from weasyprint.layout import inline

from publisher.layout.weasyprint.features.laid_notes import LaidNotes

SHORT = SHEET.replace("size: 80mm 90mm", "size: 150mm 220mm").replace("footnote-policy: line", "")
CONTENTS = {
    "short": lambda at: f"Note {at} of a few words.</p>",
    "long": lambda at: f"{numbered(3 + 9 * (at % 3))}</p>",
    "several": lambda at: f"First {at}.</p><p>{numbered(4)}</p><ul><li>one</li><li>two {at}</li></ul><p>Last.</p>",
    "table": lambda at: f"Table {at}</p><table><tr><td>{at}</td><td>cell</td></tr></table>",
}
"""What notes hold behind their marks."""


def body(count: int, content: Callable[[int], str], *, between: int = 1) -> str:
    """A section of so many paragraphs with a note each."""
    paragraphs = []
    for at in range(count):
        call = f'<a id="call-{at}" href="#note-{at}" role="doc-noteref">{at}</a>'
        back = f'<a href="#call-{at}" role="doc-backlink">{at}</a>'
        aside = f'<aside class="note" id="note-{at}" role="doc-footnote"><p>{back} {content(at)}</aside>'
        paragraphs.append(f"<p>{SENTENCE}{call}{aside}. {numbered(between)}</p>")
    return f'<section id="s">{"".join(paragraphs)}</section>'


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gets something for each line that the engine lays out."""
    found: list[str] = []
    next_line = inline.get_next_linebox

    def counted(context: Any, box: Any, *others: Any) -> Any:
        found.append(box.element_tag)
        return next_line(context, box, *others)

    monkeypatch.setattr(inline, "get_next_linebox", counted)
    return found


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_pages_are_the_same_if_each_note_is_laid_out_again(
    make: Any, bind_: Any, faces: str, content: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(body(8, content, between=3), faces + SHEET, sections=SECTIONS)
    remembered = bind_(made).content
    monkeypatch.setattr(LaidNotes, "find", lambda self, key: None)
    assert bind_(made).content == remembered


def test_a_note_that_joins_others_is_the_only_one_that_is_laid_out(
    make: Any, bind_: Any, faces: str, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(body(24, CONTENTS["short"], between=0), faces + SHORT, sections=SECTIONS)
    bind_(made)
    remembered = len(lines)
    monkeypatch.setattr(LaidNotes, "find", lambda self, key: None)
    lines.clear()
    bind_(made)
    assert remembered < 0.4 * len(lines)


def test_twice_as_many_long_notes_take_twice_as_many_lines(make: Any, bind_: Any, faces: str, lines: list[str]) -> None:
    taken = []
    for count in (6, 12, 24):
        lines.clear()
        bind_(make(body(count, CONTENTS["long"]), faces + SHEET, sections=SECTIONS))
        taken.append(len(lines))
    assert taken[1] < 2.4 * taken[0]
    assert taken[2] < 2.4 * taken[1]
