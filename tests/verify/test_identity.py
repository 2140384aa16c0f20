"""`publisher verify` recognises every file that publisher writes, and compares it with a new build."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from click.testing import CliRunner, Result

from publisher import __version__
from publisher.cli.program import program
from publisher.diagnostics import ExitCode

EDITION = Path(__file__).parent / "edition"
Run = Callable[..., Result]
SAME = "identical to the output of publisher"


def run(*words: str) -> Result:
    """What a command says."""
    return CliRunner().invoke(program, words, prog_name="publisher")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, in which the edition is `book`."""
    shutil.copytree(EDITION, tmp_path / "book")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def done(*words: str) -> str:
    """What a command prints that has to end well."""
    result = run(*words)
    assert result.exit_code == ExitCode.DONE, result.output
    return result.stdout


def lines(result: Result) -> dict[str, str]:
    """What is said of each file."""
    pairs = (line.partition(": ") for line in result.stdout.splitlines())
    return {name: said for name, _, said in pairs}


def test_everything_that_publisher_writes_is_verified_as_what_it_is(place: Path) -> None:
    done("build", "--jobs", "1")
    done("cover")
    done("impose", "output/on-promises.pdf")
    done("impose", "output/on-promises.pdf", "--signature", "16", "--fold-marks")
    done("build", "--section", "text")
    done("build", "-p", "archive", "-f", "pdf", "--jobs", "1")
    files = sorted(path.as_posix() for path in (place / "output").iterdir())
    result = run("verify", *files)
    assert result.exit_code == ExitCode.DONE, result.output
    said = lines(result)
    assert sorted(said) == [Path(file).name for file in files]
    assert {name for name, line in said.items() if not line.startswith(SAME)} == set()
    assert "(cover for " in said["on-promises-cover.pdf"]
    assert "(booklet of on-promises.pdf on A4)" in said["on-promises-booklet.pdf"]
    assert "(signatures of on-promises.pdf on A4)" in said["on-promises-signatures.pdf"]
    assert "(excerpt section-text, profile screen)" in said["on-promises.section-text.pdf"]
    assert "(EPUB and PDF together, profile screen)" in said["on-promises.epub"]
    assert "(PDF alone, profile archive)" in said["on-promises.archive.pdf"]


def touched(path: Path) -> None:
    """Changes a point of the first page of a PDF."""
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        pdf.pages[0].contents_add(b"q 0 g 60 60 3 3 re f Q")
        pdf.save(path)


def test_a_cover_and_sheets_that_were_changed_are_different(place: Path) -> None:
    done("build", "-f", "pdf", "--jobs", "1")
    done("cover", "--pages", "200")
    done("impose", "output/on-promises.pdf")
    for name in ("on-promises-cover.pdf", "on-promises-booklet.pdf"):
        path = place / "output" / name
        touched(path)
        result = run("verify", str(path), "--differences", "seen")
        assert (result.exit_code, "V-042" in result.stderr) == (ExitCode.UNPROVED, True), result.output
        assert (place / "seen" / f"{name}-difference-1.png").read_bytes().startswith(b"\x89PNG")


def test_sheets_without_their_pdf_are_not_verified(place: Path) -> None:
    done("build", "-f", "pdf", "--jobs", "1")
    done("impose", "output/on-promises.pdf", "-o", "sheets/sheets.pdf")
    result = run("verify", "sheets/sheets.pdf")
    assert result.exit_code == ExitCode.DONE
    assert lines(result)["sheets.pdf"].endswith("not verified")


def test_a_volume_that_says_that_it_is_sheets_is_compared_as_the_volume(place: Path) -> None:
    done("build", "-f", "pdf", "--jobs", "1")
    done("impose", "output/on-promises.pdf", "-o", "elsewhere/sheets.pdf")
    shutil.copy("elsewhere/sheets.pdf", "output/on-promises.pdf")
    assert run("verify", "output/on-promises.pdf").exit_code == ExitCode.UNPROVED


