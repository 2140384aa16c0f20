"""Who parses content streams: one interpreter for all that read pages, and a few modules that write content again."""

from __future__ import annotations

from pathlib import Path

PARSERS = {
    "pdf/read/content/interpreter.py": "follows the graphics state, for every device",
    "pdf/assemble/foreign_claims.py": "looks for three operators in what was rebuilt, whatever is set",
    "pdf/assemble/instructions.py": "edits the lines that the layout engine writes, at their index",
    "pdf/foreign/content.py": "writes content of others again from a list of what is allowed",
    "pdf/press/resources.py": "writes content again with every colour as an ink",
    "verify/comparison/graph.py": "compares the instructions of two files one by one",
}
"""Modules that divide content into instructions, each with its reason."""

WAYS = ("pikepdf.parse_content_stream(", "import instructions\n", "import Shown, instructions\n")
"""How a module divides content: by pikepdf, or by `pdf/read/content/instructions.py`."""


def test_only_the_interpreter_and_those_who_write_content_parse_it(root: Path) -> None:
    source = root / "src" / "publisher"
    texts = {path.relative_to(source).as_posix(): path.read_text("utf-8") for path in source.rglob("*.py")}
    assert {name for name, text in texts.items() if any(way in text for way in WAYS)} == {*PARSERS}


def test_what_reads_pdfs_does_without_what_writes_them(root: Path) -> None:
    source = root / "src" / "publisher" / "pdf" / "read"
    texts = {path.name: path.read_text("utf-8") for path in source.rglob("*.py")}
    others = [f"publisher.pdf.{part}" for part in ("assemble", "press", "impose", "foreign")]
    assert [name for name, text in texts.items() if "pikepdf" in text or any(other in text for other in others)] == []
