"""A Markdown text next to its source: every stretch of words as the source has it, in order, and none left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Source, Span
from publisher.model.block import CodeBlock, Figure
from publisher.model.inline import Code, Formula, Run
from publisher.model.publication import Section
from publisher.model.walk import blocks_of, leaves, lines
from publisher.verify.diagnose import HINT, excerpt, first_difference

_BEGIN = r"(?:[ \t>]+|[-*+](?=[ \t])|:(?=[ \t])|\[\^[^\]\n]*\]:|\d+[.)](?=\s|\Z))"
"""What begins a block: quotations, lists in lists, definitions, footnotes."""
MARKUP = re.compile(
    rf"^{_BEGIN}*+\[(?!\^)[^\]\n]+\]:[ \t]*\S+.*$|\]\[[^\]\n]*\]"  # links by reference
    rf"|^{_BEGIN}*+(?:```|~~~).*$"  # literal lines
    rf"|^{_BEGIN}*+:{{3,}}.*$"  # letters, plays, blocks for an audience
    rf"|^{_BEGIN}*+[Tt]able:(?=[ \t])"  # captions
    rf"|^{_BEGIN}+"
    r"|\]\s*\((?:[^()\n]|\([^()\n]*\))*\)"  # where a link leads
    r"|\{[^{}\n]*\}"  # attributes
    r"|\[\^[^\]\n]*\]:?"  # footnotes
    r"|\[[^\[\]]*@[^\[\]]*\]|@\{[^{}\s]+\}|@\w[^\s\[\]]*[ \n]\[[^\[\]]*\d[^\[\]]*\]"  # citations
    r"|&#?\w+;|<[^<>\n]*>",  # entities, addresses
    re.MULTILINE,
)
LEFT_OUT = "\0"
"""Represents words that were found, in what remains of the source."""


def markdown_faults(section: Section, source: Source, *, omitted: tuple[Span, ...] = ()) -> Iterator[Diagnostic]:
    """Everything in which the words of a section are not those of a Markdown source; `omitted` is left out of it."""
    stretches = tuple(sorted(_stretches(section, source), key=lambda pair: pair[1].start))
    for text, span in stretches:
        there = source.text[span.start : span.end]
        if len(there) == len(text) and there.split() != text.split():
            at = first_difference(there, text)
            yield _fault(f"expected {excerpt(there, at)}, found {excerpt(text, at)}", span)
    yield from left_out(source, (*(span for _, span in stretches), *omitted))


def _stretches(section: Section, source: Source) -> Iterator[tuple[str, Span]]:
    """The words of a section and of the author's own notes, with where they are."""
    blocks = (*section.blocks, *(block for note in section.notes for block in note.blocks))
    for line in (section.title, *lines(blocks)):
        if isinstance(line, CodeBlock):
            continue
        for leaf in leaves(line):
            if isinstance(leaf, Run | Code) and leaf.span is not None and leaf.span.source is source:
                yield leaf.text, leaf.span
            elif isinstance(leaf, Formula) and leaf.span is not None and leaf.span.source is source:
                yield source.text[leaf.span.start : leaf.span.end], leaf.span
    for block in blocks_of(blocks):
        if isinstance(block, CodeBlock | Figure) and block.span is not None and block.span.source is source:
            yield source.text[block.span.start : block.span.end], block.span


def left_out(source: Source, spans: tuple[Span, ...]) -> Iterator[Diagnostic]:
    """V-009 for words of a source that no section prints and that are no markup; `spans` are what is printed of it."""
    rest = MARKUP.sub(lambda found: " " * len(found[0]), "".join(_without(source.text, spans)))
    for words in re.finditer(r"[^\W_](?:[^\0\n]*[^\W_])?", rest):
        span = source.span(words.start(), words.end())
        yield _fault(f"no section prints {excerpt(words[0], 0)}", span)


def _without(text: str, spans: tuple[Span, ...]) -> Iterator[str]:
    """A text in pieces, with what is printed of it left out; as long as before."""
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        yield text[at : span.start]
        yield LEFT_OUT * (span.end - max(at, span.start))
        at = max(at, span.end)
    yield text[at:]


def _fault(message: str, span: Span) -> Diagnostic:
    return Diagnostic(code="V-009", message=f"the edition does not print the text: {message}", span=span, hint=HINT)
