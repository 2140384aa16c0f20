"""Style sheets of an edition's own: they dress what is there, and fetch nothing.

The PDF's engine is refused whatever is no part of the edition; what an EPUB holds is fetched by the reading system.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Span
from publisher.model.edition import Edition

ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n\f]?|\\([^\n\f])")
"""A character by its number, or as it stands, https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point."""
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
REACHING = re.compile(
    r"@import|(?:url|src|image|image-set)\(\s*['\"]?\s*"
    r"(?!data:(?:image/(?:png|jpeg|gif|webp)|font/)[^'\")]*['\")])(?:[a-z][a-z0-9+.-]*:|//|/|[^'\")]*\.\./\.\.)",
    re.I,
)
"""Another style sheet, or an address with a scheme, from the top, or two folders up."""

COUNTING = re.compile(r"target-(?:counters?|text)\(", re.I)
"""What is elsewhere in the volume, which nobody knows while a section is laid out."""


INKS = re.compile(r"device-cmyk\(", re.I)
PROFILE = re.compile(r"@color-profile\b", re.I)
FOR_PRESS = "press.css"
"""How the name of a style sheet ends that dresses the PDF for the printer alone."""


def stylesheet_errors(edition: Edition) -> Iterator[Diagnostic]:
    """S-012, S-013, S-017: one for each line of an own style sheet that names what is elsewhere, inks for screens."""
    for source in edition.stylesheets:
        bare = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), source.text)
        for number, line in enumerate(ESCAPE.sub(_plain, bare).split("\n"), 1):
            span = source.line_span(min(number, len(source.line_starts)))
            if REACHING.search(line):
                yield Diagnostic(
                    code="S-012",
                    message="this style reaches outside the edition",
                    span=span,
                    hint="write everything into this file; put typefaces into fonts/, where they are found",
                )
            if COUNTING.search(line):
                yield Diagnostic(
                    code="S-013",
                    message="this style asks for what stands on another page, which is not known yet",
                    span=span,
                    hint="the contents have their page numbers in attr(data-page)",
                )
            yield from _ink_errors(line, span)


def _ink_errors(line: str, span: Span) -> Iterator[Diagnostic]:
    """S-017 where a line asks for inks that a screen doesn't have, or brings an ICC profile of its own."""
    if INKS.search(line) and not span.source.name.endswith(FOR_PRESS):
        yield Diagnostic(
            code="S-017",
            message="this style asks for inks, and it dresses pages for the screen too",
            span=span,
            hint=f"put the rule into a style sheet whose name ends in {FOR_PRESS}: styles/{FOR_PRESS}",
        )
    if PROFILE.search(line):
        yield Diagnostic(
            code="S-017",
            message="this style brings a colour profile of its own",
            span=span,
            hint="take it out; name the printer's profile in edition.yaml: output: profiles: print: icc: FILE",
        )


def _plain(escape: re.Match[str]) -> str:
    """The character that is escaped; a space where it would begin a line or is none."""
    number = int(escape[1], 16) if escape[1] else ord(escape[2])
    return chr(number) if 31 < number < 0x110000 else " "
