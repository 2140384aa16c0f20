"""Pages after the end of a text that only notes go on on: with running head and folio, as every other of their section.

To WeasyPrint 70 they are blank pages outside of the section: neither the name of its pages nor its place in them is
known there. On such a page notes have no end: all that are left would be printed on one, and the first of them off the
page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

from weasyprint.css.tokens import Dimension
from weasyprint.layout.page import PageType

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, after, after_footnotes, around

_WHOLE = Dimension(inf, "px")


class NotesPage(PageType):  # type: ignore[misc]  # WeasyPrint has no types
    """The kind of a page on which only notes continue: blank to the text, and no selector finds it as `:blank`."""

    __slots__ = ()


def note_page_hooks() -> tuple[Hook, ...]:
    """Return the hooks by which pages that are added for notes after the end of a text belong to its section."""
    pages = _Pages()
    return (
        around(patches.PAGE_GROUPS, pages.update_groups),
        around(patches.PAGE_TYPE, pages.page_type),
        after(patches.PAGE_STYLES, _let_notes_fill),
        around(patches.SELECTOR_MATCH, _match),
        after_footnotes(_is_over),
    )


@dataclass(slots=True)
class _Pages:
    """Stands for the functions of the engine that find the kind of the next page."""

    _after_the_end: bool = False
    """Whether the next page comes after the end of the text."""

    def update_groups(
        self, proceed: Callable[..., Any], groups: Any, resume_at: Any, following: Any, root: Any, blank: bool
    ) -> Any:
        """Return the name of the next page, which is that of the page before if only notes continue on it."""
        last = groups[-1] if groups else None
        name = proceed(groups, resume_at, following, root, blank)
        self._after_the_end = blank and resume_at is None
        if last is None or not self._after_the_end:
            return name
        groups.append([last[0], last[1] + 1, last[2]])
        return last[0]

    def page_type(self, proceed: Callable[..., Any], side: str, blank: bool, *others: Any) -> Any:
        """Return the kind of the next page."""
        return NotesPage(side, blank, *others) if self._after_the_end else proceed(side, blank, *others)


def _let_notes_fill(_: None, kind: Any, html: Any, style_for: Any) -> None:
    """Let notes take all of a page on which only notes continue."""
    if isinstance(kind, NotesPage):
        style_for(kind, "@footnote")["max_height"] = _WHOLE


def _match(proceed: Callable[[Any, Any], bool], selector: Any, kind: Any) -> bool:
    """Whether a page selector matches a page; a page for notes is no blank one."""
    return proceed(selector, kind._replace(blank=False) if isinstance(kind, NotesPage) else kind)


def _is_over(over: bool, context: Any) -> bool:
    """Whether the notes of a page have no room: on a page for notes, if they reach above its text area."""
    on = context.current_footnote_area.page
    return bool(over or (isinstance(on.page_type, NotesPage) and context.page_bottom < on.content_box_y()))
