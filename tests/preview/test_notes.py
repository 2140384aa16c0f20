"""Notes written, changed, deleted and taken back through the page; what other programs write is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.preview.conftest import Running

SELECTED = {"exact": "Hence the oldest rule", "before": "it was not his to take.", "after": " of the trade"}


@pytest.fixture
def notes(preview: Running) -> Path:
    """The file of the notes; every test leaves it as it was."""
    return preview.folder / "notes" / "editorial.md"


def shown(preview: Running) -> str:
    """What diagnostics and pages call the file."""
    return f"{preview.folder.name}/notes/editorial.md"


def test_the_form_is_filled_with_what_the_edition_has(preview: Running) -> None:
    (item,) = preview.act("outline").json()["editions"]
    assert [entry["id"] for entry in item["series"]] == ["editorial", "textual"]
    assert "context" in item["kinds"]
    assert {"id": "moxon1683"}.items() <= item["references"][0].items() or item["references"]
    assert [entry["id"] for entry in item["agreements"]] == ["berne-1886"]
    located = preview.act("locate", selected=SELECTED).json()
    assert located["id"] == "hence-the-oldest-rule"
    assert located["lemma"] == {"exact": "Hence the oldest rule", "prefix": "", "suffix": ""}


def test_a_note_is_written_at_its_place_and_taken_back(preview: Running, notes: Path) -> None:
    before = notes.read_bytes()
    given = {"series": "editorial", "id": "rule", "kind": "context", "body": "A *rule* [@gaskell1972]."}
    answers = []
    state = preview.changed(lambda: answers.append(preview.act("create", selected=SELECTED, **given)))
    assert answers[0].status == 200
    new = b"## rule {kind=context}\n\n> Hence the oldest rule\n\nA *rule* [@gaskell1972].\n\n"
    assert notes.read_bytes() == before.replace(b"## evidence", new + b"## evidence")
    assert state["undo"] == "note rule added"
    page = preview.made(state, "text", "text.json")
    assert page["notes"]["note-editorial-rule"] == {"file": shown(preview), "note": "rule"}
    state = preview.changed(lambda: preview.act("undo"))
    assert notes.read_bytes() == before
    assert (state["undo"], state["redo"]) == ("", "note rule added")
    preview.changed(lambda: preview.act("redo"))
    assert new in notes.read_bytes()
    preview.changed(lambda: preview.act("undo"))
    assert notes.read_bytes() == before


def test_ambiguous_words_are_quoted_with_what_is_around_them(preview: Running, notes: Path) -> None:
    before = notes.read_bytes()
    selected = {"exact": "the proof", "before": "the other held ", "after": " and listened"}
    preview.changed(lambda: preview.act("create", selected=selected, series="editorial", id="held", body="Held."))
    assert b"> other held **the proof**\n" in notes.read_bytes() or b"**the proof**" in notes.read_bytes()
    preview.changed(lambda: preview.act("undo"))
    assert notes.read_bytes() == before


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"selected": {"exact": "words that are nowhere"}}, 422, "H-003"),
        ({"selected": {"exact": "the proof"}}, 422, "H-003"),
        ({"selected": {"exact": " "}}, 422, "H-003"),
        ({"series": "none"}, 422, "H-005"),
        ({"id": "read-aloud"}, 422, "H-005"),
        ({"id": "recieve"}, 422, "H-005"),
        ({"id": "../x"}, 422, "H-005"),
        ({"kind": "a} b"}, 422, "H-005"),
        ({"body": "## another\n\n> words\n\nSaid."}, 422, "H-005"),
        ({"body": " "}, 422, "H-005"),
    ],
)
def test_a_form_that_makes_no_note_writes_nothing(
    preview: Running, notes: Path, given: dict[str, object], status: int, code: str
) -> None:
    before = notes.read_bytes()
    form = {"selected": SELECTED, "series": "editorial", "id": "new", "kind": "", "body": "Said."}
    answer = preview.act("create", **{**form, **given})
    assert (answer.status, answer.json()["error"]["code"]) == (status, code)
    assert notes.read_bytes() == before


def test_a_note_changed_by_another_program_is_a_conflict(preview: Running, notes: Path) -> None:
    before = notes.read_text(encoding="utf-8")
    where = {"file": shown(preview), "note": "evidence"}
    read = preview.act("read", **where).json()
    preview.changed(lambda: notes.write_text(before.replace("The law takes", "The law still takes"), encoding="utf-8"))
    answer = preview.act("change", **where, digest=read["digest"], body="Mine.", kind="context")
    assert answer.status == 409
    assert answer.json()["now"]["body"].startswith("The law still takes")
    assert "Mine." not in notes.read_text(encoding="utf-8")
    assert preview.act("delete", **where, digest=read["digest"]).status == 409
    newer = answer.json()["now"]["digest"]
    preview.changed(lambda: preview.act("change", **where, digest=newer, body="Mine.", kind="sic"))
    assert (
        "## evidence {kind=sic}\n\n> What the author wrote is evidence.\n\nMine.\n\n## second-edition"
        in notes.read_text()
    )
    preview.changed(lambda: preview.act("undo"))
    preview.changed(lambda: notes.write_text(before, encoding="utf-8"))


def test_a_change_elsewhere_in_the_file_is_no_conflict(preview: Running, notes: Path) -> None:
    before = notes.read_text(encoding="utf-8")
    where = {"file": shown(preview), "note": "second-edition"}
    read = preview.act("read", **where).json()
    other = before.replace("Joseph Moxon describes", "Moxon describes")
    preview.changed(lambda: notes.write_text(other, encoding="utf-8"))
    preview.changed(lambda: preview.act("delete", **where, digest=read["digest"]))
    assert "## second-edition" not in notes.read_text(encoding="utf-8")
    assert "Moxon describes" in notes.read_text(encoding="utf-8")
    preview.changed(lambda: preview.act("undo"))
    assert notes.read_text(encoding="utf-8") == other
    preview.changed(lambda: notes.write_text(before, encoding="utf-8"))


def test_a_file_that_is_no_file_of_notes_is_not_written(preview: Running) -> None:
    for file in ("small/article.txt", "/etc/hostname", "../small/notes/editorial.md", "small/edition.yaml"):
        answer = preview.act("delete", file=file, note="x", digest="")
        assert answer.status == 409
        assert answer.json()["error"]["code"] == "H-004"


def test_a_lost_note_gets_the_words_that_are_chosen(preview: Running, notes: Path) -> None:
    before = notes.read_text(encoding="utf-8")
    broken = before.replace("> They read aloud.", "> They readd aloud.").replace("> A **turned letter**", "> the proof")
    state = preview.changed(lambda: notes.write_text(broken, encoding="utf-8"), phase="errors")
    assert state["results"]["problems"]["errors"] == 2
    assert state["results"]["problems"]["current"] is True
    assert state["results"]["text"]["current"] is False
    problems = preview.made(state, "problems", "problems.json")
    assert {(problem["code"], problem["place"]["heading"]) for problem in problems} == {
        ("N-003", "read-aloud"),
        ("N-004", "turned-letter"),
    }
    lost = {entry["note"]: entry for entry in preview.act("lost").json()["lost"]}
    assert len(lost["turned-letter"]["candidates"]) > 1
    wrong = preview.act(
        "choose", file=shown(preview), note="read-aloud", lemma="They readd aloud.", markdown="anything"
    )
    assert wrong.status == 409
    for item in lost.values():
        chosen = item["candidates"][0]["markdown"]
        preview.act("choose", file=shown(preview), note=item["note"], lemma=item["lemma"], markdown=chosen)
    preview.until(lambda state: state["phase"] == "current")
    assert "> They read aloud.\n" in notes.read_text(encoding="utf-8")
    preview.changed(lambda: notes.write_text(before, encoding="utf-8"))


def test_a_changed_text_is_accepted_if_it_is_the_one_that_was_shown(preview: Running) -> None:
    text, settings = preview.folder / "article.txt", preview.folder / "edition.yaml"
    before, recorded = text.read_text(encoding="utf-8"), settings.read_bytes()
    preview.changed(
        lambda: text.write_text(before.replace("two occupations", "two trades"), encoding="utf-8"), phase="errors"
    )
    (shown_text,) = preview.act("changes").json()["texts"]
    assert shown_text["count"] == 1
    where = {"edition": shown_text["edition"], "digest": shown_text["digest"]}
    assert preview.act("accept", **{**where, "digest": "0" * 64}).status == 409
    assert settings.read_bytes() == recorded
    state = preview.changed(lambda: preview.act("accept", **where))
    assert shown_text["digest"].encode() in settings.read_bytes()
    assert state["undo"] == "text of small accepted"
    preview.changed(lambda: preview.act("undo"), phase="errors")
    assert settings.read_bytes() == recorded
    preview.changed(lambda: text.write_text(before, encoding="utf-8"))
