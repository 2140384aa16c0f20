"""A document as an editor wrote it: its blocks, its plain text, its own footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.diagnostics import Source, Span
from publisher.model.block import Block
from publisher.model.inline import Inline

ANOTHER_FILE = "-file"
"""Is with the number of a file behind the label of a footnote that an earlier file of the text has too."""


def written_label(label: str) -> str:
    """Return the label of a footnote as its file has it."""
    return re.sub(rf"{ANOTHER_FILE}[0-9]+$", "", label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A footnote of the author's own: `[^label]: …`."""

    label: str
    blocks: tuple[Block, ...]
    """Its runs count from an origin of their own: footnotes are not part of the plain text."""
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A document: title, blocks, and the plain text that selectors are matched against.

    `plain` is the text of the title, then of every leaf block (paragraph, heading, verse, code
    block, table cell, term, attribution, caption) in order, joined by one newline. `Run.start`
    counts in it. A line end inside a paragraph of plain text stays a newline.
    """

    title: tuple[Inline, ...]
    """The first-level heading (Markdown) or the first paragraph (plain text, if the edition says so)."""
    blocks: tuple[Block, ...]
    plain: str
    source: Source
    footnotes: tuple[Footnote, ...] = ()
    title_span: Span | None = None
    short_title: str | None = None
    """From `{short="…"}` after the title: what running heads print instead."""
