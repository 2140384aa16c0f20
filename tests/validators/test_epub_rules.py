"""What EPUBCheck passes over in an EPUB, and `check --conformance FILE`."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from click.testing import CliRunner

from publisher.build.request import BuildResult
from publisher.cli.program import program
from publisher.diagnostics import PublisherError
from publisher.validators import epub_rules

Member = tuple[str, bytes, int]
Change = Callable[[list[Member]], list[Member]]


@pytest.fixture(scope="module")
def members(everything: Path, built_once: Callable[..., BuildResult]) -> list[Member]:
    """The members of an EPUB that was built, with how each is compressed."""
    (artifact,) = (item for item in built_once(everything).volume.artifacts if item.name.endswith(".epub"))
    with ZipFile(BytesIO(artifact.content)) as book:
        return [(zip_info.filename, book.read(zip_info), zip_info.compress_type) for zip_info in book.infolist()]


def written(path: Path, members: list[Member]) -> Path:
    with ZipFile(path, "w") as book:
        for name, content, compression in members:
            book.writestr(name, content, compress_type=compression)
    return path


def replaced(suffix: str, old: bytes, new: bytes) -> Change:
    """The change of some words, once, in each member whose name ends so."""

    def change(members: list[Member]) -> list[Member]:
        assert any(old in content for name, content, _ in members if name.endswith(suffix))
        return [
            (name, content.replace(old, new, 1) if name.endswith(suffix) else content, compression)
            for name, content, compression in members
        ]

    return change


def deflated(members: list[Member]) -> list[Member]:
    return [(name, content, ZIP_DEFLATED) for name, content, _ in members]


def last(members: list[Member]) -> list[Member]:
    return [*members[1:], members[0]]


def without_type_of_a_note(members: list[Member]) -> list[Member]:
    return replaced("text/text.xhtml", b' epub:type="footnote"', b"")(members)


def test_what_was_built_has_no_fault(members: list[Member], tmp_path: Path) -> None:
    assert epub_rules.validate(written(tmp_path / "book.epub", members)) == ()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (deflated, "mimetype-stored"),
        (last, "mimetype-first"),
        (lambda members: [("mimetype", b"application/epub+zip\n", ZIP_STORED), *members[1:]], "mimetype"),
        (replaced(".opf", b' properties="cover-image"', b""), "cover-image"),
        (without_type_of_a_note, "note-type"),
        (replaced("text/text.xhtml", b' epub:type="noteref"', b""), "noteref-type"),
    ],
    ids=["compressed", "not first", "a line end", "cover", "note", "call"],
)
def test_a_fault_that_is_planted_is_found_and_no_other(
    members: list[Member], tmp_path: Path, change: Change, rule: str
) -> None:
    assert {finding.rule for finding in epub_rules.validate(written(tmp_path / "book.epub", change(members)))} == {rule}


@pytest.mark.parametrize("content", [b"", b"no ZIP file", b"PK\x03\x04" + bytes(40)])
def test_what_is_no_epub_has_no_verdict(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(content)
    with pytest.raises(PublisherError, match=r"L-011.*book\.epub is no EPUB"):
        epub_rules.validate(path)


def test_a_book_that_unpacks_to_too_much_has_no_verdict(
    members: list[Member], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epub_rules, "LARGEST", 1000)
    with pytest.raises(PublisherError, match=r"L-011.*unpacks to more than"):
        epub_rules.validate(written(tmp_path / "book.epub", members))


def test_finished_files_are_validated(members: list[Member], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "good.epub", members)
    assert CliRunner().invoke(program, ["check", "--conformance", "good.epub"]).exit_code == 0
    written(tmp_path / "bad.epub", without_type_of_a_note(members))
    found = CliRunner().invoke(program, ["check", "--conformance", "good.epub", "bad.epub"])
    assert found.exit_code == 5
    assert "publisher objects to bad.epub: the note" in found.output
    assert "good.epub" not in found.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["check", "book.epub"], "--conformance validates it"),
        (["check", "--conformance", ".", "book.epub"], "their edition is not read"),
        (["check", "--conformance", "--report", "book.epub"], "no --report"),
        (["check", "--conformance", "notes.txt"], "neither an EPUB nor a PDF"),
        (["check", ".", "."], "Name one folder"),
    ],
)
def test_files_go_with_conformance_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.epub").touch()
    (tmp_path / "notes.txt").touch()
    found = CliRunner().invoke(program, words)
    assert found.exit_code == 2
    assert message in " ".join(found.output.split())
