"""What the layout engine would do again for each line and each page, done once: the same pages, in less time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from publisher.layout.weasyprint.speed.glyphs import patch_glyphs
from publisher.layout.weasyprint.speed.lines import patch_lines
from publisher.layout.weasyprint.speed.long_words import patch_long_words
from publisher.layout.weasyprint.speed.page_styles import patch_page_styles
from publisher.layout.weasyprint.speed.pango_contexts import patch_pango_contexts


@contextmanager
def patch_speed() -> Iterator[None]:
    """While this is open, the engine keeps what it would make again."""
    with ExitStack() as stack:
        for one in (patch_page_styles, patch_pango_contexts, patch_lines, patch_long_words, patch_glyphs):
            stack.enter_context(one())
        yield
