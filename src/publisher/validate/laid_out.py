"""Words on laid-out pages that need a look: those that no one can read there, and those that were divided to fit.

The pages do not know where their words come from, so these are looked for in the sources.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

import tinycss2

from publisher.diagnostics import Diagnostic, Severity, Source, Span
from publisher.model.block import CodeBlock
from publisher.model.inline import LineBreak
from publisher.model.publication import Publication
from publisher.model.rendition import MisplacedWords, PageFormat
from publisher.model.walk import leaves, lines

MOST = 200
"""So many words are looked for; reports end long before."""
_SHOWN = 40
_NAMED = 5
"""So many lines of style sheets are named."""
_TELLING = 4
"""Fewer characters are anywhere."""
_LEAST = 12
"""A part of words of which so many characters are found is found."""
_MOVING = re.compile(
    r"(-webkit-)?(margin|padding|position|inset|left|right|top|bottom|float|width|min-width|height|max-height|"
    r"text-indent|letter-spacing|white-space|font-size|line-height|overflow|columns?|column-.*|display|flex.*|grid.*|"
    r"transform|translate|scale|rotate|vertical-align|size)(-.*)?"
)
"""Properties that may move words off the page or over others."""


_SIZE = re.compile("size")
_SLACK = 0.5
"""Points by which a page may be larger or smaller than it should be."""


class _Sources:
    """The words of a publication, and where they are in files."""

    def __init__(self, publication: Publication, settings: Source) -> None:
        found = tuple(_spans(publication))
        self._text = "".join(text for text, _ in found)
        self._starts = [0, *accumulate(len(text) for text, _ in found)]
        self._spans = [span for _, span in found]
        self._settings = settings

    def span(self, words: str) -> Span | None:
        """Where words are; in the settings if in no text, else nowhere."""
        at = self._text.find(words)
        if at >= 0:
            index = bisect_right(self._starts, at) - 1
            return _within(self._spans[index], words, at - self._starts[index])
        at = self._settings.text.find(words)
        return self._settings.span(at, at + len(words)) if at >= 0 else None

    def line(self, words: str) -> Span | None:
        """Where the longest beginning of words is that is anywhere."""
        parts = (words, *sorted(words.split(), key=len, reverse=True)[:3], words[:_LEAST])
        found = (self.span(part) for part in parts if len(part) >= _TELLING)
        return next((span for span in found if span is not None), None)


def divided_words(words: Iterable[str], publication: Publication, settings: Source) -> Iterator[Diagnostic]:
    """P-020, a warning, for words that are wider than their line and were divided."""
    found = tuple(dict.fromkeys(words))[:MOST]
    sources = _Sources(publication, settings) if found else None
    for word in found:
        assert sources is not None
        yield Diagnostic(
            code="P-020",
            message=f"a word is wider than its line and was divided in the PDF: “{_display(word)}”",
            span=sources.line(word),
            hint="put a soft hyphen (U+00AD) or a zero-width space (U+200B) where it should be divided",
            severity=Severity.WARNING,
        )


def misplaced_words(
    words: Iterable[MisplacedWords], publication: Publication, settings: Source
) -> Iterator[Diagnostic]:
    """D-020 for words beyond the edge of their page, or cut off; D-021 for words that are over others.

    Of each page, the first words are named that are long enough to be found. They are warnings, which `checks.waivers`
    makes errors if no waiver is meant for them.
    """
    by_page: dict[tuple[str, bool], list[MisplacedWords]] = {}
    for word in dict.fromkeys(words):
        by_page.setdefault((word.page, bool(word.over)), []).append(word)
    sources = _Sources(publication, settings) if by_page else None
    places = tuple(_moving(publication.stylesheets)) if by_page else ()
    for (page, is_over), all_there in by_page.items():
        assert sources is not None
        first = next((item for item in all_there if len(item.words) >= _TELLING), all_there[0])
        others = len(all_there) - 1
        what = f"are printed over “{_display(first.over)}”" if is_over else "are cut off, or reach beyond the edge"
        more = f", and {others} more" if others else ""
        yield Diagnostic(
            code="D-021" if is_over else "D-020",
            message=f"page {page}: words {what}: “{_display(first.words)}”{more}",
            span=sources.line(first.words) or (places[0] if places else None),
            hint=_hint(own=bool(places)),
            severity=Severity.WARNING,
            related=tuple(("it may be this declaration", span) for span in places[:_NAMED]),
        )


def other_sizes(
    sizes: Iterable[PageFormat], publication: Publication, settings: Source, *, size: tuple[float, float]
) -> Iterator[Diagnostic]:
    """D-022 for the first page that has another size, in points, than the edition asks for; a warning as D-020 is."""
    for page_format in sizes:
        if abs(page_format.width - size[0]) > _SLACK or abs(page_format.height - size[1]) > _SLACK:
            places = tuple(_moving(publication.stylesheets, _SIZE))
            yield Diagnostic(
                code="D-022",
                message=f"page {page_format.page} is {_millimetres(page_format.width, page_format.height)} large, "
                f"and the edition asks for {_millimetres(*size)}",
                span=places[0] if places else settings.line_span(1),
                hint="set output: page in edition.yaml and take size out of the style sheet; "
                "if only some pages are to be larger, waivers: may allow it",
                severity=Severity.WARNING,
                related=tuple(("or it is this", span) for span in places[1:_NAMED]),
            )
            return


def _millimetres(width: float, height: float) -> str:
    return f"{width * 25.4 / 72:.0f} × {height * 25.4 / 72:.0f} mm"


def _hint(*, own: bool) -> str:
    if own:
        return "change the style sheet; if the page looks as it should, waivers: in edition.yaml may allow it"
    return "make the line shorter, the page wider, or its margins narrower"


def _display(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _spans(publication: Publication) -> Iterator[tuple[str, Span | None]]:
    """Every stretch of words, and where it is; each line ends with a line end."""
    for section in publication.sections:
        blocks = (*section.blocks, *(block for note in section.notes for block in note.blocks))
        for line in (section.title, *lines(blocks)):
            for leaf in (line,) if isinstance(line, CodeBlock) else leaves(line):
                if isinstance(leaf, LineBreak) or leaf.span is None:
                    yield "\n", None
                else:
                    yield leaf.text, leaf.span
            yield "\n", None


def _within(span: Span | None, words: str, offset: int) -> Span | None:
    """Where words are that begin so many characters behind the beginning of a span, or that beginning.

    A source can be written otherwise than it reads.
    """
    if span is None:
        return None
    at = span.start + offset
    return span.source.span(at, at + len(words)) if span.source.text.startswith(words, at) else span


def _moving(sheets: Iterable[Source], properties: re.Pattern[str] = _MOVING) -> Iterator[Span]:
    """The lines of style sheets that have such properties: those that may move words."""
    for sheet in sheets:
        if not sheet.name.endswith("screen.css"):
            for at in sorted(set(_moving_lines(tinycss2.parse_stylesheet(sheet.text, True, True), properties))):
                yield sheet.line_span(at)


def _moving_lines(rules: Iterable[object], properties: re.Pattern[str]) -> Iterator[int]:
    for rule in rules:
        match getattr(rule, "type", ""):
            case "qualified-rule" | "at-rule":
                inner = getattr(rule, "content", None) or ()
                yield from _moving_lines(tinycss2.parse_blocks_contents(inner, True, True), properties)
            case "declaration" if properties.fullmatch(getattr(rule, "lower_name", "")):
                yield int(getattr(rule, "source_line", 1))
