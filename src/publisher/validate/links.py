"""What points at something inside the edition: cross-references and citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from publisher.diagnostics import Diagnostic, Severity
from publisher.model.agreement import Agreement
from publisher.model.edition import Edition
from publisher.model.inline import Citation, CitedReference, CrossReference, Target
from publisher.validate.nearest import nearest
from publisher.validate.parts import every_inline


def link_errors(edition: Edition) -> Iterator[Diagnostic]:
    """A-005, A-006, N-012 and R-005: no such agreement, provision, note, reference."""
    agreements = {agreement.id: agreement for agreement in edition.agreements}
    notes = tuple(note.id for note in edition.notes)
    keys = frozenset(reference.key for reference in edition.references)
    for inline in every_inline(edition):
        if isinstance(inline, CrossReference):
            match inline.target:
                case Target.AGREEMENT:
                    yield from _agreement_errors(inline, agreements)
                case Target.NOTE:
                    yield from _note_errors(inline, notes)
                case Target.READING:
                    pass  # compose knows the readings
        elif isinstance(inline, Citation):
            for cited in inline.references:
                if cited.key not in keys:
                    yield _no_reference(cited, tuple(keys))


def unused_references(edition: Edition) -> Iterator[Diagnostic]:
    """R-006, a warning: a reference that nothing cites."""
    cited = {one.key for inline in every_inline(edition) if isinstance(inline, Citation) for one in inline.references}
    for reference in edition.references:
        if reference.key not in cited:
            yield Diagnostic(
                code="R-006",
                message=f"nothing cites “{reference.key}”",
                span=reference.span,
                hint=f"cite it as [@{reference.key}], or delete the record",
                severity=Severity.WARNING,
            )


def _agreement_errors(reference: CrossReference, agreements: Mapping[str, Agreement]) -> Iterator[Diagnostic]:
    agreement = agreements.get(reference.id)
    if agreement is None:
        yield Diagnostic(
            code="A-005",
            message=f"there is no agreement “{reference.id}”",
            span=reference.span,
            hint=nearest(reference.id, sorted(agreements), otherwise="write its file in the folder of agreements"),
        )
        return
    provisions = tuple(provision.id for provision in agreement.provisions)
    if reference.fragment is not None and reference.fragment not in provisions:
        otherwise = f"its provisions are: {', '.join(provisions)}" if provisions else "it has no provisions with an id"
        yield Diagnostic(
            code="A-006",
            message=f"the agreement “{reference.id}” has no provision “{reference.fragment}”",
            span=reference.span,
            hint=otherwise,
            related=(("the agreement", agreement.span),),
        )


def _note_errors(reference: CrossReference, notes: tuple[str, ...]) -> Iterator[Diagnostic]:
    if reference.id not in notes:
        yield Diagnostic(
            code="N-012",
            message=f"there is no note “{reference.id}”",
            span=reference.span,
            hint=nearest(reference.id, notes, otherwise="name a note by the id in its heading"),
        )


def _no_reference(cited: CitedReference, keys: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(
        code="R-005",
        message=f"there is no reference “{cited.key}”",
        span=cited.span,
        hint=nearest(cited.key, sorted(keys), otherwise="add the record to the file of references"),
    )
