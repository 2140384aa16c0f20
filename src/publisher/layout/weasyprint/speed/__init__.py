"""What the layout engine would do again for each line and each page, done once: the same pages, in less time."""

from __future__ import annotations

from publisher.layout.weasyprint import engine  # isort: skip
from publisher.layout.weasyprint.hooks import Hook
from publisher.layout.weasyprint.speed.glyphs import glyph_hooks
from publisher.layout.weasyprint.speed.lines import line_hooks
from publisher.layout.weasyprint.speed.long_words import long_word_hooks
from publisher.layout.weasyprint.speed.page_styles import page_style_hooks
from publisher.layout.weasyprint.speed.pango_contexts import pango_context_hooks

__all__ = ["engine", "speed_hooks"]


def speed_hooks() -> tuple[Hook, ...]:
    """Return the hooks by which the engine keeps what it would make again."""
    return (*page_style_hooks(), *pango_context_hooks(), *line_hooks(), *long_word_hooks(), *glyph_hooks())
