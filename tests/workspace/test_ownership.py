"""Only files that the program wrote are replaced, and no file that was read, whatever its name."""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import socket
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from publisher import scaffold
from publisher.build import batch, pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.diagnostics.report import batch as reports
from publisher.workspace import Folder, ownership, read_file
from publisher.workspace.commit import commit_files
from publisher.workspace.output_path import Purpose
from publisher.workspace.session import Session, new_session, volume_session

OURS = b"%PDF-1.7\n<xmp:CreatorTool>publisher 0.1.0</xmp:CreatorTool>\nold\n%%EOF\n"
NEW = (("book.epub", b"new epub"), ("book.pdf", b"new pdf"))


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def warnings() -> Iterator[list[Diagnostic]]:
    """What is reported while a command runs."""
    found: list[Diagnostic] = []
    with new_session(report=found.append):
        yield found


@pytest.fixture
def session() -> Iterator[Session]:
    """The session of a command."""
    with new_session() as session:
        yield session


def refused(folder: Path, code: str, *, purpose: Purpose = Purpose.BUILD) -> str:
    """The message with which a commit is refused; nothing has changed in the folder."""
    before = snapshot(folder)
    with pytest.raises(PublisherError) as caught:
        commit_files(folder, NEW, purpose=purpose)
    (found,) = caught.value.diagnostics
    assert (found.code, caught.value.exit_code) == (code, ExitCode.FILES)
    assert found.hint
    assert snapshot(folder) == before
    return found.message


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """What is in a folder: mode and content."""
    return {
        path.name: (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"") for path in folder.iterdir()
    }


