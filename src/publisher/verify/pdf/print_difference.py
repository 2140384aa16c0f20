"""A line of a source next to the same line on pages: what setting type does to it is undone, nothing else is forgiven.

The rules are those of docs/verification.md.
"""

from __future__ import annotations

from unicodedata import category, normalize

from publisher.verify.line import ONE_GLYPH, UNSEEN, Expected, Found

FOLDING = frozenset(" \t\r\n")
"""White space of which a run is set as one space, and none at the ends of lines."""

_INDENTED = frozenset(("\n ", "\n\t"))
"""A literal line that begins with white space, which is retained."""


def print_difference(expected: Expected, found: Found) -> tuple[int, int] | None:
    """Where a line on pages begins to differ from its source, as offsets in both; None where it does not."""
    want, have = expected.text, found.text
    want, have = (normalize("NFC", text).translate(ONE_GLYPH) for text in (want, have))
    at, there = 0 if _is_white(have[:1] or "a") else _past_indent(want), 0
    while there < len(have):
        same = _same(want, at, have, there)
        if same:
            at, there = at + same, there + same
        elif have[there : there + 2] in _INDENTED and want.startswith(
            have[there : there + 2], end := _line_end(want, at)
        ):
            at, there = end + 2, there + 2
        elif have[there] == "\n":
            at, there = _past_break(want, at, have[there + 1 : there + 2]), there + 1
        elif at < len(want) and want[at] != "\n" and _alike(want[at], have[there]):
            at, there = at + 1, there + 1
        elif at < len(want) and _is_skipped(want, at):
            at += 1
        else:
            return at, there
    rest = want[at:].translate(dict.fromkeys(map(ord, UNSEEN)))
    return (at, there) if rest.strip() else None


def _line_end(text: str, at: int) -> int:
    """The last line end of the white space at an offset: lines of nothing else leave no trace on a page."""
    end = at
    while end < len(text) and text[end] in FOLDING:
        end += 1
    return max(text.rfind("\n", at, end), at)


def _same(want: str, at: int, have: str, there: int) -> int:
    """How many characters are the same on both sides up to the end of a line on the page, if the whole of it is."""
    end = have.find("\n", there)
    length = (len(have) if end < 0 else end) - there
    return length if want.startswith(have[there : there + length], at) else 0


def _past_space(text: str, at: int) -> int:
    while at < len(text) and (text[at] in FOLDING or text[at] in UNSEEN):
        at += 1
    return at


def _past_indent(text: str) -> int:
    """Where the first word of a text begins: spaces before it that are set apart from it leave no trace on a page."""
    at = 0
    while at < len(text) and (text[at] in UNSEEN or _is_white(text[at])):
        at += 1
    return at


def _past_break(text: str, at: int, after: str) -> int:
    """Where a text continues after a line end on the page, before the character that follows it there.

    White space that holds a word space leaves no trace at a line end, no-break and hair spaces in it included.
    """
    end = at
    while end < len(text) and (text[end] in UNSEEN or _is_white(text[end])):
        end += 1
    run = text[at:end]
    if not _is_white(after or "a"):
        return end if " " in run else _past_space(text, at)
    return at + run.rfind("\n") + 1 if "\n" in run.rstrip("\n") else _past_space(text, at)


def _alike(text: str, other: str) -> bool:
    """Whether one glyph serves both characters."""
    return text == other or ((text == "\t" or category(text) == "Zs") and category(other) == "Zs")


def _is_skipped(want: str, at: int) -> bool:
    """Whether a character of the source leaves no trace here."""
    if want[at] in UNSEEN:
        return True
    return at > 0 and want[at] != "\n" and _is_white(want[at]) and _is_white(want[at - 1])


def _is_white(character: str) -> bool:
    return character in FOLDING or category(character) == "Zs"
