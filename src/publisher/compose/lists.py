"""Lists that no one has to write: of illustrations, and of the dates of letters and entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.compose.front import run
from publisher.compose.i18n import Words
from publisher.compose.i18n.dates import date_in_words
from publisher.model.block import Block, BlockQuote, Division, Figure, Heading, Paragraph
from publisher.model.date import order
from publisher.model.inline import Emphasis, Inline, Styled
from publisher.model.kinds import CAPTION, GROUP
from publisher.model.publication import ContentsEntry, MatterKind, Role, Section
from publisher.model.settings import Lists, Settings
from publisher.model.walk import label_of

DATES_ID = "date-index"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """Something that has a date."""

    date: str
    target_id: str
    section_id: str


def with_lists(sections: Iterable[Section], *, settings: Settings, words: Words) -> tuple[Section, ...]:
    """The sections with the lists that an edition asks for: illustrations after the contents, dates before the end.

    A list that would be empty is left out.
    """
    given = tuple(sections)
    result: list[Section] = []
    for section in given:
        if section.role is Role.COLOPHON and Lists.DATES in settings.lists:
            result += _dates(given, settings, words)
        result.append(section)
        if section.role is Role.CONTENTS and Lists.ILLUSTRATIONS in settings.lists:
            result += _illustrations(given, settings, words)
    return tuple(result)


def _illustrations(sections: Iterable[Section], settings: Settings, words: Words) -> tuple[Section, ...]:
    entries = tuple(entry for section in sections for entry in _pictures(section.blocks, section))
    label = words.illustrations
    return _list(Role.ILLUSTRATIONS.value, Role.ILLUSTRATIONS, MatterKind.FRONT, label, entries, settings)


def _dates(sections: Iterable[Section], settings: Settings, words: Words) -> tuple[Section, ...]:
    found = sorted(
        (dated for section in sections for dated in _dated_lines(section)), key=lambda dated: order(dated.date)
    )
    entries = tuple(
        ContentsEntry(
            label=date_in_words(dated.date, settings.language), target_id=dated.target_id, section_id=dated.section_id
        )
        for dated in found
    )
    return _list(DATES_ID, Role.INDEX, MatterKind.BACK, words.date_index, entries, settings)


def _list(
    name: str, role: Role, matter: MatterKind, label: str, entries: tuple[ContentsEntry, ...], settings: Settings
) -> tuple[Section, ...]:
    if not entries:
        return ()
    section = Section(
        id=name,
        role=role,
        matter=matter,
        label=label,
        title=run(label),
        language=settings.language,
        entries=entries,
    )
    return (section,)


def _pictures(blocks: Iterable[Block], section: Section) -> Iterator[ContentsEntry]:
    """A line for each picture, and one for a group that has a caption of its own."""
    for block in blocks:
        match block:
            case Figure(id=str()):
                label = label_of(block.caption) or block.alternative
                yield ContentsEntry(label=label, target_id=block.id or "", section_id=section.id)
            case Division(name=name) if name == GROUP and (caption := _caption(block)):
                yield ContentsEntry(label=caption, target_id=block.id, section_id=section.id)
            case Division() | BlockQuote():
                yield from _pictures(block.blocks, section)
            case _:
                pass


def _caption(group: Division) -> str:
    """The words of the caption of a group of pictures; nothing if it has none."""
    last = group.blocks[-1] if group.blocks else None
    return label_of(last.children) if isinstance(last, Paragraph) and last.name == CAPTION else ""


def _dated_lines(section: Section) -> Iterator[_Dated]:
    """What has a date in a section, its title too."""
    date = _date_of(section.title)
    if date:
        yield _Dated(date=date, target_id=section.id, section_id=section.id)
    yield from _dated_blocks(section.blocks, section)


def _dated_blocks(blocks: Iterable[Block], section: Section) -> Iterator[_Dated]:
    for block in blocks:
        match block:
            case Division(date=str()):
                yield _Dated(date=block.date or "", target_id=block.id, section_id=section.id)
            case Division() | BlockQuote():
                yield from _dated_blocks(block.blocks, section)
            case Paragraph() | Heading() if block.id and (date := _date_of(block.children)):
                yield _Dated(date=date, target_id=block.id, section_id=section.id)
            case _:
                pass


def _date_of(line: tuple[Inline, ...]) -> str | None:
    """The date with which a line begins; None if it begins with other words."""
    first = line[0] if line else None
    while isinstance(first, Styled) and first.style is Emphasis.PLACE:
        line = first.children or line[1:]
        first = line[0] if line else None
    return first.value if isinstance(first, Styled) and first.style is Emphasis.DATE else None