def test_pictures_are_saved_over_nothing(place: Path) -> None:
    done("build", "-f", "pdf", "--jobs", "1")
    touched(place / "output" / "on-promises.pdf")
    (place / "seen").mkdir()
    mine = place / "seen" / "on-promises.pdf-difference-1.png"
    mine.write_bytes(b"mine")
    result = run("verify", "--differences", "seen")
    assert result.exit_code == ExitCode.UNPROVED
    assert mine.read_bytes() == b"mine"
    assert (place / "seen" / "on-promises.pdf-difference-2.png").is_file()


def test_what_was_built_before_is_verified_without_a_build(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done("build", "--jobs", "1")

    def build(*_: object, **__: object) -> object:
        raise AssertionError("nothing is to be built")

    monkeypatch.setattr("publisher.build.pipeline.build", build)
    monkeypatch.setattr("publisher.build.pipeline.check", build)
    monkeypatch.setattr("publisher.build.pipeline.load", build)
    files = sorted(str(path) for path in (place / "output").iterdir())
    assert all(line.startswith(SAME) for line in lines(run("verify", *files)).values())
    assert len(run("verify").stdout.splitlines()) == len(files)


def test_a_change_of_the_edition_is_named(place: Path) -> None:
    done("build", "-f", "epub", "--jobs", "1")
    path = place / "book" / "introduction.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    result = run("verify", "output/on-promises.epub", "--diagnostics", "json")
    (found,) = json.loads(result.stderr)
    assert (result.exit_code, found["code"]) == (ExitCode.UNPROVED, "V-018")
    assert found["message"].endswith("introduction.md has other bytes")


def test_a_change_that_keeps_the_edition_from_being_built_is_named(place: Path) -> None:
    done("build", "-f", "epub", "--jobs", "1")
    (place / "book" / "introduction.md").unlink()
    result = run("verify", "output/on-promises.epub", "--diagnostics", "json")
    assert {load["code"] for load in json.loads(result.stderr)} >= {"V-018"}
    assert result.exit_code == ExitCode.CONTENT


def test_the_record_of_a_build_says_how_and_from_what(place: Path) -> None:
    done("build", "-f", "epub", "--jobs", "1")
    record = json.loads((place / "output" / "on-promises.proof.json").read_text(encoding="utf-8"))
    assert record["built"]["formats"] == ["epub"]
    assert {"edition.yaml", "text.md", "introduction.md"} <= record["sources"].keys()
    assert sorted(record["artifacts"]) == ["on-promises.accessibility.json", "on-promises.epub"]
    assert {"weasyprint", "pango", "python"} <= record["libraries"].keys()


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b'{"publisher": 1}', b"\xff"])
def test_a_record_that_is_none_is_unknown_and_harmless(place: Path, content: bytes) -> None:
    done("build", "-f", "epub", "--jobs", "1")
    (place / "output" / "on-promises.proof.json").write_bytes(content)
    assert run("verify", "output/on-promises.proof.json").exit_code == ExitCode.USAGE
    assert run("verify", "output/on-promises.epub").exit_code == ExitCode.DONE


def test_a_file_of_another_version_is_proved_from_the_sources(place: Path) -> None:
    done("build", "-f", "epub", "--jobs", "1")
    path = place / "output" / "on-promises.epub"
    out = io.BytesIO()
    with ZipFile(io.BytesIO(path.read_bytes())) as old, ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info).replace(
                b'content="publisher %s"' % __version__.encode(), b'content="publisher 0.0.9"'
            )
            new.writestr(info, content)
    path.write_bytes(out.getvalue())
    result = run("verify", "output/on-promises.epub")
    assert result.exit_code == ExitCode.DONE, result.output
    said = lines(result)["on-promises.epub"]
    assert said.startswith(f"made by publisher 0.0.9, and this is publisher {__version__}: not compared")
    assert said.endswith("proved from the sources")


