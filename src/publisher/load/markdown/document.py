"""Markdown documents: a title, blocks, footnotes of the author's own, and the plain text of it all."""

from __future__ import annotations

from dataclasses import replace

from publisher.diagnostics import Source, Span
from publisher.load.findings import Findings
from publisher.load.markdown.blocks import blocks, heading
from publisher.load.markdown.builder import MarkdownBuilder, stretch_places
from publisher.load.markdown.given_attributes import node_span
from publisher.load.markdown.inlines import inlines
from publisher.load.markdown.parser import MARKUP, Node, Repeated, TooDeep, TooMuch, document, inline
from publisher.model.block import Block, Figure
from publisher.model.inline import CrossReference, FootnoteCall, Foreign, Inline, Link, Styled
from publisher.model.text import ANOTHER_FILE, Text
from publisher.model.walk import Inlines, rebuilt

_TOO_MUCH: dict[type[Exception], tuple[str, str, str]] = {
    TooDeep: (
        "M-006",
        "quotations, lists or emphasis are nested too deeply",
        "no reader follows that; take some of it out",
    ),
    TooMuch: (
        "M-020",
        f"more Markdown than is read: the edition has over {MARKUP:,} blocks, lines and pieces of lines",
        "divide the edition into volumes, or take out what repeats itself",
    ),
    Repeated: (
        "M-021",
        "links by reference repeat a long address too often",
        "shorten the address where it is defined, [name]: https://…, or link to it less often",
    ),
}
"""The code, the message and the hint for what is too much."""


def markdown(source: Source, *, figures: list[Figure], findings: Findings) -> Text:
    """The text of a Markdown file; its figures are added to `figures`.

    Notes a text without words and every fault of the Markdown.
    """
    note_empty(source, hint="write something into this file", findings=findings)
    builder = MarkdownBuilder(source=source, findings=findings, figures=figures, footnotes=[])
    title: tuple[Inline, ...] = ()
    title_span: Span | None = None
    short_title: str | None = None
    found: tuple[Block, ...] = ()
    for number, (start, end) in enumerate(_stretches(source), 1):
        nodes = top_nodes(source, builder=builder, start=start, end=end)
        if number == 1 and nodes and is_title(nodes[0]):
            first = heading(nodes.pop(0), builder=builder)
            title, title_span, short_title = first.children, first.span, first.short
        for node in nodes:
            if is_title(node):
                note_second_title(node, builder=builder)
        found += _of_file(blocks(nodes, builder=builder), builder, number=number)
    return Text(
        title=title,
        blocks=found,
        plain="".join(builder.written),
        source=source,
        footnotes=tuple(builder.labelled_earlier),
        title_span=title_span,
        short_title=short_title,
    )


def _stretches(source: Source) -> tuple[tuple[int, int], ...]:
    """Where each file of a source begins and ends in it."""
    parts = source.parts or ((0, source),)
    return tuple((start, start + len(file.text)) for start, file in parts)


def _of_file(found: tuple[Block, ...], builder: MarkdownBuilder, *, number: int) -> tuple[Block, ...]:
    """The blocks of a file, whose footnotes are added to those of the files before it.

    A label that an earlier file has too gets the number of the file, here and in the calls.
    """
    taken = {footnote.label for footnote in builder.labelled_earlier}
    own = tuple(builder.footnotes or ())
    labels = {item.label: f"{item.label}{ANOTHER_FILE}{number}" for item in own if item.label in taken}
    builder.labelled_earlier += [replace(item, label=labels.get(item.label, item.label)) for item in own]
    builder.footnotes, builder.labelled = [], {}
    if not labels:
        return found
    return rebuilt(found, line=lambda line: _relabel(line, labels), code=lambda block: (block,))


def _relabel(line: Inlines, labels: dict[str, str]) -> Inlines:
    return tuple(
        replace(footnote_call, label=labels.get(footnote_call.label, footnote_call.label))
        if isinstance(footnote_call, FootnoteCall)
        else replace(footnote_call, children=_relabel(footnote_call.children, labels))
        if isinstance(footnote_call, Styled | Foreign | Link | CrossReference)
        else footnote_call
        for footnote_call in line
    )


def top_nodes(source: Source, *, builder: MarkdownBuilder, start: int = 0, end: int | None = None) -> list[Node]:
    """The blocks of a document from an offset (the beginning of a line) on, up to another.

    Notes blocks that are nested too deeply or too many.
    """
    lines = source.text.count("\n", 0, start)
    try:
        return list(document("\n" * lines + source.text[start:end], builder.findings.room).children)
    except (TooDeep, TooMuch, Repeated) as error:
        line = min(int(error.args[0]), len(source.line_starts))
        code, message, hint = _TOO_MUCH[type(error)]
        builder.error(code, message, span=source.line_span(line), hint=hint)
        return []


def prose(text: str, *, span: Span, findings: Findings) -> tuple[Inline, ...]:
    """The inlines of a text that is in YAML; they count from an origin of their own."""
    builder = MarkdownBuilder(source=span.source, findings=findings)
    try:
        node = inline(text.strip())
    except (TooDeep, TooMuch, Repeated):
        builder.error("M-006", "emphasis is nested too deeply", span=span, hint="take some of it out")
        return ()
    return inlines(node, builder=builder, places=stretch_places(span, node.content))


def note_empty(source: Source, *, hint: str, findings: Findings) -> None:
    """Record T-003 for each file of a source that has no words."""
    for file in source.files:
        if not file.text.strip():
            findings.error("T-003", "the text is empty", span=file.span(0, 0), hint=hint)


def is_title(node: Node) -> bool:
    """Whether a block is a first-level heading."""
    return node.type == "heading" and node.tag == "h1"


def note_second_title(node: Node, *, builder: MarkdownBuilder) -> None:
    """Nothing; the error is noted."""
    builder.error(
        "M-002",
        "a first-level heading that is not the title",
        span=node_span(node, builder),
        hint="a document has one title, at the top; write ## for the headings below it",
    )
