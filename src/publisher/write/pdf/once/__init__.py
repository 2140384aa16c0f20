"""What the layout engine would do again for each line and each page, done once: the same pages, in less time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from publisher.write.pdf.once.glyphs import glyphs_looked_up
from publisher.write.pdf.once.lines import lines_kept
from publisher.write.pdf.once.long_words import long_words_in_parts
from publisher.write.pdf.once.page_styles import page_styles_shared
from publisher.write.pdf.once.type_ready import type_kept_ready


@contextmanager
def done_once() -> Iterator[None]:
    """While this is open, the engine keeps what it would make again."""
    with ExitStack() as stack:
        for one in (page_styles_shared, type_kept_ready, lines_kept, long_words_in_parts, glyphs_looked_up):
            stack.enter_context(one())
        yield
