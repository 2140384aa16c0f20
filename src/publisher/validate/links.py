"""What points at something inside the edition: cross-references and citations."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property

from publisher.diagnostics import Diagnostic, Severity, Span
from publisher.model.agreement import Agreement
from publisher.model.edition import Edition
from publisher.model.inline import Citation, CitedReference, CrossReference, Run, Target
from publisher.model.walk import counted_paragraphs, place_ids
from publisher.selectors.names import KnownNames, list_names
from publisher.validate.parts import block_groups, every_inline, name_part

NO_NUMBERS = "no paragraph has a number; give the paragraph an id, in braces at its end: {#the-fire}"
_KEY = re.compile(r"(?<![\w@.\\])@(\w[\w:.+?/-]*)")
"""A key of a record as in a citation."""


def link_errors(edition: Edition) -> Iterator[Diagnostic]:
    """Return an error for each link to an agreement, provision, note or reference that does not exist."""
    agreements = _Agreements(edition.agreements)
    notes = KnownNames(tuple(note.id for note in edition.notes))
    places = KnownNames(tuple(sorted(place_names(edition))))
    keys = KnownNames(
        tuple(sorted({key for reference in edition.references for key in (reference.key, *reference.aliases)}))
    )
    for inline in every_inline(edition):
        if isinstance(inline, CrossReference):
            match inline.target:
                case Target.AGREEMENT:
                    yield from agreements.errors(inline)
                case Target.NOTE:
                    yield from _note_errors(inline, notes)
                case Target.READING:
                    pass  # compose knows the readings
                case Target.PLACE:
                    yield from _place_errors(inline, places, edition)
        elif isinstance(inline, Citation):
            yield from (_no_reference(cited, keys) for cited in inline.references if cited.key not in keys)


def unused_references(edition: Edition) -> Iterator[Diagnostic]:
    """R-006, a warning: a reference that nothing cites."""
    cited = {
        cited_reference.key
        for inline in every_inline(edition)
        if isinstance(inline, Citation)
        for cited_reference in inline.references
    }
    for reference in edition.references:
        if cited.isdisjoint((reference.key, *reference.aliases)):
            yield Diagnostic(
                code="R-006",
                message=f"nothing cites “{reference.key}”",
                span=reference.span,
                hint=f"cite it as [@{reference.key}], or delete the record",
                severity=Severity.WARNING,
            )


def citations_without_brackets(edition: Edition) -> Iterator[Diagnostic]:
    """M-072, a warning: the key of a record with @ before it, outside of square brackets, which is printed as typed."""
    keys = {name for reference in edition.references for name in (reference.key, *reference.aliases)}
    for inline in every_inline(edition) if keys else ():
        if isinstance(inline, Run) and inline.span is not None and "@" in inline.text:
            yield from map(_bare_key, _bare_keys(inline.span, keys))


def _bare_keys(words: Span, keys: Container[str]) -> Iterator[Span]:
    """The places of keys in some words; a backslash says that the sign is meant."""
    text = words.source.text
    for found in _KEY.finditer(text, words.start, words.end):
        key = found[1].rstrip(".:?")
        if key in keys:
            yield words.source.span(found.start(), found.start() + len(key) + 1)


def _bare_key(span: Span) -> Diagnostic:
    key = span.source.text[span.start + 1 : span.end]
    return Diagnostic(
        code="M-072",
        message=f"“@{key}” is printed as it is written: a citation is in square brackets",
        span=span,
        hint=f"write [@{key}], or @{key} [p. 9] with a locator; \\@ is the sign itself",
        severity=Severity.WARNING,
    )


def fields_passed_over(edition: Edition) -> Iterator[Diagnostic]:
    """B-002, a warning for the whole file: fields that are not known, and that no style will print."""
    places = {name: reference.span for reference in reversed(edition.references) for name in reference.passed_over}
    if places:
        names = sorted(places)
        more = f" and {len(names) - 10} more" if len(names) > 10 else ""
        yield Diagnostic(
            code="B-002",
            message=f"not known, and ignored: {', '.join(names[:10])}{more}",
            span=min(places.values(), key=lambda span: span.start),
            hint="look for a slip; fields of programs of your own may stay",
            severity=Severity.WARNING,
        )


@dataclass(frozen=True)
class _Agreements:
    """The agreements of an edition, by their ids."""

    agreements: tuple[Agreement, ...]

    @cached_property
    def _by_id(self) -> dict[str, tuple[Agreement, frozenset[str]]]:
        """Each agreement with the ids of its provisions."""
        return {
            agreement.id: (agreement, frozenset(provision.id for provision in agreement.provisions if provision.id))
            for agreement in self.agreements
        }

    @cached_property
    def _names(self) -> KnownNames:
        return KnownNames(tuple(sorted(self._by_id)))

    def errors(self, reference: CrossReference) -> Iterator[Diagnostic]:
        """A-005 if there is no such agreement, A-006 if it has no such provision."""
        if reference.id not in self._by_id:
            yield Diagnostic(
                code="A-005",
                message=f"there is no agreement or document “{reference.id}”",
                span=reference.span,
                hint=self._names.hint(
                    reference.id, otherwise="write its file, and name it under agreements or documents"
                ),
            )
            return
        agreement, provisions = self._by_id[reference.id]
        if reference.fragment is not None and reference.fragment not in provisions:
            yield Diagnostic(
                code="A-006",
                message=f"the agreement “{reference.id}” has no provision “{reference.fragment}”",
                span=reference.span,
                hint=f"its provisions are: {list_names(provision.id for provision in agreement.provisions)}"
                if provisions
                else "it has no provisions with an id",
                related=(("the agreement", agreement.span),),
            )


def _note_errors(reference: CrossReference, notes: KnownNames) -> Iterator[Diagnostic]:
    if reference.id not in notes:
        yield Diagnostic(
            code="N-012",
            message=f"there is no note “{reference.id}”",
            span=reference.span,
            hint=notes.hint(reference.id, otherwise="name a note by the id in its heading"),
        )


def place_names(edition: Edition) -> frozenset[str]:
    """The ids that links can lead to: those that editors have given, wherever it is, and of numbered paragraphs."""
    settings = edition.settings
    numbers = sum(1 for _ in counted_paragraphs(edition.text.blocks)) if settings.output.paragraph_numbers else 0
    return frozenset(
        (
            *(name for blocks in block_groups(edition) for name, _ in name_part(blocks)),
            *(name for name, _ in place_ids(every_inline(edition))),
            *(f"p{number}" for number in range(1, numbers + 1)),
        )
    )


def _last(places: KnownNames) -> str:
    """The id of the last paragraph that has a number; nothing if none has."""
    numbers = [int(name[1:]) for name in places.names if re.fullmatch(r"p\d+", name)]
    return f"p{max(numbers)}" if numbers else ""


def _place_errors(reference: CrossReference, places: KnownNames, edition: Edition) -> Iterator[Diagnostic]:
    if reference.id in places:
        return
    name = reference.id
    hint = places.hint(name, otherwise=f"give what it leads to this id, in braces: {{#{name}}}")
    if re.fullmatch(r"p\d+", name):
        hint = f"the paragraphs that have numbers are p1 to {last}" if (last := _last(places)) else NO_NUMBERS
    elif any(note.id == name for note in edition.notes):
        hint = f"link to a note as note:{name}"
    elif any(agreement.id == name for agreement in edition.agreements):
        hint = f"link to an agreement as agreement:{name}"
    yield Diagnostic(code="M-050", message=f"nothing has the id “{name}”", span=reference.span, hint=hint)


def _no_reference(cited: CitedReference, keys: KnownNames) -> Diagnostic:
    return Diagnostic(
        code="R-005",
        message=f"there is no reference “{cited.key}”",
        span=cited.span,
        hint=keys.hint(cited.key, otherwise="add the record to the file of references"),
    )
