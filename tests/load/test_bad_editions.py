"""Whatever can be wrong with the files of an edition is found, all of it at once, and shown where it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.diagnostics import PublisherError
from publisher.load import load_edition
from publisher.workspace import Folder

Files = dict[str, str | bytes]
Mistakes = Callable[[Files], list[str]]
Settings = Callable[..., str]


def test_a_folder_without_edition_yaml_is_no_edition(tmp_path: Path) -> None:
    with pytest.raises(PublisherError, match=r"\[E-001\] there is no .*edition.yaml") as caught:
        load_edition(Folder(tmp_path / "nowhere"))
    assert caught.value.exit_code == 1


def test_a_missing_text_is_shown_where_it_is_named(mistakes: Mistakes, settings: Settings) -> None:
    assert mistakes({"edition.yaml": settings(old="file: article.txt", new="file: artikle.txt")}) == [
        "E-010 edition.yaml:8:9"
    ]


def test_a_missing_file_is_hinted_at_with_the_nearest_name(
    edition: Callable[[Files], Folder], settings: Settings
) -> None:
    files: Files = {"edition.yaml": settings(old="file: article.txt", new="file: artikle.txt")}
    with pytest.raises(PublisherError) as caught:
        load_edition(edition(files))
    assert caught.value.diagnostics[0].hint == "did you mean “article.txt”?"


def test_an_empty_text_is_an_error(mistakes: Mistakes) -> None:
    assert mistakes({"article.txt": " \n\n"}) == ["T-003 article.txt:1:1"]


def test_bytes_that_are_not_utf8_are_shown_with_their_offset(edition: Callable[[Files], Folder]) -> None:
    content = "é one\n\ntwo ".encode() + b"\x93three\x94\n"
    with pytest.raises(PublisherError, match=r"byte 93 at offset 12") as caught:
        load_edition(edition({"article.txt": content}))
    assert str(caught.value.diagnostics[0].span) == "article.txt:3:5"


ARCHIVE = b"PK\x03\x04" + bytes(26)
FILES = {
    "a Word document (DOCX)": ARCHIVE + b"word/document.xml",
    "a LibreOffice document (ODT)": ARCHIVE + b"mimetypeapplication/vnd.oasis.opendocument.text",
    "an EPUB": ARCHIVE + b"mimetypeapplication/epub+zip",
    "a Pages document": ARCHIVE + b"Index/Document.iwa",
    "a ZIP file": ARCHIVE + b"text.txt",
    "a document in Rich Text Format (RTF)": b"{\\rtf1\\ansi Words}",
    "an old Word document (DOC)": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3",
    "a web page (HTML)": b"\xef\xbb\xbf\n<!-- saved -->\n<!DOCTYPE html>\n<html><p>Words",
    "an XML file": b'<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">',
    "a LaTeX file": b"% by hand\n\\documentclass{article}",
    "text in UTF-16": "Words".encode("utf-16"),
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "a drawing (SVG)": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a compressed file (gzip)": b"\x1f\x8b\x08\x00\x00",
    "a compressed file (xz)": b"\xfd7zXZ\x00\x00",
    "an Excel or PowerPoint file": ARCHIVE + b"xl/workbook.xml",
    "a font": b"OTTO\x00\x0b\x00\x80",
}
OTHERS = {
    "text in UTF-16": "Words without a mark.".encode("utf-16-le"),
    "a picture": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "a web page (HTML)": b"<p>A paragraph <i>of a page</i>.</p>",
}
"""Other forms of these."""


@pytest.mark.parametrize(("kind", "content"), [*FILES.items(), *OTHERS.items()])
def test_a_file_of_another_program_is_recognised(edition: Callable[[Files], Folder], kind: str, content: bytes) -> None:
    with pytest.raises(PublisherError) as caught:
        load_edition(edition({"article.txt": content}))
    found = [diagnostic for diagnostic in caught.value.diagnostics if diagnostic.code == "T-020"]
    assert [diagnostic.message for diagnostic in found] == [f"article.txt is {kind}, not text"]
    assert "T-001" not in {diagnostic.code for diagnostic in caught.value.diagnostics}


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a comment -->\n# Title\n",
        "PK is no file\n",
        "<b>x</b>\n",
        "%PDF\n",
        "GIF89a is a format.\n",
        "OTTO and BM\n",
        "<p> is a tag\n",
    ],
)
def test_text_that_only_looks_like_such_a_file_is_text(edition: Callable[[Files], Folder], text: str) -> None:
    load_edition(edition({"article.txt": text}))


@pytest.mark.parametrize("character", ["\0", "\x0c", "\x85", "\ufffe", "\U0001fffe"])
def test_a_character_that_no_book_can_print_is_shown(mistakes: Mistakes, character: str) -> None:
    assert mistakes({"article.txt": f"Title\n\nA {character}word\n"}) == ["T-005 article.txt:3:3"]


def test_a_carriage_return_that_ends_no_line_is_shown(mistakes: Mistakes) -> None:
    assert mistakes({"article.txt": "Title\r\n\r\nOld\rlines\r\n"}) == ["T-005 article.txt:3:4"]


def test_a_binary_file_is_told_in_a_few_lines(mistakes: Mistakes) -> None:
    assert len(mistakes({"article.txt": b"a\0\0" * 700})) == 10


def test_a_wrong_sha256_shows_both(edition: Callable[[Files], Folder], settings: Settings) -> None:
    right = hashlib.sha256(b"Title\n\nOther words.\n").hexdigest()
    with pytest.raises(PublisherError) as caught:
        load_edition(edition({"edition.yaml": settings(), "article.txt": "Title\n\nOther words.\n"}))
    found = caught.value.diagnostics[0]
    assert (found.code, str(found.span)) == ("T-004", "edition.yaml:9:11")
    assert right in found.message
    assert (found.hint or "").endswith(f"sha256: {right}")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("title: [one\nlanguage: en\n", "2:9"),
        ("title: one: two\n", "1:8"),
        ("title: one\n\tlanguage: en\n", "2:1"),
        ('title: "one\n', "1:8"),
        ("title: @one\n", "1:8"),
        ("title: one\nlanguage en\ndate: 2026-11-24\n", "3:1"),
    ],
)
def test_malformed_yaml_is_shown_where_it_breaks(mistakes: Mistakes, content: str, place: str) -> None:
    assert mistakes({"edition.yaml": content}) == [f"E-002 edition.yaml:{place}"]


def test_a_mistyped_key_is_shown_with_the_right_one(edition: Callable[[Files], Folder], settings: Settings) -> None:
    with pytest.raises(PublisherError) as caught:
        load_edition(edition({"edition.yaml": settings("sutitle: Under it\n")}))
    found = caught.value.diagnostics[0]
    assert (found.code, str(found.span), found.hint) == ("E-003", "edition.yaml:14:1", "did you mean “subtitle”?")


def test_a_key_inside_a_list_is_checked_too(mistakes: Mistakes, settings: Settings) -> None:
    assert mistakes({"edition.yaml": settings(old="role: aut", new="rolle: aut")}) == ["E-003 edition.yaml:6:5"]


def test_an_empty_file_lacks_everything(mistakes: Mistakes) -> None:
    assert mistakes({"edition.yaml": "# nothing yet\n"}) == ["E-005 edition.yaml:1:1"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("title: A plain title", "title: 1984", "E-005 edition.yaml:1:8"),
        ("title: A plain title", "title: true", "E-005 edition.yaml:1:8"),
        ("title: A plain title", "title: [a, b]", "E-005 edition.yaml:1:8"),
        ("title: A plain title", "title:", "E-005 edition.yaml:1:1"),
        ("title: A plain title", 'title: " "', "E-007 edition.yaml:1:8"),
        ("language: en", "language: english", "E-007 edition.yaml:2:11"),
        ("language: en", "language: en_GB", "E-007 edition.yaml:2:11"),
        ("date: 2026-11-24", "date: 2026-11-31", "E-007 edition.yaml:3:7"),
        ("date: 2026-11-24", "date: 24 November", "E-007 edition.yaml:3:7"),
        ("role: aut", "role: author", "E-006 edition.yaml:6:11"),
        ("status: unknown", "status: free", "E-006 edition.yaml:12:11"),
        ("first-paragraph-is-title: true", "first-paragraph-is-title: 1", "E-005 edition.yaml:10:29"),
        ("statement: Not known.", "statement: Not known.\n  statement: Twice.", "E-008 edition.yaml:14:3"),
        ("statement: Not known.", "statement: &a Known.", "E-009 edition.yaml:13:14"),
        ("statement: Not known.", "statement: !!str Known.", "E-009 edition.yaml:13:14"),
    ],
)
def test_a_wrong_value_is_shown_where_it_stands(
    mistakes: Mistakes, settings: Settings, old: str, new: str, found: str
) -> None:
    assert mistakes({"edition.yaml": settings(old=old, new=new)}) == [found]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("output:\n  page: [156mm, 234]\n", "E-007 edition.yaml:15:17"),
        ("output:\n  page: [156mm]\n", "E-007 edition.yaml:15:9"),
        ("output:\n  page: A55\n", "S-014 edition.yaml:15:9"),
        ("output:\n  page: 6x9\n", "S-014 edition.yaml:15:9"),
        ("output:\n  page: {width: 1mm}\n", "E-005 edition.yaml:15:9"),
        ("output:\n  sides: both\n", "E-006 edition.yaml:15:10"),
        ("output:\n  margins: {inside: 20}\n", "E-007 edition.yaml:15:21"),
        ("style: compac\n", "S-016 edition.yaml:14:8"),
        ("output:\n  formats: [epub, mobi]\n", "E-006 edition.yaml:15:19"),
        ("output:\n  name: ../book\n", "E-007 edition.yaml:15:9"),
        ("isbn: 978-3-16-148410-1\n", "J-001 edition.yaml:14:7"),
        ("identifier: my book\n", "E-007 edition.yaml:14:13"),
        ("subjects: NATO\n", "E-005 edition.yaml:14:11"),
        ("front: [missing.md]\n", "E-010 edition.yaml:14:9"),
        ("agreements: agreements/*.md\n", "E-013 edition.yaml:14:13"),
        ("references: [a.json]\n", "E-005 edition.yaml:14:13"),
    ],
)
def test_a_wrong_option_is_shown_where_it_stands(mistakes: Mistakes, settings: Settings, more: str, found: str) -> None:
    assert mistakes({"edition.yaml": settings(more)}) == [found]


@pytest.mark.parametrize("name", ["../outside.md", "/etc/hostname", "file:///etc/hostname", "https://example.org/a.md"])
def test_a_file_outside_the_folder_is_refused(mistakes: Mistakes, settings: Settings, name: str) -> None:
    assert mistakes({"edition.yaml": settings(f'front: ["{name}"]\n')}) == ["E-011 edition.yaml:14:9"]


def test_a_symbolic_link_out_of_the_folder_is_refused(
    mistakes: Mistakes, settings: Settings, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "secret.md"
    other.write_text("Secret.")
    (tmp_path / "front.md").symlink_to(other)
    assert mistakes({"edition.yaml": settings("front: [front.md]\n")}) == ["E-011 edition.yaml:14:9"]


def test_yaml_that_would_grow_without_end_is_refused(mistakes: Mistakes) -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    assert mistakes({"edition.yaml": bomb}) == ["E-009 edition.yaml:1:4"]


def test_yaml_that_is_deeper_than_any_setting_is_refused(mistakes: Mistakes) -> None:
    assert mistakes({"edition.yaml": "title: " + "[" * 5000 + "]" * 5000}) == ["E-009 edition.yaml:1:20"]


def test_two_series_with_one_id_are_an_error(mistakes: Mistakes, settings: Settings) -> None:
    series = "series:\n  - {id: a, title: A, file: a.md}\n  - {id: a, title: B, file: b.md}\n"
    assert mistakes({"edition.yaml": settings(series), "a.md": "", "b.md": ""}) == ["E-012 edition.yaml:16:10"]


def test_no_series_has_the_id_of_the_authors_footnotes(mistakes: Mistakes, settings: Settings) -> None:
    series = "series:\n  - {id: author, title: A, file: a.md}\n"
    assert mistakes({"edition.yaml": settings(series), "a.md": ""}) == ["E-012 edition.yaml:15:10"]


def test_every_mistake_in_every_file_is_told_at_once(mistakes: Mistakes, settings: Settings) -> None:
    more = "font: [a.md]\nfront: [b.md]\nseries: [{id: n, title: N, file: n.md}]\nreferences: r.json\n"
    files: Files = {
        "edition.yaml": settings(more),
        "article.txt": "Other\x07",
        "b.md": "A <b>bold</b> word.\n",
        "n.md": "## one\n\nNo quotation.\n",
        "r.json": "[{]",
    }
    assert mistakes(files) == [
        "E-003 edition.yaml:14:1",
        "T-005 article.txt:1:6",
        "T-004 edition.yaml:9:11",
        "M-001 b.md:1:3",
        "N-007 n.md:1:1",
        "R-001 r.json:1:3",
    ]
