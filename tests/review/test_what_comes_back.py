"""What reviewers do in a document: comments, changed notes, changes in the text, deletions; and what comes of it."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.review.office import saved

from publisher.cli.program import program

TEXT = """# The long letter

They met in *Vienna* in 1999, and they met nowhere else. The rest is silence.

The end of the letter[^1] was lost.

[^1]: As the author says.
"""
NOTES = """## met {kind=context}

> Vienna

They did, as *the record*
says, see [@reed2001, p. 3]. So it was.

A second paragraph.

## end

> was lost

It was \\*found\\* later.
"""
SETTINGS = """title: The long letter
language: en
contributors: [{name: A Writer, role: aut}, {name: An Editor, role: edt}]
date: 2026-11-24
source: {file: text.md, sha256: DIGEST}
rights: {status: unknown, statement: Not known.}
references: refs.json
series:
  - {id: ed, title: Notes, file: notes/ed.md}
output: {formats: [epub], name: letter}
"""
REFERENCE = """[{"id": "reed2001", "type": "book", "title": "Letters", "issued": {"date-parts": [[2001]]},
  "author": [{"family": "Reed", "given": "J."}]}]"""
Replace = Callable[[str], str]


def invoke(*words: str) -> Result:
    return CliRunner().invoke(program, words)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition, and its documents with footnotes and with comments, as they are and as LibreOffice saves them."""
    folder = tmp_path_factory.mktemp("review")
    mine = folder / "mine"
    (mine / "notes").mkdir(parents=True)
    (mine / "text.md").write_text(TEXT)
    (mine / "notes/ed.md").write_text(NOTES)
    (mine / "refs.json").write_text(REFERENCE)
    (mine / "edition.yaml").write_text(SETTINGS.replace("DIGEST", hashlib.sha256(TEXT.encode()).hexdigest()))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for notes in ("footnotes", "comments"):
            done = invoke("export", "docx", "mine", "--notes", notes, "-o", notes)
            assert done.exit_code == 0, done.output
            (folder / notes / "letter.review.docx").rename(folder / f"{notes}.docx")
    return folder


