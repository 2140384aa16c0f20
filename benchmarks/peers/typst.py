"""Typst, one source for the whole book, tagged as it does by default."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.manuscript import Manuscript, Paragraph
from benchmarks.peers.peer import PEERS, Job, Peer
from benchmarks.peers.style import font_files

_PYTHON = PEERS / "python"
_HEAD = """#set document(title: "{title}")
#set page(width: 156mm, height: 234mm, margin: (top: 23mm, bottom: 25mm, inside: 24mm, outside: 20mm),
  header: context {{ set text(8.8pt, style: "italic"); align(center, hydra) }}, numbering: "1")
#set text(font: "Source Serif Pro", size: 10.4pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true, first-line-indent: 1.42em, leading: 7.5pt, spacing: 7.5pt)
#show heading: set text(21pt, weight: 400, hyphenate: false)
#show heading.where(level: 1): one => {{ pagebreak(weak: true); one; v(14pt) }}
#show footnote.entry: set text(7.8pt)
#set footnote.entry(gap: 2.2pt)
#show footnote.entry: set par(leading: 3.5pt, first-line-indent: 0pt)
"""
_RUNNING = """#let hydra = context {
  let before = query(selector(heading.where(level: 1)).before(here()))
  if before.len() > 0 { before.last().body }
}
"""
_RUN = """import sys
sys.path.insert(0, sys.argv[1])
import typst
typst.compile("book.typ", output="book.pdf", font_paths=["fonts"], ignore_system_fonts=True)
"""


def ready(folder: Path, text: Manuscript) -> Job:
    """The manuscript as one source."""
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    for path in font_files():
        (fonts / path.name).write_bytes(path.read_bytes())
    chapters = (f"= {chapter.title}\n\n{_paragraphs(chapter.paragraphs)}" for chapter in text.all_chapters())
    source = f"{_RUNNING}{_HEAD.format(title=text.title)}\n{''.join(chapters)}"
    (folder / "book.typ").write_text(source, encoding="utf-8")
    command = (sys.executable, "-c", _RUN, str(_PYTHON))
    return Job(command=command, folder=folder, made=folder / "book.pdf")


def _paragraphs(paragraphs: tuple[Paragraph, ...]) -> str:
    return "".join(f"{_inner(paragraph)}\n\n" for paragraph in paragraphs)


def _inner(paragraph: Paragraph) -> str:
    return " ".join(f"{sentence}#footnote[{note}]" if note else sentence for sentence, note in paragraph.called())


def installed(name: str) -> str:
    """The version of a package among the peers."""
    found = next(iter(sorted(_PYTHON.glob(f"{name}-*.dist-info"))), None)
    return found.name.removesuffix(".dist-info").split("-")[1] if found else "missing"


TYPST = Peer(
    name="Typst",
    way="one source, tagged as by default, notes by `#footnote`, called from Python (start of Python included)",
    ready=ready,
    version=lambda: installed("typst"),
)
