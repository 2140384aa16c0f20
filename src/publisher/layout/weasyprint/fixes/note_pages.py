"""Pages after the end of a text that only notes go on on: with running head and folio, as every other of their section.

To WeasyPrint 70 they are blank pages outside of the section: neither the name of its pages nor its place in them is
known there. On such a page notes have no end: all that are left would be printed on one, and the first of them off the
page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from weasyprint.css.tokens import Dimension
from weasyprint.layout import LayoutContext, page

ONLY_NOTES = "only notes"
"""What such a page is instead of blank: nothing of the text goes on it, and no selector finds it as `:blank`."""
_WHOLE = Dimension(inf, "px")


@contextmanager
def patch_note_pages() -> Iterator[None]:
    """While this is open, pages that are added for notes after the end of a text belong to its section."""
    make_type, find_name, set_styles = page.PageType, page._update_page_groups, page.set_page_type_computed_styles
    set_notes = LayoutContext._update_footnote_area
    after_the_end = [False]

    def update_page_groups(groups: Any, resume_at: Any, following: Any, root: Any, blank: bool) -> Any:
        last = groups[-1] if groups else None
        name = find_name(groups, resume_at, following, root, blank)
        after_the_end[0] = blank and resume_at is None
        if last is None or not after_the_end[0]:
            return name
        groups.append([last[0], last[1] + 1, last[2]])
        return last[0]

    def page_type(side: str, blank: bool, *others: Any) -> Any:
        return make_type(side, ONLY_NOTES if after_the_end[0] else blank, *others)

    def set_page_styles(kind: Any, html: Any, style_for: Any) -> None:
        set_styles(kind, html, style_for)
        if kind.blank == ONLY_NOTES:
            style_for(kind, "@footnote")["max_height"] = _WHOLE

    def update_footnote_area(context: Any) -> bool:
        over = set_notes(context)
        on = context.current_footnote_area.page
        return bool(over or (on.page_type.blank == ONLY_NOTES and context.page_bottom < on.content_box_y()))

    page.PageType, page._update_page_groups, page.set_page_type_computed_styles = (
        page_type,
        update_page_groups,
        set_page_styles,
    )
    LayoutContext._update_footnote_area = update_footnote_area
    try:
        yield
    finally:
        page.PageType, page._update_page_groups, page.set_page_type_computed_styles = make_type, find_name, set_styles
        LayoutContext._update_footnote_area = set_notes
