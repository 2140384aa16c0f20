"""A course reader read and checked: each of its editions as if it stood alone, then the reader that binds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.load.reader import load_reader
from publisher.model.agreement import Agreement
from publisher.model.block import Paragraph
from publisher.model.edition import AnnotatedEdition, Edition, Matter
from publisher.model.reader import AnnotatedReader, DocumentBody, EditionBody, Reader, Reading
from publisher.model.target import Copy
from publisher.render.builtin import text_face
from publisher.validate import document_errors
from publisher.validate.covers import check_cover
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

Found = tuple[AnnotatedEdition, tuple[Diagnostic, ...]]
Checking = Callable[[Folder], Found]
"""An edition's folder to the edition and its warnings; raises `PublisherError` with what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReader:
    """A reader with its editions, and what was found wrong or doubtful in it."""

    annotated: AnnotatedReader
    found: tuple[Diagnostic, ...]


def check_reader(folder: Folder, *, checking: Checking, copy: Copy | None) -> CheckedReader:
    """The reader in a folder with every edition that it names.

    Raises `PublisherError` with everything that keeps it from being composed; an edition's own diagnostics stand
    beneath the reading that names it (C-002).
    """
    reader = _as_copy(load_reader(folder), copy)
    editions, found = _editions(reader, lambda path: checking(Folder(Path(path), folder.archive)))
    known = bare_agreements(tuple(edition for _, edition in editions))
    loose = (replace(_with_lines(reader), agreements=known), *_documents(reader, known))
    lacking = any(one.code == "C-002" for one in found)
    for edition in loose:
        errors = (one for one in document_errors(edition) if not (lacking and one.code in OF_EDITIONS))
        found = (*found, *errors, *check_glyphs(edition, house=text_face()))
        found = (*found, *check_drawn_words(edition, house=text_face()))
    documents = tuple(
        (reading.slug, AnnotatedEdition(edition=reading.body.edition, anchors=()))
        for reading in reader.readings
        if isinstance(reading.body, DocumentBody)
    )
    annotated = AnnotatedReader(reader=reader, editions=(*editions, *documents))
    found = (
        *reader_errors(reader),
        *left_out(reader),
        *reader_leftovers(reader),
        *small_pages(reader),
        *check_fonts(reader.own),
        *check_cover(reader.own),
        *found,
        *differing_agreements(AnnotatedReader(reader=reader, editions=editions)),
    )
    return CheckedReader(annotated=annotated, found=found)


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
    reader: Reader, checking: Callable[[str], Found]
) -> tuple[tuple[tuple[str, AnnotatedEdition], ...], tuple[Diagnostic, ...]]:
    """Every edition that builds, by the slug of its reading, and what was found; each folder is read once."""
    outcomes: dict[Path, Found | PublisherError] = {}
    editions: list[tuple[str, AnnotatedEdition]] = []
    found: list[Diagnostic] = []
    for reading in reader.readings:
        if not isinstance(reading.body, EditionBody):
            continue
        folder = Path(reading.body.folder).resolve()
        first = folder not in outcomes
        outcome = outcomes[folder] if not first else _outcome(reading.body.folder, checking)
        outcomes[folder] = outcome
        if isinstance(outcome, PublisherError):
            found.append(_does_not_build(reading, outcome, first=first))
            continue
        editions.append((reading.slug, outcome[0]))
        found += [*(outcome[1] if first else ()), *selection_errors(reading, outcome[0].edition)]
    return tuple(editions), tuple(found)


def _outcome(folder: str, checking: Callable[[str], Found]) -> Found | PublisherError:
    try:
        return checking(folder)
    except PublisherError as error:
        return error


def _folder(reading: Reading) -> str:
    return reading.body.folder if isinstance(reading.body, EditionBody) else ""


def _does_not_build(reading: Reading, error: PublisherError, *, first: bool) -> Diagnostic:
    """C-002, with the edition's own diagnostics beneath it where they have not been told."""
    count = sum(one.severity is Severity.ERROR for one in error.diagnostics)
    errors = f"{count} error{'' if count == 1 else 's'}"
    return Diagnostic(
        code="C-002",
        message=f"the reading “{reading.slug}” does not build: its edition has {errors}",
        span=reading.span,
        hint=f"mend the edition, which follows; it can be checked alone: publisher check {_folder(reading)}",
        beneath=error.diagnostics if first else (),
    )
