"""Notes that are called from one place more than once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.diagnostics import Diagnostic
from publisher.model.apparatus import Anchor


def find_repeated(anchors: Iterable[Anchor]) -> Iterator[Diagnostic]:
    """One N-015 for each lemma of a note whose call is where an earlier one of the same note has it."""
    first: dict[tuple[str, str, int], Anchor] = {}
    for anchor in anchors:
        other = first.setdefault((anchor.note.series, anchor.note.id, anchor.call), anchor)
        if other is not anchor:
            yield Diagnostic(
                code="N-015",
                message=f"note “{anchor.note.id}” is called from this place already",
                span=anchor.span,
                hint="quote another passage, or take this quotation out and count one call less",
                related=(("the quotation that calls it there", other.span),),
            )
