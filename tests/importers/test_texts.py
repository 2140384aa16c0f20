"""TEI, texts of Project Gutenberg, books of Standard Ebooks, and our own EPUBs."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from tests.importers.docx_files import PNG, zipped
from tests.importers.importing_files import made

from publisher.cli.program import program

FIXTURES = Path(__file__).parent / "fixtures"
TEI = (FIXTURES / "plays.xml").read_text(encoding="utf-8")

GUTENBERG = (FIXTURES / "proofs.txt").read_text(encoding="utf-8")


def test_tei() -> None:
    found = made(TEI.encode(), "plays.xml")
    assert found.text == (
        "## Prose\n\nHe *read* the [mot juste]{lang=fr},[^1] and went home with hym.\n\n1. one\n2. two\n\n"
        "cat\n:   furry\n\nTable: Ports\n\n| Port | Ships |\n|---|---|\n| Bergen | 7 |\n\n"
        "> All is well.\n>\n> — Reed\n\n## Verse\n\n| Tyger, tyger\n| burning bright\n\n### A scene\n\n"
        "Night. {.stage-direction}\n\nBernardo {.speaker}\n\n| Who's there?\n\n[Francisco]{.speaker} Nay, "
        "answer me.\n\n[^1]: Twice.\n"
    )
    assert found.files["notes/apparatus.md"] == "## reading-1\n\n> home\n\naway *B*\n"
    assert any(entry.endswith("the other form (corr) of “hym”: him") for entry in found.entries)
    assert "title: Plays" in found.files["edition.yaml"]
    assert found.lost == ()


def test_project_gutenberg() -> None:
    found = made(GUTENBERG.encode(), "pg1342.txt")
    assert found.text == (
        "## CHAPTER I. In which proofs are read\n\nIt is a truth universally acknowledged, that a *single* proof must "
        "be read twice,[^1] first by the compositor and *then by the author* himself. See also snake\\_case\\_words, "
        "\\[2\\] and \\[sic\\].\n\n| Tyger, tyger, burning bright\n|   In the forests of the night\n\n***\n\n"
        "[^1]: Or three times.\n"
    )
    settings = found.files["edition.yaml"]
    for line in ("title: On Proofs\n", "subtitle: A treatise\n", "  - name: Ann Reed\n", "status: public-domain\n"):
        assert line in settings
    assert "https://www.gutenberg.org/ebooks/1342" in settings
    assert any("the licence of Project Gutenberg" in entry for entry in found.entries)
    assert found.lost == ()


def test_plain_text_keeps_lines_that_are_paragraphs() -> None:
    assert made(b"A short line.\nAnother _one_.\n\nA third.\n", "a.txt").text == (
        "A short line.\n\nAnother \\_one\\_.\n\nA third.\n"
    )
    wrapped = b"A line of prose that is as long as lines of hard-wrapped prose are,\nand goes on in the next one.\n"
    assert made(wrapped, "a.txt").text.count("\n") == 1
    assert made("Größe – “x”\n".encode("cp1252"), "a.txt").text == "Größe – “x”\n"


CHAPTER = (FIXTURES / "chapter-1.xhtml").read_text(encoding="utf-8")
ENDNOTES = (FIXTURES / "endnotes.xhtml").read_text(encoding="utf-8")
PACKAGE = (FIXTURES / "content.opf").read_text(encoding="utf-8")
TITLE_PAGE = CHAPTER.replace('epub:type="bodymatter z3998:fiction"', 'epub:type="frontmatter titlepage"')
BOOK = {
    "content.opf": PACKAGE.encode(),
    "text/titlepage.xhtml": TITLE_PAGE.encode(),
    "text/chapter-1.xhtml": CHAPTER.encode(),
    "text/endnotes.xhtml": ENDNOTES.encode(),
    "images/port.png": PNG,
}
STANDARD = (
    "## I. In Which Proofs Are Read\n\nHe *read* the [bbc]{.small-caps} and the [mot]{.foreign lang=fr}.[^1]\n\n"
    "> | Tyger, tyger\n> |   burning bright\n\n> All is well.\n>\n> — Ann Reed\n\n"
    '![A port.](<images/port.png> "The port.")\n\n***\n\nEnd.\n\n[^1]: Twice.\n'
)


def test_standard_ebooks_as_an_epub_and_as_a_folder(tmp_path: Path) -> None:
    files = {f"epub/{name}": content for name, content in BOOK.items()}
    found = made(zipped({"META-INF/container.xml": b"<x/>", **files}), "a.epub")
    assert found.text == STANDARD
    assert found.lost == ()
    for name, content in BOOK.items():
        path = tmp_path / "on-proofs" / "src" / "epub" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    result = CliRunner().invoke(program, ["import", str(tmp_path / "on-proofs"), str(tmp_path / "edition")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "edition" / "text.md").read_text(encoding="utf-8") == STANDARD


def test_an_epub_of_our_own_gives_its_text_and_notes_back(tmp_path: Path, root: Path) -> None:
    runner = CliRunner()
    words = "## Ports\n\nThe *board* met,[^1] and noted twelve arrivals.\n\n> All is well.\n>\n> — Ann Reed\n"
    table = "\nTable: Ports\n\n| Port | Ships |\n|---|---:|\n| Bergen | 7 |\n\n| Tyger, tyger\n|   burning bright\n"
    (tmp_path / "a.md").write_text(f"{words}{table}\n[^1]: In May.\n", encoding="utf-8")
    edition, output, again = (str(tmp_path / name) for name in ("edition", "output", "again"))
    assert runner.invoke(program, ["import", str(tmp_path / "a.md"), edition]).exit_code == 0
    built = runner.invoke(program, ["build", edition, "--output", output, "--format", "epub"])
    assert built.exit_code == 0, built.output
    (epub,) = Path(output).glob("*.epub")
    assert runner.invoke(program, ["import", str(epub), again]).exit_code == 0
    first, second = ((Path(text) / "text.md").read_text(encoding="utf-8") for text in (edition, again))
    assert second.replace("# a\n\n", "") == first
