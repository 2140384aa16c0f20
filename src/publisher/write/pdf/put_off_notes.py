"""Notes that were put off to the next page, where the layout engine lays pages out again.

WeasyPrint 70 lays those pages out again on which a page number, of the contents or of a cross-reference, has become
known, and forgets which notes the page before has put off: they are printed nowhere. The function that goes through the
pages is wrapped, so that from the first page that puts a note off all pages are laid out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import layout


@contextmanager
def put_off_notes_kept() -> Iterator[None]:
    """While this is open, no page is laid out again without the notes that the page before has put off."""
    original = layout.make_all_pages
    putting_off: set[int] = set()

    def make_all_pages(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
        first = min(putting_off, default=len(pages)) if pages else 0
        putting_off.clear()
        for *_, state in context.page_maker[first : len(pages)]:
            state["content_changed"] = True
        for index, page in enumerate(original(context, root_box, html, pages)):
            if context.reported_footnotes:
                putting_off.add(index)
            yield page

    layout.make_all_pages = make_all_pages
    try:
        yield
    finally:
        layout.make_all_pages = original
