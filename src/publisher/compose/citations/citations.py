"""References in one style and language, as a volume cites and lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from publisher.compose.citations.links import link
from publisher.compose.citations.locators import Locator, locator_of
from publisher.compose.citations.markup import Inlines, Stretch, inlines_of, stretches, words_of
from publisher.compose.citations.places import GROUP, Place
from publisher.compose.citations.records import UnreadableRecord, note_of, readable
from publisher.csl import Answer, EngineFailed, Problem, Request, format_citations, known_styles, locale_for, style_text
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Source
from publisher.model.inline import Citation, CitedReference, Reference
from publisher.model.publication import ReferenceEntry

NOTHING = re.compile(r"\s*\[(?:NO_PRINTED_FORM|CSL STYLE ERROR: reference with no printed form\.)\]")
"""What the processor prints if a style finds nothing to print."""
_SENTENCE_ENDS = (".", ";", ":", ",", "?", "!", "(", "[", "—", "–", "”", "’")


def reference_id(key: str) -> str:
    """The element id of a reference in the list."""
    return "ref-" + re.sub(r"[^\w.-]", lambda match: f"_{ord(match.group()):x}", key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A citation style: one that is installed, or an edition's own."""

    name: str
    own: Source | None = None
    """The file of an edition's own."""

    def text(self) -> str:
        """The CSL file. Raises `PublisherError` (R-010) if there is none of that name."""
        if self.own is not None:
            return self.own.text
        text = style_text(self.name)
        if text is None:
            raise PublisherError(_unknown_style(self.name))
        return text


