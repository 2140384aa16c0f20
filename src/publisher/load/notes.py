"""Files of notes: each second-level heading is a note, its block quote the lemma, the rest what it says.

A note whose heading says `calls=2` has two lemmas, in two block quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from publisher.diagnostics import Fix, Source, Span
from publisher.load.audiences import audience
from publisher.load.findings import Findings
from publisher.load.markdown.blocks import blocks
from publisher.load.markdown.builder import MarkdownBuilder
from publisher.load.markdown.document import is_title, note_second_title, top_nodes
from publisher.load.markdown.given_attributes import block_attributes, node_span
from publisher.load.markdown.parser import Node
from publisher.model.apparatus import Lemma, Note, NotePlace, PlaceKind, Selector
from publisher.model.block import Figure

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_TIGHT_HEADING = re.compile(r"(##)([A-Za-z0-9][^\s{]*)")
BOLD = "\x02"
"""Is where bold begins or ends in a lemma; no source holds it."""
_KINDS = {
    "agreement": PlaceKind.AGREEMENT,
    "document": PlaceKind.AGREEMENT,
    "note": PlaceKind.NOTE,
    "footnote": PlaceKind.FOOTNOTE,
}
"""What is before the colon of `in=`."""
CALLS = re.compile(r"[1-9][0-9]?")
"""How often a note may be called."""


def notes(source: Source, *, series: str, figures: list[Figure], findings: Findings) -> tuple[Note, ...]:
    """The notes of a file, in order; their figures are added to `figures`.

    Notes every fault of the notes and of their Markdown.
    """
    builder = MarkdownBuilder(source=source, findings=findings, figures=figures)
    nodes = top_nodes(source, builder=builder)
    if nodes and is_title(nodes[0]):
        nodes = nodes[1:]
    found = (_note(part, series=series, builder=builder) for part in _parts(nodes, builder))
    return tuple(note for note in found if note is not None)


def _parts(nodes: list[Node], builder: MarkdownBuilder) -> Iterator[list[Node]]:
    """Return the nodes of each note, its heading first. Notes content outside notes and headings inside them."""
    part: list[Node] = []
    before = False
    for node in nodes:
        if is_title(node):
            note_second_title(node, builder=builder)
        elif node.type == "heading" and node.tag == "h2":
            if part:
                yield part
            part = [node]
        elif not part:
            is_first, before = not before, True
            if is_first:
                _note_before(node, builder)
        else:
            part.append(node)
    if part:
        yield part


def _note_before(node: Node, builder: MarkdownBuilder) -> None:
    """Record M-030 for a heading without a space, N-002 for anything else before the first note."""
    span = node_span(node, builder)
    found = _TIGHT_HEADING.match(builder.source.text, span.start)
    if found is not None:
        message, hint = "a heading needs a space after its ##", f"write ## {found[2]}"
        at = builder.source.span(found.end(1), found.end(1))
        place = builder.source.span(span.start, found.end())
        builder.error("M-030", message, span=place, hint=hint, fix=Fix(span=at, text=" "))
        return
    hint = "begin each note with a heading: ## id-of-the-note"
    builder.error("N-002", "there is content before the first note", span=span, hint=hint)


def _note(part: list[Node], *, series: str, builder: MarkdownBuilder) -> Note | None:
    first, rest = part[0], part[1:]
    span = node_span(first, builder)
    attributes = block_attributes(first, known=("kind", "audience", "calls", "in"), builder=builder)
    note_id = _id(first, span=span, builder=builder)
    for node in (node for node in rest if node.type == "heading"):
        builder.error(
            "N-011",
            "a heading inside a note",
            span=node_span(node, builder),
            hint="write the words in **bold** instead",
        )
    if not rest or rest[0].type != "blockquote":
        builder.error(
            "N-007",
            "the note quotes no words of the text",
            span=span,
            hint="below the heading, quote the words that it is about: > words of the text",
        )
        blocks(rest, builder=builder.aside())
        return None
    quotes = _quotes(
        rest, calls=_calls(attributes.get("calls"), span=span, builder=builder), span=span, builder=builder
    )
    lemmas = tuple(lemma for quote in quotes if (lemma := _lemma(quote, builder)) is not None)
    if len(rest) == len(quotes):
        hint, fix = _silence(rest[-1], builder)
        builder.error("N-009", "the note says nothing", span=span, hint=hint, fix=fix)
    said = blocks(rest[len(quotes) :], builder=builder.aside())
    if note_id is None or len(lemmas) < len(quotes):
        return None
    return Note(
        id=note_id,
        series=series,
        selector=lemmas[0].selector,
        blocks=said,
        kind=attributes.get("kind"),
        span=span,
        lemma_span=lemmas[0].span,
        audience=audience(attributes.get("audience"), span=span, builder=builder),
        again=lemmas[1:],
        quoted=() if "calls" in attributes else _quote(rest[1:], builder),
        place=_place(attributes.get("in"), span=span),
    )


def _place(words: str | None, *, span: Span) -> NotePlace | None:
    """Where the words of a note are, by its heading; None if they are in the text."""
    if words in (None, "text"):
        return None
    before, colon, name = (words or "").partition(":")
    kind = _KINDS.get(before) if colon else PlaceKind.MATTER
    return NotePlace(kind=kind or PlaceKind.MATTER, id=name if kind and colon else words or "", span=span)


def _silence(quote: Node, builder: MarkdownBuilder) -> tuple[str, Fix | None]:
    """What to do about a note without words: they may have become part of the quotation above them."""
    whole = node_span(quote, builder)
    at = whole.start
    for line in builder.source.text[whole.start : whole.end].splitlines(keepends=True):
        if line.strip() and not line.lstrip().startswith(">"):
            joined = line.strip()
            words = f"{joined[:40]}…" if joined[40:] else joined
            end = "\r\n" if "\r\n" in builder.source.text else "\n"
            hint = f"put a blank line before “{words}”: without it the words belong to the quotation"
            return hint, Fix(span=builder.source.span(at, at), text=end)
        at += len(line)
    return "write below the quotation what there is to say", None


def _calls(words: str | None, *, span: Span, builder: MarkdownBuilder) -> int:
    """How often a note is called, by its heading; once where that says nothing. Notes N-014 where it is no number."""
    if words is None or CALLS.fullmatch(words):
        return int(words or 1)
    builder.error(
        "N-014",
        f"“{words}” is not how often a note can be called",
        span=span,
        hint="write a number from 1 to 99, {calls=2}, and so many quotations",
    )
    return 1


def _quotes(rest: list[Node], *, calls: int, span: Span, builder: MarkdownBuilder) -> list[Node]:
    """The block quotes that hold the lemmas of a note called so often. Notes N-014 where there are fewer."""
    there = len(tuple(takewhile(lambda node: node.type == "blockquote", rest)))
    if there < calls:
        builder.error(
            "N-014",
            f"the note is called {calls} times, and quotes {there} {'passage' if there == 1 else 'passages'}",
            span=span,
            hint="quote each passage in a block quote of its own, with an empty line between two of them",
        )
    return rest[: min(calls, there)]


def _quote(rest: list[Node], builder: MarkdownBuilder) -> tuple[Lemma, ...]:
    """What the block quotes at the head of these nodes would quote, if they were lemmas. Notes nothing."""
    unheard = MarkdownBuilder(source=builder.source, findings=Findings())
    quotes = takewhile(lambda node: node.type == "blockquote", rest)
    return tuple(lemma for quote in quotes if (lemma := _lemma(quote, unheard)) is not None)


def _lemma(quote: Node, builder: MarkdownBuilder) -> Lemma | None:
    """What a block quote quotes; None where that is nothing."""
    span = _lemma_span(quote, builder)
    selector = _selector(quote, span=span, builder=builder)
    return None if selector is None else Lemma(selector=selector, span=span)


def _lemma_span(quote: Node, builder: MarkdownBuilder) -> Span:
    """The words of a block quote, from the first behind its `>`; the whole of it where there are none."""
    whole = node_span(quote, builder)
    text = builder.source.text[whole.start : whole.end]
    lead = len(text) - len(text.lstrip("> \t\r\n"))
    return builder.source.span(whole.start + lead, whole.end) if lead < len(text) else whole


def _id(node: Node, *, span: Span, builder: MarkdownBuilder) -> str | None:
    words = node.children[0].content.strip() if node.children else ""
    if ID.fullmatch(words):
        return words
    builder.error(
        "N-010",
        f"“{words}” cannot be the id of a note" if words else "the note has no id",
        span=span,
        hint="use letters, digits and hyphens: ## "
        + (re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-") or "my-note").lower(),
    )
    return None


def _selector(quote: Node, *, span: Span, builder: MarkdownBuilder) -> Selector | None:
    """The words of a block quote; where some are bold, those, and what is around them."""
    blocks(quote.children, builder=builder.aside())
    words = " ".join(part for part in _leaves(quote) if part)
    parts = words.split(BOLD)
    if len(parts) not in (1, 3):
        builder.error(
            "N-008",
            "more than one stretch of the quotation is bold",
            span=span,
            hint="make bold only the words that the note is about, in one piece",
        )
        return None
    exact = parts[len(parts) // 2].strip(" \t\n")
    if not exact.strip():
        builder.error("N-006", "the quotation is empty", span=span, hint="quote the words that the note is about")
        return None
    if len(parts) == 1:
        return Selector(exact=exact)
    return Selector(exact=parts[1], prefix=parts[0], suffix=parts[2])


def _leaves(node: Node) -> Iterator[str]:
    """The text of each leaf block."""
    if node.type == "inline":
        yield "".join(_words(node))
    elif node.type in ("code_block", "fence"):
        yield node.content.replace("\n", " ").strip()
    for child in node.children if node.type != "inline" else ():
        yield from _leaves(child)


def _words(node: Node) -> Iterator[str]:
    """The words of inlines without their markup, except where bold begins and ends.

    Two asterisks that CommonMark takes for text, because they touch punctuation, mean bold here too.
    """
    for child in node.children:
        match child.type:
            case "text":
                yield child.content.replace("**", BOLD)
            case "text_special" | "code_inline" | "citation":
                yield child.content
            case "softbreak" | "hardbreak":
                yield " "
            case "strong":
                yield BOLD
                yield from _words(child)
                yield BOLD
            case _:
                yield from _words(child)
