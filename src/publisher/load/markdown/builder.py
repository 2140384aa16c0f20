"""One pass over a Markdown document: what is written so far, what is wrong so far, and where everything is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from publisher.diagnostics import Fix, Source, Span
from publisher.load.findings import Findings
from publisher.load.markdown.alignment import align
from publisher.model.block import Figure
from publisher.model.text import Footnote

_TITLE = re.compile(
    r"""(?:(?P<quote>["'])(?P<quoted>(?:\\.|(?!(?P=quote))[^\\])*)(?P=quote)|\((?P<enclosed>(?:\\.|[^\\()])*)\))"""
    r"""\s*\)\s*(?:\{[^{}]*\})?\s*\Z""",
    re.DOTALL,
)
"""The title at the end of an image, between quotation marks or parentheses, then attributes."""


@dataclass(slots=True, kw_only=True)
class MarkdownBuilder:
    """Writes the plain text of a document as its blocks are read."""

    source: Source
    findings: Findings
    figures: list[Figure] = field(default_factory=list)
    footnotes: list[Footnote] | None = None
    """Where footnotes go; None where there may be none."""
    labelled: dict[str, Footnote] = field(default_factory=dict)
    """The first footnote with each label."""
    labelled_earlier: list[Footnote] = field(default_factory=list)
    """The footnotes of the files before this one, if a document has several."""
    written: list[str] = field(default_factory=list)
    length: int = 0
    begun: bool = False

    def leaf(self) -> None:
        """Nothing; a new leaf block begins, on a line of its own."""
        if self.begun:
            self.write("\n")
        self.begun = True

    def write(self, text: str) -> int:
        """The offset at which the text was written."""
        start = self.length
        self.written.append(text)
        self.length += len(text)
        return start

    def aside(self) -> MarkdownBuilder:
        """A scribe for what is not part of this plain text: a footnote, a note, a provision."""
        return MarkdownBuilder(source=self.source, findings=self.findings, figures=self.figures)

    def error(
        self, code: str, message: str, *, span: Span, hint: str | None = None, fix: str | Fix | None = None
    ) -> None:
        """Nothing; the error is noted."""
        self.findings.error(code, message, span=span, hint=hint, fix=fix)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the characters of an inline content are in its source, line by line or by smaller stretches."""

    source: Source
    begins: tuple[int, ...]
    """Offset of each line in the content."""
    stands: tuple[int, ...]
    """Offset of each line in the source."""
    whole: Span | None = None
    """The place of everything, if single characters have none."""

    def offset(self, position: int) -> int:
        """The source offset of a position in the content."""
        line = bisect_right(self.begins, position) - 1
        return min(self.stands[line] + position - self.begins[line], len(self.source.text))

    def span(self, start: int, end: int) -> Span:
        """The source span of a stretch of the content."""
        if self.whole is not None:
            return self.whole
        first = self.offset(start)
        return self.source.span(first, max(first, self.offset(max(end - 1, start)) + (end > start)))


def lines_of(content: str) -> tuple[tuple[int, str], ...]:
    """The lines of an inline content with the offsets at which they begin."""
    begins = [0]
    lines = content.split("\n")
    for line in lines[:-1]:
        begins.append(begins[-1] + len(line) + 1)
    return tuple(zip(begins, lines, strict=True))


def block_places(source: Source, content: str, *, line: int, after: int = 0) -> Places:
    """The places of a block's content that begins in a line (counted from 0) behind an offset."""
    lines = lines_of(content)
    last = len(source.line_starts) - 1
    return Places(
        source,
        tuple(begin for begin, _ in lines),
        tuple(
            _line_place(source, words, line=min(line + number, last), after=after)
            for number, (_, words) in enumerate(lines)
        ),
    )


def stretch_places(span: Span, content: str) -> Places:
    """The places of a content that a value of YAML or the title of an image holds, line by line if it is there."""
    source, lines = span.source.text, lines_of(content)
    stands, cursor = [], span.start
    for _, words in lines:
        found = source.find(words.strip() or "\n", cursor, span.end)
        if found < 0:
            return Places(span.source, *align(content, source, start=span.start, end=span.end))
        stands.append(found)
        cursor = found + len(words)
    return Places(span.source, tuple(begin for begin, _ in lines), tuple(stands))


def title_places(span: Span, content: str) -> Places:
    """The places of the title of an image; the whole image if the title is in a definition elsewhere."""
    found = _TITLE.search(span.source.text, span.start, span.end)
    if found is None:
        return Places(span.source, (0,), (span.start,), whole=span)
    start, end = found.span("quoted") if found["quote"] else found.span("enclosed")
    return stretch_places(span.source.span(start, end), content)


def _line_place(source: Source, words: str, *, line: int, after: int) -> int:
    """Where the words are in a line: usually at its end, after what marks the block."""
    begin, whole = source.line_starts[line], source.line(line + 1)
    bare, tail = whole.rstrip(" \t"), words.rstrip(" \t")
    if after <= begin and bare.replace("\u00a0", " ").endswith(tail.replace("\u00a0", " ")):
        return begin + len(bare) - len(tail)
    found = whole.replace("\u00a0", " ").find(words.replace("\u00a0", " "), max(after - begin, 0))
    return begin + max(found, 0)
