"""A PDF without structure, as for printers: its lines are found again in the sources by their words.

On each page they are looked for from the head to the foot, where the line before ended, in the text and in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import normalize

from publisher.proof.reading.lines import Line, SetBlock, lines_of, solid
from publisher.proof.reading.painted import Sheet
from publisher.proof.reading.structure import Branch
from publisher.verify.expected.pdf import ExpectedPdf
from publisher.verify.line import PICTURE, Expected

FAR, BACK = 4000, 600
"""So many characters after the last line that was found, and before it, the next one is looked for."""
SURE = 12
"""A line of fewer characters is only known where it continues exactly."""
MARK = 5
"""So many characters may be before the first words: the number of a paragraph in the margin."""
HYPHENS = "-\N{HYPHEN}"
KINDS = (
    ("the half-title", "H1"),
    ("the title of ", "H1"),
    ("the title page", "H1"),
    ("the heading of ", "H1"),
    ("the heading ", "H2"),
    ("a heading in ", "H2"),
    ("a cell of ", "TD"),
    ("a line of the contents", "TOCI"),
    ("literal lines", "Code"),
    ("a term in ", "Lbl"),
    ("the caption of ", "Caption"),
    ("a caption in ", "Caption"),
)
"""How the names of lines begin that are no paragraphs, and the types of their elements."""


_FOLIO = re.compile(r"[0-9]+|[ivxlcdm]+")
"""The number of a page, as contents print it."""


@dataclass(slots=True)
class _Stream:
    """Lines of the sources one after the other, and how far they were found."""

    lines: tuple[Expected, ...]
    text: str
    starts: tuple[int, ...]
    """Where each line begins in the text."""
    at: int = 0
    """Where the next line is looked for first."""

    def found(self, words: str, *, exactly: bool) -> tuple[int, int] | None:
        """Which line of the sources holds the words, and how many of its characters are before them.

        Exactly: where the last words ended. Else anywhere near, if they occur nowhere else at all.
        """
        place = self.at if self.text.startswith(words, self.at) else -1
        if not exactly and len(words) >= SURE:
            place = self.text.find(words, max(self.at - BACK, 0), self.at + FAR)
            place = place if self.text.find(words) == place == self.text.rfind(words) else -1
        if place < 0:
            return None
        self.at = max(self.at, place + len(words))
        number = next(index for index in reversed(range(len(self.starts))) if self.starts[index] <= place)
        return number, place - self.starts[number]


def untagged_blocks(sheets: tuple[Sheet, ...], expected: ExpectedPdf) -> tuple[SetBlock, ...]:
    """The blocks that the lines of the sheets make which are in the sources; the others are left out.

    None at all where less than half of the sources is found.
    """
    streams = (_stream(expected.lines), _stream(expected.notes))
    grown: dict[tuple[int, int], list[Line]] = {}
    for line in _lines(sheets):
        found = _find(streams, line)
        if found is not None:
            which, number, begins = found
            grown.setdefault((which, number), []).append(replace(line, begins=begins))
    if 2 * len(grown) < len(expected.lines) + len(expected.notes):
        return ()
    blocks = (_block(streams[which].lines[number], lines) for (which, number), lines in sorted(grown.items()))
    return (*blocks, *_figures(sheets, expected))


def _lines(sheets: Iterable[Sheet]) -> Iterator[Line]:
    """The lines of each page, from its head to its foot."""
    for sheet in sheets:
        stretches = (stretch for stretch in sheet.stretches if stretch.text and stretch.seen and not stretch.artifact)
        yield from sorted(lines_of(stretches), key=lambda line: (-round(line.y), line.box.left))


def _find(streams: tuple[_Stream, ...], line: Line) -> tuple[int, int, int] | None:
    """In which stream a line is, in which of its lines, and after how many characters.

    One of nothing but digits, a number in the margin, is skipped. A line of the contents has a page number at its end,
    or at its beginning if it runs from right to left.
    """
    texts = [stretch.text for stretch in line.stretches]
    words = _key("".join(texts))
    forms: tuple[str, ...] = (words, words[:-1]) if words[1:] and words[-1] in HYPHENS else (words,)
    for number, others in ((texts[-1], texts[:-1]), (texts[0], texts[1:])):
        if others and _FOLIO.fullmatch(number.strip()):
            forms += (_key("".join(others)),)
    for exactly in (True, False):
        for which, stream in enumerate(streams):
            for form in forms if words else ():
                found = stream.found(form, exactly=exactly)
                if found is not None:
                    return None if words.isdigit() else (which, *found)
    return None


def _stream(lines: tuple[Expected, ...]) -> _Stream:
    keys = ["" if line.text.startswith(PICTURE) else _key(line.text) for line in lines]
    starts = [0]
    for key in keys:
        starts.append(starts[-1] + len(key))
    return _Stream(lines=lines, text="".join(keys), starts=tuple(starts[:-1]))


def _key(text: str) -> str:
    return normalize("NFC", solid(text))


def _block(source: Expected, lines: list[Line]) -> SetBlock:
    kind = next((kind for words, kind in KINDS if source.name.startswith(words)), "P")
    branch = Branch(path=(kind,), note=source.note is not None)
    return SetBlock(branch=branch, lines=tuple(lines), pictures=(), source=source, whole=_whole(source, lines))


def _whole(source: Expected, lines: list[Line]) -> bool:
    """Whether the lines are all that there are of a line of the sources."""
    at = min(lines[0].begins, MARK)
    for line in lines:
        if abs(line.begins - at) > 1:
            return False
        at = line.begins + len(_key("".join(stretch.text for stretch in line.stretches)))
    return at >= len(_key(source.text)) - 1


def _figures(sheets: Iterable[Sheet], expected: ExpectedPdf) -> Iterator[SetBlock]:
    """The pictures, where there are as many of pixels as there are in the sources."""
    pictures = [picture for sheet in sheets for picture in sheet.pictures]
    sources = [line for line in (*expected.lines, *expected.notes) if line.text.startswith(PICTURE)]
    if len(pictures) == len(sources):
        for picture, source in zip(pictures, sources, strict=True):
            yield SetBlock(branch=Branch(path=("Figure",)), lines=(), pictures=(picture,), source=source)