def archive(place: Path) -> Path:
    """A PDF for the archive, in a folder without an edition."""
    done("build", "-f", "pdf", "-p", "archive", "--jobs", "1")
    (place / "alone").mkdir()
    return (place / "output" / "on-promises.archive.pdf").rename(place / "alone" / "on-promises.archive.pdf")


def test_an_archive_verifies_itself(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(place)
    monkeypatch.chdir(place / "alone")
    assert lines(run("verify", path.name))[path.name].startswith(SAME)
    touched(path)
    assert run("verify", path.name).exit_code == ExitCode.UNPROVED
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        names[0] = pikepdf.String("../../../tmp/x.md")
        pdf.save(path)
    refused = run("verify", path.name)
    assert (refused.exit_code, "V-053" in refused.stderr) == (ExitCode.UNPROVED, True)


def test_an_archive_that_lacks_sources_says_so(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(place)
    monkeypatch.chdir(place / "alone")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        at = [str(names[index]) for index in range(0, len(names), 2)].index("text.md") * 2
        del names[at], names[at]
        pdf.save(path)
    result = run("verify", path.name)
    assert (result.exit_code, "V-053" in result.stderr) == (ExitCode.UNPROVED, True), result.output


SPOILT = {
    "empty": b"",
    "text": b"no file at all",
    "half": b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
    "loop": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R/Size 2>>",
    "zip": b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("form", ["epub", "pdf"])
def test_spoilt_files_end_with_5(place: Path, form: str) -> None:
    for name, content in SPOILT.items():
        (place / name).mkdir()
        (place / name / f"on-promises.{form}").write_bytes(content)
    for name in SPOILT:
        result = run("verify", f"{name}/on-promises.{form}")
        assert result.exit_code == ExitCode.UNPROVED, result.output
        assert re.search(rf"error\[V-(040|051) [a-z-]+\]: on-promises\.{form}", result.stderr)


HOSTILE = {
    "moment": ("moment", "9999-99-99T99:99:99Z"),
    "freezing": ("freezing", True),
    "piece": ("piece", "reading-../../x"),
    "audience": ("audience", "nobody"),
    "formats": ("formats", ["exe"]),
    "profiles": ("profiles", ["archive", "archive"]),
}


def test_a_record_that_lies_about_a_build_changes_no_answer(place: Path) -> None:
    done("build", "-f", "epub", "--jobs", "1")
    path = place / "output" / "on-promises.proof.json"
    good = json.loads(path.read_text(encoding="utf-8"))
    for key, value in HOSTILE.values():
        path.write_text(json.dumps({**good, "built": {**good["built"], key: value}}), encoding="utf-8")
        assert run("verify", "output/on-promises.epub").exit_code == ExitCode.DONE
        assert run("verify", "output/on-promises.proof.json").exit_code in (ExitCode.USAGE, ExitCode.UNPROVED)


ORDERS: tuple[dict[str, object], ...] = ({"pages": 3}, {"sheet": "A4"})


@pytest.mark.parametrize("made", ["cover", "sheets"])
def test_a_marking_that_lies_ends_with_an_answer(place: Path, good: dict[str, bytes], made: str) -> None:
    (place / "output").mkdir()
    path = place / "output" / "something.pdf"
    (place / "output" / "on-promises.pdf").write_bytes(good["on-promises.pdf"])
    for order in ORDERS:
        with pikepdf.open(io.BytesIO(good["on-promises.pdf"])) as pdf:
            value = {"made": made, "program": f"publisher {__version__}", "source": "0" * 64, "order": order}
            private = pikepdf.String(json.dumps(value))
            pdf.Root.PieceInfo = pikepdf.Dictionary(publisher=pikepdf.Dictionary(Private=private))
            pdf.save(path)
        result = run("verify", "output/something.pdf")
        assert result.exit_code in (ExitCode.DONE, ExitCode.UNPROVED), result.output
        assert "identical" not in result.stdout
