"""Files of notes with one note more, other or less: every other byte stays, and nothing else becomes a note."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.diagnostics import PublisherError, Source
from publisher.editing.notes_file import (
    NoteDraft,
    escape,
    free_id,
    note_blocks,
    note_markdown,
    with_body,
    with_note,
    without_note,
)
from publisher.load.findings import Findings
from publisher.load.notes import notes
from publisher.model.apparatus import Selector

FILE = """# Notes

## first {kind=context}

> words of the **text** here

It says *this*.

```
## no-note
```

## twice {calls=2 audience=instructor}

> one passage

> another passage

> and a quotation that belongs to what it says

Said of both.

## last

> the end
Not said: these words belong to the quotation.

Said.
"""


def source(text: str = FILE) -> Source:
    return Source(name="notes/editorial.md", text=text)


def draft(note: str = "new", words: str = "some words", body: str = "Said.", kind: str | None = None) -> NoteDraft:
    return NoteDraft(id=note, selector=Selector(exact=words), body=body, kind=kind)


def read_back(text: str) -> dict[str, Selector]:
    return {note.id: note.selector for note in notes(source(text), series="", figures=[], findings=Findings())}


def test_the_stretches_of_notes_are_those_that_are_loaded() -> None:
    blocks = note_blocks(source())
    assert [block.id for block in blocks] == ["first", "twice", "last"]
    assert [block.kind for block in blocks] == ["context", None, None]
    said = [FILE[block.body : block.end].strip().splitlines()[0] for block in blocks]
    assert said == ["It says *this*.", "> and a quotation that belongs to what it says", "Said."]
    assert "".join(FILE[block.start : block.end] for block in blocks) == FILE[FILE.index("## first") :]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("before", [None, "first", "twice"])
def test_a_new_note_changes_no_byte_of_the_others(before: str | None, end: str) -> None:
    text = FILE.replace("\n", end)
    made = with_note(source(text), draft(kind="sic", body="One.\n\nTwo."), before=before)
    new = note_markdown(draft(kind="sic", body="One.\n\nTwo.")).replace("\n", end)
    assert new in made
    assert made.replace(new, "").replace(end, "") == text.replace(end, "")
    assert [note_block.id for note_block in note_blocks(source(made))].index("new") == (
        3 if before is None else ["first", "twice"].index(before)
    )


def test_a_file_without_notes_gets_its_first() -> None:
    assert with_note(source(""), draft()) == "## new\n\n> some words\n\nSaid.\n"


@pytest.mark.parametrize("name", ["first", "twice", "last"])
def test_a_note_without_its_body_keeps_its_quotations_and_attributes(name: str) -> None:
    made = with_body(source(), name, body="Other words.", kind={"first": "context"}.get(name))
    before, after = read_back(FILE), read_back(made)
    assert before == after
    assert [note_block.id for note_block in note_blocks(source(made))] == ["first", "twice", "last"]
    assert "Other words." in made
    assert ("{calls=2 audience=instructor}" in made) is True


def test_the_kind_changes_and_the_other_attributes_stay() -> None:
    made = with_body(source(), "twice", body="Said.", kind="sic")
    assert "## twice {kind=sic calls=2 audience=instructor}\n" in made
    assert "## first\n" in with_body(source(), "first", body="Said.", kind=None)


@pytest.mark.parametrize("name", ["first", "twice", "last"])
def test_a_deleted_note_takes_nothing_with_it(name: str) -> None:
    made = without_note(source(), name)
    assert [note_block.id for note_block in note_blocks(source(made))] == [
        text for text in ("first", "twice", "last") if text != name
    ]
    block = next(note_block for note_block in note_blocks(source()) if note_block.id == name)
    assert made.rstrip() == (FILE[: block.start] + FILE[block.end :]).rstrip()


@pytest.mark.parametrize(
    "body",
    [
        "## another\n\n> words\n\nSaid.",
        "```\nnever closed",
        "Title\n-----\n",
        "# A title",
        "### Third",
        "",
        "  \n",
        "<!-- never closed",
    ],
)
def test_words_that_would_make_or_hide_a_note_are_refused(body: str) -> None:
    with pytest.raises(PublisherError) as error:
        with_note(source(), draft(body=body), before="first")
    assert error.value.diagnostics[0].code == "H-005"
    if body.strip():
        with pytest.raises(PublisherError) as error:
            with_body(source(), "first", body=body, kind=None)
        assert error.value.diagnostics[0].code == "H-005"


@pytest.mark.parametrize("name", ["", "two words", "-x", "first", "ä", "a}b"])
def test_an_id_that_is_none_or_is_taken_is_refused(name: str) -> None:
    with pytest.raises(PublisherError) as error:
        with_note(source(), draft(note=name))
    assert error.value.diagnostics[0].code == "H-005"


def test_a_kind_cannot_leave_its_braces() -> None:
    for kind in ("a} {b", "a b", "a\n"):
        with pytest.raises(PublisherError):
            with_note(source(), draft(kind=kind))
        with pytest.raises(PublisherError):
            with_body(source(), "first", body="Said.", kind=kind)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab *_`\\[]<>&{}#~^$!-+1.)@:|\"'’“=/§é"), min_size=1, max_size=24))
def test_any_words_are_quoted_as_they_are(words: str) -> None:
    words = " ".join(words.split())
    if not words:
        return
    made = with_note(source(), draft(words=words))
    assert read_back(made)["new"].exact == words


def test_a_free_id_says_what_the_words_are() -> None:
    assert free_id("The (57) OSCE countries of the world", ()) == "the-57-osce-countries-of"
    assert free_id("Regime’s", ("regimes", "regimes-2")) == "regimes-3"
    assert free_id("正文", ()) == "section"


@pytest.mark.parametrize(
    ("words", "markdown"), [("a*b", r"a\*b"), ("1. x", r"1\. x"), ("- x", r"\- x"), ("a.b", "a.b")]
)
def test_signs_mean_themselves(words: str, markdown: str) -> None:
    assert escape(words) == markdown
