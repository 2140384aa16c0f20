"""What people who know a word processor do to their files: one message for each cause, and one that they understand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from publisher.diagnostics import PublisherError
from publisher.load import load_edition
from publisher.workspace import Folder

Write = Callable[[Mapping[str, str | bytes]], Folder]
Settings = Callable[..., str]
SERIES = "series: [{id: notes, title: Notes, file: notes.md}]\n"
NOTE = "## first\n\n> first paragraph\n\nA note.\n"
MISTAKES: dict[str, tuple[str | bytes, str, str]] = {
    "no space after ##": (NOTE.replace("## ", "##"), "M-030", "write ## first"),
    "words before the first note": (f"Notes\n\nby me\n\n- one\n\n{NOTE}", "N-002", "begin each note with a heading"),
    "two byte order marks": ("\ufeff\ufeff" + NOTE, "T-002", "delete what precedes the words"),
    "saved as Unicode": (NOTE.encode("utf-16"), "T-020", "open it in a text editor and save it as UTF-8"),
    "saved as Windows text": (NOTE.replace("A note", "“A note”").encode("cp1252"), "T-001", "save it as UTF-8"),
    "saved on an old Macintosh": (NOTE.replace("\n", "\r"), "T-005", "the line ends of Unix or Windows"),
    "saved as Word": (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "T-020", "publisher import"),
    "italics as HTML": (NOTE.replace("A note", "<i>A</i> note"), "M-001", "write *words* for italics"),
    "bold as HTML": (NOTE.replace("A note", "<b>A</b> note"), "M-001", "write **words** for bold"),
    "no blank line below the quotation": (NOTE.replace("paragraph\n\n", "paragraph\n"), "N-009", "put a blank line"),
    "an id with spaces": (NOTE.replace("first\n\n>", "The first one\n\n>"), "N-010", "## the-first-one"),
    "no quotation": (NOTE.replace("> first paragraph", "first paragraph"), "N-007", "quote the words"),
    "a comma in braces": (NOTE.replace("first\n\n>", "first {kind=a, calls=1}\n\n>"), "M-004", "no commas"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_file_of_notes_is_one_message(edition: Write, settings: Settings, mistake: str) -> None:
    content, code, hint = MISTAKES[mistake]
    with pytest.raises(PublisherError) as caught:
        load_edition(edition({"edition.yaml": settings(SERIES), "notes.md": content}))
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == [code]
    assert hint in (caught.value.diagnostics[0].hint or "")


def test_a_document_given_as_text_is_one_message(edition: Write, settings: Settings) -> None:
    files: dict[str, str | bytes] = {
        "article.txt": b"PK\x03\x04" + bytes(26) + b"word/document.xml",
        "edition.yaml": settings(),
    }
    with pytest.raises(PublisherError) as caught:
        load_edition(edition(files))
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["T-020"]
