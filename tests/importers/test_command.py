"""`publisher import`, as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.importers.docx_files import (
    PNG,
    cell,
    comment,
    commented,
    docx,
    entry,
    note,
    note_call,
    paragraph,
    picture,
    run,
    table,
    zipped,
)

from publisher.cli.program import program


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with everything that a report has."""
    body = (
        paragraph("On Proofs", style="Titel"),
        paragraph("First", style="berschrift1"),
        paragraph("Read ", commented(1, "every proof"), " twice", note_call(1), ", ", run("slowly", "<w:i/>"), "."),
        entry("first by the compositor"),
        entry("then by the author"),
        paragraph("Second", style="berschrift1"),
        table(cell("Port") + cell("Ships"), cell("Bergen", table(cell("a") + cell("b"))) + cell("12")),
        paragraph(picture("i1", alternative="A grey square")),
        paragraph("A square.", note_call(2), style="Beschriftung"),
        paragraph("Heading with a note", note_call(3), style="berschrift1"),
        paragraph("Tyger, ", commented(2, "tyger"), style="Verse"),
        paragraph("The end", commented(3, " of"), " it."),
    )
    comments = (
        comment(1, "Really every one?", paragraph_id="0000000A")
        + comment(2, "Blake.", author="Bo Li", paragraph_id="0000000B")
        + comment(3, "Yes, every one.", author="Bo Li", paragraph_id="0000000C")
    )
    extended = '<w15:commentEx w15:paraId="0000000C" w15:paraIdParent="0000000A" w15:done="0"/>'
    notes = note(1, "Or three times.") + note(2, "In a caption.") + note(3, "In a heading.")
    parts = {"comments": comments, "commentsExtended": extended, "footnotes": notes}
    path = tmp_path / "report.docx"
    path.write_bytes(docx(*body, parts=parts, pictures={"i1": PNG}))
    return path


def call(*words: object) -> Result:
    return CliRunner().invoke(program, [str(word) for word in words])


def test_an_imported_report_is_checked_and_built_at_once(report: Path, tmp_path: Path) -> None:
    edition = tmp_path / "my-edition"
    imported = call("import", report, edition)
    assert imported.exit_code == 0, imported.output
    assert "notes/jane-doe.md: 1 note" in imported.output
    checked = call("check", edition)
    assert checked.exit_code == 0, checked.output
    assert "error[" not in checked.output
    built = call("build", edition, "--output", tmp_path / "output")
    assert built.exit_code == 0, built.output
    assert {path.suffix for path in (tmp_path / "output").iterdir()} >= {".epub", ".pdf"}
    assert json.loads((edition / "import-report.json").read_text(encoding="utf-8"))["words"]["lost"] == []


def test_files_are_overwritten_only_if_that_is_asked_for(report: Path, tmp_path: Path) -> None:
    edition = tmp_path / "my-edition"
    assert call("import", report, edition).exit_code == 0
    (edition / "text.md").write_text("Mine.\n", encoding="utf-8")
    refused = call("import", report, edition)
    assert refused.exit_code == 4
    assert "W-007" in refused.output
    assert (edition / "text.md").read_text(encoding="utf-8") == "Mine.\n"
    assert call("import", report, edition, "--force").exit_code == 0
    assert (edition / "text.md").read_text(encoding="utf-8").startswith("# On Proofs\n")


def test_references_are_added_to_an_edition(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{reed, author={Reed, Ann}, title={Proofs}, year=2001}\n", encoding="utf-8")
    (tmp_path / "b.ris").write_text("TY  - BOOK\nID  - stone\nTI  - Type\nPY  - 2002\nER  - \n", encoding="utf-8")
    edition = tmp_path / "e"
    assert call("import", tmp_path / "a.bib", edition).exit_code == 0
    assert call("import", tmp_path / "b.ris", edition).exit_code == 4
    assert call("import", tmp_path / "b.ris", tmp_path / "a.bib", edition, "--force").exit_code == 0
    records = json.loads((edition / "references.json").read_text(encoding="utf-8"))
    assert [record["id"] for record in records] == ["reed", "stone"]
    (edition / "references.json").write_text("{", encoding="utf-8")
    damaged = call("import", tmp_path / "a.bib", edition, "--force")
    assert (damaged.exit_code, "[W-002 " in damaged.output) == (1, True)


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
BOMB = zipped({"word/document.xml": b"<x>" + b" " * 50_000_000 + b"</x>", "[Content_Types].xml": b""})
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>'
)
BAD = {
    "a.docx": (b"PK\x03\x04 half of a file", "W-002"),
    "b.docx": (ENCRYPTED, "W-003"),
    "c.docx": (BOMB, "W-004"),
    "d.docx": (b"just words", "W-002"),
    "e.docx": (zipped({"word/document.xml": b"<x>", "[Content_Types].xml": b""}), "W-002"),
    "f.docx": (zipped({"word/document.xml": ENTITIES, "[Content_Types].xml": b""}), "W-002"),
    "g.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "W-001"),
    "h.pdf": (b"%PDF-1.7\n", "W-001"),
    "i.docx": (zipped({"xl/workbook.xml": b"", "[Content_Types].xml": b""}), "W-001"),
    "j.docx": (docx(paragraph("")), "W-008"),
    "k.txt": (b"", "W-001"),
    "l.pages": (zipped({"Index/Document.iwa": b""}), "W-001"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_imported_is_explained(name: str, tmp_path: Path) -> None:
    content, code = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    found = call("import", path, tmp_path / "e")
    assert f"[{code} " in found.output
    assert found.exit_code == 1
    assert not (tmp_path / "e").exists()
