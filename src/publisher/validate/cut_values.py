"""Values of YAML that end at a number sign, because a space and `#` begin a comment (YAML 1.2.2, 6.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Severity, Source
from publisher.model.edition import Edition
from publisher.model.reader import Reader

KEYS = (
    "title", "subtitle", "short-title", "short", "name", "sort", "note", "publisher", "place", "statement",
    "description", "apparatus", "reason", "alt", "blurb", "agreements-title", "documents-title", "parties", "kind",
    "by", "to", "force-note", "document", "published", "date-note", "about",
)  # fmt: skip
"""The keys whose values are words of an editor's."""
_VALUE = re.compile(
    rf"(?m)^(?P<lead>[ ]*(?:- +)?(?:{'|'.join(KEYS)}):[ \t]+)"
    r"(?P<value>[^\s\"'\[\]{}|>#&*!%@`,?-](?:[^#\r\n]|(?<=\S)#)*?)(?P<cut>(?<=\S)[ ]#[^\r\n]*?)[ \t]*\r?$"
)
"""A value without quotation marks and a comment after a single space: two spaces are how comments are set apart."""
_FRONT = re.compile(r"\A---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


def cut_values(edition: Edition) -> Iterator[Diagnostic]:
    """E-031, warnings: words of `edition.yaml` and of agreements and documents that end at a number sign."""
    yield from _find(edition.settings.source, edition.settings.source.text)
    for source in dict.fromkeys(agreement.span.source for agreement in edition.agreements):
        front = _FRONT.match(source.text)
        yield from _find(source, front[0] if front else "")


def cut_reader_values(reader: Reader) -> Iterator[Diagnostic]:
    """E-031, warnings: words of `reader.yaml` that end at a number sign."""
    yield from _find(reader.course.source, reader.course.source.text)


def _find(source: Source, text: str) -> Iterator[Diagnostic]:
    for match in _VALUE.finditer(text):
        whole = (match["value"] + match["cut"]).replace("\\", "\\\\").replace('"', '\\"')
        yield Diagnostic(
            code="E-031",
            message=f"the value ends before “{match['cut'].strip()}”, which YAML takes for a comment",
            span=source.span(match.start("cut") + 1, match.end("cut")),
            hint=f'if it belongs to the value, write "{whole}"; if it is a comment, put two spaces before it',
            severity=Severity.WARNING,
        )
