"""Lines as runs of WordprocessingML: words with their formats, calls of notes, pages, ranges of comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from publisher.model.inline import (
    ITALICS,
    Code,
    Emphasis,
    Foreign,
    Inline,
    LineBreak,
    Link,
    NoteCall,
    PageBreak,
    Run,
    Styled,
)
from publisher.model.walk import plain_of_inlines
from publisher.review.ooxml import Element, element, text
from publisher.review.styles import CODE, ID, PAGE
from publisher.selectors.fold import fold_spaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The format of words."""

    italic: bool = False
    bold: bool = False
    caps: bool = False
    vertical: str = ""
    language: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """What a line asks of the document that it is in."""

    call: Callable[[NoteCall], list[Element]]
    """The runs of a call."""
    link: Callable[[str], str]
    """The id of the relation to an address; empty if there can be none."""
    marks: Callable[[int, int], Iterator[tuple[int, Element]]]
    """The ends of ranges of comments in a stretch of the plain text, each with its offset."""
    pages: bool = True
    """Whether the pages of the PDF are shown: not in notes, which are where they are called."""


def hide(words: str) -> Element:
    """A run that is not shown: it says what its paragraph is."""
    return run(words, Look(style=ID))


def run(words: str, look: Look) -> Element:
    """A run of words in a format; its line ends are spaces."""
    made = element("r")
    properties = _properties(look)
    if len(properties):
        made.append(properties)
    made.append(text(fold_lines(words)))
    return made


def fold_lines(words: str) -> str:
    """The words with every line end as a space."""
    return fold_spaces(words) if "\n" in words or "\t" in words else words


def _properties(look: Look) -> Element:
    """The properties of a run, in the order of the schema."""
    made = element("rPr")
    if look.style:
        made.append(element("rStyle", val=look.style))
    if look.bold:
        made.append(element("b"))
    if look.italic:
        made.append(element("i"))
    if look.caps:
        made.append(element("smallCaps"))
    if look.style == ID:
        made.append(element("vanish"))
    if look.vertical:
        made.append(element("vertAlign", val=look.vertical))
    if look.language:
        made.append(element("lang", val=look.language))
    return made


def runs(line: tuple[Inline, ...], hooks: Hooks, look: Look = Look()) -> Iterator[Element]:
    """The elements of a line, in order."""
    for node in line:
        match node:
            case Run():
                yield from _run(node, hooks, look)
            case Code():
                yield run(node.text, replace(look, style=CODE))
            case LineBreak():
                yield element("r", element("br"))
            case Styled():
                yield from runs(node.children, hooks, _with_style(look, node.style))
            case Foreign():
                yield from runs(node.children, hooks, replace(look, language=node.language))
            case Link():
                yield from _link(node, hooks, look)
            case NoteCall():
                yield from hooks.call(node)
            case PageBreak() if not hooks.pages:
                pass
            case PageBreak():
                yield run(f"[{node.label}]", Look(style=PAGE))
            case _:
                children = getattr(node, "children", None)
                if children is None:
                    words = plain_of_inlines((node,))
                    yield from (run(words, look),) if words else ()
                else:
                    yield from runs(children, hooks, look)


def _run(node: Run, hooks: Hooks, look: Look) -> Iterator[Element]:
    """A stretch of words, divided where comments begin and end."""
    if node.span is None:
        yield run(node.text, look)
        return
    at, end = node.start, node.start + len(node.text)
    for offset, mark in hooks.marks(node.start, end):
        if offset > at:
            yield run(node.text[at - node.start : offset - node.start], look)
            at = offset
        yield mark
    if at < end:
        yield run(node.text[at - node.start :], look)


def _link(node: Link, hooks: Hooks, look: Look) -> Iterator[Element]:
    identity = hooks.link(node.href)
    inner = list(runs(node.children, hooks, look))
    if not identity:
        yield from inner
        return
    yield element("hyperlink", *inner, r__id=identity)


def _with_style(look: Look, style: Emphasis) -> Look:
    match style:
        case Emphasis.BOLD:
            return replace(look, bold=True)
        case Emphasis.SMALL_CAPS | Emphasis.ALL_SMALL_CAPS:
            return replace(look, caps=True)
        case Emphasis.SUPERSCRIPT:
            return replace(look, vertical="superscript")
        case Emphasis.SUBSCRIPT:
            return replace(look, vertical="subscript")
        case _ if style in ITALICS:
            return replace(look, italic=not look.italic)
        case _:
            return look
