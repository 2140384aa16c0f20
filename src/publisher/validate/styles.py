"""Style sheets of an edition's own: they dress what is there, and fetch nothing.

The lists of `sanitize` say what they may hold. The PDF's engine is refused whatever is no part of the edition; what an
EPUB names is fetched by the reading system.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Severity, Source, Span
from publisher.model.edition import Edition
from publisher.sanitize.css import MOST_CHARACTERS, MOST_TOKENS, Fault, Sanitized, Why, sanitized_sheet
from publisher.sanitize.css.write import flat

COUNTING = frozenset({"target-counter", "target-counters", "target-text"})
"""What is elsewhere in the volume, which is not known while a section is laid out."""
FOR_PRESS = "press.css"
"""How the name of a style sheet ends that dresses the PDF for the printer alone."""
FOR_SCREEN = "screen.css"
"""How the name of a style sheet ends that dresses the EPUB alone, and that the engine of the PDF never reads."""


def stylesheet_errors(edition: Edition) -> Iterator[Diagnostic]:
    """Return an error for everything that an own style sheet may not contain, each at its place."""
    characters = tokens = 0
    for source in edition.stylesheets:
        characters += len(source.text)
        if characters > MOST_CHARACTERS:
            yield _too_large(source, f"{MOST_CHARACTERS:,} characters")
            return
        found = sanitized_sheet(source.text)
        tokens += sum(1 for _ in flat(found.tokens)) if edition.stylesheets[1:] else 0
        if tokens > MOST_TOKENS:
            yield _too_large(source, f"{MOST_TOKENS:,} words, numbers and signs")
            return
        profiles = _profiles(found)
        yield from (
            _error(fault, source)
            for fault in found.faults
            if not _is_waivable(fault, source) and not (fault.why is Why.ADDRESS and fault.line in profiles)
        )
        yield from _elsewhere(found, source)


def unlisted_properties(edition: Edition) -> Iterator[Diagnostic]:
    """S-012, warnings, for properties that are on no list: without a waiver they are errors (`checks.waivers`)."""
    if sum(len(source.text) for source in edition.stylesheets) <= MOST_CHARACTERS:
        for source in edition.stylesheets:
            for fault in sanitized_sheet(source.text).faults:
                if _is_waivable(fault, source):
                    yield Diagnostic(
                        code="S-012",
                        message=fault.words,
                        span=_span(fault, source),
                        hint="take it away; if it only changes how words look, waivers: in edition.yaml may allow it",
                        severity=Severity.WARNING,
                    )


def _is_waivable(fault: Fault, source: Source) -> bool:
    """Whether a reason is enough: not if the engine of the PDF refuses the property all the same."""
    return fault.why is Why.PROPERTY and (source.name.endswith(FOR_SCREEN) or fault.name.startswith("-"))


def _too_large(source: Source, limit: str) -> Diagnostic:
    return Diagnostic(
        code="S-030",
        message=f"the style sheets of the edition have more than {limit}",
        span=source.line_span(1),
        hint="take away what is not used; put typefaces into fonts/ instead of writing them into a style sheet",
    )


def _span(fault: Fault, source: Source) -> Span:
    """The place of a fault, as far as its line goes."""
    line = min(fault.line, len(source.line_starts))
    end = source.line_span(line).end
    start = min(source.offset(line, fault.column), end)
    return source.span(start, min(start + fault.length, end))


def _error(fault: Fault, source: Source) -> Diagnostic:
    span = _span(fault, source)
    match fault.why:
        case Why.SYNTAX:
            hint = "correct it; a bracket, a quotation mark or a semicolon may be missing on this line or before it"
            return Diagnostic(code="S-001", message=f"this is no CSS: {fault.words}", span=span, hint=hint)
        case Why.SIZE:
            hint = "make it shorter; it takes too long to lay out"
            return Diagnostic(code="S-030", message=f"this style is too much: {fault.words}", span=span, hint=hint)
        case Why.PROPERTY:
            return _unknown(fault, source)
        case Why.ADDRESS:
            hint = "write everything into this file; put typefaces into fonts/, where they are found"
            return Diagnostic(code="S-012", message=fault.words, span=span, hint=hint)
        case _:
            hint = "a style sheet may hold what `publisher explain S-012` lists; no waiver allows more"
            return Diagnostic(code="S-012", message=fault.words, span=span, hint=hint)


def _unknown(fault: Fault, source: Source) -> Diagnostic:
    """S-001 for a property that the engine of the PDF does not know, said as the engine says it."""
    span = _span(fault, source)
    rest = source.span(span.start, source.line_span(fault.line).end)
    declared = source.text[rest.start : rest.end].partition(";")[0].partition("}")[0].strip()
    ignored = f"ignored `{declared}` at {fault.line}:{fault.column}, unknown property"
    return Diagnostic(
        code="S-001",
        message=f"the layout engine does not take this: {ignored}",
        span=rest,
        hint="correct or remove the declaration; screen-only rules belong into a file named …screen.css",
    )


def _elsewhere(found: Sanitized, source: Source) -> Iterator[Diagnostic]:
    """S-013 and S-017: what is on other pages, inks for screens, ICC profiles."""
    functions = [token for token in flat(found.tokens) if token.type == "function"]
    for line in sorted({token.source_line for token in functions if token.lower_name in COUNTING}):
        yield Diagnostic(
            code="S-013",
            message="this style needs another page, which is not known yet",
            span=source.line_span(min(line, len(source.line_starts))),
            hint="the contents have their page numbers in attr(data-page)",
        )
    inks = {token.source_line for token in functions if token.lower_name == "device-cmyk"}
    for line in sorted(() if source.name.endswith(FOR_PRESS) else inks):
        yield Diagnostic(
            code="S-017",
            message="this style uses inks, and it applies to pages for the screen too",
            span=source.line_span(min(line, len(source.line_starts))),
            hint=f"put the rule into a style sheet whose name ends in {FOR_PRESS}: styles/{FOR_PRESS}",
        )
    for line in sorted(_profiles(found)):
        yield Diagnostic(
            code="S-017",
            message="this style brings a colour profile of its own",
            span=source.line_span(min(line, len(source.line_starts))),
            hint="take it out; name the printer's profile in edition.yaml: output: profiles: print: icc: FILE",
        )


def _profiles(found: Sanitized) -> frozenset[int]:
    """The lines on which ICC profiles are declared."""
    keywords = (
        item for item in flat(found.tokens) if item.type == "at-keyword" and item.lower_value == "color-profile"
    )
    return frozenset(keyword.source_line for keyword in keywords)
