"""The pages of a printed book: kept in a map, found again in a corrected edition, proved in its EPUB."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Protocol
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.cli.program import program
from publisher.diagnostics import ExitCode, PublisherError, Severity
from publisher.model.rendition import Artifact
from publisher.model.target import Format
from publisher.verify import verify
from publisher.workspace import Folder

VOLUMES = ("book", "everything", "listed", "long", "mixed", "noted")


class Pages(Protocol):
    """A built volume, as tests/pages/conftest.py reads it."""

    folder: Path
    files: dict[str, bytes]
    page_map: bytes

    def list_all(self) -> list[tuple[str, str, str]]: ...
    def words_after(self, document: str, target: str) -> str: ...


Build = Callable[[str], Pages]


def in_print(pages: Pages, folder: Path) -> Path:
    """A copy of the edition of a volume, with the map of its pages."""
    shutil.copytree(pages.folder, folder)
    folder.joinpath("page-map.json").write_bytes(pages.page_map)
    return folder


@pytest.fixture
def clean(root: Path, tmp_path: Path) -> Path:
    """A small edition of which nothing has been printed."""
    return Path(shutil.copytree(root / "tests" / "checks" / "clean", tmp_path / "book"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `publisher` with some words in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(program, words, prog_name="publisher")


def epub(folder: Path) -> dict[str, bytes]:
    """The files of the EPUB of an edition, built without a PDF."""
    built = pipeline.build(BuildRequest(folder=Folder(folder), formats=(Format.EPUB,)))
    with ZipFile(BytesIO(built.volume.artifacts[0].content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", VOLUMES)
def test_an_epub_with_frozen_pages_is_the_one_that_the_map_was_taken_from(
    volume: Build, name: str, tmp_path: Path
) -> None:
    pages = volume(name)
    found = epub(in_print(pages, tmp_path / name))
    assert found.keys() == pages.files.keys()
    assert [text for text in found if found[text] != pages.files[text]] == []


def test_a_corrected_epub_keeps_the_pages_of_the_printed_book(volume: Build, tmp_path: Path) -> None:
    pages = volume("noted")
    folder = in_print(pages, tmp_path / "noted")
    settings = folder.joinpath("edition.yaml").read_text(encoding="utf-8")
    text = folder.joinpath("text.md").read_text(encoding="utf-8")
    corrected = text.replace("Paragraph 6 speaks.", f"Paragraph 6 speaks. {'And it goes on to say so. ' * 60}")
    assert corrected != text
    folder.joinpath("text.md").write_text(corrected, encoding="utf-8")
    digests = [hashlib.sha256(item.encode()).hexdigest() for item in (text, corrected)]
    settings = settings.replace(digests[0], digests[1]).replace("[110mm, 160mm]", "[150mm, 220mm]")
    folder.joinpath("edition.yaml").write_text(settings, encoding="utf-8")
    built = pipeline.build(BuildRequest(folder=Folder(folder)))
    (warning,) = (diagnostic for diagnostic in built.diagnostics if diagnostic.code.startswith("G-"))
    assert (warning.code, warning.severity) == ("G-007", Severity.WARNING)
    assert warning.span is not None
    with ZipFile(BytesIO(built.volume.artifacts[0].content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found["EPUB/text/nav.xhtml"] == pages.files["EPUB/text/nav.xhtml"]
    assert b"speaks. And it goes on" in found["EPUB/text/text.xhtml"].replace(b"</a>", b"")


def test_the_package_names_the_printed_book(clean: Path, run: Callable[..., Result]) -> None:
    settings = clean.joinpath("edition.yaml").read_text(encoding="utf-8") + "pages: frozen\n"
    clean.joinpath("edition.yaml").write_text(f"{settings}isbn: 978-3-16-148410-0\n", encoding="utf-8")
    assert run("build", "book", "--freeze-pages").exit_code == 0
    kept = json.loads(clean.joinpath("page-map.json").read_bytes())
    assert kept["printed"]["identifier"] == "urn:isbn:9783161484100"
    pdf = clean.parent.joinpath("output", "book.pdf").read_bytes()
    assert kept["printed"]["pdf-sha256"] == hashlib.sha256(pdf).hexdigest()
    clean.joinpath("edition.yaml").write_text(settings, encoding="utf-8")
    package = epub(clean)["EPUB/content.opf"].decode()
    assert '<meta property="pageBreakSource">urn:isbn:9783161484100</meta>' in package
    assert ">pageNavigation<" in package
    assert "Page numbers in the EPUB are those of the printed book." in package


def test_a_map_is_never_written_over(clean: Path, run: Callable[..., Result]) -> None:
    clean.joinpath("page-map.json").write_text("{}", encoding="utf-8")
    result = run("build", "book", "--freeze-pages")
    assert result.exit_code == ExitCode.USAGE
    assert "book/page-map.json is there" in result.stderr
    assert clean.joinpath("page-map.json").read_text(encoding="utf-8") == "{}"
    assert not clean.parent.joinpath("output").exists()


def test_pages_are_frozen_where_the_edition_says_so(clean: Path, run: Callable[..., Result]) -> None:
    assert "error[G-008 pages-not-frozen]" in run("build", "book", "--freeze-pages").stderr
    with clean.joinpath("edition.yaml").open("a", encoding="utf-8") as settings:
        settings.write("pages: frozen\n")
    assert "error[G-001 page-map-missing]" in run("build", "book").stderr
    result = run("build", "book", "--freeze-pages", "-f", "epub")
    assert result.exit_code == 0
    assert [line.rpartition("/")[2] for line in result.stdout.splitlines()] == [
        "book.epub",
        "book.pdf",
        "book.accessibility.json",
        "book.proof.json",
        "page-map.json",
    ]
    before = clean.parent.joinpath("output", "book.epub").read_bytes()
    assert run("build", "book", "--strict").exit_code == 0
    assert run("verify", "book").exit_code == 0
    assert clean.parent.joinpath("output", "book.epub").read_bytes() == before


def test_a_pdf_with_other_pages_is_an_error_where_it_is_strict_and_can_be_waived(
    root: Path, clean: Path, run: Callable[..., Result]
) -> None:
    shutil.copytree(root / "tests" / "checks" / "G-007", clean, dirs_exist_ok=True)
    assert run("build", "book", "--strict").exit_code == ExitCode.CONTENT
    with clean.joinpath("edition.yaml").open("a", encoding="utf-8") as settings:
        settings.write("waivers: [{code: G-007, reason: The PDF is for proofs.}]\n")
    for words in (("build", "book", "--strict"), ("check", "book", "--strict"), ("build", "book", "-f", "epub")):
        result = run(*words)
        assert (result.exit_code, result.stderr) == (0, "")


PAGE = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-1" aria-label="Page 1"></span>'


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("text/text.xhtml", PAGE, "", "has page 1 where the EPUB has page 2"),
        ("text/text.xhtml", 'aria-label="Page 1"', 'aria-label="Page 7"', "has page 1 where the EPUB has page 7"),
        ("text/colophon.xhtml", 'aria-label="Page 9"', 'aria-label="Page 10"', "has page 9 where the EPUB has page 10"),
        ("text/text.xhtml", f"{PAGE}The author sees", f"The {PAGE}author sees", "page 1 does not begin where"),
        ("content.opf", "#pdf</meta>", "#web</meta>", "the pages are said to be those of"),
    ],
)
def test_an_epub_with_other_pages_than_the_printed_book_is_named(
    root: Path, clean: Path, name: str, old: str, new: str, said: str
) -> None:
    shutil.copytree(root / "tests" / "checks" / "G-007", clean, dirs_exist_ok=True)
    volume = pipeline.build(BuildRequest(folder=Folder(clean), formats=(Format.EPUB,))).volume
    good = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".epub"))
    verify(volume.publication, (good,))
    spoilt = BytesIO()
    with ZipFile(BytesIO(good.content)) as before, ZipFile(spoilt, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == f"EPUB/{name}":
                assert content.count(old.encode()) == 1
                content = content.replace(old.encode(), new.encode())
            after.writestr(entry, content)
    with pytest.raises(PublisherError) as raised:
        verify(volume.publication, (Artifact(name=good.name, content=spoilt.getvalue()),))
    told = [diagnostic.message for diagnostic in raised.value.diagnostics if diagnostic.code == "V-015"]
    assert [text for text in told if said in text], raised.value.diagnostics
