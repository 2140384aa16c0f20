"""What the EPUB says of letters, diaries, plays and words that are marked: `epub:type`, numbers of verse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup

from publisher.model.block import Block, Division, Figure, Paragraph, Verse
from publisher.model.inline import Emphasis, Styled
from publisher.model.kinds import ABBREVIATIONS, DIVISIONS, INLINES, PARAGRAPHS, PREFIXES, machine_date
from publisher.model.language import passage_direction
from publisher.model.walk import plain_of_inlines
from publisher.render.context import Context

TYPED = (' epub:type="z3998:', ' epub:type="se:')


def semantic_type(node: Block | Styled, context: Context) -> Markup:
    """The attribute that says what a block or some words are; nothing if no vocabulary has a term, and in the PDF."""
    said = ""
    match node:
        case Paragraph():
            said = PARAGRAPHS.get(node.name or "", "")
        case Division():
            said = DIVISIONS.get(node.name, "")
        case Styled(style=Emphasis.ABBREVIATION):
            said = ABBREVIATIONS.get(node.value or "", "")
        case Styled():
            said = INLINES.get(node.style, "")
        case _:
            pass
    return Markup(f' epub:type="{said}"' if said and context.epub else "")


def vocabularies(body: Markup) -> Markup:
    """The attribute of a document that names the vocabularies of its `epub:type`s; nothing if it needs none."""
    return Markup(f' epub:prefix="{PREFIXES}"' if any(text in body for text in TYPED) else "")


def verse_number(line: int, verse: Verse) -> int | None:
    """The number that is printed with a line of verse, counted from 0; None if none is."""
    number = verse.first + line
    return number if verse.every and number % verse.every == 0 else None


def turned_verse(verse: Verse, context: Context) -> Markup:
    """The attribute that gives verse in another language its direction; nothing if that around it has it too."""
    own = _direction(verse, context)
    return Markup("" if own == context.direction else f' dir="{own}"')


def within_verse(context: Context, verse: Verse) -> Context:
    """The context of what is inside verse."""
    own = _direction(verse, context)
    return context if own == context.direction else replace(context, direction=own)


def _direction(verse: Verse, context: Context) -> str:
    if verse.language is None:
        return context.direction
    words = "\n".join(map(plain_of_inlines, verse.lines))
    return passage_direction(words, verse.language, around=context.direction)


def picture_count(group: Division) -> int:
    """How many pictures a group has."""
    return sum(isinstance(block, Figure) for block in group.blocks)


SEMANTIC_FILTERS: tuple[tuple[str, Callable[..., object]], ...] = (
    ("machine_date", machine_date),
    ("semantic_type", semantic_type),
    ("vocabularies", vocabularies),
    ("verse_number", verse_number),
    ("turned_verse", turned_verse),
    ("within_verse", within_verse),
    ("picture_count", picture_count),
)
