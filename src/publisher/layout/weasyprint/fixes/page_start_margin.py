"""Pages that begin on their first line, wherever the page before ended.

The space above a paragraph or heading falls away where a page begins with it, unless the page was asked for. WeasyPrint
70 takes a page for one that was asked for too where a block had no room for its first lines and was put off whole.
"""

from __future__ import annotations

from typing import Any

from publisher.layout.weasyprint.hooks import Hook, before_page


def page_start_margin_hooks() -> tuple[Hook, ...]:
    """Return the hook by which a page that continues its section begins without the space above its first block."""
    return (before_page(_forget_break),)


def _forget_break(context: Any, root: Any, kind: Any, resume_at: Any, number: int, state: Any) -> None:
    """Clear the mark of a forced break on a page that begins with none, in the middle of its named page."""
    begins = context.page_maker[number - 1][1]
    if begins["break"] == "any" and kind.groups and kind.groups[-1][1] > 0:
        context.forced_break = False
