"""Publication → renditions: the documents of each format, from one set of templates and styles."""

from publisher.render.crowded_margins import crowded_margins
from publisher.render.epub import render_epub, shipped_files
from publisher.render.line_length import unread_lines
from publisher.render.pdf import render_cover, render_pdf
from publisher.render.sources import attached_sources
from publisher.render.undrawable import undrawn

__all__ = [
    "attached_sources",
    "crowded_margins",
    "render_cover",
    "render_epub",
    "render_pdf",
    "shipped_files",
    "undrawn",
    "unread_lines",
]
