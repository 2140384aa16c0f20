"""Pages that begin on their first line, wherever the page before ended.

The space above a paragraph or heading falls away where a page begins with it, unless the page was asked for. WeasyPrint
70 takes a page for one that was asked for too where a block had no room for its first lines and was put off whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import page


@contextmanager
def patch_page_start_margin() -> Iterator[None]:
    """While this is open, a page that goes on in its section begins without the space above its first block."""
    original = page.make_page

    def make_page(context: Any, root: Any, kind: Any, resume_at: Any, number: int, state: Any) -> Any:
        begins = context.page_maker[number - 1][1]
        if begins["break"] == "any" and kind.groups and kind.groups[-1][1] > 0:
            context.forced_break = False
        return original(context, root, kind, resume_at, number, state)

    page.make_page = make_page
    try:
        yield
    finally:
        page.make_page = original
