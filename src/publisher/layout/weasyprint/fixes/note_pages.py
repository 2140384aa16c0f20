"""Pages for notes alone, after the end of a text or facing it: with running head and folio, as others of their section.

To WeasyPrint 70 they are blank pages outside of the section: neither the name of its pages nor its place in them is
known there. On such a page notes have no end: all that are left would be printed on one, and the first of them off the
page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout.page import PageType

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.features.note_bands import has_facing_notes
from publisher.layout.weasyprint.hooks import Hook, around


class NotesPage(PageType):  # type: ignore[misc]  # WeasyPrint has no types
    """The kind of a page on which only notes continue: blank to the text, and no selector finds it as `:blank`."""

    __slots__ = ()


def note_page_hooks(root: Element) -> tuple[Hook, ...]:
    """Return the hooks by which pages that are added for notes after the end of a text belong to its section."""
    pages = _Pages(_is_facing=has_facing_notes(root))
    return (
        around(patches.PAGE_GROUPS, pages.update_groups),
        around(patches.PAGE_TYPE, pages.page_type),
        around(patches.SELECTOR_MATCH, _match),
    )


@dataclass(slots=True)
class _Pages:
    """Represents the functions of the engine that find the kind of the next page."""

    _is_facing: bool
    """Whether notes are on the pages that face their text."""
    _is_for_notes: bool = False
    """Whether the next page comes after the end of the text, or faces a page of it."""

    def update_groups(
        self, proceed: Callable[..., Any], groups: Any, resume_at: Any, following: Any, root: Any, blank: bool
    ) -> Any:
        """Return the name of the next page, which is that of the page before if only notes continue on it."""
        last = groups[-1] if groups else None
        continues = self._is_facing and resume_at is not None
        self._is_for_notes = blank and (resume_at is None or (continues and last is not None))
        if continues and last is not None:
            for group in groups:
                group[1] += 1
            return last[0]
        name = proceed(groups, resume_at, following, root, blank)
        if last is None or not self._is_for_notes:
            return name
        groups.append([last[0], last[1] + 1, last[2]])
        return last[0]

    def page_type(self, proceed: Callable[..., Any], side: str, blank: bool, *others: Any) -> Any:
        """Return the kind of the next page."""
        return NotesPage(side, blank, *others) if self._is_for_notes else proceed(side, blank, *others)


def _match(proceed: Callable[[Any, Any], bool], selector: Any, kind: Any) -> bool:
    """Whether a page selector matches a page; a page for notes is no blank one."""
    return proceed(selector, kind._replace(blank=False) if isinstance(kind, NotesPage) else kind)
