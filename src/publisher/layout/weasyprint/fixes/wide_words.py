"""Words that are wider than their line are divided, so that they stay in their column and on their page.

WeasyPrint 70 divides a word under `overflow-wrap` only if it begins its line in one piece, without hyphens, and leaves
the line before it short. Here a document is laid out, the words that reached beyond their line get marks at which a
line may end (`word_pieces`), and the document is laid out again. Documents without such words are laid out as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import LineBox, TextBox
from weasyprint.layout.preferred import trailing_whitespace_size

from publisher.layout.weasyprint.fixes.word_pieces import HERE, HYPHEN_HERE, mark_breaks
from publisher.layout.weasyprint.hooks import Hook, after_line

ROUNDS = 3
"""How often a document is laid out at most to have its words divided."""
_SLACK = 0.1
"""In pixels: what is less comes from rounding."""
_NARROWEST = 1.5
"""In sizes of letters: a line with less room holds no words, whatever is done to them."""
_SHORT = 8
"""Characters from which a piece says which word it is of."""
_ROUGHLY = 0.8
"""How much of a line an average piece of its length may take."""
_WORD = re.compile(r"[^ \t\n\r\f]+")
_MARKS = str.maketrans("", "", HERE + HYPHEN_HERE)
_HYPHENS = "-\u2010"
_UNBROKEN = ("nowrap", "pre")
"""Kinds of white space at which no line ends, as a style sheet wants it."""
_LITERAL = frozenset({"code", "pre"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """What is on a line that is too long: the text of one box."""

    element: Element
    text: str
    room: float
    """How many characters like these have room on the line."""
    style: Any


@dataclass(slots=True)
class WideWords:
    """The words of a document that are wider than their line."""

    divided: list[str] = field(default_factory=list)
    """Those that were divided."""
    pieces: list[_Piece] = field(default_factory=list)
    """What was found since words were last divided."""
    _times: dict[Element, int] = field(default_factory=dict)

    def hooks(self) -> tuple[Hook, ...]:
        """Return the hook by which lines that are wider than their room are noted."""
        return (after_line(self._look_at),)

    def _look_at(self, found: Any, context: Any, box: Any, position_x: float, max_x: float, *others: Any) -> Any:
        """Return a line as it was made, noted if it is too wide."""
        made = found[0]
        if isinstance(box, LineBox) and _is_too_wide(context, made, max_x - made.content_box_x()):
            self.note(made, max_x - position_x)
        return found

    def note(self, line: Any, room: float) -> None:
        """Notes a line that is wider than its room: what is behind the last place at which it could have ended."""
        for box in reversed([*_texts(line)]):
            text = box.text.strip(" ")
            may_end = box.element is not None and box.style["white_space"] not in _UNBROKEN
            if text and may_end and room > _NARROWEST * box.style["font_size"]:
                fitting = _ROUGHLY * max(room, 0) * len(text) / max(box.width, 1)
                self.pieces.append(_Piece(element=box.element, text=text, room=fitting, style=box.style))
            if " " in text or box.style["white_space"] in _UNBROKEN:
                break

    def divide(self) -> bool:
        """Writes marks into the words that were too wide; whether that changed anything."""
        pieces, self.pieces = self.pieces, []
        changed = False
        for element, own in _by_element(pieces).items():
            times = self._times[element] = self._times.get(element, 0) + 1
            changed |= self._divide_in(element, own, again=times > 1)
        return changed

    def _divide_in(self, element: Element, pieces: list[_Piece], *, again: bool) -> bool:
        divider = _Divider(pieces=_Pieces(pieces), literal=element.tag in _LITERAL, again=again)
        changed = divider.in_text(element)
        self.divided += divider.words
        return changed


def _is_too_wide(context: Any, line: Any, room: float) -> bool:
    """Whether a line has no room, the white space at its end left aside."""
    over = line.width - room
    return bool(over > _SLACK and over - trailing_whitespace_size(context, line) > _SLACK)


def _texts(box: Any) -> Iterator[Any]:
    """The texts of a line, without what floats next to it."""
    for child in box.children:
        if isinstance(child, TextBox):
            yield child
        elif child.is_in_normal_flow() and hasattr(child, "children"):
            yield from _texts(child)


def _by_element(pieces: list[_Piece]) -> dict[Element, list[_Piece]]:
    found: dict[Element, list[_Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.element, []).append(piece)
    return found


def _declare(element: Element, declaration: str) -> bool:
    """Adds a declaration to an element's own style; whether it was not there."""
    own = element.get("style", "")
    if declaration in own:
        return False
    element.set("style", f"{own}; {declaration}" if own else declaration)
    return True


class _Pieces:
    """The pieces of words of one element, to be looked up."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._whole: dict[str, _Piece] = {}
        for piece in pieces:
            part = piece.text.translate(_MARKS).split(" ")[-1]
            bare = part.rstrip(_HYPHENS) or part
            if bare and (bare not in self._whole or piece.room < self._whole[bare].room):
                self._whole[bare] = piece
        self._short = tuple(bare for bare in self._whole if len(bare) < _SHORT)
        self._long: dict[str, list[str]] = {}
        for bare in self._whole:
            if len(bare) >= _SHORT:
                self._long.setdefault(bare[:_SHORT], []).append(bare)

    def of(self, word: str, *, at_end: bool) -> _Piece | None:
        """The piece that is on a line that is too long, of all that are of a word the one with the least room.

        A short piece is of a word only if it is all of it, or if it continues in another element (`at_end`).
        """
        bare = word.translate(_MARKS)
        if (known := self._whole.get(bare)) or len(bare) <= 1:
            return known
        starts = (bare[at : at + _SHORT] for at in range(len(bare) - _SHORT + 1))
        found = [text for start in starts for text in self._long.get(start, ()) if text in bare]
        if not found and at_end:
            found = [text for text in self._short if text in bare]
        return min((self._whole[text] for text in found), key=lambda piece: piece.room, default=None)


@dataclass(slots=True)
class _Divider:
    """Divides the words of which pieces were found on lines that are too long."""

    pieces: _Pieces
    literal: bool
    """Whether the words are code."""
    again: bool
    """Whether words of this element were divided before, and still had no room."""
    words: list[str] = field(default_factory=list)
    """The words that were divided."""

    def in_text(self, element: Element) -> bool:
        """Divides words of an element's own text; whether there were any."""
        before = len(self.words)
        element.text = self._divided(element.text, element)
        for child in element:
            child.tail = self._divided(child.tail, element)
        return len(self.words) > before

    def _divided(self, text: str | None, element: Element) -> str | None:
        if not text:
            return text
        return _WORD.sub(lambda found: self._opened(found, text, element), text)

    def _opened(self, found: re.Match[str], text: str, element: Element) -> str:
        word = found[0]
        piece = self.pieces.of(word, at_end=found.start() == 0 or found.end() == len(text))
        if piece is None:
            return word
        language = None if self.literal else piece.style["lang"]
        made = mark_breaks(word, language=language, room=0.0 if self.again else piece.room)
        if made != word:
            self.words.append(word.translate(_MARKS))
        if HYPHEN_HERE in made and piece.style["hyphens"] == "none":
            _declare(element, "hyphens: manual !important")
        return made
