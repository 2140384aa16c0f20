"""Long notes in parts, so that they can run on from the foot of one page to the next.

Each part is a note of its own to the layout, called at the same place; since parts keep the number of the element that
they come from, the binder makes them one again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from publisher.layout.weasyprint.features.note_lines import Cut, cuts, notes_at_foot, tables_in
from publisher.layout.weasyprint.features.table_width import hold_columns

LONG = 12
"""A note of more lines may run on. A shorter one stays in one piece: cut into lines, notes take three times as long to
lay out, and a reader likes to find a note where it is called."""
_CONTINUES = "margin-bottom: 0 !important; padding-bottom: 0 !important; border-bottom: none !important"
_CONTINUED = "margin-top: 0 !important; padding-top: 0 !important; border-top: none !important"
_FIRST_LINE = "text-indent: 0 !important"
_PARAGRAPH = "p"
"""What has lines, and no block in it whose last line is its own affair."""
_LAST_LINE = "text-align-last: justify !important"
_ENTRY = {"li": ("list-style-type: none", "counter-increment: list-item 0")}
"""The rest of an entry of a list has no number of its own."""
_LITERAL = ("pre", "code")
"""Elements whose line ends are shown: that at which they are cut ends a line already."""
_REST = "data-rest"
"""An attribute of the rest of an entry."""
_AFTER_CALL = "footnote-policy: auto !important"
"""The first part keeps to the page of its call, the others may follow."""


def split_footnotes(document: Any, root: Element, numbers: dict[Element, int]) -> bool:
    """Cuts the long notes of a laid-out document where their lines end; whether there are any.

    `root` is changed: new elements get the number of the element that they continue.
    """
    parents = {child: element for element in root.iter() for child in element}
    found = False
    for note in notes_at_foot(document):
        count, places = cuts(note)
        if count > LONG and places:
            found = True
            for table in tables_in(note):
                hold_columns(table)
            _part(note.element, parents[note.element], places, numbers)
    return found


def _part(note: Element, parent: Element, places: Iterable[Cut], numbers: dict[Element, int]) -> None:
    """Replaces a note by its parts, one behind the other."""
    at = [*parent].index(note)
    done, part, tail = 0, note, note.tail
    note.tail = None
    for place in places:
        rest = _cut(part, place.at - done, place, numbers)
        _style(rest, _AFTER_CALL)
        at, done, part = at + 1, place.at, rest
        parent.insert(at, rest)
    part.tail = tail


def _cut(element: Element, count: int, place: Cut, numbers: dict[Element, int]) -> Element:
    """What stands in an element after so many characters, taken out of it into a copy of the element."""
    rest = Element(element.tag, {name: value for name, value in element.attrib.items() if name != "id"})
    numbers[rest] = numbers[element]
    _style(element, _CONTINUES, *([_LAST_LINE] if place.justified and element.tag == _PARAGRAPH else []))
    _style(rest, _CONTINUED, *([_FIRST_LINE] if place.inside else []), *_ENTRY.get(element.tag, ()))
    children = [*element]
    held = _length(element.text)
    if count <= held:
        element.text, rest.text = _divided(element.text, count)
        if rest.text.startswith("\n") and element.tag in _LITERAL:
            rest.text = rest.text[1:]
        _move(children, element, rest)
        _mark_parts(element, rest)
        return rest
    count -= held
    for index, child in enumerate(children, 1):
        inner = _length("".join(child.itertext()))
        if count < inner:
            after, behind = _cut(child, count, place, numbers), child.tail
            child.tail, after.tail = None, behind
            rest.append(after)
        elif count - inner <= _length(child.tail):
            child.tail, rest.text = _divided(child.tail, count - inner)
        else:
            count -= inner + _length(child.tail)
            continue
        _move(children[index:], element, rest)
        _mark_parts(element, rest)
        return rest
    return rest


def _mark_parts(element: Element, rest: Element) -> None:
    """The rest of a list goes on counting; between parts of a table there is no rule."""
    if element.tag == "ol":
        entries = sum(child.tag == "li" and child.get(_REST) is None for child in element)
        start = int(element.get("start", "1")) + entries
        rest.set("start", str(start))
        _style(rest, f"counter-reset: list-item {start - 1}")
    elif element.tag == "li":
        rest.set(_REST, "")
    elif element.tag == "table":
        element.set("class", f"{element.get('class', '')} cut-after".strip())
        rest.set("class", f"{rest.get('class', '')} cut-before".strip())


def _move(children: Iterable[Element], element: Element, rest: Element) -> None:
    for child in children:
        element.remove(child)
        rest.append(child)


def _length(text: str | None) -> int:
    """How many characters a text has, white space not counted."""
    return len("".join((text or "").split()))


def _divided(text: str | None, count: int) -> tuple[str, str]:
    """A text before and after so many characters, white space not counted."""
    text = text or ""
    at = 0
    while count:
        count -= not text[at].isspace()
        at += 1
    return text[:at], text[at:]


def _style(element: Element, *declarations: str) -> None:
    """Adds declarations to an element's own style."""
    own = element.get("style")
    element.set("style", "; ".join((*([own] if own else []), *declarations)))
