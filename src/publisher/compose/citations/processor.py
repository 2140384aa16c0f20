"""The processor with one style and the references that it prints.

The processor follows https://docs.citationstyles.org/en/stable/specification.html with gaps, which are mended here:

- It takes initials even where the style says `initialize="false"`: such styles lose `initialize-with`.
- Its title case spoils names, other languages and addresses: titles are printed as the record has them.
- It has no year suffixes: where citations come out alike, `a`, `b`, … follow the year in the order of the list.
- It knows numbers of pages and paragraphs only: a locator is printed as it is written, after the reference.
- It leaves full stops behind quotation marks and sets quotation marks inside quotation marks: see `markup`.
- It prints a title twice where it stands for an author that is missing, a label (`Edition`) without its number, and
  `Nos.` where a number has a hyphen.
- It sets no space after the number of an entry; it has no entry for some records: they are printed as they are cited.
- It prints no `note`: what the record says there (except `name: value` lines, which are Zotero's own) ends its entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citeproc import Citation as CslCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source import VariableError
from citeproc.source.json import CiteProcJSON

from publisher.compose.citations.styles import CSL, adapted, locale, style_path
from publisher.compose.letters import told_apart
from publisher.compose.markup import mended
from publisher.compose.records import Record, UnreadableRecord, note_of, readable
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.reference import Reference

_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, TypeError, ValueError)
"""What the processor raises for records that it cannot format: it checks nothing."""
_NUMBER = re.compile(r"^(\[\d+\]|\(?\d+[.)])(?=\S)")
"""The number before an entry, which the style sets in a column of its own."""
_TWICE = re.compile(r"^(?P<title>.+?)([. ]+(?:\(?\d{4}\)?|\(?n\.d\.\)?)\.?) (?P=title)", re.DOTALL)
"""An entry without an author that begins with its title and has it again after the date."""


class Processor:
    """The processor with one style and the references, numbered so that keys that differ in case stay apart."""

    def __init__(self, references: Sequence[Reference], *, style: str, language: str) -> None:
        self._references = list(references)
        self._style = CitationStylesStyle(style_path(style), locale=locale(language), validate=False)
        self._in_quotes = locale(language) == "en-US"
        self._suffixes = adapted(self._style)
        layout = self._style.root.citation.find(f"{CSL}layout")
        self.affixes = (
            layout.attrib.pop("prefix", ""),
            layout.attrib.pop("delimiter", "; "),
            layout.attrib.pop("suffix", "").rstrip("."),
        )
        if self._style.root.get("class") == "note":
            self.affixes = ("(", self.affixes[1], ")")
        self.superscript = layout.attrib.pop("vertical-align", "") == "sup"
        self._bibliography, self._items = self._registered()

    def _registered(self) -> tuple[CitationStylesBibliography, list[CitationItem]]:
        """The processor's bibliography with one item for each reference; every record that it cannot read is R-011."""
        records: list[Record] = []
        wrong = []
        for number, reference in enumerate(self._references):
            try:
                record = {**readable(reference.record), "id": str(number)}
                CiteProcJSON([record])
                records.append(record)
            except (*_FAILURES, VariableError) as error:
                wrong.append(_unprintable(reference, error))
        if wrong:
            raise PublisherError(*wrong)
        bibliography = CitationStylesBibliography(self._style, CiteProcJSON(records), formatter.html)
        items = [CitationItem(str(number)) for number in range(len(records))]
        for item in items:
            bibliography.register(CslCitation([item]))
        return bibliography, items

    def printed(self) -> tuple[tuple[str, ...], dict[str, str], dict[str, str]]:
        """The keys in the order of the style, and for each key its citation and its entry as markup."""
        order = self._sorted()
        cores: dict[str, str] = {}
        entries: dict[str, str] = {}
        wrong = []
        for number in order:
            reference = self._references[number]
            try:
                cores[reference.key] = self._core(number)
                entries[reference.key] = self._entry(number)
            except (*_FAILURES, VariableError) as error:
                wrong.append(_unprintable(reference, error))
        if wrong:
            raise PublisherError(*wrong)
        keys = tuple(self._references[number].key for number in order)
        return (keys, *told_apart(keys, cores, entries)) if self._suffixes else (keys, cores, entries)

    def _sorted(self) -> list[int]:
        """The numbers of the references as the style sorts them; as they are given where it cannot."""
        if not self._style.has_bibliography():
            return list(range(len(self._references)))
        try:
            self._bibliography.sort()
        except (*_FAILURES, VariableError):
            return list(range(len(self._references)))
        return [int(key) for key in self._bibliography.keys]

    def _core(self, number: int) -> str:
        """A citation of one reference, without what stands around citations."""
        citation = CslCitation([CitationItem(str(number))])
        citation.bibliography = self._bibliography
        markup = mended(str(self._style.render_citation(citation, [], None)), punctuation_in_quotes=self._in_quotes)
        if not markup:
            raise UnreadableRecord("the style finds nothing to print in it")
        return markup

    def _entry(self, number: int) -> str:
        """The entry of one reference in the list."""
        if not self._style.has_bibliography():
            return self._core(number)
        item = self._items[number]
        markup = "".join(map(str, self._style.render_bibliography([item]))) or f"{self._core(number)}."
        markup = _NUMBER.sub(r"\1 ", markup)
        markup = _TWICE.sub(r"\1\2", markup)
        note = note_of(self._references[number].record)
        markup = f"{markup.rstrip('.')}. {note}" if note and note not in markup else markup
        entry = mended(markup, punctuation_in_quotes=self._in_quotes)
        if not entry:
            raise UnreadableRecord("the style finds nothing to print in it")
        return entry


def _unprintable(reference: Reference, error: Exception) -> Diagnostic:
    return Diagnostic(
        code="R-011",
        message=f"reference “{reference.key}” cannot be formatted: {_reason(error)}",
        span=reference.span,
        hint="see that its type, names and dates are as Zotero exports them",
    )


def _reason(error: Exception) -> str:
    """Why, in few words; what the processor says itself is for programmers."""
    return str(error) if isinstance(error, UnreadableRecord) else "its fields do not fit together"
