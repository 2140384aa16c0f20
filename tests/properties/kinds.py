"""Blocks that have a kind, drawn by hypothesis: letters, entries, plays, poems, groups of pictures, plates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tests.properties.words import Passage, Pen, Room, passage, written

DATES = ("1666-09-02", "1755", "1755-02", '"c. 1755"', "1914/1918", '"19th century"', "1886?")
POEMS = ("", "{numbers=5}", "{numbers=2 from=21}", "{numbers=1}")


class BlockWriter(Protocol):
    """What writes the blocks inside those with a kind."""

    pen: Pen
    passages: list[Passage]

    def leaf(self, room: Room) -> str:
        """The Markdown of a line."""

    def blocks(self, depth: int = 0, *, most: int) -> str:
        """One block at least."""


def paragraph_of(writer: BlockWriter, *kinds: str) -> str:
    """A paragraph of one of some kinds, now and then with an id."""
    given = [f".{writer.pen.one(kinds)}"]
    if writer.pen.often(4):
        given.append(f"#{writer.pen.place()}")
    return f"{writer.leaf(Room.PARAGRAPH)} {{{' '.join(given)}}}"


def letter(writer: BlockWriter, depth: int) -> str:
    """A letter with most of its parts, in which another may be enclosed."""
    pen = writer.pen
    date = f" date={pen.one(DATES)}" if pen.often(2) else ""
    parts = [paragraph_of(writer, text) for text in ("addressee", "dateline", "salutation") if pen.often(2)]
    parts.append(writer.blocks(depth + 1, most=2))
    if pen.often(3):
        quoted = writer.leaf(Room.PARAGRAPH).replace("\n", "\n> ")
        parts += [f"> {quoted}", paragraph_of(writer, "continued")]
    parts += [paragraph_of(writer, text) for text in ("valediction", "signature", "postscript") if pen.often(2)]
    return fence(f"letter {{#{pen.place()}{date}}}", *parts)


def entry(writer: BlockWriter, depth: int) -> str:
    """An entry of a diary: a block, or a paragraph that begins with its date."""
    pen = writer.pen
    date = f"date={pen.one(DATES)}"
    if pen.often(2):
        return f"[{beginning(writer)}]{{{date} #{pen.place()}}} {writer.leaf(Room.PARAGRAPH)}"
    return fence(f"entry {{#{pen.place()} {date}}}", writer.blocks(depth + 1, most=2))


def play(writer: BlockWriter, depth: int) -> str:
    """A scene of a play, with speeches in prose and in verse."""
    pen = writer.pen
    parts = []
    for _ in range(1 + pen.among(3)):
        if pen.often(3):
            parts.append(paragraph_of(writer, "stage-direction"))
        if pen.often(2):
            parts += [paragraph_of(writer, "speaker"), verse(writer)]
        else:
            parts.append(f"[{beginning(writer)}.]{{.speaker}} {writer.leaf(Room.PARAGRAPH)}")
    scene = fence(f"{pen.one(('scene', 'play', 'act'))}", *parts)
    return fence(f"act {{#{pen.place()}}}", scene) if pen.often(3) else scene


def beginning(writer: BlockWriter) -> str:
    """A word that a paragraph begins with, of which no note quotes more than itself."""
    word = writer.pen.word()
    writer.passages.append(Passage((word,)))
    return word


def verse(writer: BlockWriter, given: str = "") -> str:
    """Lines of verse."""
    lines = [writer.pen.line(Room.LINE, calls=False, most=3) for _ in range(1 + writer.pen.among(4))]
    writer.passages.append(Passage(tuple(word for line in lines for word in passage(line).words)))
    markdown = [f"| {writer.pen.one(('', '    '))}{written(line)}" for line in lines]
    return "\n".join(markdown) + (f" {given}" if given else "")


def poem(writer: BlockWriter, depth: int) -> str:
    """Stanzas whose lines are numbered through, or a verse with numbers of its own."""
    pen = writer.pen
    if pen.often(3):
        return verse(writer, pen.one(("{numbers=2}", "{.centred}", "{lang=la}", f"{{#{pen.place()}}}")))
    return fence(f"poem {pen.one(POEMS)}".strip(), *(verse(writer) for _ in range(1 + pen.among(3))))


def epitaph(writer: BlockWriter, depth: int) -> str:
    """Words in the middle."""
    return fence("epitaph", *(writer.leaf(Room.PARAGRAPH) for _ in range(1 + writer.pen.among(2))))


def group(writer: BlockWriter, depth: int) -> str:
    """Pictures side by side, with captions of their own and one of all."""
    pen = writer.pen
    parts = [figure(writer) for _ in range(1 + pen.among(4))]
    if pen.often(2):
        parts.append(f"{writer.leaf(Room.PARAGRAPH)} {{.caption}}")
    return fence(f"pictures {{#{pen.place()}}}", *parts)


def figure(writer: BlockWriter, given: str = "") -> str:
    """A picture with or without a caption."""
    picture = writer.pen.one(("square.png", "drawing.svg", "wide.png", "tiny.png"))
    caption = f' "{writer.leaf(Room.CAPTION)}"' if writer.pen.often(2) else ""
    return f"![What {picture} shows](images/{picture}{caption}){given}"


def plate(writer: BlockWriter, depth: int) -> str:
    """A picture with a page of its own, or with a size."""
    pen = writer.pen
    given = pen.one((".plate", "width=40%", "height=20mm", "width=3cm", f".plate #{pen.place()}"))
    return figure(writer, f"{{{given}}}")


def page_break(writer: BlockWriter, depth: int) -> str:
    """The end of a page between two paragraphs."""
    return f"{writer.leaf(Room.PARAGRAPH)}\n\n{{.page-break}}\n\n{writer.leaf(Room.PARAGRAPH)}"


def kinds_of_paragraphs(writer: BlockWriter, depth: int) -> str:
    """A paragraph that is set in the middle, at the right or in another language."""
    if writer.pen.often(3):
        return f"{writer.leaf(Room.PARAGRAPH)} {{lang={writer.pen.one(('la', 'de', 'fr', 'he'))}}}"
    return paragraph_of(writer, "centred", "right", "postscript")


def formula(writer: BlockWriter, depth: int) -> str:
    """A formula that is set off, after a paragraph."""
    tex = writer.pen.one((r"E = mc^2", r"\sum_{i=0}^{n} x_i \le \sqrt{\pi}", r"\frac{a}{b}"))
    return f"{writer.leaf(Room.PARAGRAPH)}\n\n$$ {tex} $$"


def fence(opening: str, *blocks: str) -> str:
    """Blocks between lines of colons."""
    return "\n\n".join((f"::: {opening}", *blocks, ":::"))


IN_TEXT: tuple[Callable[[BlockWriter, int], str], ...] = (
    letter, entry, play, poem, epitaph, group, plate, page_break, kinds_of_paragraphs, formula,
)  # fmt: skip
"""What the text, front and back matter may have between other blocks."""
IN_NOTES: tuple[Callable[[BlockWriter, int], str], ...] = (letter, poem, epitaph, group, kinds_of_paragraphs, formula)
"""What notes, footnotes and agreements may have too."""
