"""The imprint at the foot of its page: a section of one page that is as high as its lines is moved down.

CSS has no such position for a block in flow: an absolute one may run beyond its page, and takes no part in breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from publisher.layout.weasyprint.hooks import Hook, around_page

_AT_FOOT = "imprint"
"""The class of the sections that end on the last line of their page."""


def page_foot_hooks(root: Element) -> tuple[Hook, ...]:
    """Return the hook that moves an imprint to the foot of its page; none for a document without one."""
    found = any(_is_at_foot(element) for element in root.iter("section"))
    return (around_page(_move_to_foot),) if found else ()


def _is_at_foot(element: Element) -> bool:
    return _AT_FOOT in element.get("class", "").split()


def _move_to_foot(
    proceed: Callable[..., tuple[Any, ...]], context: Any, root: Any, kind: Any, resume_at: Any, *others: Any
) -> tuple[Any, ...]:
    """Return a page, with the section on it moved down if the page has all of it."""
    page, rest, *more = proceed(context, root, kind, resume_at, *others)
    if resume_at is None and rest is None:
        for box in _sections(page):
            room = page.content_box_y() + page.height - _bottom(box)
            if room > 0:
                box.translate(dy=room)
    return (page, rest, *more)


def _bottom(box: Any) -> float:
    """Where the last line of a section ends."""
    ends = [child.position_y + child.margin_height() for child in box.children if child.is_in_normal_flow()]
    return float(max(ends, default=box.position_y + box.margin_height()))


def _sections(box: Any) -> Iterator[Any]:
    """The boxes of a page that are sections at the foot."""
    for child in getattr(box, "children", ()):
        if child.element is not None and child.element_tag == "section" and _is_at_foot(child.element):
            yield child
        elif child.element_tag in ("html", "body"):
            yield from _sections(child)
