"""Whether the typefaces have a glyph for every character that an edition prints.

A character without a glyph would be set in whatever the machine has, or as an empty box.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from fontTools.ttLib import TTFont

from publisher.diagnostics import Diagnostic, Span
from publisher.fonts.packages import open_font
from publisher.fonts.scripts import COMMON, is_blank, letters_of, script_at
from publisher.model.block import Block, CodeBlock
from publisher.model.edition import Edition
from publisher.model.inline import (
    ITALICS,
    Code,
    CrossReference,
    Emphasis,
    Foreign,
    Inline,
    InternalLink,
    Link,
    Run,
    Styled,
)
from publisher.model.text import Text
from publisher.model.walk import lines

REGULAR = "Regular"
ITALIC = "It"
BOLD = "Semibold"
BOLD_ITALIC = "SemiboldIt"


SHOWN = 6
"""How many characters of a script a message names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Characters in one cut of the typeface, with their place."""

    text: str
    cut: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A character that no typeface has, at one place."""

    character: str
    cut: str
    span: Span | None


@lru_cache(maxsize=64)
def characters(content: bytes) -> frozenset[int]:
    """The code points for which a built-in font has a glyph; those of an edition are in `Typeface.faces`."""
    return frozenset(TTFont(io.BytesIO(content), lazy=True).getBestCmap() or ())


def check_glyphs(edition: Edition, *, house: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """F-002 for each script of which characters are in no typeface.

    `house` holds the built-in text face by cut: `Regular`, `It`, `Semibold`, `SemiboldIt`.
    """
    missing = missing_characters(edition, house=house)
    return tuple(_diagnostic(script, found) for script, found in missing.items())


def missing_characters(edition: Edition, *, house: Mapping[str, bytes]) -> Mapping[str, Sequence[Missing]]:
    """The characters that no typeface has, at each of their places, by ISO 15924 codes of scripts."""
    own = frozenset().union(*(face.characters for typeface in edition.typefaces for face in typeface.faces))
    covered = {cut: characters(content) | own for cut, content in house.items()}
    seen: dict[str, set[str]] = {cut: set() for cut in covered}
    missing: dict[str, list[Missing]] = {}
    for piece in _pieces(edition):
        unseen = {*piece.text} - seen[piece.cut]
        if all(ord(item) in covered[piece.cut] or is_blank(item) for item in unseen):
            seen[piece.cut] |= unseen
            continue
        for at, character in enumerate(piece.text):
            if ord(character) not in covered[piece.cut] and not is_blank(character):
                found = Missing(character=character, cut=piece.cut, span=_place(piece, at))
                missing.setdefault(script_at(piece.text, at), []).append(found)
    return missing


def _place(piece: Piece, at: int) -> Span | None:
    """Where in the source a character of a piece is."""
    span = piece.span
    if span is None or span.end - span.start != len(piece.text):
        return span
    return Span(source=span.source, start=span.start + at, end=span.start + at + 1)


def _diagnostic(script: str, found: Sequence[Missing]) -> Diagnostic:
    """F-002 for all characters of a script."""
    cuts = {missing.cut for missing in found}
    styles = {ITALIC: " in italics", BOLD: " in bold", BOLD_ITALIC: " in bold italics"}
    style = styles.get(next(iter(cuts)), "") if len(cuts) == 1 else ""
    letters = tuple(dict.fromkeys(missing.character for missing in found))
    shown = ", ".join(f"“{_visible_character(letter)}” (U+{ord(letter):04X})" for letter in letters[:SHOWN])
    more = f" and {len(letters) - SHOWN} more" if len(letters) > SHOWN else ""
    places = f" (in {len(found)} places)" if len(found) > 1 else ""
    return Diagnostic(
        code="F-002",
        message=f"the typeface has no {_kind(script, letters)}{shown}{more}{style}{places}",
        span=found[0].span,
        hint=_hint(script),
    )


def _visible_character(letter: str) -> str:
    """A character as it can be seen: a mark on a circle."""
    return f"\N{DOTTED CIRCLE}{letter}" if category(letter).startswith("M") else letter


def _kind(script: str, letters: Sequence[str]) -> str:
    """What the characters of a script are called; nothing if one sign is missing, which speaks for itself."""
    if script in (COMMON, "Zzzz") and len(letters) == 1:
        return ""
    return f"{letters_of(script)}: " if len(letters) > 1 else f"{letters_of(script).removesuffix('s')} "


def _hint(script: str) -> str:
    font = open_font(script)
    if font is None:
        return "put a font file that has it into the folder fonts/ of the edition"
    return (
        f"put a font that has it into fonts/, such as {font.family} ({font.licence}; package {font.package}):"
        " “publisher fonts suggest --copy” copies it if it is installed"
    )


def _pieces(edition: Edition) -> Iterator[Piece]:
    """Everything that an edition's editors wrote, cut by cut."""
    for text in (edition.text, *(matter.text for matter in (*edition.front, *edition.back))):
        yield from _text(text)
    for note in edition.notes:
        yield from _blocks(note.blocks)
    for agreement in edition.agreements:
        for line in agreement.facts:
            yield from _line(line, REGULAR)
        yield from _blocks(agreement.blocks)
        for provision in agreement.provisions:
            yield from _blocks(provision.blocks)
    yield from _blocks(edition.cover.blurb)
    yield Piece(text=edition.cover.price or "", cut=REGULAR, span=edition.cover.places.price)


def _text(text: Text) -> Iterator[Piece]:
    yield from _line(text.title, REGULAR)
    yield from _blocks(text.blocks)
    for footnote in text.footnotes:
        yield from _blocks(footnote.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[Piece]:
    for line in lines(blocks):
        if isinstance(line, CodeBlock):
            yield Piece(text=line.text, cut=REGULAR, span=line.span)
        else:
            yield from _line(line, REGULAR)


def _line(inlines: Iterable[Inline], cut: str) -> Iterator[Piece]:
    for inline in inlines:
        match inline:
            case Run() | Code():
                yield Piece(text=inline.text, cut=cut, span=inline.span)
            case Styled():
                if inline.style is Emphasis.RUBY:
                    yield Piece(text=inline.value or "", cut=REGULAR, span=None)
                yield from _line(inline.children, _cut_within(cut, inline.style))
            case Foreign() | Link() | CrossReference() | InternalLink():
                yield from _line(inline.children, cut)
            case _:
                pass


def _cut_within(cut: str, style: Emphasis) -> str:
    """The cut in which words inside another cut are set."""
    match Emphasis.ITALIC if style in ITALICS else style, cut:
        case Emphasis.ITALIC, "Regular":
            return ITALIC
        case Emphasis.ITALIC, "It":
            return REGULAR
        case Emphasis.ITALIC, "Semibold":
            return BOLD_ITALIC
        case Emphasis.BOLD, "It" | "SemiboldIt":
            return BOLD_ITALIC
        case Emphasis.BOLD, _:
            return BOLD
        case _:
            return cut
