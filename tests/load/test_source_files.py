"""The text of an edition in several files and in other encodings than UTF-8."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import pytest

from publisher.diagnostics import Diagnostic, PublisherError, Source, join
from publisher.load import load_edition
from publisher.load.encodings import CODECS, known_encoding
from publisher.model.block import Paragraph
from publisher.model.edition import Edition
from publisher.model.inline import FootnoteCall
from publisher.model.walk import inlines_of
from publisher.workspace import Folder

Write = Callable[[Mapping[str, str | bytes]], Folder]

ONE, TWO = "Title\n\nThe first paragraph.\n", "The second one.\r\n\r\nThe third one."
SAID = {
    "windows-1252": "He said “no” – at the café.",
    "latin-1": "Où est le café naïf ?",
    "koi8-r": "Анна Каренина вышла замуж.",
    "windows-1251": "Анна Каренина вышла замуж.",
    "shift-jis": "国境の長いトンネルを抜けると雪国であった。",
    "utf-16": "Ἄνδρα μοι ἔννεπε, Μοῦσα, πολύτροπον.",
    "utf-16le": "Ἄνδρα μοι ἔννεπε, Μοῦσα.",
    "gb18030": "话说天下大势，分久必合，合久必分。",
    "big5": "話說天下大勢，分久必合。",
    "euc-kr": "나는 별일 없이 산다.",
    "macintosh": "He said “no” – at the café.",
    "latin-2": "Zażółć gęślą jaźń.",
}


def digest(*contents: str | bytes) -> str:
    together = b"".join(content if isinstance(content, bytes) else content.encode() for content in contents)
    return hashlib.sha256(together).hexdigest()


def settings(files: str, sha256: str, more: str = "") -> str:
    return (
        "title: A title\nlanguage: en\ndate: 2026-11-24\ncontributors: [{name: Some Writer, role: aut}]\n"
        f"source:\n  file: {files}\n  sha256: {sha256}\n{more}rights: {{status: unknown, statement: Not known.}}\n"
    )


def failing(edition: Write, files: Mapping[str, str | bytes]) -> list[Diagnostic]:
    with pytest.raises(PublisherError) as caught:
        load_edition(edition(files))
    return list(caught.value.diagnostics)


def paragraphs(edition: Edition) -> list[Paragraph]:
    return [block for block in edition.text.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("digests", [digest(ONE, TWO), f"[{digest(ONE)}, {digest(TWO)}]"])
def test_several_files_are_one_text_and_each_place_names_its_file(edition: Write, digests: str) -> None:
    more = "  first-paragraph-is-title: true\n"
    files = {"one.txt": ONE, "two.txt": TWO, "edition.yaml": settings("[one.txt, two.txt]", digests, more)}
    read = load_edition(edition(files))
    assert read.text.plain == "Title\nThe first paragraph.\nThe second one.\nThe third one."
    assert [str(paragraph.span) for paragraph in paragraphs(read)] == ["one.txt:3:1", "two.txt:1:1", "two.txt:3:1"]
    assert read.settings.provenance.names == ("one.txt", "two.txt")


def test_a_change_in_one_of_several_files_is_shown_at_its_digest(edition: Write) -> None:
    digests = f"[{digest(ONE)}, {digest('Another text.')}]"
    files = {"one.txt": ONE, "two.txt": TWO, "edition.yaml": settings("[one.txt, two.txt]", digests)}
    found = failing(edition, files)
    assert [diagnostic.code for diagnostic in found] == ["T-004"]
    assert found[0].message.startswith("two.txt is not the text")
    assert found[0].span is not None
    assert found[0].span.source.text[found[0].span.start :].startswith(digest("Another text."))


def test_a_fault_in_a_later_file_is_shown_in_it(edition: Write) -> None:
    text, two = "# Title\n\nWords.\n", "More.\n\n# Chapter two\n\n<b>Words</b>\n"
    files = {"one.md": text, "two.md": two, "edition.yaml": settings("[one.md, two.md]", digest(text, two))}
    assert [f"{diagnostic.code} {diagnostic.span}" for diagnostic in failing(edition, files)] == [
        "M-002 two.md:3:1",
        "M-001 two.md:5:1",
    ]


def test_footnotes_of_each_file_have_labels_of_their_own(edition: Write) -> None:
    text, two = "One[^1].\n\n[^1]: First.\n", "Two[^1] and *three[^a]*.\n\n[^1]: Second.\n\n[^a]: Third.\n"
    files = {"one.md": text, "two.md": two, "edition.yaml": settings("[one.md, two.md]", digest(text, two))}
    read = load_edition(edition(files))
    calls = [
        footnote_call.label for footnote_call in inlines_of(read.text.blocks) if isinstance(footnote_call, FootnoteCall)
    ]
    assert calls == ["1", "1-file2", "a"] == [footnote.label for footnote in read.text.footnotes]


def test_blocks_end_with_their_file(edition: Write) -> None:
    text, two = "Words.\n\n```\nnever closed\n", "A paragraph.\n"
    files = {"one.md": text, "two.md": two, "edition.yaml": settings("[one.md, two.md]", digest(text, two))}
    assert len(paragraphs(load_edition(edition(files)))) == 2


@pytest.mark.parametrize(
    ("names", "contents", "code", "said"),
    [
        ("[one.txt, two.md]", {"one.txt": "a", "two.md": "b"}, "E-007", "either all plain text or all Markdown"),
        ("[one.txt, one.txt]", {"one.txt": "a"}, "E-012", "“one.txt” twice"),
        ("part-*.txt", {"part-2.txt": "a", "part-10.txt": "b"}, "E-007", "one by one"),
        ("[one.txt, two.txt]", {"one.txt": "a", "two.txt": " \n"}, "T-003", "the text is empty"),
        ("[]", {}, "E-007", "0 given, at least 1 expected"),
        ("[one.txt, two.txt]", {"one.txt": "a"}, "E-010", "there is no file “two.txt”"),
    ],
)
def test_files_that_are_no_text_together_are_errors(
    edition: Write, names: str, contents: Mapping[str, str | bytes], code: str, said: str
) -> None:
    found = failing(edition, {**contents, "edition.yaml": settings(names, digest(*contents.values()))})
    assert [diagnostic.code for diagnostic in found if said in diagnostic.message] == [code]
    if names == "part-*.txt":
        assert found[0].hint == "write file: [part-2.txt, part-10.txt]"


def test_as_many_digests_as_files_are_needed(edition: Write) -> None:
    files = {"one.txt": ONE, "two.txt": TWO, "edition.yaml": settings("[one.txt, two.txt]", f"[{digest(ONE)}]")}
    assert [diagnostic.message for diagnostic in failing(edition, files)] == ["1 sha256 for 2 files"]


@pytest.mark.parametrize("encoding", SAID)
def test_the_bytes_of_an_encoding_are_hashed_and_its_words_are_read(edition: Write, encoding: str) -> None:
    content = SAID[encoding].encode(CODECS[encoding])
    more = f"  encoding: {encoding}\n"
    read = load_edition(
        edition({"article.txt": content, "edition.yaml": settings("article.txt", digest(content), more)})
    )
    assert read.text.plain == SAID[encoding]


def test_a_byte_order_mark_is_no_part_of_the_words(edition: Write) -> None:
    for encoding, codec in (("utf-8", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16be", "utf-16"), ("utf-32", "utf-32")):
        content = "Words.".encode(codec)
        if encoding == "utf-16be":
            content = b"\xfe\xff" + "Words.".encode("utf-16-be")
        more = f"  encoding: {encoding}\n"
        files: dict[str, str | bytes] = {
            "article.txt": content,
            "edition.yaml": settings("article.txt", digest(content), more),
        }
        assert load_edition(edition(files)).text.plain == "Words."


def test_utf_16_without_a_mark_is_read_in_either_order(edition: Write) -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        content = "Two words,\nand more.".encode(codec)
        more = "  encoding: utf-16\n"
        files: dict[str, str | bytes] = {
            "article.txt": content,
            "edition.yaml": settings("article.txt", digest(content), more),
        }
        assert load_edition(edition(files)).text.plain == "Two words,\nand more."


@pytest.mark.parametrize(
    ("content", "encoding", "found", "hint"),
    [
        ("Über das Café.".encode(), "windows-1252", "E-021 article.txt:1:1", "write encoding: utf-8"),
        ("Words, “said”.".encode("utf-16"), "windows-1252", "E-021 article.txt:1:8", "write encoding: utf-16"),
        (b"\xef\xbb\xbfWords.", "koi8-r", "E-021 article.txt:1:1", "write encoding: utf-8"),
        ("a\nb caf\u00e9.".encode("cp1252"), "shift-jis", "E-021 article.txt:2:6", "likely: windows-1252 (a b café.)"),
        (b"a \x93b\x94", "latin-1", "T-005 article.txt:1:3", "write encoding: windows-1252"),
        (b"odd", "utf-16le", "E-021 article.txt:1:2", "name another encoding"),
    ],
)
def test_a_wrong_encoding_is_an_error_where_it_shows(
    edition: Write, content: bytes, encoding: str, found: str, hint: str
) -> None:
    more = f"  encoding: {encoding}\n"
    diagnostic = failing(
        edition, {"article.txt": content, "edition.yaml": settings("article.txt", digest(content), more)}
    )[0]
    assert f"{diagnostic.code} {diagnostic.span}" == found
    assert hint in (diagnostic.hint or "")


def test_an_unknown_encoding_is_one_error(edition: Write) -> None:
    content = "Où est le café ?".encode("cp1252")
    more = "  encoding: windows-125\n"
    found = failing(edition, {"article.txt": content, "edition.yaml": settings("article.txt", digest(content), more)})
    assert [diagnostic.code for diagnostic in found] == ["E-006"]


def test_the_hint_of_bytes_that_are_not_utf_8_names_likely_encodings(edition: Write) -> None:
    content = "Où est le café ?".encode("cp1252")
    (diagnostic,) = failing(edition, {"article.txt": content, "edition.yaml": settings("article.txt", digest(content))})
    assert diagnostic.code == "T-001"
    assert "likely: windows-1252 (Où est le ca" in (diagnostic.hint or "")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("UTF8", "utf-8"),
        ("Latin1", "latin-1"),
        ("ISO-8859-1", "latin-1"),
        ("cp1252", "windows-1252"),
        ("Windows 1251", "windows-1251"),
        ("Shift_JIS", "shift-jis"),
        ("CP932", "shift-jis"),
        ("KOI8-R", "koi8-r"),
        ("rot13", None),
        ("unicode_escape", None),
        ("zip", None),
    ],
)
def test_encodings_have_the_names_that_people_write(name: str, known: str | None) -> None:
    assert known_encoding(name) == known


def test_a_span_that_reaches_into_the_next_file_ends_with_its_own() -> None:
    both = join((Source(name="a", text="one"), Source(name="b", text="two")))
    span = both.span(1, 8).in_file
    assert (span.source.name, span.start, span.end) == ("a", 1, 3)
    assert str(both.span(5, 6)) == "b:1:1"
