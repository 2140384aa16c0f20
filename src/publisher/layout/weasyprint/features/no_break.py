"""Places at which no line may end: before a dash between spaces, where French sets marks off, and before a call.

A source text has plain spaces there, and keeps them. Pango, which breaks lines for WeasyPrint, is informed not to break
at them (https://docs.gtk.org/Pango/func.attr_allow_breaks_new.html). It would also break between a mark and the figure
or letter of a note's call behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox
from weasyprint.text.ffi import ffi, pango

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, after, around

ffi.cdef("PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);")
_CALL = "note-call"
"""The class of calls."""
_DASH = r" [–—](?=[\s,;.:!?)»”’]|$)"
_EVERYWHERE = re.compile(_DASH)
_FRENCH = re.compile(rf"{_DASH}| [;:!?»]|« .")


def no_break_hooks() -> tuple[Hook, ...]:
    """Return the hooks by which no line begins with a dash, mark or call, or ends with an opening mark."""
    return after(patches.LAYOUT_TEXT, _hold_text), around(patches.INLINE_LEVEL, _hold_calls)


def _hold_text(_: None, layout: Any, *others: Any, **named: Any) -> None:
    """Inform Pango where no line may end in a text."""
    held = tuple(unbroken(layout.text, layout.style["lang"]))
    if held:
        _join_words(layout, held)


def _hold_calls(proceed: Callable[..., Any], context: Any, box: Any, *others: Any, **named: Any) -> Any:
    """Return what is on a line of a box, with no first letter before which the line could end if it is a call."""
    made, resume_at, preserved, first, *more = proceed(context, box, *others, **named)
    return (made, resume_at, preserved, False if first and is_call(box) else first, *more)


def is_call(box: Any) -> bool:
    """Whether a box is that of a call, before which the engine is informed that no line may end."""
    return isinstance(box, InlineBox) and box.element is not None and _CALL in box.element.get("class", "").split()


def unbroken(text: str, language: str | None) -> Iterator[tuple[int, int]]:
    """Where no line may end in a text in a language: from which byte to which."""
    french = (language or "").lower().split("-")[0] == "fr"
    if not french and "–" not in text and "—" not in text:
        return
    for found in (_FRENCH if french else _EVERYWHERE).finditer(text):
        start = len(text[: found.start()].encode())
        yield start, start + len(found[0].encode())


def _join_words(layout: Any, held: tuple[tuple[int, int], ...]) -> None:
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start, end in held:
        attribute = pango.pango_attr_allow_breaks_new(False)
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_insert(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)
