"""Braces behind the words of a block: an id, a kind, keys with values."""

from __future__ import annotations

import re

from publisher.diagnostics import Span
from publisher.load.findings import suggestion
from publisher.load.markdown.builder import MarkdownBuilder
from publisher.load.markdown.parser import Node, attributes
from publisher.load.yaml.formats import language_hint
from publisher.load.yaml.types import short
from publisher.model.date import WrongDate, likely_edtf, standard
from publisher.model.language import fault

_UNQUOTED = re.compile(r"([\w-]+)=([\w:./-]*[./][\w:./-]*)(?=[\s}])")
"""An attribute whose value needs quotation marks: `in=afterword.md`."""
_NUMBER = re.compile(r"[0-9]{1,6}")


def node_span(node: Node, builder: MarkdownBuilder) -> Span:
    """The source span of a block: its lines, from its first character that is not white space."""
    first, last = node.map or (0, 1)
    count = len(builder.source.line_starts)
    span = builder.source.line_span(min(first + 1, count), min(max(last, first + 1), count))
    text = builder.source.text[span.start : span.end]
    lead = len(text) - len(text.lstrip(" \t"))
    return builder.source.span(span.start + lead, span.start + len(text.rstrip()))


def braces_of(node: Node, *, builder: MarkdownBuilder) -> tuple[str, Span] | None:
    """The braces behind the words of a block, with their place; None if it has none."""
    if not node.children or "attributes" not in node.children[-1].meta:
        return None
    words, _ = node.children[-1].meta["attributes"]
    line = node_span(node, builder)
    start = max(builder.source.text.rfind(words, line.start, line.end), line.start)
    return str(words), builder.source.span(start, start + len(words))


def block_attributes(node: Node, *, known: tuple[str, ...], builder: MarkdownBuilder) -> dict[str, str]:
    """What braces behind a block say. Notes M-004 where it is not understood or not known.

    `known` has `#id`, the kinds with their full stops, and the keys.
    """
    found = braces_of(node, builder=builder)
    return {} if found is None else read_attributes(found[0], span=found[1], known=known, builder=builder)


def read_attributes(words: str, *, span: Span, known: tuple[str, ...], builder: MarkdownBuilder) -> dict[str, str]:
    """What braces say, as far as it is known. Notes M-004 where it is not understood or not known."""
    given = attributes(words)
    if not given:
        quoted = _UNQUOTED.sub(r'\1="\2"', words)
        in_quotes = quoted != words and bool(attributes(quoted))
        hint = f"put the value in quotation marks: {quoted}" if in_quotes else _write(known)
        message, fix = "the attributes in these braces are not understood", quoted if in_quotes else None
        builder.error("M-004", message, span=span, hint=hint, fix=fix)
    kinds = given.get("class", "").split()
    if len(kinds) > 1:
        builder.error("M-004", "a block is of one kind", span=span, hint=f"write .{kinds[0]} or .{kinds[1]}")
    for name in given:
        shown = {"id": "#id", "class": f".{kinds[0] if kinds else ''}"}.get(name, name)
        if shown not in known:
            builder.error("M-004", f"unknown attribute “{shown}”", span=span, hint=suggestion(shown, known))
    return given | ({"class": kinds[0]} if kinds else {})


def _write(known: tuple[str, ...]) -> str:
    """How attributes are written after a block that may have these."""
    names = (name for name in known if not name.startswith("."))
    shown = " ".join(name if name.startswith("#") else f"{name}=…" for name in names)
    return f"write {{{shown}}}" + (": any of these, with spaces and no commas between them" if " " in shown else "")


def language_of(language: str | None, *, span: Span, builder: MarkdownBuilder) -> str | None:
    """The language that a key names; None if it names none. Notes M-004 at what is no language tag."""
    reason = None if language is None else fault(language)
    if language is None or reason is None:
        return language
    mended = language_hint(language).removeprefix("write ").removeprefix("it like ")
    message = f"“{short(language)}” is not a language tag: {reason}"
    builder.error("M-004", message, span=span, hint=f"write {{lang={mended}}}")
    return None


def date_of(words: str | None, *, span: Span, builder: MarkdownBuilder) -> str | None:
    """The date that a key names, in EDTF; None if it names none. Notes M-051 at what is no date."""
    if words is None:
        return None
    try:
        return standard(words)
    except WrongDate as error:
        near = likely_edtf(words)
        hint = f"write date={near}" if near else "write date=1666-09-02, date=1666-09 or date=1666"
        builder.error("M-051", f"“{short(words)}” is not a date: {error}", span=span, hint=hint)
        return None


def number_of(name: str, words: str | None, *, span: Span, builder: MarkdownBuilder) -> int | None:
    """The whole number from 1 that a key has; None if there is none. Notes M-004 at what is no such number."""
    if words is None:
        return None
    if not _NUMBER.fullmatch(words) or int(words) < 1:
        builder.error(
            "M-004", f"“{short(words)}” is no number for {name}", span=span, hint=f"write {name}=5: a number from 1 on"
        )
        return None
    return int(words)
