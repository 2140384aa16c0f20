"""Block tokens to blocks: paragraphs, headings, quotations, verse, lists, tables, figures."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from publisher.diagnostics import Span
from publisher.load.audiences import addressee
from publisher.load.markdown.builder import MarkdownBuilder, block_places, title_places
from publisher.load.markdown.given_attributes import block_attributes, date_of, node_span
from publisher.load.markdown.inlines import COMMENT_HINT, inlines
from publisher.load.markdown.kinds import (
    block_of_line,
    describe,
    division,
    leading_page_breaks,
    note_captions,
    page_break,
    paragraph,
    verse,
)
from publisher.load.markdown.parser import Node, attributes, inline
from publisher.load.markdown.tables import table
from publisher.load.picture_sizes import HINT, attributes_of, is_picture, size
from publisher.model.block import (
    Block,
    BlockQuote,
    CodeBlock,
    Definition,
    DefinitionList,
    Division,
    Figure,
    Heading,
    ListBlock,
    ThematicBreak,
    Verse,
)
from publisher.model.inline import Inline
from publisher.model.kinds import GROUP
from publisher.model.target import class_of
from publisher.model.text import Footnote

PLATE = "plate"
HTML_HINT = "write it in Markdown: *italic*, **bold**, [words]{lang=fr}, > quotation"


def blocks(nodes: list[Node], *, builder: MarkdownBuilder) -> tuple[Block, ...]:
    """The blocks that some nodes give, in order; their text is written."""
    found = tuple(block for node in nodes for block in _block(node, builder))
    note_captions(found, builder=builder)
    return found


def _block(node: Node, builder: MarkdownBuilder) -> Iterator[Block]:
    match node.type:
        case "paragraph":
            yield from _paragraph(node, builder)
        case "heading":
            yield heading(node, builder=builder)
        case "blockquote":
            yield _quotation(node, builder)
        case "verse":
            yield _verse(node, builder)
        case "bullet_list" | "ordered_list":
            yield _list(node, builder)
        case "dl":
            yield _definitions(node, builder)
        case "table":
            yield table(node, span=node_span(node, builder), builder=builder)
        case "code_block" | "fence":
            yield _code(node, builder)
        case "hr":
            yield ThematicBreak()
        case "footnote_reference":
            _footnote(node, builder)
        case "fenced_block":
            yield from _fence(node, builder)
        case _:
            hint = COMMENT_HINT if node.content.lstrip().startswith("<!--") else HTML_HINT
            builder.error("M-001", "raw HTML is not passed through", span=_html_span(node, builder), hint=hint)


def _html_span(node: Node, builder: MarkdownBuilder) -> Span:
    """The first line of a block of HTML, from its tag on."""
    span = node_span(node, builder)
    start = max(builder.source.text.find("<", span.start, span.end), span.start)
    end = builder.source.text.find("\n", start, span.end)
    return builder.source.span(start, span.end if end < 0 else end)


def leaf(node: Node, *, builder: MarkdownBuilder, after: int = 0) -> tuple[Inline, ...]:
    """The inlines of a block that holds one inline node; none where it holds nothing."""
    builder.leaf()
    if not node.children:
        return ()
    child = node.children[0]
    places = block_places(builder.source, child.content, line=(child.map or node.map or (0, 0))[0], after=after)
    return inlines(child, builder=builder, places=places)


def _paragraph(node: Node, builder: MarkdownBuilder) -> Iterator[Block]:
    content = node.children[0]
    if is_picture(content):
        yield _figure(node, content, builder)
    elif (ended := page_break(node, builder=builder)) is not None:
        yield ended
    else:
        yield paragraph(node, leaf(node, builder=builder), builder=builder)


def _figure(paragraph: Node, content: Node, builder: MarkdownBuilder) -> Figure:
    span = node_span(paragraph, builder)
    alternative = "".join(_words(content.children[0])).strip()
    if not alternative:
        builder.error(
            "I-004",
            "the image has no alternative text",
            span=span,
            hint="say between the brackets what it shows: ![what it shows](…)",
        )
    given = attributes_of(content, span=span, builder=builder)
    path, caption = unquote(given.pop("src", "")), given.pop("title", "")
    figure_id = given.pop("id", None)
    given.pop("alt", None)
    is_plate = given.get("class") == PLATE
    if is_plate:
        given.pop("class")
    width, height = (size(name, given.pop(name, None), span=span, builder=builder) for name in ("width", "height"))
    for name in given:
        shown = f".{given[name]}" if name == "class" else name
        builder.error("M-004", f"unknown attribute “{shown}”", span=span, hint=HINT)
    children: tuple[Inline, ...] = ()
    if caption:
        builder.leaf()
        node = inline(caption)
        children = inlines(node, builder=builder, places=title_places(span, node.content))
    figure = Figure(
        path=path,
        alternative=alternative,
        caption=children,
        width=width,
        height=height,
        id=figure_id,
        is_plate=is_plate,
        span=span,
    )
    builder.figures.append(figure)
    return figure


def _words(node: Node) -> Iterator[str]:
    """The text of a node and of those in it."""
    if node.type in ("text", "text_special", "code_inline"):
        yield node.content
    elif node.type in ("softbreak", "hardbreak"):
        yield " "
    for child in node.children:
        yield from _words(child)


def heading(node: Node, *, builder: MarkdownBuilder) -> Heading:
    """A heading with its id and its short form. Notes M-004 at other attributes."""
    given = block_attributes(node, known=("#id", "short", "date"), builder=builder)
    children = leaf(node, builder=builder)
    if date := date_of(given.get("date"), span=node_span(node, builder), builder=builder):
        children = (describe(date, children),)
    return Heading(
        level=int(node.tag[1]),
        children=children,
        id=given.get("id"),
        short=_short(given),
        span=node_span(node, builder),
    )


def _short(given: dict[str, str]) -> str | None:
    """The short form of a heading, in one line; None if there is none."""
    return " ".join(given.get("short", "").split()) or None


def _quotation(node: Node, builder: MarkdownBuilder) -> BlockQuote:
    children = list(node.children)
    last = children[-1] if len(children) > 1 and children[-1].type == "paragraph" else None
    if last is None or not last.children[0].content.startswith("—"):
        return BlockQuote(blocks=blocks(children, builder=builder))
    within = blocks(children[:-1], builder=builder)
    block_attributes(last, known=(), builder=builder)
    return BlockQuote(blocks=within, attribution=leaf(last, builder=builder))


def _verse(node: Node, builder: MarkdownBuilder) -> Verse:
    builder.leaf()
    lines: list[tuple[Inline, ...]] = []
    for line in node.children:
        if lines:
            builder.write("\n")
        child = line.children[0]
        places = block_places(builder.source, child.content, line=(child.map or (0, 0))[0])
        lines.append(inlines(child, builder=builder, places=places))
    return verse(node, tuple(lines), builder=builder)


def _list(node: Node, builder: MarkdownBuilder) -> ListBlock:
    hidden = [child.hidden for entry in node.children for child in entry.children if child.type == "paragraph"]
    return ListBlock(
        ordered=node.type == "ordered_list",
        entries=tuple(blocks(entry.children, builder=builder) for entry in node.children),
        start=int(node.attrs.get("start", 1)),
        tight=all(hidden),
        span=node_span(node, builder),
    )


def _definitions(node: Node, builder: MarkdownBuilder) -> DefinitionList:
    entries: list[Definition] = []
    for child in node.children:
        if child.type == "dt":
            entries.append(Definition(term=leaf(child, builder=builder), descriptions=()))
        else:
            said = (*entries[-1].descriptions, blocks(child.children, builder=builder))
            entries[-1] = Definition(term=entries[-1].term, descriptions=said)
    return DefinitionList(entries=tuple(entries))


def _code(node: Node, builder: MarkdownBuilder) -> CodeBlock:
    builder.leaf()
    text = node.content.removesuffix("\n")
    language = node.info.split()[0] if node.info.split() else None
    return CodeBlock(text=text, start=builder.write(text), language=language, span=node_span(node, builder))


def _fence(node: Node, builder: MarkdownBuilder) -> Iterator[Block]:
    """What is between two `:::` lines: for those whom the first of them names, or of the kind that it names."""
    span = node_span(node, builder)
    opening = builder.source.line_span(builder.source.position(span.start)[0])
    is_addressed = "audience" in attributes(node.info.strip())
    block = None if is_addressed else block_of_line(node.info, span=opening, builder=builder)
    if not (node.nester_tokens and node.nester_tokens.closing.markup):
        what = "block for an audience" if is_addressed else "block"
        builder.error("M-017", f"the {what} is not closed", span=opening, hint="end it with a line :::")
    if is_addressed:
        whom = addressee(node.info, span=opening, builder=builder)
        yield Division(id="", name=class_of(whom), blocks=blocks(node.children, builder=builder))
        return
    within = tuple(item for child in node.children for item in _block(child, builder))
    if block is None:
        yield from within
    else:
        if block.name != GROUP:
            note_captions(within, builder=builder)
        ends = leading_page_breaks(within)
        yield from ends
        yield division(block, within[len(ends) :], builder=builder)


def _footnote(node: Node, builder: MarkdownBuilder) -> None:
    label, span = str(node.meta["label"]), node_span(node, builder)
    if builder.footnotes is None:
        builder.error(
            "M-011", "a footnote is not allowed here", span=span, hint="put it into the words, in parentheses"
        )
        return
    first = builder.labelled.get(label)
    if first is not None:
        builder.findings.error(
            "M-010",
            f"two footnotes have the label “{label}”",
            span=span,
            hint="give one of them, and its call, another label",
            related=(("first here", first.span),),
        )
    footnote = Footnote(label=label, blocks=blocks(node.children, builder=builder.aside()), span=span)
    builder.footnotes.append(footnote)
    builder.labelled.setdefault(label, footnote)
