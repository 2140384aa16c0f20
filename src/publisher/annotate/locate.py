"""Where in its source file a stretch of a document's plain text stands."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain

from publisher.diagnostics import Span
from publisher.model.block import CodeBlock
from publisher.model.inline import Code, LineBreak, Run
from publisher.model.text import Text
from publisher.model.walk import leaves, lines


class Locations:
    """The runs of a document, in order, with their places in its source."""

    def __init__(self, text: Text) -> None:
        """Collect the runs of a text with their places."""
        found: list[tuple[int, Run | Code | CodeBlock]] = []
        for line in chain((text.title,), lines(text.blocks)):
            for leaf in (line,) if isinstance(line, CodeBlock) else leaves(line):
                if not isinstance(leaf, LineBreak) and leaf.span is not None:
                    found.append((leaf.start, leaf))
        found.sort(key=lambda pair: pair[0])
        self._source = text.source
        self._starts = [start for start, _ in found]
        self._runs = [run for _, run in found]

    def span(self, start: int, end: int) -> Span:
        """The span in the source of a range of plain text: from its first character to its last."""
        first = self._offset(start)
        last = self._offset(max(start, end - 1))
        return self._source.span(first, max(first, last) + 1)

    def _offset(self, offset: int) -> int:
        """The source offset of a character; the nearest that is known where the run has markup inside it."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return 0
        run = self._runs[index]
        assert run.span is not None
        return min(run.span.start + offset - run.start, max(run.span.start, run.span.end - 1))
