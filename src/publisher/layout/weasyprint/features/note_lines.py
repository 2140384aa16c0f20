"""The lines of notes at the foot of laid-out pages, and where a note may run on to the next page.

WeasyPrint moves a note whole to the next page, so that a long one leaves a gap, and one that is longer than a page is
printed over the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure.boxes import TableBox

NOTE = "doc-footnote"
_FLOWING = frozenset(
    {"aside", "blockquote", "div", "p", "section", "ul", "ol", "li", "dl", "dt", "dd", "pre", "code"}
    | {"table", "caption", "thead", "tbody", "tr"}
)
"""Elements between whose lines a note may be cut, tables among them that are set run in; others stay in one piece."""
_BEFORE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption"})
"""Elements that stay with what follows them."""
_TOGETHER = 2
"""How many lines stay together at either side of a cut."""
_HYPHENS = frozenset("-\u2010\u2011")
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_OWN_WORDS = ("::first-letter", "::first-line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A place at which a note may be cut."""

    at: int
    """How many characters of the note stand before it, white space not counted."""
    inside: bool = False
    """Whether it is between two lines of a paragraph."""
    justified: bool = False
    """Whether the line before it fills its measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    text: str
    """What it shows of the document, without white space."""
    cut: bool = False
    inside: bool = False
    justified: bool = False


def notes_at_foot(document: Any) -> Iterator[Any]:
    """The box of each note at the foot of a page of a laid-out document."""
    for page in document.pages:
        for area in page._page_box.children:
            if type(area).__name__ == "FootnoteAreaBox":
                yield from (box for box in area.children if _is_note(box))


def _is_note(box: Any) -> bool:
    return box.element is not None and box.element.get("role") == NOTE


def cuts(note: Any) -> tuple[int, tuple[Cut, ...]]:
    """How many lines a note has, and where it may be cut, in order."""
    lines = tuple(line for line in _lines(note) if line.text)
    text = "".join(note.element.itertext())
    return len(lines), tuple(_places(lines, "".join(text.split()), ends=_ends_of_words(text)))


def _ends_of_words(text: str) -> frozenset[int]:
    """How many characters stand before each white space, white space not counted."""
    ends, count = set(), 0
    for character in text:
        if character.isspace():
            ends.add(count)
        else:
            count += 1
    return frozenset(ends)


def _lines(box: Any) -> Iterator[_Line]:
    """The lines of a block; of one that stays in one piece, one line for all."""
    children = tuple(box.children)
    before = box.element_tag in _BEFORE
    if any(_is_line(child) for child in children):
        lines = tuple(_paragraph(box, [_shown(child) for child in children if _is_line(child)]))
        yield from (replace(line, cut=line.cut and not before) for line in lines)
    elif isinstance(box, TableBox):
        yield from _rows(box)
    elif box.element_tag in _FLOWING or box.element_tag is None:
        for child in children:
            yield from _lines(child)
    else:
        yield _Line(text=_shown(box), cut=not before)


def _rows(table: Any) -> Iterator[_Line]:
    """The rows of a table; it is cut after a row of a body that no cell spans together with the next one."""
    for group in table.children:
        reach = 0
        for at, row in enumerate(group.children):
            reach = max(reach, *(at + cell.rowspan for cell in row.children), at + 1)
            yield _Line(text=_shown(row), cut=reach == at + 1 and not group.is_header)


def tables_in(box: Any) -> Iterator[Any]:
    """The tables in a block that are not set run in."""
    for child in getattr(box, "children", ()):
        if isinstance(child, TableBox):
            yield child
        else:
            yield from tables_in(child)


def _is_line(box: Any) -> bool:
    return type(box).__name__ == "LineBox"


def _paragraph(box: Any, shown: list[str]) -> Iterator[_Line]:
    justified = box.style["text_align_all"] == "justify"
    flowing = box.element_tag in _FLOWING
    for number, text in enumerate(shown, 1):
        inside = number < len(shown)
        apart = flowing and _TOGETHER <= number <= len(shown) - _TOGETHER
        yield _Line(text=text, cut=apart or not inside, inside=inside, justified=justified and inside)


def _shown(box: Any) -> str:
    """What a box shows of the document, without white space and without what the style sheet adds."""
    tag = box.element_tag or ""
    if "::" in tag and not tag.endswith(_OWN_WORDS):
        return ""
    if hasattr(box, "text"):
        return "".join(box.text.split())
    return "".join(_shown(child) for child in getattr(box, "children", ()))


def _places(lines: Iterable[_Line], words: str, *, ends: frozenset[int]) -> Iterator[Cut]:
    """Follows the lines through the words of the document; where they differ, one character stands for one.

    A paragraph is not cut inside a word: only the layout of the whole line knows that its hyphen is none of the text.
    """
    at = since = 0
    for line in lines:
        since += 1
        for index, character in enumerate(line.text, 1):
            while at < len(words) and words[at] in _UNSEEN and words[at] != character:
                at += 1
            own = at < len(words) and words[at] in _HYPHENS
            if not (line.inside and index == len(line.text) and character in _HYPHENS and not own):
                at += 1
        if line.cut and since >= _TOGETHER and at < len(words) and (at in ends or not line.inside):
            since = 0
            yield Cut(at=at, inside=line.inside, justified=line.justified)
