"""Plain text: a blank line ends a paragraph, nothing else means anything, every character is retained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.markdown.document import note_empty
from publisher.model.block import Paragraph
from publisher.model.inline import Run
from publisher.model.settings import Paragraphs
from publisher.model.text import Text

LINE = re.compile(r"[^\r\n]+")
BLANK = re.compile(r"(?:\A|\r?\n)(?:[ \t]*\r?\n)+|\r?\n[ \t]*\Z")
"""One or more blank lines with the line end before them; a no-break space makes a line that is not blank."""


def plain_text(
    source: Source,
    *,
    first_paragraph_is_title: bool,
    findings: Findings,
    paragraphs_end: Paragraphs = Paragraphs.BLANK,
) -> Text:
    """Return the text of a plain text file; notes T-003 if it has no words."""
    note_empty(source, hint="put the text into this file, as it was published", findings=findings)
    paragraphs: list[Paragraph] = []
    plain: list[str] = []
    start = 0
    for begin, end in _stretches(source.text, paragraphs_end):
        runs = tuple(_runs(source, begin, end, start=start))
        paragraphs.append(Paragraph(children=runs, span=source.span(begin, end)))
        plain.append("".join(run.text for run in runs))
        start += len(plain[-1]) + 1
    title = paragraphs.pop(0) if first_paragraph_is_title and paragraphs else None
    return Text(
        title=() if title is None else title.children,
        blocks=tuple(paragraphs),
        plain="\n".join(plain),
        source=source,
        title_span=None if title is None else title.span,
    )


def _stretches(text: str, paragraphs_end: Paragraphs) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends."""
    if paragraphs_end is Paragraphs.LINES:
        yield from (line.span() for line in LINE.finditer(text) if line[0].strip(" \t"))
        return
    begin = 0
    for blank in BLANK.finditer(text):
        if blank.start() > begin:
            yield begin, blank.start()
        begin = blank.end()
    if text[begin:].strip(" \t\r\n"):
        yield begin, len(text)


def _runs(source: Source, begin: int, end: int, *, start: int) -> Iterator[Run]:
    """One run; where lines end in CR LF, one for each line, so that each run is as long as its text plus that CR."""
    stretch = source.text[begin:end]
    if "\r" not in stretch:
        yield Run(text=stretch, start=start, span=source.span(begin, end))
        return
    for line in stretch.split("\n"):
        last = begin + len(line) >= end
        text = line if last else line.removesuffix("\r") + "\n"
        yield Run(text=text, start=start, span=source.span(begin, begin + len(line) + (not last)))
        start += len(text)
        begin += len(line) + 1
