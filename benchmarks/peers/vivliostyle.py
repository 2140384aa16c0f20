"""Vivliostyle CLI with Debian's Chromium, one HTML document for the whole book."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.manuscript import Manuscript
from benchmarks.peers.html import write_html
from benchmarks.peers.peer import PEERS, ROOT, Job, Peer

SECONDS = 1800
"""After how long it gives up."""
_CLI = PEERS / "node_modules" / "@vivliostyle" / "cli"


def ready(folder: Path, text: Manuscript) -> Job:
    """The manuscript as one HTML document; fonts lie beside it, since its server gives out nothing else."""
    write_html(folder / "book.html", text)
    css = folder / "book.css"
    sheet = css.read_text(encoding="utf-8")
    for part in sheet.split('url("file://')[1:]:
        path = Path(part.split('"')[0])
        shutil.copy(path, folder / path.name)
        sheet = sheet.replace(path.as_uri(), path.name)
    css.write_text(sheet, encoding="utf-8")
    return Job(command=_command(), folder=folder, made=folder / "book.pdf")


def _command() -> tuple[str, ...]:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    node = ROOT / ".tools" / "bin" / "node"
    return (
        str(node),
        str(_CLI / _manifest()["bin"]["vivliostyle"]),
        "build",
        "book.html",
        "--single-doc",
        "--output",
        "book.pdf",
        "--timeout",
        str(SECONDS),
        "--executable-browser",
        browser,
        "--log-level",
        "silent",
    )


def _manifest() -> dict[str, dict[str, str]]:
    manifest: dict[str, dict[str, str]] = json.loads((_CLI / "package.json").read_text(encoding="utf-8"))
    return manifest


VIVLIOSTYLE = Peer(
    name="Vivliostyle",
    way="one HTML document in Debian's Chromium, tagged as Chromium does, notes by `float: footnote`",
    ready=ready,
    version=lambda: str(_manifest()["version"]),
)
