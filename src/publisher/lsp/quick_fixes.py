"""The changes that correct what is reported: the fixes that diagnostics carry."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import CodeAction, CodeActionKind, Range, TextEdit, WorkspaceEdit

from publisher.diagnostics import Diagnostic
from publisher.lsp.positions import path_of_source, range_of

LONGEST = 60
"""Characters of a replacement that the title of a fix shows."""


def quick_fixes(found: tuple[Diagnostic, ...], uri: str, wanted: Range) -> Iterator[CodeAction]:
    """Yield the fixes of what is reported on the lines of a range of a document."""
    for diagnostic in found:
        if diagnostic.fix is None or diagnostic.span is None or path_of_source(diagnostic.span.source).as_uri() != uri:
            continue
        place = range_of(diagnostic.span)
        if place.start.line > wanted.end.line or place.end.line < wanted.start.line:
            continue
        span = diagnostic.fix.span
        edit = TextEdit(range=range_of(span), new_text=diagnostic.fix.text)
        yield CodeAction(
            title=_title(diagnostic),
            kind=CodeActionKind.QuickFix,
            edit=WorkspaceEdit(changes={path_of_source(span.source).as_uri(): [edit]}),
            is_preferred=diagnostic.fix.is_certain,
        )


def _title(diagnostic: Diagnostic) -> str:
    assert diagnostic.fix is not None
    shown = " ".join(diagnostic.fix.text.split())
    shown = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
    if diagnostic.code == "N-003":
        return f"Quote the nearest words: “{shown}”"
    return f"Replace by “{shown}”" if shown else (diagnostic.hint or diagnostic.message)
