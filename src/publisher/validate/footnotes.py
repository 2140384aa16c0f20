"""The author's own footnotes: each is called, and each call has its footnote."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Severity
from publisher.model.edition import Edition
from publisher.model.inline import FootnoteCall
from publisher.model.text import Text, written_label
from publisher.model.walk import inlines_of, nest
from publisher.selectors.names import KnownNames
from publisher.validate.parts import every_inline, texts


def footnote_errors(edition: Edition) -> Iterator[Diagnostic]:
    """M-009: a call without a footnote, or where none may be called."""
    called: dict[int, FootnoteCall] = {}
    for text in texts(edition):
        calls = _calls(text)
        called |= {id(call): call for call in calls}
        yield from _text_errors(text, calls)
    for inline in every_inline(edition):
        if isinstance(inline, FootnoteCall) and id(inline) not in called:
            yield Diagnostic(
                code="M-009",
                message=f"no footnote “{inline.label}” can be called from here",
                span=inline.span,
                hint="footnotes belong to a text or its matter; here, put the words into parentheses",
            )


def uncalled_footnotes(edition: Edition) -> Iterator[Diagnostic]:
    """M-012, a warning: a footnote that nothing calls."""
    for text in texts(edition):
        labels = {call.label for call in _calls(text)}
        for footnote in text.footnotes:
            if footnote.label not in labels:
                yield Diagnostic(
                    code="M-012",
                    message=f"nothing calls the footnote “{written_label(footnote.label)}”",
                    span=footnote.span,
                    hint=f"call it with [^{written_label(footnote.label)}], or delete it: it is not printed",
                    severity=Severity.WARNING,
                )


def _calls(text: Text) -> tuple[FootnoteCall, ...]:
    inlines = (*nest(text.title), *inlines_of(text.blocks))
    return tuple(inline for inline in inlines if isinstance(inline, FootnoteCall))


def _text_errors(text: Text, calls: tuple[FootnoteCall, ...]) -> Iterator[Diagnostic]:
    labels = KnownNames(tuple(footnote.label for footnote in text.footnotes))
    for call in calls:
        if call.label not in labels:
            yield Diagnostic(
                code="M-009",
                message=f"there is no footnote “{call.label}”",
                span=call.span,
                hint=labels.hint(call.label, otherwise=f"write it in a paragraph of its own: [^{call.label}]: …"),
            )
