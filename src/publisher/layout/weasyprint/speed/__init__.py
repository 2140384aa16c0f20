"""What the layout engine would do again for each line and each page, done once: the same pages, in less time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from publisher.layout.weasyprint.speed.glyphs import glyphs_looked_up
from publisher.layout.weasyprint.speed.lines import lines_kept
from publisher.layout.weasyprint.speed.long_words import long_words_in_parts
from publisher.layout.weasyprint.speed.page_styles import page_styles_shared
from publisher.layout.weasyprint.speed.pango_contexts import type_kept_ready


@contextmanager
def done_once() -> Iterator[None]:
    """While this is open, the engine keeps what it would make again."""
    with ExitStack() as stack:
        for one in (page_styles_shared, type_kept_ready, lines_kept, long_words_in_parts, glyphs_looked_up):
            stack.enter_context(one())
        yield
