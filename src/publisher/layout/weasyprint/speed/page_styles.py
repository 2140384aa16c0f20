"""The styles of a page and of its margins, computed once for all pages that the same `@page` rules match.

WeasyPrint 70 computes them for each page: a twelfth of the time that a section takes. What is before and after an
element has one style, too, where the elements have one and the rules are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import iselement

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around

_KEPT, _PARTS = "publisher_page_styles", "publisher_part_styles"


def page_style_hooks() -> tuple[Hook, ...]:
    """Return the hooks by which pages of one kind share their styles."""
    return around(patches.PAGE_STYLES, _page_styles), around(patches.COMPUTED_STYLES, _computed_styles)


def _page_styles(proceed: Callable[..., None], page_type: Any, html: Any, style_for: Any) -> None:
    """Compute the styles of a page, once for all that the same rules match."""
    known = style_for.__dict__.setdefault(_KEPT, {})
    rules = _matching(page_type, style_for)
    computed = style_for.get_computed_styles()
    if rules not in known:
        proceed(page_type, html, style_for)
        known[rules] = {pseudo: style for (element, pseudo), style in computed.items() if element == page_type}
        style_for.get_cascaded_styles().clear()
    computed.update({(page_type, pseudo): style for pseudo, style in known[rules].items()})


def _computed_styles(
    proceed: Callable[..., None], style_for: Any, element: Any, parent: Any, *others: Any, **named: Any
) -> None:
    """Compute the style of an element, or of what comes before or after it, once for all that are alike."""
    pseudo = named.get("pseudo_type")
    key = _alike(style_for, element, parent, pseudo) if pseudo and iselement(element) else None
    known = style_for.__dict__.setdefault(_PARTS, {})
    if key in known:
        style_for.get_computed_styles()[element, pseudo] = known[key]
        return
    proceed(style_for, element, parent, *others, **named)
    if key:
        known[key] = style_for.get_computed_styles()[element, pseudo]


def _alike(style_for: Any, element: Any, parent: Any, pseudo: str) -> tuple[Any, ...]:
    """What the style of a part of an element depends on: the element's own style, and the values given to the part."""
    given = style_for.get_cascaded_styles().get((element, pseudo), {})
    own = style_for.get_computed_styles()[parent, None]
    return (id(own), pseudo, *[(name, id(value), weight) for name, (value, weight) in given.items()])


def _matching(page_type: Any, style_for: Any) -> tuple[bool, ...]:
    """Which selectors of all `@page` rules match a page."""
    return tuple(
        style_for._page_type_match(selector[2], page_type)
        for sheet, *_ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for selector in selectors
    )
