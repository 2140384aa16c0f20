"""What shops are known to refuse or to show badly, found in a publication before it is uploaded (U-020)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, Severity, Source, Span
from publisher.exports.store_rules import NAMES, RULES, Measure, Store, StoreRule
from publisher.model.assets import Image
from publisher.model.block import Figure, Table
from publisher.model.publication import ContentsEntry, Publication, Section
from publisher.model.target import Format
from publisher.model.walk import blocks_of

WORDS = re.compile(rb"<text[\s>]")
"""Words in a drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """A limit that is broken, and where."""

    message: str
    span: Span | None
    hint: str


def store_faults(publication: Publication, stores: Iterable[Store], *, settings: Source) -> tuple[Diagnostic, ...]:
    """A warning (U-020) for each limit of the shops that the EPUB of a publication breaks, at its source."""
    wanted = frozenset(stores)
    found = (
        _diagnostic(rule, fault, settings)
        for rule in RULES
        if rule.store in wanted
        for fault in _FINDERS[rule.measure](publication, rule)
    )
    return tuple(dict.fromkeys(found))


def _diagnostic(rule: StoreRule, fault: _Fault, settings: Source) -> Diagnostic:
    return Diagnostic(
        code="U-020",
        message=f"{NAMES[rule.store]}: {fault.message}",
        span=fault.span or settings.line_span(1),
        hint=f"{fault.hint}; {rule.source} ({rule.url}, read on {rule.read})",
        severity=Severity.WARNING,
    )


def _sections(publication: Publication) -> Iterator[Section]:
    return (section for section in publication.sections if Format.EPUB in section.formats)


def _tables(publication: Publication) -> Iterator[tuple[Table, str]]:
    """Each table, and how it is named: one that no manuscript has, by its section."""
    for section in _sections(publication):
        notes = (block for note in section.notes for block in note.blocks)
        for table in blocks_of((*section.blocks, *notes)):
            if isinstance(table, Table):
                yield table, "the table" if table.span else f"the table in “{section.label}”"


def _figures(section: Section) -> Iterator[Figure]:
    notes = (block for note in section.notes for block in note.blocks)
    return (figure for figure in blocks_of((*section.blocks, *notes)) if isinstance(figure, Figure))


def _images(publication: Publication) -> Iterator[tuple[Image, Span | None]]:
    """Each picture, with the place where it is used first."""
    spans: dict[str, Span | None] = {}
    for section in _sections(publication):
        for figure in _figures(section):
            spans.setdefault(figure.path, figure.span)
    return ((image, spans[image.path]) for image in publication.images if image.path in spans)


def _image_types(publication: Publication, rule: StoreRule) -> Iterator[_Fault]:
    for image, span in _images(publication):
        if image.media_type not in rule.types:
            name = image.media_type.removeprefix("image/")
            yield _Fault(message=f"{image.path} is {name}, which it does not take", span=span, hint="save it as PNG")


def _image_bytes(publication: Publication, rule: StoreRule) -> Iterator[_Fault]:
    for image, span in _images(publication):
        if len(image.content) > rule.limit:
            size, most = len(image.content) / 2**20, rule.limit / 2**20
            message = f"{image.path} has {size:.1f} MB, and {most:g} MB are advised"
            yield _Fault(message=message, span=span, hint="save it with fewer pixels, or as JPEG")


def _image_pixels(publication: Publication, rule: StoreRule) -> Iterator[_Fault]:
    for image, span in _images(publication):
        pixels = image.width * image.height
        if not image.is_drawing and pixels > rule.limit:
            width = math.floor(image.width * math.sqrt(rule.limit / pixels))
            message = f"{image.path} has {pixels / 1e6:.1f} million pixels, and {rule.limit / 1e6:g} are allowed"
            yield _Fault(message=message, span=span, hint=f"make it {width} pixels wide at most")


def _section_bytes(publication: Publication, rule: StoreRule) -> Iterator[_Fault]:
    sizes = {image.path: len(image.content) for image in publication.images}
    for section in _sections(publication):
        figures = tuple(_figures(section))
        total = sum(sizes.get(path, 0) for path in {figure.path for figure in figures})
        if total > rule.limit:
            message = (
                f"the pictures of “{section.label}” have {total / 2**20:.1f} MB, and {rule.limit / 2**20:g} are advised"
            )
            yield _Fault(message=message, span=figures[0].span, hint="divide the section, or make pictures smaller")


def _table_rows(publication: Publication, rule: StoreRule) -> Iterator[_Fault]:
    for table, name in _tables(publication):
        rows = len(table.head) + len(table.rows)
        if rows > rule.limit:
            message = f"{name} has {rows} rows, and {rule.limit} at most are advised"
            yield _Fault(message=message, span=table.span, hint="divide it into several tables")


def _table_columns(publication: Publication, rule: StoreRule) -> Iterator[_Fault]:
    for table, name in _tables(publication):
        if table.width > rule.limit:
            message = f"{name} has {table.width} columns, and more than {rule.limit} may be unreadable"
            yield _Fault(message=message, span=table.span, hint="turn rows and columns, or divide it")


def _contents_depth(publication: Publication, rule: StoreRule) -> Iterator[_Fault]:
    depth = _depth(publication.contents)
    if depth > rule.limit:
        message = f"the contents have {depth} levels, and its devices show {rule.limit}"
        yield _Fault(message=message, span=None, hint="deeper levels are still in the contents of the book itself")


def _depth(entries: tuple[ContentsEntry, ...]) -> int:
    return max((1 + _depth(entry.children) for entry in entries), default=0)


def _drawn_words(publication: Publication, rule: StoreRule) -> Iterator[_Fault]:
    for image, span in _images(publication):
        if image.is_drawing and WORDS.search(image.content):
            message = f"{image.path} has words in the drawing, for which it refuses books"
            yield _Fault(message=message, span=span, hint="put the words into the caption or a table")


_FINDERS = {
    Measure.IMAGE_TYPES: _image_types,
    Measure.IMAGE_BYTES: _image_bytes,
    Measure.IMAGE_PIXELS: _image_pixels,
    Measure.SECTION_BYTES: _section_bytes,
    Measure.TABLE_ROWS: _table_rows,
    Measure.TABLE_COLUMNS: _table_columns,
    Measure.CONTENTS_DEPTH: _contents_depth,
    Measure.DRAWN_WORDS: _drawn_words,
}
"""What finds the faults of each measure."""
