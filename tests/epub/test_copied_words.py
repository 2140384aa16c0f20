"""What is copied from the EPUB in a browser: the words, without the numbers of paragraphs and without page marks."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

from publisher.build.request import BuildResult

CLEAN = Path(__file__).parents[1] / "checks" / "clean"
SCRIPT = """<script>//<![CDATA[
document.execCommand("selectAll");
document.title = "copied:" + getSelection().toString() + ":copied";
//]]></script>"""
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def copied(folder: Path, document: str) -> str:
    """Everything that a browser copies of a document if all of it is selected."""
    path = folder / document
    path.write_text(path.read_text().replace("</body>", f"{SCRIPT}</body>"))
    program = next((there for name in PROGRAMS if (there := shutil.which(name))), None)
    assert program
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r"copied:(.*?):copied", done.stdout, re.DOTALL)
    assert found, done.stdout[:500]
    return unescape(found[1])


def test_numbers_of_paragraphs_and_page_marks_are_not_copied(
    built_once: Callable[..., BuildResult], tmp_path: Path
) -> None:
    book = next(artifact for artifact in built_once(CLEAN).volume.artifacts if artifact.name.endswith(".epub"))
    with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
        archive.extractall(tmp_path)
        document = next(name for name in archive.namelist() if name.endswith("text.xhtml"))
        there = archive.read(document).decode()
    assert 'class="paragraph-number">2<' in there
    assert "doc-pagebreak" in there
    words = copied(tmp_path, document)
    assert "The author sees what was meant" in words
    assert re.search(r"(?m)^\s*\d+\s+(?:A proof|The author|Neither)", words) is None
    assert "Page 1" not in words
