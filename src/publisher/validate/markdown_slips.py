"""Markdown that does not say what its author meant: headings, pictures and links that are printed as they are typed.

CommonMark 0.31.2 wants a space after `#` (4.2) and no space in an address without angle brackets (6.3). Four spaces at
the beginning of a paragraph make literal lines (4.4), and a number with a full stop makes a list (5.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from publisher.diagnostics import Diagnostic, Fix, Severity, Span
from publisher.model.block import Block, CodeBlock, ListBlock, Paragraph
from publisher.model.edition import Edition
from publisher.model.inline import Run
from publisher.model.walk import blocks_of, nest
from publisher.validate.parts import block_groups

_HEADING = re.compile(r"^[ ]{0,3}(#{1,6})([^\s#].*?)[ \t\r]*$", re.MULTILINE)
_NOTE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:[ \t]*\{[^{}\n]*\})?")
_PICTURE = re.compile(r"(!?)\[([^\[\]\n]*)\]\(([^()<>\n]*[ \t][^()<>\n\"]*?)\)")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_WORDS = 5
"""A line with so many words is a part of a paragraph rather than of a program."""
_YEAR = 100
"""A list that begins with this number or more was meant as a year, or another number at the beginning of a sentence."""


def headings_without_space(edition: Edition) -> Iterator[Diagnostic]:
    """M-030: `#Chapter`; an error in a file of notes, where the note would be a part of the one before it."""
    files = {series.file for series in edition.settings.series}
    for span in _paragraphs(edition):
        source = span.source
        for found in _HEADING.finditer(source.text, span.start, span.end):
            is_note = (
                any(source.name.endswith(file) for file in files) and found[1] == "##" and _NOTE.fullmatch(found[2])
            )
            yield Diagnostic(
                code="M-030",
                message="a heading needs a space after its #",
                span=source.span(found.start(1), found.end(2)),
                hint=f"write {found[1]} {found[2]}" + ("" if is_note else f", or \\{found[1]}{found[2]} if it is none"),
                severity=Severity.ERROR if is_note else Severity.WARNING,
                fix=Fix(span=source.span(found.end(1), found.end(1)), text=" ") if is_note else None,
            )


def addresses_with_spaces(edition: Edition) -> Iterator[Diagnostic]:
    """M-031: a picture or a link that is printed as it is typed, since its address has a space."""
    for span in _runs(edition):
        for found in _PICTURE.finditer(span.source.text, span.start, span.end):
            what = "picture" if found[1] else "link"
            yield Diagnostic(
                code="M-031",
                message=f"the {what} is printed as it is typed, since its address has a space",
                span=span.source.span(found.start(), found.end()),
                hint=f"put the address in angle brackets: {found[1]}[{found[2]}](<{found[3].strip()}>)",
                severity=Severity.ERROR if found[1] else Severity.WARNING,
            )


def indented_paragraphs(edition: Edition) -> Iterator[Diagnostic]:
    """M-032, warnings: a paragraph that is set as literal lines, since it is indented by a tab or by four spaces."""
    for block in _blocks(edition):
        if isinstance(block, CodeBlock) and block.span is not None and _is_prose(block.text, block.span):
            yield Diagnostic(
                code="M-032",
                message="this is set as literal lines, since it is indented by a tab or by four spaces",
                span=_first_line(block.span),
                hint="delete the indentation if it is a paragraph; put ``` above and below if the lines are literal",
                severity=Severity.WARNING,
            )


def numbers_taken_for_lists(edition: Edition) -> Iterator[Diagnostic]:
    """M-033, warnings: a paragraph that is a list, since it begins with a number and a full stop."""
    for block in _blocks(edition):
        if isinstance(block, ListBlock) and block.ordered and (block.start >= _YEAR or _is_lone(block)):
            yield Diagnostic(
                code="M-033",
                message=f"this is set as a list that begins with {block.start}",
                span=None if block.span is None else _first_line(block.span),
                hint=f"write {block.start}\\. if it is the beginning of a sentence",
                severity=Severity.WARNING,
                fix=_escaped_number(block, edition),
            )


def _escaped_number(block: ListBlock, edition: Edition) -> Fix | None:
    r"""Return the change of `1588.` to `1588\.`; None in the text itself, which is never changed."""
    if block.span is None or block.span.source is edition.text.source:
        return None
    source = block.span.source
    found = re.compile(rf"[ \t>]*{block.start}(?=[.)])").match(source.text, block.span.start)
    return None if found is None else Fix(span=source.span(found.end(), found.end()), text="\\")


def _is_lone(block: ListBlock) -> bool:
    return block.start != 1 and len(block.entries) == 1


def _blocks(edition: Edition) -> Iterator[Block]:
    for blocks in block_groups(edition):
        yield from blocks_of(blocks)


def _paragraphs(edition: Edition) -> Iterator[Span]:
    """The places of paragraphs in files of Markdown."""
    for block in _blocks(edition):
        if isinstance(block, Paragraph) and block.span is not None and _is_markdown(block.span):
            yield block.span


def _runs(edition: Edition) -> Iterator[Span]:
    """The places of words in files of Markdown."""
    for block in _blocks(edition):
        for inline in nest(block.children) if isinstance(block, Paragraph) else ():
            if isinstance(inline, Run) and inline.span is not None and _is_markdown(inline.span):
                yield inline.span


def _is_markdown(span: Span) -> bool:
    return PurePosixPath(span.source.name).suffix.lower() != ".txt"


def _is_prose(text: str, span: Span) -> bool:
    """Whether literal lines look like a paragraph: they are indented, and a line of them has several words."""
    return not _is_fenced(span) and any(len(line.split()) >= _WORDS for line in text.splitlines())


def _is_fenced(span: Span) -> bool:
    """Whether literal lines are between fences."""
    line = span.source.text.rfind("\n", 0, span.start) + 1
    above = span.source.text.rfind("\n", 0, max(line - 1, 0)) + 1
    return any(_FENCE.match(span.source.text, at) for at in (span.start, line, above))


def _first_line(span: Span) -> Span:
    return span.source.line_span(span.source.position(span.start)[0])
