"""A course reader read and checked: each of its editions as if it was alone, then the reader that binds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from publisher.build.severity import conclude
from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.diagnostics.sink import Sink
from publisher.load.reader import load_reader
from publisher.model.agreement import Agreement
from publisher.model.block import Paragraph
from publisher.model.edition import AnnotatedEdition, Edition, Matter
from publisher.model.reader import AnnotatedReader, DocumentBody, EditionBody, Reader, Reading
from publisher.model.target import Copy
from publisher.render.builtin import text_face
from publisher.validate import document_errors
from publisher.validate.covers import check_cover
from publisher.validate.cut_values import cut_reader_values
from publisher.validate.drawn_words import check_drawn_words
from publisher.validate.fonts import check_fonts
from publisher.validate.glyphs import check_glyphs
from publisher.validate.leftovers import reader_leftovers
from publisher.validate.reader import (
    bare_agreements,
    differing_agreements,
    left_out,
    reader_errors,
    selection_errors,
    small_pages,
)
from publisher.workspace import Folder

OF_EDITIONS = ("A-005", "A-006")
"""What is said of documents that point at agreements; nothing of it is certain while an edition does not build."""

Read = Callable[[Folder, Sink], AnnotatedEdition]
"""Reads the edition in a folder and reports what it finds; raises `PublisherError` if an error was reported."""


def check_reader(folder: Folder, sink: Sink, *, read: Read, copy: Copy | None) -> AnnotatedReader:
    """Return the reader in a folder with every edition that it names.

    Everything that keeps it from being composed is reported; an edition's own diagnostics are beneath the reading that
    names it (C-002). Raises `PublisherError` if `reader.yaml` cannot be read.
    """
    reader = _as_copy(load_reader(folder), copy)
    sink.report(*reader_errors(reader), *left_out(reader), *reader_leftovers(reader), *small_pages(reader))
    sink.report(*cut_reader_values(reader))
    sink.report(*check_fonts(reader.own), *check_cover(reader.own))
    editions = _editions(reader, sink, lambda path, own: read(Folder(Path(path), folder.archive), own))
    known = bare_agreements(tuple(edition for _, edition in editions))
    lacking = any(isinstance(diagnostic, Diagnostic) and diagnostic.code == "C-002" for diagnostic in sink.reports)
    for edition in (replace(_with_lines(reader), agreements=known), *_documents(reader, known)):
        errors = (
            diagnostic for diagnostic in document_errors(edition) if not (lacking and diagnostic.code in OF_EDITIONS)
        )
        sink.report(*errors, *check_glyphs(edition, house=text_face()))
        sink.report(*check_drawn_words(edition, house=text_face()))
    sink.report(*differing_agreements(AnnotatedReader(reader=reader, editions=editions)))
    documents = tuple(
        (reading.slug, AnnotatedEdition(edition=reading.body.edition, anchors=()))
        for reading in reader.readings
        if isinstance(reading.body, DocumentBody)
    )
    return AnnotatedReader(reader=reader, editions=(*editions, *documents))


def _as_copy(reader: Reader, copy: Copy | None) -> Reader:
    return reader if copy is None else replace(reader, course=replace(reader.course, copy=copy))


def _documents(reader: Reader, known: tuple[Agreement, ...]) -> Iterator[Edition]:
    """The documents as editions that know every agreement of the reader, and its typefaces."""
    for reading in reader.readings:
        if isinstance(reading.body, DocumentBody):
            yield replace(reading.body.edition, agreements=known, typefaces=reader.own.typefaces)


def _with_lines(reader: Reader) -> Edition:
    """What the reader has of its own, with the lines of `reader.yaml` as one more document."""
    blocks = tuple(Paragraph(children=line) for line in reader.lines)
    text = replace(reader.own.text, blocks=blocks)
    return replace(reader.own, back=(*reader.own.back, Matter(id="lines", text=text)))


def _editions(
    reader: Reader, sink: Sink, read: Callable[[str, Sink], AnnotatedEdition]
) -> tuple[tuple[str, AnnotatedEdition], ...]:
    """Every edition without errors, by the slug of its reading; each folder is read and reported once."""
    outcomes: dict[Path, AnnotatedEdition | PublisherError] = {}
    editions: list[tuple[str, AnnotatedEdition]] = []
    for reading in reader.readings:
        if not isinstance(reading.body, EditionBody):
            continue
        folder = Path(reading.body.folder).resolve()
        first = folder not in outcomes
        if first:
            outcomes[folder] = _outcome(reading.body.folder, sink, read)
        outcome = outcomes[folder]
        if isinstance(outcome, PublisherError):
            sink.report(_does_not_build(reading, outcome, first=first))
            continue
        editions.append((reading.slug, outcome))
        sink.report(*selection_errors(reading, outcome.edition))
    return tuple(editions)


def _outcome(
    folder: str, sink: Sink, read: Callable[[str, Sink], AnnotatedEdition]
) -> AnnotatedEdition | PublisherError:
    """The edition in a folder, and what was reported of it included in the sink; else everything that was reported."""
    own = Sink()
    try:
        with conclude(own):
            edition = read(folder, own)
    except PublisherError as error:
        return error
    sink.include(own)
    return edition


def _folder(reading: Reading) -> str:
    return reading.body.folder if isinstance(reading.body, EditionBody) else ""


def _does_not_build(reading: Reading, error: PublisherError, *, first: bool) -> Diagnostic:
    """C-002, with the edition's own diagnostics beneath it where they have not been reported."""
    count = sum(diagnostic.severity is Severity.ERROR for diagnostic in error.diagnostics)
    errors = f"{count} error{'' if count == 1 else 's'}"
    return Diagnostic(
        code="C-002",
        message=f"the reading “{reading.slug}” does not build: its edition has {errors}",
        span=reading.span,
        hint=f"correct the edition, whose errors follow; it can be checked alone: publisher check {_folder(reading)}",
        beneath=error.diagnostics if first else (),
    )
