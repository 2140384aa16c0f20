"""Inline tokens to inlines: runs that know where they are, emphasis, spans, links, citations, calls."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from publisher.diagnostics import Span
from publisher.load.findings import suggestion
from publisher.load.markdown.builder import MarkdownBuilder, Places
from publisher.load.markdown.given_attributes import date_of, language_of
from publisher.load.markdown.parser import Node, TooMuch
from publisher.load.markdown.ruby import with_reading
from publisher.load.yaml.types import short
from publisher.mathematics.tex import WrongFormula, mathml
from publisher.model.addresses import WrongAddress, is_outward, normalize
from publisher.model.inline import (
    Citation,
    CitedReference,
    Code,
    CrossReference,
    Emphasis,
    FootnoteCall,
    Foreign,
    Formula,
    Inline,
    LineBreak,
    Link,
    Run,
    Styled,
    Target,
)
from publisher.model.kinds import ABBREVIATIONS
from publisher.model.walk import plain_of_inlines

CLASSES = {
    **{
        emphasis.value: emphasis
        for emphasis in (Emphasis.SMALL_CAPS, Emphasis.ALL_SMALL_CAPS, Emphasis.SUPERSCRIPT, Emphasis.SUBSCRIPT)
    },
    **{
        emphasis.value: emphasis
        for emphasis in (Emphasis.TITLE, Emphasis.SOURCE, Emphasis.SHIP, Emphasis.FOREIGN, Emphasis.TERM)
    },
    **{emphasis.value: emphasis for emphasis in (Emphasis.ROMAN, Emphasis.SPEAKER, Emphasis.STAGE_DIRECTION)},
    "italic": Emphasis.ITALIC_TYPE,
    "abbr": Emphasis.ABBREVIATION,
    "dots": Emphasis.DOTS,
}
"""What classes of a span mean."""
CITING = re.compile(r"\[[^\[\]]*(?<![\w.])@\w[^\[\]]*\]?")
"""What looks like a citation and is none."""
ATTRIBUTES = re.compile(r"(?<=[\])])\{[^{}\n]*\}?")
"""What looks like attributes of a span and is none."""
DOCUMENT = "document"
"""What links to documents begin with; they are in the same appendix as agreements."""
CROSS_REFERENCE = re.compile(r"(agreement|document|note|reading):([A-Za-z0-9][A-Za-z0-9_.-]*)(?:#(\S+))?")


@dataclass(slots=True, kw_only=True)
class Pen:
    """Where in a content the reading has come to."""

    builder: MarkdownBuilder
    content: str
    places: Places
    at: int = 0
    in_cell: bool = False
    """Whether a bar in code has a backslash before it, as in the cells of tables."""

    def span(self, node: Node) -> Span:
        """The source span of a node, from where its rule began to where it ended."""
        start, end = _extent(node, otherwise=self.at)
        return self.places.span(start, end)

    def find(self, literal: str) -> tuple[int, int]:
        """Where a literal is at or behind the point reached; the point moves behind it."""
        start = self.content.find(literal, self.at)
        start = self.at if start < 0 else start
        self.at = min(start + len(literal), len(self.content))
        return start, self.at


def inlines(node: Node, *, builder: MarkdownBuilder, places: Places, in_cell: bool = False) -> tuple[Inline, ...]:
    """The inlines of an inline node, perhaps `in_cell` of a table; their text is written."""
    pen = Pen(builder=builder, content=node.content, places=places, in_cell=in_cell)
    return _all(node.children, pen)


def _all(nodes: list[Node], pen: Pen) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for node in nodes:
        for inline in _one(node, pen):
            last = found[-1] if found else None
            if isinstance(inline, Run) and inline.text == "\n" and isinstance(last, Run):
                found[-1] = _join(last, inline)
            else:
                found.append(inline)
    return tuple(found)


def _join(run: Run, line_end: Run) -> Run:
    """A run with the line end that follows it."""
    if run.span is None or line_end.span is None:
        return replace(run, text=run.text + line_end.text)
    return replace(run, text=run.text + line_end.text, span=replace(run.span, end=line_end.span.end))


def _one(node: Node, pen: Pen) -> tuple[Inline, ...]:
    match node.type:
        case "text":
            return _text(node, pen)
        case "text_special":
            return (_run(node.content, *pen.find(node.markup), pen),)
        case "softbreak":
            return (_line_end(pen),)
        case "hardbreak":
            pen.at = _extent(node, otherwise=pen.at)[1]
            return (LineBreak(start=pen.builder.write("\n")),)
        case "formula":
            return _formula(node, pen)
        case "code_inline":
            return _code(node, pen)
        case "em":
            return _with_style(node, Emphasis.ITALIC, pen)
        case "strong":
            return _with_style(node, Emphasis.BOLD, pen)
        case "span":
            return _span(node, pen)
        case "link":
            return _link(node, pen)
        case "citation":
            return _citation(node, pen)
        case "footnote_ref":
            return _footnote_call(node, pen)
        case _:
            return _refuse(node, pen)


def _run(text: str, start: int, end: int, pen: Pen) -> Run:
    return Run(text=text, start=pen.builder.write(text), span=pen.places.span(start, end))


def _line_end(pen: Pen) -> Run:
    """A line end, with the white space before it that is not part of the text."""
    start = pen.places.offset(pen.find("\n")[0])
    source = pen.places.source
    end = source.text.find("\n", start) + 1 or len(source.text)
    return Run(text="\n", start=pen.builder.write("\n"), span=source.span(start, end))


def _text(node: Node, pen: Pen) -> tuple[Inline, ...]:
    if not node.content:
        return ()
    start, end = pen.find(node.content)
    for found in CITING.finditer(node.content):
        pen.builder.error(
            "M-007",
            "this is no citation",
            span=pen.places.span(start + found.start(), start + found.end()),
            hint="write [@key] or [@key, para. 8; @other]; write \\@ for the sign itself",
        )
    for found in ATTRIBUTES.finditer(pen.content[max(start - 1, 0) : end]):
        begin = max(start - 1, 0) + found.start()
        pen.builder.error(
            "M-004",
            "the attributes in these braces are not understood",
            span=pen.places.span(begin, begin + len(found[0])),
            hint="write {lang=fr}, {.small-caps} or, with a space between them, both after words in square brackets; "
            "write \\{ for the sign itself",
        )
    return (_run(node.content, start, end, pen),)


def _code(node: Node, pen: Pen) -> tuple[Inline, ...]:
    """Literal characters; their span is without the backticks, unless a line end is between them."""
    start, end = _extent(node, otherwise=pen.at)
    pen.at = end
    inside = pen.content.find(node.content, start, end)
    span = pen.places.span(start, end) if inside < 0 else pen.places.span(inside, inside + len(node.content))
    text = node.content.replace("\\|", "|") if pen.in_cell else node.content
    return (Code(text=text, start=pen.builder.write(text), span=span),)


_FEWER = "divide the edition into volumes"


def _formula(node: Node, pen: Pen) -> tuple[Inline, ...]:
    """A formula; notes M-070 for one that is not understood."""
    start, end = _extent(node, otherwise=pen.at)
    pen.at = end
    dollars = node.meta["dollars"]
    tex = " ".join(dollars.tex.split())
    room = pen.builder.findings.room
    if room.left < 0:  # which has been reported
        return ()
    try:
        made = mathml(tex.replace("\\|", "|") if pen.in_cell else tex, display=dollars.display)
        room.take_formula(made.markup, made.work)
    except TooMuch:
        span = pen.places.span(*dollars.inside)
        pen.builder.error("M-020", "the edition has more formulas than can be set", span=span, hint=_FEWER)
        return ()
    except WrongFormula as error:
        pen.builder.error("M-070", str(error), span=pen.places.span(*dollars.inside), hint=error.hint)
        return ()
    words = " ".join((dollars.alternative or "").split()) or made.words
    span = pen.places.span(start, end)
    return (
        Formula(
            tex=tex,
            markup=made.markup,
            text=words,
            display=dollars.display,
            start=pen.builder.write(words),
            span=span,
        ),
    )


def _with_style(node: Node, style: Emphasis, pen: Pen) -> tuple[Inline, ...]:
    pen.find(node.markup)
    children = _all(node.children, pen)
    pen.find(node.markup)
    return (Styled(style=style, children=children),)


def _span(node: Node, pen: Pen) -> tuple[Inline, ...]:
    """Words with a class, a kind, a date, a language or an id; one in another where several apply."""
    start, end = _extent(node, otherwise=pen.at)
    span = pen.places.span(start, end)
    children = _all(node.children, pen)
    pen.at = end
    given = {str(name): str(value) for name, value in (node.attrs | node.meta.get("insecure_attrs", {})).items()}
    for name in given.pop("class", "").split():
        if name in CLASSES:
            children = (Styled(style=CLASSES[name], children=children),)
        else:
            _note_unknown(f".{name}", span=span, pen=pen)
    if (reading := given.pop("ruby", None)) is not None:
        children = with_reading(children, reading, span=span, builder=pen.builder)
    if kind := _abbreviation(given.pop("abbr", None), span=span, pen=pen):
        children = (Styled(style=Emphasis.ABBREVIATION, value=kind, children=children),)
    if date := date_of(given.pop("date", None), span=span, builder=pen.builder):
        children = (Styled(style=Emphasis.DATE, value=date, children=children),)
    if language := language_of(given.pop("lang", None), span=span, builder=pen.builder):
        children = (Foreign(language=language, children=children),)
    if place := given.pop("id", None):
        children = (Styled(style=Emphasis.PLACE, id=place, children=children),)
    for name in given:
        _note_unknown(name, span=span, pen=pen)
    return children


def _abbreviation(kind: str | None, *, span: Span, pen: Pen) -> str | None:
    """The kind of an abbreviation; None if it is none. Notes M-004 if there is no such kind."""
    if kind is not None and kind not in ABBREVIATIONS:
        message = f"there is no kind of abbreviation “{short(kind)}”"
        pen.builder.error("M-004", message, span=span, hint=suggestion(kind, tuple(ABBREVIATIONS)))
        return None
    return kind


def _note_unknown(name: str, *, span: Span, pen: Pen) -> None:
    known = ("#id", "lang", "date", "abbr", "ruby", *(f".{style}" for style in CLASSES))
    pen.builder.error("M-004", f"unknown attribute “{name}”", span=span, hint=suggestion(name, known))


def _link(node: Node, pen: Pen) -> tuple[Inline, ...]:
    start, end = _extent(node, otherwise=pen.at)
    span = pen.places.span(start, end)
    pen.at = min(start + 1, len(pen.content))
    children = _all(node.children, pen)
    pen.at = end
    href = str(node.attrs.get("href", ""))
    if "title" in node.attrs:
        pen.builder.error(
            "M-004", "a link has no title", span=span, hint="put it into the words of the link, or next to it"
        )
    if href.startswith("#"):
        return _link_to_place(href[1:], children, span=span, pen=pen)
    if href.startswith(("agreement:", "document:", "note:", "reading:")):
        return _cross_reference(href, children, span=span, pen=pen)
    try:
        address = normalize(href)
    except WrongAddress as error:
        _note_wrong_address(href, error, span=span, pen=pen)
        return children
    if not plain_of_inlines(children).strip():
        pen.builder.error(
            "M-005",
            f"the link to “{href}” has no words that a reader can click on",
            span=span,
            hint=f"write the words between the brackets: [the words]({href})",
        )
    return (Link(href=address, children=children, span=span),)


def _link_to_place(name: str, children: tuple[Inline, ...], *, span: Span, pen: Pen) -> tuple[Inline, ...]:
    """A link to something that has an id."""
    if not name:
        hint = "write the id that is in braces there: [words](#id)"
        pen.builder.error("M-008", "a link to no place", span=span, hint=hint)
        return children
    return (CrossReference(target=Target.PLACE, id=unquote(name), children=children, span=span),)


def _note_wrong_address(href: str, error: WrongAddress, *, span: Span, pen: Pen) -> None:
    reason = f": {error}" if is_outward(href) else ""
    pen.builder.error(
        "M-005",
        f"a link to “{short(href)}” leads nowhere that a reader can follow{reason}",
        span=span,
        hint="copy the address from where it works"
        if reason
        else "link to https://…, http://…, mailto:…, #id, agreement:…, note:… or reading:…",
    )


def _cross_reference(href: str, children: tuple[Inline, ...], *, span: Span, pen: Pen) -> tuple[Inline, ...]:
    found = CROSS_REFERENCE.fullmatch(href)
    if found is None or (found[1] == Target.NOTE and found[3]):
        pen.builder.error(
            "M-008",
            f"“{href}” is no cross-reference",
            span=span,
            hint="write agreement:id, agreement:id#8, document:id, note:id, reading:slug or reading:slug#p12",
        )
        return children
    target = Target.AGREEMENT if found[1] == DOCUMENT else Target(found[1])
    return (CrossReference(target=target, id=found[2], fragment=found[3], children=children, span=span),)


def _citation(node: Node, pen: Pen) -> tuple[Inline, ...]:
    span = pen.span(node)
    pen.at = _extent(node, otherwise=pen.at)[1]
    references = tuple(
        CitedReference(key=key, locator=locator, prefix=prefix, suppress_author=alone, span=pen.places.span(start, end))
        for key, locator, prefix, alone, start, end in node.meta["references"]
    )
    return (Citation(references=references, narrative=node.meta["narrative"], span=span),)


def _footnote_call(node: Node, pen: Pen) -> tuple[Inline, ...]:
    span = pen.span(node)
    pen.at = _extent(node, otherwise=pen.at)[1]
    return (FootnoteCall(label=str(node.meta["label"]), span=span),)


_HTML_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
COMMENT_HINT = "delete the comment: a text has none; \\<!-- prints the signs"
_AS_MARKDOWN = {
    **dict.fromkeys(("i", "em", "cite"), "write *words* for italics"),
    **dict.fromkeys(("b", "strong"), "write **words** for bold"),
    "br": "end the line with a backslash for a line break",
    "sup": "write [words]{.superscript}",
    "sub": "write [words]{.subscript}",
    "a": "write [words](https://…) for a link",
    "img": "write ![what it shows](images/file.png) in a paragraph of its own",
    "u": "write *words* for italics instead of underlining",
}
"""What is written instead of the tags that people type most."""


def _opens(name: str, span: Span) -> bool:
    """Whether a tag of a name is opened in the same paragraph before a span."""
    text = span.source.text
    begin = max(text.rfind("\n\n", 0, span.start), 0)
    return re.search(rf"<{name}[\s>]", text[begin : span.start], re.IGNORECASE) is not None


def _refuse(node: Node, pen: Pen) -> tuple[Inline, ...]:
    span = pen.span(node)
    pen.at = _extent(node, otherwise=pen.at)[1]
    if node.type == "image":
        pen.builder.error(
            "M-003",
            "an image inside a line",
            span=span,
            hint="give it a paragraph of its own, with a blank line around it",
        )
    else:
        tag = _HTML_TAG.match(node.content)
        if tag and tag[1] and _opens(tag[2], span):
            return ()  # the tag that opens it was reported
        hint = _AS_MARKDOWN.get(tag[2].lower() if tag else "", "write it in Markdown")
        is_comment = node.content.startswith("<!--")
        hint = COMMENT_HINT if is_comment else f"{hint}; write \\< for the sign itself"
        pen.builder.error("M-001", "raw HTML is not passed through", span=span, hint=hint)
    return ()


def _extent(node: Node, *, otherwise: int) -> tuple[int, int]:
    """Where a node begins and ends in its content."""
    if node.is_nested and node.nester_tokens:
        opening, closing = node.nester_tokens.opening.meta, node.nester_tokens.closing.meta
    else:
        opening = closing = node.meta
    start = int(opening.get("at", otherwise))
    return start, int(closing.get("end", start))
