"""Whether a course reader holds together: slugs, dates, selections, agreements that two editions describe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from publisher.diagnostics import Diagnostic, Severity, Span, amount
from publisher.model.agreement import Agreement
from publisher.model.block import Paragraph
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.page import LEAST_SCALE, POINT, foreign_scale, millimetres
from publisher.model.reader import AnnotatedReader, EditionBody, ForeignBody, Reader, Reading
from publisher.model.target import Format


def reader_errors(reader: Reader) -> tuple[Diagnostic, ...]:
    """C-004 and C-005: two readings with one slug, dates out of order."""
    return (*_slugs(reader), *_dates(reader))


def left_out(reader: Reader) -> Iterator[Diagnostic]:
    """D-015, D-017 and U-024, warnings: what of the pages of a PDF is not taken over, and which words are doubtful."""
    for reading in reader.readings:
        if isinstance(reading.body, ForeignBody):
            for item in reading.body.left_out:
                yield Diagnostic(
                    code=item.code, message=item.message, span=reading.span, hint=item.hint, severity=Severity.WARNING
                )


def small_pages(reader: Reader) -> Iterator[Diagnostic]:
    """R-020, warnings: pages of a PDF that are printed at less than `LEAST_SCALE` of their size."""
    output = reader.course.output
    if Format.PDF not in output.formats:
        return
    pages = [output.made_for(profile) for profile in output.profiles.wanted]
    trim = min((millimetres(page.page_width), millimetres(page.page_height)) for page in pages)
    for reading in reader.readings:
        if isinstance(reading.body, ForeignBody) and reading.body.sizes:
            scales = [foreign_scale(trim, size) for size in reading.body.sizes]
            least = min(scales)
            if least < LEAST_SCALE:
                yield _small(reading, reading.body, scales.index(least), least)


def _small(reading: Reading, body: ForeignBody, at: int, scale: float) -> Diagnostic:
    width, height = (length * POINT for length in body.sizes[at])
    return Diagnostic(
        code="R-020",
        message=f"page {body.first + at} of {body.named} is printed at {scale:.0%} of its size"
        f" ({width:.0f} × {height:.0f} mm)",
        span=reading.span,
        hint="choose a larger page (output: page: A4), or leave the pages out; below 70 % small print is hard to read",
        severity=Severity.WARNING,
    )


def _slugs(reader: Reader) -> Iterator[Diagnostic]:
    first: dict[str, Span] = {}
    for reading in reader.readings:
        if reading.slug in first:
            yield Diagnostic(
                code="C-004",
                message=f"two readings have the slug “{reading.slug}”",
                span=reading.span,
                hint=f"give one of them another: slug: {reading.slug}-2",
                related=(("first here", first[reading.slug]),),
            )
        first.setdefault(reading.slug, reading.span)


def _dates(reader: Reader) -> Iterator[Diagnostic]:
    for unit in reader.units:
        if unit.starts and unit.ends and unit.ends < unit.starts:
            message = f"the unit ends on {unit.ends}, before it starts on {unit.starts}"
            yield Diagnostic(code="C-005", message=message, span=unit.ends_span, hint="correct one of the two dates")
    dated = tuple(unit for unit in reader.units if unit.starts)
    for item, other in pairwise(dated):
        if other.starts and item.starts and other.starts < item.starts:
            yield Diagnostic(
                code="C-005",
                message=f"the unit starts on {other.starts}, before the one above it, which starts on {item.starts}",
                span=other.starts_span,
                hint="put the units into the order of their dates, or correct a date",
                related=(("the unit above", item.span),),
            )


def selection_errors(reading: Reading, edition: Edition) -> Iterator[Diagnostic]:
    """C-006: a selection that goes beyond the text."""
    body = reading.body
    count = sum(isinstance(block, Paragraph) for block in edition.text.blocks)
    if isinstance(body, EditionBody) and body.selection and body.selection[-1].last > count:
        yield Diagnostic(
            code="C-006",
            message=f"the text has {amount(count, 'paragraph')}, and paragraph {body.selection[-1].last} is asked for",
            span=body.selection_span,
            hint=f"the numbers are those in the margin of the edition; the last is {count}",
        )


def differing_agreements(annotated: AnnotatedReader) -> Iterator[Diagnostic]:
    """C-018, warnings: an agreement that two editions describe in different words, so that it is there twice."""
    first: dict[str, Agreement] = {}
    told: set[tuple[str, str]] = set()
    for _, edition in annotated.editions:
        for agreement in edition.edition.agreements:
            known = first.setdefault(agreement.id, agreement)
            place = (agreement.id, agreement.span.source.name)
            if place not in told and _content(known) != _content(agreement):
                told.add(place)
                yield Diagnostic(
                    code="C-018",
                    message=f"two editions describe the agreement “{agreement.id}” differently; both are printed",
                    span=agreement.span,
                    hint="copy one of the two files over the other, or give one of the agreements another id",
                    severity=Severity.WARNING,
                    related=(("described here too", known.span),),
                )


def _content(agreement: Agreement) -> Agreement:
    """The agreement without the places where it is written."""
    span = agreement.span
    nowhere = replace(span, start=0, end=0, source=replace(span.source, name="", text=""))
    provisions = tuple(replace(provision, span=nowhere) for provision in agreement.provisions)
    return replace(agreement, span=nowhere, provisions=provisions)


def bare_agreements(editions: tuple[AnnotatedEdition, ...]) -> tuple[Agreement, ...]:
    """The agreements of all editions, each id once, as far as it matters to what points at them."""
    found = {agreement.id: agreement for edition in reversed(editions) for agreement in edition.edition.agreements}
    return tuple(_bare(agreement) for agreement in found.values())


def _bare(agreement: Agreement) -> Agreement:
    return replace(
        agreement,
        parties=(),
        kind=(),
        force_note=(),
        document=(),
        published=(),
        date_note=(),
        by=(),
        to=(),
        blocks=(),
        provisions=tuple(replace(provision, label=(), blocks=()) for provision in agreement.provisions),
    )
