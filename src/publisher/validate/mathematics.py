"""Dollar signs that may be meant as those of a formula, and are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from publisher.diagnostics import Diagnostic, Severity, Span
from publisher.mathematics.dollars import doubts
from publisher.model.block import Heading, Paragraph
from publisher.model.edition import Edition
from publisher.model.walk import blocks_of
from publisher.validate.parts import block_groups

_CODE = re.compile(r"(?s)(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


def formulas(edition: Edition) -> Iterator[Diagnostic]:
    """T-040, warnings: dollar signs of which it is not clear whether they enclose a formula."""
    for span in _places(edition):
        text = _CODE.sub(lambda found: " " * len(found[0]), span.source.text[span.start : span.end])
        for start, end, reason in doubts(text):
            shown = " ".join(text[start:end].split())
            yield Diagnostic(
                code="T-040",
                message=f"this is printed with its dollar signs: {reason}",
                span=span.source.span(span.start + start, span.start + end),
                hint=f"if the signs are meant, write {_escape(shown)}; a formula needs $ on both sides, and can have "
                'words behind it: {alt="…"}',
                severity=Severity.WARNING,
            )


def _places(edition: Edition) -> Iterator[Span]:
    """The places of paragraphs and headings in files of Markdown."""
    for blocks in block_groups(edition):
        for block in blocks_of(blocks):
            if isinstance(block, Paragraph | Heading) and block.span is not None:
                span = block.span
                has_sign = span.source.text.find("$", span.start, span.end) >= 0
                if has_sign and PurePosixPath(span.source.name).suffix.lower() != ".txt":
                    yield span


def _escape(words: str) -> str:
    short = words if len(words) <= 30 else f"{words[:29]}…"
    return short.replace("$", "\\$")
