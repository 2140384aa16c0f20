"""A manuscript as one HTML document with notes that float to the foot: for WeasyPrint and Vivliostyle."""

from __future__ import annotations

from pathlib import Path

from benchmarks.manuscript import Manuscript, Paragraph
from benchmarks.peers.style import CSS, font_rules


def write_html(path: Path, text: Manuscript) -> Path:
    """The path, with the document in it; its style sheet lies beside it."""
    (path.parent / "book.css").write_text(f"{font_rules()}\n{CSS}", encoding="utf-8")
    body = "\n".join(
        f"<section><h1>{chapter.title}</h1>\n{_paragraphs(chapter.paragraphs)}</section>"
        for chapter in text.all_chapters()
    )
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{text.title}</title>'
        f'<link rel="stylesheet" href="book.css"></head><body>\n{body}\n</body></html>\n',
        encoding="utf-8",
    )
    return path


def _paragraphs(paragraphs: tuple[Paragraph, ...]) -> str:
    return "".join(f"<p>{_inner(paragraph)}</p>\n" for paragraph in paragraphs)


def _inner(paragraph: Paragraph) -> str:
    return " ".join(
        f'{sentence}<span class="note">{note}</span>' if note else sentence for sentence, note in paragraph.called()
    )
