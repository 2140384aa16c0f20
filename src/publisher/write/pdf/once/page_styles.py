"""The styles of a page and of its margins, computed once for all pages that the same `@page` rules match.

WeasyPrint 70 computes them for each page: a twelfth of the time that a section takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import page

_KEPT = "publisher_page_styles"


@contextmanager
def page_styles_shared() -> Iterator[None]:
    """While this is open, pages of one kind share their styles."""
    compute = page.set_page_type_computed_styles

    def computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        known = style_for.__dict__.setdefault(_KEPT, {})
        rules = _matching(page_type, style_for)
        computed = style_for.get_computed_styles()
        if rules not in known:
            compute(page_type, html, style_for)
            known[rules] = {pseudo: style for (element, pseudo), style in computed.items() if element == page_type}
            style_for.get_cascaded_styles().clear()
        computed.update({(page_type, pseudo): style for pseudo, style in known[rules].items()})

    page.set_page_type_computed_styles = computed_styles
    try:
        yield
    finally:
        page.set_page_type_computed_styles = compute


def _matching(page_type: Any, style_for: Any) -> tuple[bool, ...]:
    """Which selectors of all `@page` rules match a page."""
    return tuple(
        style_for._page_type_match(selector[2], page_type)
        for sheet, *_ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for selector in selectors
    )
