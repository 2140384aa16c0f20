"""Texts that were saved by a word processor: a byte order mark, and paragraphs that no blank line divides."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Severity, Span
from publisher.model.block import Paragraph
from publisher.model.edition import Edition

LONG = 120
"""A line with more characters than this was not broken by hand, but is a paragraph."""
SHOWN = 10
"""How many paragraphs of a text are shown one by one."""


def byte_order_mark(edition: Edition) -> Iterator[Diagnostic]:
    """T-002, a warning: the text begins with a byte order mark, which is no part of what is printed."""
    marked = {file.path for file in edition.files if file.content.startswith(codecs.BOM_UTF8)}
    for name, source in zip(edition.settings.provenance.names, edition.text.source.files, strict=False):
        if name in marked:
            yield Diagnostic(
                code="T-002",
                message="the text begins with a byte order mark (the bytes EF BB BF), which is not printed",
                span=source.span(0, 1),
                hint="nothing needs to be done; saved as “UTF-8” without it, the file has another sha256",
                severity=Severity.WARNING,
            )


def title_alone(edition: Edition) -> Iterator[Diagnostic]:
    """T-021: the whole text is one paragraph of several lines, and so its title."""
    text = edition.text
    if edition.settings.provenance.first_paragraph_is_title and text.title_span and not text.blocks:
        lines = _lines(text.title_span)
        yield Diagnostic(
            code="T-021",
            message=f"the text is one paragraph of {_count(lines)}, and its first paragraph is to be the title",
            span=_first_line(text.title_span),
            hint="write “paragraphs: lines” under source if each line is a paragraph; else put a blank line after each",
        )


def long_lines(edition: Edition) -> Iterator[Diagnostic]:
    """T-021, a warning: a paragraph of a plain text has several lines that are as long as paragraphs are.

    In Markdown many people begin a line with each sentence.
    """
    if not edition.settings.provenance.file.lower().endswith(".txt"):
        return
    spans = (block.span for block in edition.text.blocks if isinstance(block, Paragraph))
    found = [span for span in spans if span is not None and _is_several(span)]
    for number, span in enumerate(found[:SHOWN], 1):
        more = len(found) - SHOWN if number == SHOWN else 0
        yield Diagnostic(
            code="T-021",
            message=f"this paragraph has {_count(_lines(span))}, some with more than {LONG} characters"
            + (f"; so have {more} more" if more > 0 else ""),
            span=_first_line(span),
            hint="if each line is a paragraph, write “paragraphs: lines” under source, or put a blank line after each",
            severity=Severity.WARNING,
        )


def _first_line(span: Span) -> Span:
    item = span.in_file
    return item.source.line_span(item.source.position(item.start)[0])


def _is_several(span: Span) -> bool:
    """Whether a paragraph has two lines or more, of which one but the last is long."""
    *lines, _ = span.source.text[span.start : span.end].split("\n")
    return any(len(line) > LONG for line in lines)


def _lines(span: Span) -> int:
    return span.source.text.count("\n", span.start, span.end) + 1


def _count(lines: int) -> str:
    return "one line" if lines == 1 else f"{lines} lines"