@pytest.fixture
def mine(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the edition."""
    monkeypatch.chdir(tmp_path)
    for path in (item for item in (exported / "mine").rglob("*") if item.is_file()):
        target = tmp_path / "mine" / path.relative_to(exported / "mine")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return tmp_path / "mine"


def changed(source: Path, target: Path, **parts: Replace) -> Path:
    """A copy of a document with some of its parts changed: `document`, `footnotes`, `comments`."""
    made = io.BytesIO()
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            change = parts.get(Path(name).stem) if name.startswith("word/") and name.endswith(".xml") else None
            after.writestr(name, change(content.decode()).encode() if change else content)
    target.write_bytes(made.getvalue())
    return target


def replace(*pairs: tuple[str, str]) -> Replace:
    def change(text: str) -> str:
        for before, after in pairs:
            assert before in text, before
            text = text.replace(before, after, 1)
        return text

    return change


SPACED = '<w:r><w:t xml:space="preserve">'
RANGE = (
    f"{SPACED} in 1999, and they met nowhere else.",
    f'{SPACED} in 1999, and </w:t></w:r><w:commentRangeStart w:id="90"/><w:r><w:t>they met nowhere</w:t></w:r>'
    f'<w:commentRangeEnd w:id="90"/><w:r><w:commentReference w:id="90"/></w:r>{SPACED} else.',
)
SILENCE = "The rest is silence."
CALLED = 'The rest is silence.</w:t></w:r><w:r><w:footnoteReference w:id="77"/></w:r><w:r><w:t>'
DELETED = f'The rest </w:t></w:r><w:del w:id="9"><w:r><w:delText>is</w:delText></w:r></w:del>{SPACED} silence.'
INSERTED = f'The rest is</w:t></w:r><w:ins w:id="9">{SPACED} not</w:t></w:r></w:ins>{SPACED} silence.'


def comment(identity: int, words: str, author: str = "Jane Doe") -> str:
    return (
        f'<w:comment w:id="{identity}" w:author="{author}" w:date="2026-11-20T10:00:00Z" w:initials="J">'
        f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment></w:comments>"
    )


def test_a_new_comment_becomes_a_note_of_its_author(exported: Path, mine: Path) -> None:
    path = changed(
        exported / "comments.docx",
        mine.parent / "back.docx",
        document=replace(RANGE),
        comments=replace(("</w:comments>", comment(90, "Really? *Nowhere* else."))),
    )
    done = invoke("import-review", path.name, "mine")
    assert done.exit_code == 0, done.output
    note = (mine / "notes/jane-doe.md").read_text()
    assert "> they met nowhere\n\nReally? \\*Nowhere\\* else.\n" in note
    assert 'id: jane-doe, title: "Comments by Jane Doe"' in (mine / "edition.yaml").read_text()
    assert (mine / "notes/ed.md").read_text() == NOTES
    assert invoke("check", "mine").exit_code == 0
    before = {item: item.read_bytes() for item in mine.rglob("*") if item.is_file()}
    assert invoke("import-review", path.name, "mine").exit_code == 0
    assert {item: item.read_bytes() for item in mine.rglob("*") if item.is_file()} == before


def test_other_comments_and_new_footnotes_are_to_dos(exported: Path, mine: Path) -> None:
    stranger = '<w:footnote w:id="77"><w:p><w:r><w:t>A new note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    path = changed(
        exported / "footnotes.docx",
        mine.parent / "back.docx",
        document=replace((SILENCE, CALLED)),
        footnotes=replace(("</w:footnotes>", stranger)),
    )
    with zipfile.ZipFile(path, "a") as package:
        assert "word/comments.xml" not in package.namelist()
    done = invoke("import-review", path.name, "mine")
    assert done.exit_code == 0, done.output
    todo = (mine / "review-todo.md").read_text()
    assert todo.startswith("# To do after review\n\n- [ ] a new footnote after “")
    assert "silence.”: A new note.\n" in todo
    invoke("import-review", path.name, "mine")
    assert (mine / "review-todo.md").read_text() == todo


def test_a_comment_that_says_to_do_becomes_one(exported: Path, mine: Path) -> None:
    path = changed(
        exported / "comments.docx",
        mine.parent / "back.docx",
        document=replace(RANGE),
        comments=replace(("</w:comments>", comment(90, "To-do: check the year"))),
    )
    assert invoke("import-review", path.name, "mine").exit_code == 0
    line = "- [ ] Jane Doe (2026-11-20), on “they met nowhere”: check the year\n"
    assert (mine / "review-todo.md").read_text().endswith(line)
    assert not (mine / "notes/jane-doe.md").exists()


@pytest.mark.parametrize("notes", ["footnotes", "comments"])
def test_changed_notes_are_shown_and_written_with_their_markup(exported: Path, mine: Path, notes: str) -> None:
    change = replace(
        ("the record", "the whole record"), ("So it was.", "So it is."), (">found<", ">lost &amp; *found<")
    )
    path = changed(exported / f"{notes}.docx", mine.parent / "back.docx", **{notes: change})
    asked = invoke("import-review", path.name, "mine")
    assert asked.exit_code == 1
    assert "the{+ whole+} record" in asked.stdout
    assert (mine / "notes/ed.md").read_text() == NOTES
    done = invoke("import-review", path.name, "mine", "--accept")
    assert done.exit_code == 0, done.output
    after = NOTES.replace("the record", "the whole record").replace("So it was.", "So it is.")
    assert (mine / "notes/ed.md").read_text() == after.replace("\\*found\\* later", "\\*lost & \\*found\\* later")
    assert invoke("check", "mine").exit_code == 0


def test_a_change_in_a_citation_is_listed(exported: Path, mine: Path) -> None:
    path = changed(
        exported / "footnotes.docx",
        mine.parent / "back.docx",
        footnotes=lambda text: replace(("So it was.", "So it is."))(text).replace("2001", "2002", 1),
    )
    done = invoke("import-review", path.name, "mine", "--accept")
    assert done.exit_code == 1
    assert "[K-007 " in done.stderr
    assert (mine / "notes/ed.md").read_text() == NOTES.replace("So it was.", "So it is.")


def without_paragraph(text: str) -> str:
    return re.sub(r"<w:p>(?:(?!</w:p>).)*The end of.*?</w:p>", "", text)


def with_paragraph(text: str) -> str:
    """The document with a paragraph before the second one of the text."""
    paragraph = next(element for element in re.findall(r"<w:p>(?:(?!</w:p>).)*</w:p>", text) if "The end of" in element)
    return text.replace(paragraph, f"<w:p><w:r><w:t>More text.</w:t></w:r></w:p>{paragraph}")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replace(("met nowhere", "met somewhere")), "met [-nowhere-]{+somewhere+} else"),
        (replace((SILENCE, DELETED)), "[-is"),
        (replace((SILENCE, INSERTED)), "{+not"),
        (replace(("The end of the letter", "")), "The end of the letter"),
        (without_paragraph, "a paragraph of the text is missing"),
        (with_paragraph, "a paragraph was added to the text: “More text.”"),
    ],
    ids=["words", "deletion", "insertion", "beginning", "paragraph cut", "paragraph added"],
)
def test_changes_in_the_text_are_refused_and_listed(exported: Path, mine: Path, change: Replace, said: str) -> None:
    path = changed(exported / "footnotes.docx", mine.parent / "back.docx", document=change)
    before = {item: item.read_bytes() for item in mine.rglob("*") if item.is_file()}
    done = invoke("import-review", path.name, "mine", "--accept")
    assert done.exit_code == 1
    assert "[K-006 " in done.stderr
    assert said in done.stderr
    assert {item: item.read_bytes() for item in mine.rglob("*") if item.is_file()} == before


def test_the_authors_footnotes_are_text(exported: Path, mine: Path) -> None:
    change = replace(("As the author says.", "As nobody says."))
    path = changed(exported / "footnotes.docx", mine.parent / "back.docx", footnotes=change)
    done = invoke("import-review", path.name, "mine", "--accept")
    assert done.exit_code == 1
    assert "a footnote of the author was changed" in done.stderr
    assert (mine / "text.md").read_text() == TEXT


def test_notes_that_changed_in_the_edition_since_are_not_overwritten(exported: Path, mine: Path) -> None:
    own = NOTES.replace("So it was.", "So it will be.") + "\n## new\n\n> silence\n\nLater.\n"
    (mine / "notes/ed.md").write_text(own)
    change = replace(("A second", "A last"))
    path = changed(exported / "footnotes.docx", mine.parent / "back.docx", footnotes=change)
    done = invoke("import-review", path.name, "mine", "--accept")
    assert done.exit_code == 1
    assert "it was changed in the edition too" in done.stderr
    assert "[K-008 " not in done.stderr
    assert (mine / "notes/ed.md").read_text() == own


def test_a_note_that_was_deleted_is_unchanged_and_named(exported: Path, mine: Path) -> None:
    def change(text: str) -> str:
        return re.sub(r"<w:footnote w:id=\"\d\">(?:(?!</w:footnote>).)*§n:ed/end§.*?</w:footnote>", "", text)

    path = changed(exported / "footnotes.docx", mine.parent / "back.docx", footnotes=change)
    done = invoke("import-review", path.name, "mine", "--accept")
    assert done.exit_code == 1
    assert "[K-008 " in done.stderr
    assert "ed/end is not in the document" in done.stderr
    assert (mine / "notes/ed.md").read_text() == NOTES


ELSEWHERE = """
## front {in=before}

> Some words

On the front matter.

## foot {in=footnote:1}

> the author says

On a footnote.

## on-note {in=note:met}

> the record

On a note.
"""


@pytest.mark.parametrize("notes", ["footnotes", "comments"])
def test_notes_about_other_parts_are_in_the_document_and_come_back(mine: Path, notes: str) -> None:
    (mine / "before.md").write_text("# Before\n\nSome words.\n")
    (mine / "notes/ed.md").write_text(NOTES + ELSEWHERE)
    settings = (mine / "edition.yaml").read_text()
    (mine / "edition.yaml").write_text(settings.replace("references:", "front: [before.md]\nreferences:"))
    done = invoke("export", "docx", "mine", "--notes", notes, "-o", "out")
    assert done.exit_code == 0, done.output
    path = mine.parent / "out" / "letter.review.docx"
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        everything = "".join(package.read(part).decode() for part in parts)
    for words in ("On the front matter.", "On a footnote.", "On a note."):
        assert everything.count(words) == 1
    for item in (path, *saved([path], mine.parent)):
        back = invoke("import-review", str(item), "mine")
        assert back.exit_code == 0, back.output
        assert "0 changed notes written, 0 to-dos" in back.stdout
    assert (mine / "notes/ed.md").read_text() == NOTES + ELSEWHERE


def test_a_review_of_another_text_is_refused_with_both_digests(exported: Path, mine: Path) -> None:
    text = TEXT.replace("silence", "noise")
    digests = [hashlib.sha256(item.encode()).hexdigest() for item in (TEXT, text)]
    (mine / "text.md").write_text(text)
    (mine / "edition.yaml").write_text(SETTINGS.replace("DIGEST", digests[1]))
    done = invoke("import-review", str(exported / "footnotes.docx"), "mine")
    assert done.exit_code == 1
    assert "[K-005 " in done.stderr
    assert all(digest in done.stderr for digest in digests)


def test_documents_that_are_none_for_review_are_refused(mine: Path) -> None:
    (mine.parent / "bad.docx").write_bytes(b"PK\x03\x04 damaged")
    assert "[W-002 " in invoke("import-review", "bad.docx", "mine").stderr
    with zipfile.ZipFile(mine.parent / "other.docx", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body><w:p/></w:body></w:document>')
    done = invoke("import-review", "other.docx", "mine")
    assert done.exit_code == 1
    assert "[K-009 " in done.stderr


def test_libreoffice_opens_saves_and_converts_what_was_changed(exported: Path, mine: Path) -> None:
    """What LibreOffice saved comes back as well, and it makes PDF and ODT of every document."""
    files = [
        changed(
            exported / "comments.docx",
            mine.parent / "new.docx",
            document=replace(RANGE),
            comments=replace(("</w:comments>", comment(90, "Really?"))),
        ),
        changed(
            exported / "footnotes.docx", mine.parent / "notes.docx", footnotes=replace(("So it was.", "So it is."))
        ),
    ]
    for form in ("pdf", "odt"):
        assert all(item.stat().st_size for item in saved(files, mine.parent, form=form))
    for path in saved(files, mine.parent):
        done = invoke("import-review", str(path), "mine", "--accept")
        assert done.exit_code == 0, done.output
    assert "> they met nowhere\n\nReally?\n" in (mine / "notes/jane-doe.md").read_text()
    assert (mine / "notes/ed.md").read_text() == NOTES.replace("So it was.", "So it is.")