class Citations:
    """References formatted in one style and language."""

    def __init__(
        self, references: Sequence[Reference], *, style: Style, language: str, places: Sequence[Place]
    ) -> None:
        """Format everything that the places cite, in one call of the processor.

        Raises `PublisherError` if a style, a record or the processor fails.
        """
        by_key = {key: reference for reference in references for key in (*reference.aliases, reference.key)}
        keys = dict.fromkeys(cited.key for place in places for cited in place.citation.references)
        cited = {by_key[key].key: by_key[key] for key in keys if key in by_key}
        self._references = list(cited.values())
        self._ids = {
            key: str(number)
            for number, reference in enumerate(self._references)
            for key in (reference.key, *reference.aliases)
        }
        self._locale = locale_for(language)
        self._places = sorted(places, key=lambda place: (place.note > 0, -(place.note // GROUP), place.note))
        self._answer = self._formatted(style)
        self._by_citation = {
            id(place.citation): self._set(place, markup)
            for place, markup in zip(self._places, self._answer.citations, strict=True)
        }
        self._entries = self._listed()

    def cite(self, citation: Citation) -> Inlines:
        """The citation as the style sets it, each cite a link to its entry in the list."""
        return self._by_citation[id(citation)]

    def bibliography(self) -> tuple[ReferenceEntry, ...]:
        """The entries of everything that is cited, in the order of the style."""
        return self._entries

    def _formatted(self, style: Style) -> Answer:
        text = style.text()
        records = self._records()
        if not self._places:
            return Answer()
        request = Request(
            style=text,
            locale=self._locale,
            records=records,
            citations=[self._citation(number, place) for number, place in enumerate(self._places)],
            marks={place.note: place.mark for place in self._places if place.note},
            conform=style.own is None,
        )
        try:
            answer = format_citations(request)
        except EngineFailed as error:
            raise PublisherError(_engine_failed(str(error)), exit_code=ExitCode.MISSING) from error
        if answer.problems:
            raise PublisherError(*(self._told(problem, style) for problem in answer.problems))
        return answer

    def _records(self) -> list[Mapping[str, Any]]:
        """The records with ids of ours. Raises `PublisherError` (R-011) with each that cannot be read."""
        records: list[Mapping[str, Any]] = []
        wrong = []
        for reference in self._references:
            try:
                records.append({**readable(reference.record), "id": self._ids[reference.key]})
            except UnreadableRecord as error:
                wrong.append(_unprintable(reference, str(error)))
        if wrong:
            raise PublisherError(*wrong)
        return records

    def _citation(self, number: int, place: Place) -> Mapping[str, Any]:
        citation = place.citation
        properties: dict[str, Any] = {"noteIndex": place.note}
        if citation.narrative:
            properties["mode"] = "composite"
        cites = [self._cite(cited) for cited in citation.references if cited.key in self._ids]
        return {"citationID": f"c{number}", "citationItems": cites, "properties": properties}

    def _cite(self, cited: CitedReference) -> Mapping[str, Any]:
        found = self._locator(cited)
        values = {
            "id": self._ids[cited.key],
            "locator": found.value,
            "label": found.label if found.value else "",
            "prefix": f"{_rich(cited.prefix)} " if cited.prefix else "",
            "suffix": _rich(found.suffix),
            "suppress-author": cited.suppress_author,
        }
        return {name: value for name, value in values.items() if value}

    def _locator(self, cited: CitedReference) -> Locator:
        return locator_of(cited.locator, locale=self._locale) if cited.locator else Locator()

    def _set(self, place: Place, markup: str) -> Inlines:
        """A citation as inlines, with brackets around it where a style for notes cites in a text."""
        citation, answer = place.citation, self._answer
        if citation.narrative:
            markup = NOTHING.sub("", markup)
        if not markup.strip() or NOTHING.search(markup):
            raise PublisherError(_nothing(place))
        opened, closed = ("(", ")") if answer.note and not _bare(place) else ("", "")
        found = stretches(markup.replace("<n>", opened).replace("</n>", closed if opened else ""))
        if (opened or _goes_on(place.after)) if answer.note else answer.suffix == ".":
            found = _without_stop(found, closed if citation.narrative else "")
        if opened and not citation.narrative:
            found = (Stretch(text=opened), *found, Stretch(text=closed))
        return link(found, citation=citation, answer=answer, keys=self._keys(), locators=self._values(citation))

    def _keys(self) -> Mapping[str, str]:
        """The element id of the entry of each record."""
        return {self._ids[reference.key]: reference_id(reference.key) for reference in self._references}

    def _values(self, citation: Citation) -> Mapping[str, Locator]:
        return {self._ids[cited.key]: self._locator(cited) for cited in citation.references if cited.key in self._ids}

    def _listed(self) -> tuple[ReferenceEntry, ...]:
        """The entries; by the citations themselves if the style has no list."""
        references = {self._ids[reference.key]: reference for reference in self._references}
        entries = dict(zip(self._answer.order, self._answer.entries, strict=True))
        wrong = [number for number in references if not stretches(NOTHING.sub("", entries.get(number, "")))]
        if wrong and self._answer.order:
            reason = "the style finds nothing to print in it"
            raise PublisherError(*(_unprintable(references[number], reason) for number in wrong))
        return tuple(_entry(references[number], markup) for number, markup in entries.items())

    def _told(self, problem: Problem, style: Style) -> Diagnostic:
        if problem.record is not None:
            return _unprintable(self._references[int(problem.record)], "its fields do not fit together")
        return _unusable(style, problem.message)


def _bare(place: Place) -> bool:
    """Whether a citation in a note needs no brackets: it begins the note, or follows a stop."""
    before = place.before.rstrip()
    return bool(place.note) and not place.citation.narrative and (not before or before.endswith(_SENTENCE_ENDS))


def _goes_on(after: str) -> bool:
    """Whether the sentence continues after a citation, or has a stop of its own."""
    words = after.lstrip()
    return bool(words) and not (words[0].isupper() or words[0] == "…")


def _without_stop(found: tuple[Stretch, ...], closed: str) -> tuple[Stretch, ...]:
    """The words without the full stop at their end, or before a closing bracket there."""
    words = words_of(found)
    inner = words.removesuffix(closed)
    if not inner.endswith(".") or inner.endswith((" al.", "Ibid.", "ibid.")):
        return found
    end = len(inner) - 1
    kept: list[Stretch] = []
    at = 0
    for stretch in found:
        text = "".join(character for place, character in enumerate(stretch.text, at) if place != end)
        at += len(stretch.text)
        if text:
            kept.append(replace(stretch, text=text))
    return tuple(kept)


def _entry(reference: Reference, markup: str) -> ReferenceEntry:
    """An entry of the list; what the record says in `note` ends it, unless the style has printed it."""
    found = stretches(markup)
    note = note_of(reference.record)
    if note and note.rstrip(".") not in words_of(found):
        found = (*found, Stretch(text=f"{'' if words_of(found).endswith(('.', '?', '!', '”')) else '.'} {note}"))
    return ReferenceEntry(id=reference_id(reference.key), children=inlines_of(found))


def _rich(words: str) -> str:
    """Emphasis of an affix as CSL has it: `*passim*` in italics."""
    words = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"<b>\1</b>", words)
    return re.sub(r"(?<![\w*])[*_](?=\S)([^*_]+?)(?<=\S)[*_](?![\w*])", r"<i>\1</i>", words)


def _unknown_style(name: str) -> Diagnostic:
    known = known_styles()
    near = get_close_matches(name, known, n=3, cutoff=0.6) or get_close_matches(name.lower(), known, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else "try chicago-author-date, or apa"
    return Diagnostic(code="R-010", message=f"there is no citation style “{name}”", hint=f"citation-style: {hint}")


def _unusable(style: Style, message: str) -> Diagnostic:
    span = None if style.own is None else style.own.span(0, 0)
    return Diagnostic(
        code="B-004",
        message=f"the citation style “{style.name}” cannot be used: {message}",
        span=span,
        hint="see that it is a CSL 1.0 style: https://validator.citationstyles.org",
    )


def _engine_failed(message: str) -> Diagnostic:
    return Diagnostic(
        code="B-005",
        message=f"the citation processor gave no answer: {message}",
        hint="publisher doctor says what is missing; a limit on addresses (ulimit -v) keeps it from starting",
    )


def _nothing(place: Place) -> Diagnostic:
    key = place.citation.references[0].key
    return Diagnostic(
        code="B-006",
        message=f"the citation style prints nothing here for “{key}”",
        span=place.citation.span,
        hint=f"add a locator, or cite it with its author: [@{key}]",
    )


def _unprintable(reference: Reference, reason: str) -> Diagnostic:
    return Diagnostic(
        code="R-011",
        message=f"reference “{reference.key}” cannot be formatted: {reason}",
        span=reference.span,
        hint="see that its type, names and dates are as Zotero exports them",
    )
