"""Whether the typefaces have a glyph for every character that an edition prints.

A character without a glyph would be set in whatever the machine has, or as an empty box.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from fontTools.ttLib import TTFont

from publisher.checks.font_file import font_file
from publisher.diagnostics import Diagnostic, Source, Span
from publisher.model.block import Block, CodeBlock
from publisher.model.edition import Edition
from publisher.model.inline import Code, CrossReference, Emphasis, Foreign, Inline, InternalLink, Link, Run, Styled
from publisher.model.material import Typeface
from publisher.model.text import Text
from publisher.model.walk import lines

REGULAR = "Regular"
ITALIC = "It"
BOLD = "Semibold"
BOLD_ITALIC = "SemiboldIt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Characters in one cut of the typeface, with their place."""

    text: str
    cut: str
    span: Span | None


@lru_cache(maxsize=64)
def characters(content: bytes) -> frozenset[int]:
    """The code points for which a font of the house has a glyph; those that an edition brings are `font_file`."""
    return frozenset(TTFont(io.BytesIO(content), lazy=True).getBestCmap() or ())


def check_glyphs(edition: Edition, *, house: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """F-002 for every character that no typeface has, at its first place; F-003 for a font that is none.

    `house` holds the house's text face by cut: `Regular`, `It`, `Semibold`, `SemiboldIt`.
    """
    own, broken = _own(edition.typefaces)
    covered = {cut: characters(content) | own for cut, content in house.items()}
    missing: dict[tuple[str, str], list[Span | None]] = {}
    for piece in _pieces(edition):
        for character in dict.fromkeys(piece.text):
            if ord(character) not in covered[piece.cut] and not _is_blank(character):
                missing.setdefault((character, piece.cut), []).append(_place(piece, character))
    return (*broken, *(_diagnostic(character, cut, spans) for (character, cut), spans in missing.items()))


def _own(faces: Iterable[Typeface]) -> tuple[frozenset[int], tuple[Diagnostic, ...]]:
    """What the edition's own typefaces cover, and which of them are none."""
    covered: set[int] = set()
    broken: list[Diagnostic] = []
    for face in faces:
        found = font_file(face.content)
        covered |= found.characters
        if found.fault:
            span = Source(name=face.path, text="").span(0, 0)
            hint = "put an OpenType or TrueType font (.otf, .ttf) there, or take the file away"
            broken.append(Diagnostic(code="F-003", message=f"{face.path} {found.fault}", span=span, hint=hint))
        if found.is_spent:
            break
    return frozenset(covered), tuple(broken)


def _is_blank(character: str) -> bool:
    """Whether a character prints nothing of its own: line ends, spaces, joiners, variation selectors."""
    return character.isspace() or category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp")


def _place(piece: Piece, character: str) -> Span | None:
    """Where in the source a character of a piece stands."""
    span = piece.span
    if span is None or span.end - span.start != len(piece.text):
        return span
    start = span.start + piece.text.index(character)
    return Span(source=span.source, start=start, end=start + 1)


def _diagnostic(character: str, cut: str, spans: list[Span | None]) -> Diagnostic:
    count = len(spans)
    style = {ITALIC: " in italics", BOLD: " in bold", BOLD_ITALIC: " in bold italics"}.get(cut, "")
    places = f" (in {count} places)" if count > 1 else ""
    return Diagnostic(
        code="F-002",
        message=f"the typeface has no “{character}” (U+{ord(character):04X}){style}{places}",
        span=spans[0],
        hint="put a font file that has it into the folder fonts/ of the edition (for many scripts: Noto)",
    )


def _pieces(edition: Edition) -> Iterator[Piece]:
    """Everything that an edition's editors wrote, cut by cut."""
    for text in (edition.text, *(matter.text for matter in (*edition.front, *edition.back))):
        yield from _text(text)
    for note in edition.notes:
        yield from _blocks(note.blocks)
    for agreement in edition.agreements:
        facts = (agreement.parties, agreement.kind, agreement.force_note, agreement.document, agreement.published)
        for line in (*facts, agreement.date_note):
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
                yield from _line(inline.children, _styled(cut, inline.style))
            case Foreign() | Link() | CrossReference() | InternalLink():
                yield from _line(inline.children, cut)
            case _:
                pass


def _styled(cut: str, style: Emphasis) -> str:
    """The cut in which words inside another cut are set."""
    match style, cut:
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
