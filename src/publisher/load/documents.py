"""Files of documents: what the document is, what is said of it, and its full text, which may be a file of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from publisher.diagnostics import Source
from publisher.load.agreements import (
    DATE,
    DATE_NOTE,
    DOCUMENT,
    FORCE,
    FORCE_NOTE,
    FRONT,
    ID,
    PROSE,
    TITLE,
    Entry,
    entry,
    prose_of,
)
from publisher.load.loading import Loading
from publisher.load.markdown.document import markdown
from publisher.load.markdown.plain_text import plain_text
from publisher.load.yaml.formats import FILE, WORDS
from publisher.load.yaml.schema import Key, optional, require
from publisher.load.yaml.types import OneOf, Placed
from publisher.model.agreement import FULL_TEXT, Agreement, DocumentKind, Provision
from publisher.model.block import Block, Heading
from publisher.model.change import with_blocks
from publisher.model.inline import Inline
from publisher.model.text import Text

SHORT = optional("short", WORDS, about="the short title, if the title is long")
KIND = require("kind", OneOf(DocumentKind), about="treaty, declaration, letter, statute, case, decree or other")
PLACE = optional("place", WORDS, about="where it was signed, issued, written, enacted or decided")
PARTIES = optional("parties", PROSE, about="who concluded it, or who were the parties of a case")
BY = optional("by", PROSE, about="who wrote, issued, enacted or decided it")
TO = optional("to", PROSE, about="whom it is addressed to")
PUBLISHED = optional("published", PROSE, about="where it is published")
FULL = optional("text", FILE, about="the file of its full text, .txt or .md")
KEYS = (ID, TITLE, SHORT, KIND, DATE, PLACE, PARTIES, BY, TO, FORCE, FORCE_NOTE, DOCUMENT, PUBLISHED, DATE_NOTE, FULL)
_TEXT = re.compile(r"(?m)^text:[ \t]*[\"']?([^\"'#\n]+)")
LOWEST = 6
"""The lowest level of headings."""
BELOW = 2
"""How many levels the headings of a full text are lower in the appendix."""


def named_text(source: Source) -> str | None:
    """The file that the front matter of a document names as its full text, as far as can be seen before it is read."""
    front = FRONT.match(source.text)
    found = None if front is None else _TEXT.search(front["yaml"])
    return None if found is None else found[1].strip()


def document(source: Source, *, loading: Loading) -> Agreement | None:
    """The document that a file describes, with its full text. None after noting why there is none."""
    item = entry(source, keys=KEYS, figures=loading.figures, findings=loading.findings)
    if item is None:
        return None
    full = _full_text(item, loading)
    provisions = (*((full,) if full else ()), *item.provisions)
    ids = {provision.id for provision in item.provisions}
    if full and FULL_TEXT in ids:
        span = next(provision.span for provision in item.provisions if provision.id == FULL_TEXT)
        message, hint = f"the id “{FULL_TEXT}” is that of the full text", "give the provision another id"
        loading.findings.error("A-003", message, span=span, hint=hint)
    return _document(item, provisions, loading)


def _document(item: Entry, provisions: tuple[Provision, ...], loading: Loading) -> Agreement:
    given = item.given

    def inline(key: Key[Placed | None]) -> tuple[Inline, ...]:
        return prose_of(given, key, findings=loading.findings)

    return Agreement(
        id=given[ID],
        title=given[TITLE],
        short=given[SHORT] or given[TITLE],
        date=given[DATE],
        place=given[PLACE] or "",
        parties=inline(PARTIES),
        kind=(),
        force=given[FORCE],
        force_note=inline(FORCE_NOTE),
        document=inline(DOCUMENT),
        published=inline(PUBLISHED),
        date_note=inline(DATE_NOTE),
        blocks=item.blocks,
        provisions=provisions,
        span=item.span,
        document_kind=given[KIND],
        by=inline(BY),
        to=inline(TO),
    )


def _full_text(item: Entry, loading: Loading) -> Provision | None:
    """The full text as a provision; None if there is none, or after noting why it cannot be read."""
    placed = item.given[FULL]
    source = None if placed is None else loading.source(placed)
    if placed is None or source is None:
        return None
    text = _text(placed, source, loading)
    if text is None:
        return None
    for footnote in text.footnotes:
        message = "a footnote is not allowed in the text of a document"
        hint = "write a note on these words instead, with in=document:… in its heading"
        loading.findings.error("M-011", message, span=footnote.span, hint=hint)
    blocks = with_blocks(text.blocks, _lower)
    span = text.title_span or source.line_span(1)
    return Provision(id=FULL_TEXT, label=text.title, blocks=blocks, span=span)


def _text(placed: Placed, source: Source, loading: Loading) -> Text | None:
    match PurePosixPath(placed.text).suffix.lower():
        case ".txt":
            return plain_text(source, first_paragraph_is_title=False, findings=loading.findings)
        case ".md":
            return markdown(source, figures=loading.figures, findings=loading.findings)
        case _:
            message = f"“{placed.text}” is neither plain text nor Markdown"
            loading.findings.error("E-007", message, span=placed.span, hint="name it .txt or .md")
            return None


def _lower(block: Block) -> tuple[Block, ...]:
    """The block; a heading as deep as the full text is in the appendix."""
    if isinstance(block, Heading):
        return (replace(block, level=min(block.level + BELOW, LOWEST)),)
    return (block,)
