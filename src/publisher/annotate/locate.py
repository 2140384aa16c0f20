"""Where in its source file a stretch of a document's plain text is."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain

from publisher.diagnostics import Source, Span
from publisher.model.block import CodeBlock
from publisher.model.inline import Code, Formula, LineBreak, Run
from publisher.model.text import Text
from publisher.model.walk import leaf_text, leaves, lines


class Locations:
    """The runs of a document, in order, with their places in its source."""

    def __init__(self, text: Text, *, counted: bool = False) -> None:
        """Collect the runs of a text with their places; if they are `counted`, by the words before them.

        The runs of an agreement or a note know no offsets in the whole of it.
        """
        found: list[tuple[int, Run | Code | Formula | CodeBlock]] = []
        at = 0
        for line in chain((text.title,) if text.title else (), lines(text.blocks)):
            for leaf in (line,) if isinstance(line, CodeBlock) else leaves(line):
                if not isinstance(leaf, LineBreak) and leaf.span is not None:
                    found.append((at if counted else leaf.start, leaf))
                at += len(leaf.text if isinstance(leaf, CodeBlock) else leaf_text(leaf))
            at += 1
        found.sort(key=lambda pair: pair[0])
        self._source = text.source
        self._starts = [start for start, _ in found]
        self._runs = [run for _, run in found]

    def span(self, start: int, end: int) -> Span:
        """The span in the source of a range of plain text: from its first character to its last."""
        source, first = self._offset(start)
        other, last = self._offset(max(start, end - 1))
        return source.span(first, max(first, last if other is source else first) + 1)

    def _offset(self, offset: int) -> tuple[Source, int]:
        """The source and the offset of a character; the nearest that is known where the run has markup inside it."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return self._source, 0
        span = self._runs[index].span
        assert span is not None
        return span.source, min(span.start + offset - self._starts[index], max(span.start, span.end - 1))