def contents(folder: Path) -> dict[str, bytes]:
    """The files in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_of_somebody_else_is_refused_and_named(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(b"%PDF-1.4 my thesis")
    assert refused(tmp_path, "O-051") == f"{tmp_path / 'book.pdf'} was not written by publisher, as far as is known"


def test_files_that_were_written_are_replaced_without_questions(tmp_path: Path, warnings: list[Diagnostic]) -> None:
    commit_files(tmp_path, [(name, b"old") for name, _ in NEW])
    commit_files(tmp_path, NEW)
    assert contents(tmp_path) == dict(NEW)
    assert warnings == []


def test_another_file_in_the_place_of_one_that_was_written_is_refused(tmp_path: Path) -> None:
    commit_files(tmp_path, [(name, b"old") for name, _ in NEW])
    (tmp_path / "mine").write_bytes(b"%PDF-1.4 my thesis")
    (tmp_path / "mine").rename(tmp_path / "book.pdf")
    assert "was not written by publisher" in refused(tmp_path, "O-051")


def test_one_that_was_changed_in_place_is_kept_aside(tmp_path: Path, state: Path, warnings: list[Diagnostic]) -> None:
    commit_files(tmp_path, [(name, b"old") for name, _ in NEW])
    (tmp_path / "book.pdf").write_bytes(b"old, with remarks")
    commit_files(tmp_path, NEW)
    assert contents(tmp_path) == dict(NEW)
    (copy,) = (state / "publisher" / "replaced").iterdir()
    assert copy.read_bytes() == b"old, with remarks"
    assert [diagnostic.code for diagnostic in warnings] == ["O-062"]
    assert str(copy) in warnings[0].message


def test_one_that_was_changed_is_refused_if_there_is_no_room_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ownership, "ROOM", 10)
    commit_files(tmp_path, [(name, b"old") for name, _ in NEW])
    (tmp_path / "book.pdf").write_bytes(b"old, with remarks")
    assert "no room to keep the changed file" in refused(tmp_path, "O-051")


@pytest.mark.parametrize("elsewhere", ["moved", "copied"])
def test_a_folder_that_was_moved_or_copied_is_known_by_the_marks_of_its_files(tmp_path: Path, elsewhere: str) -> None:
    commit_files(tmp_path / "one", [("book.pdf", OURS)])
    if elsewhere == "moved":
        (tmp_path / "one").rename(tmp_path / "other")
    else:
        shutil.copytree(tmp_path / "one", tmp_path / "other")
    commit_files(tmp_path / "other", NEW)
    assert contents(tmp_path / "other") == dict(NEW)


def test_a_file_of_another_computer_is_known_by_its_marks(tmp_path: Path, warnings: list[Diagnostic]) -> None:
    (tmp_path / "book.pdf").write_bytes(OURS)
    commit_files(tmp_path, NEW)
    assert contents(tmp_path) == dict(NEW)
    assert warnings == []


@pytest.mark.parametrize("changed", [False, True])
def test_the_record_of_a_build_says_which_bytes_are_ours(
    tmp_path: Path, state: Path, warnings: list[Diagnostic], changed: bool
) -> None:
    """As after a clone: a file is known by its digest; one with a mark and another digest was changed."""
    content = OURS if changed else b"a cover without a mark"
    listed = sha256(b"another" if changed else content).hexdigest()
    proof = {"publisher": "", "libraries": {}, "built": {}, "sources": {}, "artifacts": {"book.pdf": listed, "x": 3}}
    (tmp_path / "book.proof.json").write_text(json.dumps(proof), encoding="utf-8")
    (tmp_path / "book.pdf").write_bytes(content)
    commit_files(tmp_path, NEW)
    assert (tmp_path / "book.pdf").read_bytes() == b"new pdf"
    assert [diagnostic.code for diagnostic in warnings] == (["O-062"] if changed else [])


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"artifacts": {"book.pdf": "x"}}', b"\xff", b"[" * 99_999])
def test_a_strange_record_of_a_build_says_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "book.proof.json").write_bytes(content)
    (tmp_path / "book.pdf").write_bytes(b"mine")
    assert "was not written by publisher" in refused(tmp_path, "O-051")
    (tmp_path / "book.proof.json").unlink()
    os.mkfifo(tmp_path / "book.proof.json")
    assert "was not written by publisher" in refused(tmp_path, "O-051")


def test_one_of_another_computer_that_was_annotated_is_kept_aside(
    tmp_path: Path, state: Path, warnings: list[Diagnostic]
) -> None:
    annotated = OURS + b"9 0 obj <</Type/Annot>> endobj\n%%EOF\n"
    (tmp_path / "book.pdf").write_bytes(annotated)
    commit_files(tmp_path, NEW)
    assert [path.read_bytes() for path in (state / "publisher" / "replaced").iterdir()] == [annotated]
    assert [diagnostic.code for diagnostic in warnings] == ["O-062"]


def test_a_file_with_the_same_bytes_is_no_loss(tmp_path: Path) -> None:
    for name, content in NEW:
        (tmp_path / name).write_bytes(content)
    commit_files(tmp_path, NEW)
    commit_files(tmp_path, NEW, purpose=Purpose.NEW)
    assert contents(tmp_path) == dict(NEW)


def test_new_files_replace_nothing_not_even_ours(tmp_path: Path) -> None:
    commit_files(tmp_path, [("book.pdf", OURS)])
    assert "is there already" in refused(tmp_path, "O-051", purpose=Purpose.NEW)


def no_target(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def link(path: Path) -> None:
    path.with_name("linked").write_bytes(OURS)
    path.symlink_to("linked")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def bound(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets have 108 bytes at most
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
    finally:
        os.chdir(here)


def unreadable(path: Path) -> None:
    path.write_bytes(b"mine")
    path.chmod(0)


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link": (link, "is a symbolic link that publisher did not make"),
    "a link to nothing": (no_target, "is a symbolic link that publisher did not make"),
    "a link to itself": (circle, "is a symbolic link that publisher did not make"),
    "a pipe": (os.mkfifo, "is a named pipe that publisher did not make"),
    "a socket": (bound, "is a socket that publisher did not make"),
    "a file without permissions": (unreadable, ""),
}


@pytest.mark.parametrize(("make", "message"), STRANGE.values(), ids=STRANGE)
def test_what_is_no_file_is_refused_and_not_waited_for(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    make(tmp_path / "book.pdf")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(PublisherError, match="O-051") as caught:
        commit_files(tmp_path, NEW)
    assert message in caught.value.diagnostics[0].message
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("way", ["by its name", "by a link", "by a hard link", "through a linked folder"])
def test_a_file_that_was_read_is_never_replaced(tmp_path: Path, session: Session, way: str) -> None:
    """Not even one that the program wrote, such as a PDF that a reader binds."""
    commit_files(tmp_path / "output", [("book.pdf", OURS)])
    target, source = tmp_path / "output" / "book.pdf", tmp_path / "source.pdf"
    match way:
        case "by its name":
            source = target
        case "by a link":
            source.symlink_to(target)
        case "by a hard link":
            os.link(target, source)
        case _:
            (tmp_path / "folder").symlink_to("output")
            source = tmp_path / "folder" / "book.pdf"
    assert read_file(source) == OURS
    assert "is a file that was read" in refused(tmp_path / "output", "O-050")


def test_a_file_that_was_read_below_a_folder_is_never_replaced(tmp_path: Path, session: Session) -> None:
    commit_files(tmp_path, [("book.pdf", OURS)])
    Folder(tmp_path).locate("book.pdf")
    assert "is a file that was read" in refused(tmp_path, "O-050")


def test_a_volume_may_read_what_another_one_wrote(tmp_path: Path, session: Session) -> None:
    with volume_session("one"):
        commit_files(tmp_path / "one", [("book.pdf", OURS)])
    with volume_session("other"):
        read_file(tmp_path / "one" / "book.pdf")
        commit_files(tmp_path / "other", NEW)
    assert session.read


def test_two_volumes_do_not_write_one_file(tmp_path: Path, session: Session) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").symlink_to("one")
    with volume_session("one"):
        commit_files(tmp_path / "one", NEW)
        commit_files(tmp_path / "one", NEW)
    with volume_session("other"), pytest.raises(PublisherError, match="was written for the volume one"):
        commit_files(tmp_path / "other", NEW)


@pytest.mark.parametrize("names", [("a.pdf", "a.pdf"), (".publisher-journal",), (".publisher-partial-1",)])
def test_names_that_meet_or_are_reserved_are_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(PublisherError, match="O-063"):
        commit_files(tmp_path, [(name, b"") for name in names])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("output", "pattern", "severity"),
    [
        ("styles", "styles/**/*.css", "error"),
        ("fonts/mine", "fonts/**/*.otf", "error"),
        ("agreements", "agreements/*.md", "error"),
        (".", "*.pdf", "error"),
        ("deep/er", "**/*.epub", "error"),
        ("deep/er", "*/*.epub", None),
        (".", "styles/**/*.css", "warning"),
        ("output", "styles/**/*.css", None),
        ("stylesheets", "styles/**/*.css", None),
    ],
)
def test_finished_files_are_not_put_where_sources_are_looked_for(
    tmp_path: Path, warnings: list[Diagnostic], output: str, pattern: str, severity: str | None
) -> None:
    Folder(tmp_path).matching(pattern)
    if severity == "error":
        with pytest.raises(PublisherError, match="O-053"):
            commit_files(tmp_path / output, NEW)
        assert not list(tmp_path.rglob("book.*"))
    else:
        commit_files(tmp_path / output, NEW)
        assert [diagnostic.code for diagnostic in warnings] == ([] if severity is None else ["O-053"])


def test_every_kind_of_file_that_a_build_makes_is_known_by_its_marks(tmp_path: Path) -> None:
    """On a computer without a record, and as it was sealed; with a byte appended, it was changed."""
    scaffold.copy(tmp_path / "reader", reader=True)
    built = pipeline.build(BuildRequest(folder=Folder(tmp_path / "reader"))).volume
    assert {Path(item.name).suffix for item in built.artifacts} == {".pdf", ".epub", ".json", ".csv"}
    for artifact in built.artifacts:
        path = tmp_path / artifact.name
        path.write_bytes(artifact.content)
        assert owner(path) is ownership.Owner.OURS, artifact.name
        path.write_bytes(b"x" * len(artifact.content))
        assert owner(path) is ownership.Owner.FOREIGN


def test_the_report_of_a_catalogue_is_known_by_its_form(tmp_path: Path) -> None:
    outcome = batch.Outcome(volume="a", paths=(), diagnostics=(), seconds=1.0)
    (tmp_path / "report.json").write_bytes(reports.render([outcome]))
    assert owner(tmp_path / "report.json") is ownership.Owner.OURS
    (tmp_path / "report.json").write_bytes(b'{"my": "report"}')
    assert owner(tmp_path / "report.json") is ownership.Owner.FOREIGN


def owner(path: Path) -> ownership.Owner:
    """Whose a file is where there is no record."""
    return ownership.owner(path.name, path.read_bytes(), path.stat(), record={})


@pytest.mark.parametrize("name", ["a.pdf", "a.epub", "a.json", "a.csv", "a", "a.PDF"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{", b"[" * 100_000, b"\xff\xfe", b"null"])
def test_files_of_any_form_are_somebody_else_s(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert owner(tmp_path / name) is ownership.Owner.FOREIGN


def test_an_epub_that_was_packed_again_was_changed(tmp_path: Path) -> None:
    package = b'<package><metadata><meta name="generator" content="publisher 0.1.0"/></metadata></package>'
    for date, whose in (
        ((1980, 1, 1, 0, 0, 0), ownership.Owner.OURS),
        ((2026, 1, 1, 0, 0, 0), ownership.Owner.CHANGED),
    ):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as book:
            book.writestr(zipfile.ZipInfo("EPUB/content.opf", date_time=date), package)
        (tmp_path / "book.epub").write_bytes(content.getvalue())
        assert owner(tmp_path / "book.epub") is whose


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"files": 3}', b'{"files": {"book.pdf": [["a", "b", "c"]]}}'])
def test_a_damaged_record_is_none(tmp_path: Path, state: Path, damage: bytes) -> None:
    commit_files(tmp_path, NEW)
    for record in (state / "publisher" / "written").iterdir():
        record.write_bytes(damage)
    with pytest.raises(PublisherError, match="O-051"):
        commit_files(tmp_path, [("book.pdf", b"newer")])


def test_without_a_state_folder_files_are_known_by_their_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null/nowhere")
    commit_files(tmp_path, [("book.pdf", OURS)])
    commit_files(tmp_path, [("book.pdf", OURS.replace(b"old", b"new"))])
    commit_files(tmp_path, NEW)
    assert contents(tmp_path) == dict(NEW)
    assert "was not written by publisher" in refused_with(tmp_path, [("book.pdf", OURS)])


def refused_with(folder: Path, files: list[tuple[str, bytes]]) -> str:
    """The message with which files are refused."""
    with pytest.raises(PublisherError) as caught:
        commit_files(folder, files)
    return caught.value.diagnostics[0].message


def test_files_that_the_user_goes_on_working_with_are_not_replaced_as_ours(tmp_path: Path) -> None:
    """Such as those that `init` has written."""
    commit_files(tmp_path, [("book.pdf", b"begun")], purpose=Purpose.NEW)
    assert "was not written by publisher" in refused(tmp_path, "O-051")
    assert "was not written by publisher" in refused(tmp_path, "O-051", purpose=Purpose.NAMED)


def test_a_file_too_large_to_be_a_finished_one_is_refused_and_not_read(tmp_path: Path) -> None:
    """A file of nothing but a hole, which takes no room on the disk."""
    with (tmp_path / "book.pdf").open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(PublisherError, match="O-051"):
        commit_files(tmp_path, NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


@pytest.mark.parametrize(
    "begin", [b"/Type /ObjStm>>\nstream\n", b"/Type /ObjStm>>\nstream\n" + zlib.compress(bytes(10**6))]
)
def test_marks_are_looked_for_in_bounded_time(tmp_path: Path, begin: bytes) -> None:
    content = begin * (4_000_000 // len(begin))
    before = time.process_time()
    assert not ownership.is_marked("a.pdf", content)
    assert time.process_time() - before < 5


def test_a_package_that_swells_is_read_up_to_a_limit(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.epub", "w", zipfile.ZIP_DEFLATED) as book, book.open("a.opf", "w") as member:
        for _ in range(200):
            member.write(bytes(2**20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert owner(tmp_path / "a.epub") is ownership.Owner.FOREIGN
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
