"""For whom a note or a block is marked: `{audience=instructor}`."""

from __future__ import annotations

from publisher.diagnostics import Span
from publisher.load.markdown.builder import MarkdownBuilder
from publisher.load.markdown.parser import attributes
from publisher.model.target import MARKED, Audience

HINT = "write {audience=instructor} or {audience=student}"
LINE = "write ::: {audience=instructor}, then the words, then :::"


def audience(word: str | None, *, span: Span, builder: MarkdownBuilder) -> Audience | None:
    """The audience of that name; None where none is named. Notes M-016 where there is none of that name."""
    known = {item.value: item for item in MARKED}
    if word is not None and word not in known:
        builder.error("M-016", f"there is no audience “{word}”", span=span, hint=HINT)
        return Audience.INSTRUCTOR
    return None if word is None else known[word]


def addressee(info: str, *, span: Span, builder: MarkdownBuilder) -> Audience:
    """Whom a line `::: {audience=instructor}` names. Notes M-016 where it says something else."""
    given = attributes(info.strip())
    if set(given) != {"audience"}:
        builder.error("M-016", "this block is for no audience that is known", span=span, hint=LINE)
        return Audience.INSTRUCTOR
    return audience(given["audience"], span=span, builder=builder) or Audience.INSTRUCTOR
