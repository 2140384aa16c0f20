"""What may be a slip: characters that no one sees, headings that skip a level, series without notes."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from publisher.diagnostics import Diagnostic, Severity, Source
from publisher.model.block import Heading
from publisher.model.edition import Edition
from publisher.model.language import RTL, direction
from publisher.model.target import Format
from publisher.validate.parts import sources, texts

INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffd\U000e0000-\U000e007f"
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0]|(?<![^\x00-\u058f])[\u200c\u200d]"
)
"""Zero-width and bidirectional controls, soft hyphens, tags, and the sign for a character that was lost.

Joiners (U+200C, U+200D) are none of them behind letters of the scripts that need them.
"""
ESCAPED = re.compile(r"&#x([0-9a-f]{1,6});|\\u([0-9a-f]{4})|&#([0-9]{1,7});|&(zwj|zwnj|lrm|rlm|shy);", re.I)
"""A character by its number or name, as Markdown, JSON and YAML know it."""
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Those that put letters on a page in another order than they are written in."""
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
PASSAGE = re.compile(r"""\[(?:[^\[\]]|\[[^\[\]]*\])*\]\{[^{}]*\blang=["']?([A-Za-z0-9-]+)""")
"""A passage in a language, with the tag of that."""
DATA = (".yaml", ".yml", ".json", ".bib", ".ris")
"""How files end that are not Markdown or plain text."""
SHOWN = 10
"""How many characters of a file are shown one by one."""


def invisible_characters(edition: Edition) -> Iterator[Diagnostic]:
    """T-006: characters that a reader does not see; errors where they turn words round on pages, else warnings."""
    paged = Format.PDF in edition.settings.output.formats
    for source in sources(edition):
        unseen = INVISIBLE.finditer(source.text) if INVISIBLE.search(source.characters) else ()
        found = sorted({**_escape(source.text), **{match.start(): match[0] for match in unseen}}.items())
        for number, (offset, character) in enumerate(found[:SHOWN], 1):
            more = len(found) - SHOWN if number == SHOWN else 0
            diagnostic = _invisible(source, offset, character, more=more)
            yield _severe(diagnostic) if paged and TURNING.match(character) else diagnostic


def _severe(diagnostic: Diagnostic) -> Diagnostic:
    """An error: the pages of a PDF would have other words than its source."""
    hint = "it turns words round, and no PDF can be proved that has them so: delete it, or write `formats: [epub]`"
    return replace(diagnostic, hint=hint, severity=Severity.ERROR)


def _escape(text: str) -> dict[int, str]:
    """The invisible characters that are written by number or name, with the places where that begins."""
    found: dict[int, str] = {}
    for match in ESCAPED.finditer(text):
        number = int(match[3]) if match[3] else int(match[1] or match[2] or "0", 16)
        character = html.unescape(match[0]) if match[4] else chr(number) if number <= 0x10FFFF else " "
        if INVISIBLE.fullmatch(character):
            found[match.start()] = character
    return found


def _invisible(source: Source, offset: int, character: str, *, more: int) -> Diagnostic:
    name = unicodedata.name(character, "no name").lower()
    return Diagnostic(
        code="T-006",
        message=f"invisible character U+{ord(character):04X} ({name})" + (f" and {more} more" if more > 0 else ""),
        span=source.span(offset, offset + 1),
        hint="it remains in the text; delete it if the text as published has none",
        severity=Severity.WARNING,
    )


def right_to_left(edition: Edition) -> Iterator[Diagnostic]:
    """T-007, a warning a file: letters from right to left in no passage that has a direction.

    No one can mark a passage in the files of references and of the edition itself.
    """
    if direction(edition.settings.language) == RTL:
        return
    for source in sources(edition):
        if source.name.endswith(DATA) or not RIGHT_TO_LEFT.search(source.characters):
            continue
        found = RIGHT_TO_LEFT.search(PASSAGE.sub(_without_passage, source.text))
        if found:
            yield Diagnostic(
                code="T-007",
                message="letters that are written from right to left, in no passage of such a language",
                span=source.span(found.start(), found.end()),
                hint="name the language: [words]{lang=he}, or ar, fa, yi; so the words have their direction, "
                "and programs that read aloud have their voice",
                severity=Severity.WARNING,
            )


def _without_passage(found: re.Match[str]) -> str:
    """What is checked of a passage in a language: nothing if that is written from right to left."""
    return " " * len(found[0]) if direction(found[1]) == RTL else found[0]


def skipped_levels(edition: Edition) -> Iterator[Diagnostic]:
    """M-014, warnings: a heading more than one level below the one before it."""
    for text in texts(edition):
        above = 1
        for block in text.blocks:
            if not isinstance(block, Heading):
                continue
            if block.level > above + 1:
                yield Diagnostic(
                    code="M-014",
                    message=f"a heading of level {block.level} below one of level {above}",
                    span=block.span,
                    hint=f"write {'#' * (above + 1)}: people who listen move from level to level",
                    severity=Severity.WARNING,
                )
            above = block.level


def empty_series(edition: Edition) -> Iterator[Diagnostic]:
    """N-013, warnings: a series without notes."""
    used = {note.series for note in edition.notes}
    for series in edition.settings.series:
        if series.id not in used:
            at = edition.settings.source.text.find(series.file)
            yield Diagnostic(
                code="N-013",
                message=f"the series “{series.id}” has no notes",
                span=edition.settings.source.span(max(at, 0), max(at, 0) + len(series.file)),
                hint=f"write one in {series.file}, or delete the series",
                severity=Severity.WARNING,
            )
