"""The extension for VS Code: packed, then run with the real language client, in a host that has no window."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

PROGRAM = Path(sys.executable).with_name("publisher")
HOST = Path(__file__).with_name("host.cjs")


@pytest.fixture(scope="module")
def extension(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as VS Code unpacks it."""
    folder = tmp_path_factory.mktemp("vscode")
    done = subprocess.run([root / "tools" / "vscode", folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with ZipFile(folder / "publisher-editions.vsix") as packed:
        packed.extractall(folder)
    return folder / "extension"


def run_host(root: Path, extension: Path, command: Path, document: Path) -> Iterator[dict[str, object]]:
    """Yield what the host prints; it ends when the iterator is closed."""
    words = [root / ".tools" / "bin" / "node", HOST, extension / "dist" / "extension.js", command, document]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=document.parent) as host:
        assert host.stdin is not None
        assert host.stdout is not None
        try:
            for line in host.stdout:
                yield json.loads(line)
        finally:
            host.stdin.write("quit\n")
            host.stdin.close()
            assert host.wait(60) == 0


def test_package_has_no_more_than_the_bundle(extension: Path) -> None:
    files = {path.relative_to(extension).as_posix() for path in extension.rglob("*") if path.is_file()}
    assert files == {"package.json", "readme.md", "LICENSE.txt", "dist/extension.js"}
    manifest = json.loads((extension / "package.json").read_text(encoding="utf-8"))
    command = manifest["contributes"]["configuration"]["properties"]["publisher.command"]
    assert command["scope"] == "machine", "the settings of a folder must not choose what is run"


def test_mistake_is_shown_in_the_document(root: Path, extension: Path, tmp_path: Path) -> None:
    subprocess.run([PROGRAM, "init", "edition"], cwd=tmp_path, check=True, capture_output=True)
    notes = tmp_path / "edition" / "notes" / "editorial.md"
    notes.write_text(notes.read_text(encoding="utf-8").replace("> They read aloud.", "> They read alowd."), "utf-8")
    said = run_host(root, extension, PROGRAM, notes)
    (found,) = next([*record["found"]] for record in said if record.get("uri") == notes.as_uri() and record["found"])  # type: ignore[misc]
    assert "lemma not found" in str(found)
    said.close()  # type: ignore[attr-defined]


def test_missing_command_is_reported(root: Path, extension: Path, tmp_path: Path) -> None:
    document = tmp_path / "notes.md"
    document.write_text("", encoding="utf-8")
    said = run_host(root, extension, tmp_path / "missing", document)
    shown = [str(record["shown"]) for record in iter(lambda: next(said), {"active": True}) if "shown" in record]
    assert any("Install publisher, or set publisher.command." in words for words in shown)
    said.close()  # type: ignore[attr-defined]
