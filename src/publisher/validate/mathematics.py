"""Formulas that are printed with the dollar signs of TeX around them, since Markdown has none.

What counts as one follows Pandoc's `tex_math_dollars`: the opening `$` has a character right behind it, the closing one
right before it and no digit behind it, so that `$20,000 and $30,000` are two amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from publisher.diagnostics import Diagnostic, Severity, Span
from publisher.model.block import Heading, Paragraph
from publisher.model.edition import Edition
from publisher.model.walk import blocks_of
from publisher.validate.parts import block_groups

_CODE = re.compile(r"(?s)(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_FORMULA = re.compile(
    r"(?s)(?<![\\$\w])(?:\$\$(?P<block>[^$]+?)\$\$|\$(?P<inline>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\d$]))"
)
_SIGNS = re.compile(r"[\\^_=+<>{}|*/]|^[A-Za-z]['′]?$|\d\s*[A-Za-z]|[A-Za-z]\s*\d|[−×÷≤≥∈√∑∫±]")
"""What formulas have, and amounts and names have not."""


def formulas(edition: Edition) -> Iterator[Diagnostic]:
    """T-040, warnings: what looks like a formula between dollar signs."""
    for span in _places(edition):
        text = _CODE.sub(lambda found: " " * len(found[0]), span.source.text[span.start : span.end])
        for found in _FORMULA.finditer(text):
            words = found["block"] or found["inline"]
            is_sure = found["block"] is not None or _SIGNS.search(words)
            what = "this looks like a formula, and" if is_sure else "if this is a formula, it"
            shown = " ".join(found[0].split())
            yield Diagnostic(
                code="T-040",
                message=f"{what} is printed with its dollar signs",
                span=span.source.span(span.start + found.start(), span.start + found.end()),
                hint=f"write it with signs (x², a ≤ b) or as a picture; if the signs are meant: {_escaped(shown)}",
                severity=Severity.WARNING,
            )


def _places(edition: Edition) -> Iterator[Span]:
    """The places of paragraphs and headings in files of Markdown."""
    for blocks in block_groups(edition):
        for block in blocks_of(blocks):
            if isinstance(block, Paragraph | Heading) and block.span is not None:
                span = block.span
                if PurePosixPath(span.source.name).suffix.lower() != ".txt" and "$" in span.source.text:
                    yield span


def _escaped(words: str) -> str:
    short = words if len(words) <= 30 else f"{words[:29]}…"
    return short.replace("$", "\\$")
