"""Where the words are that notes cite by their lines: in which block, after how many of its characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from publisher.model.block import CodeBlock
from publisher.model.inline import LineBreak
from publisher.model.publication import Section
from publisher.model.rendition import CitedLemma, WordPlace
from publisher.model.walk import Inlines, blocks_of, leaf_text, leaves, lines


def cited_lemmas(section: Section) -> tuple[CitedLemma, ...]:
    """The lemmas of the notes called in a section that begin with lines."""
    notes = tuple(note for note in section.notes if note.cited and note.end)
    if not notes:
        return ()
    places = _Places(section)
    return tuple(
        CitedLemma(note_id=note.id, first=places.at(note.start), last=places.at(max(note.start, note.end - 1)))
        for note in notes
    )


class _Places:
    """Every stretch of a section's text, by its offset."""

    def __init__(self, section: Section) -> None:
        found: dict[int, tuple[str, str, int]] = {}
        for start, text, count in _stretches((section.title,)):
            found[start] = (f"{section.id}-title", text, count)
        for block in blocks_of(section.blocks):
            id_ = str(getattr(block, "id", None) or "")
            for start, text, count in _stretches(lines((block,))) if id_ else ():
                found[start] = (id_, text, count)
        self._found = found
        self._starts = sorted(found)

    def at(self, offset: int) -> WordPlace:
        """The place of the character at an offset of the text."""
        start = self._starts[max(0, bisect_right(self._starts, offset) - 1)]
        id_, text, count = self._found[start]
        return WordPlace(element_id=id_, offset=count + _length(text[: offset - start]))


def _stretches(all_lines: Iterator[Inlines | CodeBlock] | tuple[Inlines, ...]) -> Iterator[tuple[int, str, int]]:
    """Offset and text of what the source has, and how many characters of these lines are before it."""
    count = 0
    for line in all_lines:
        for leaf in (line,) if isinstance(line, CodeBlock) else leaves(line):
            text = leaf.text if isinstance(leaf, CodeBlock) else leaf_text(leaf)
            if text.strip() and not isinstance(leaf, LineBreak) and leaf.span is not None:
                yield leaf.start, text, count
            count += _length(text)


def _length(text: str) -> int:
    """How many characters a text has, white space not counted."""
    return len("".join(text.split()))
