"""BibTeX and BibLaTeX: entries in the words of CSL.

https://ctan.org/pkg/bibtex · https://ctan.org/pkg/biblatex (2.1 entry types, 2.2 fields, 2.4.1 inheritance)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
)
from bibtexparser.model import Entry as Parsed

from publisher.diagnostics import Source, Span
from publisher.load.csl_fields import (
    BIBTEX_DATES,
    BIBTEX_FIELDS,
    BIBTEX_NAMES,
    BIBTEX_PASSED_OVER,
    BIBTEX_TYPES,
    GENRES,
    LANGUAGES,
)
from publisher.load.entries import Entry, date_of, line_span, month_of
from publisher.load.findings import Findings
from publisher.load.latex import NoText, silent, text_of

_TITLES = frozenset({"title", "booktitle", "journal", "journaltitle", "series", "shorttitle", "subtitle", "eventtitle"})
_PLAIN = frozenset({"url", "doi", "isbn", "issn"})
_INSIDE = frozenset(
    {"inbook", "incollection", "inproceedings", "conference", "suppbook", "suppcollection", "bookinbook"}
)
_CHAIN = 10
"""How many entries may inherit from each other."""


def bibtex_entries(source: Source, *, findings: Findings) -> tuple[Entry, ...]:
    """The entries of a file, in order. Notes B-001 (one that cannot be read) and R-003 (a key twice)."""
    with silent("bibtexparser"):
        library = parse_string(source.text)
    known: dict[str, Parsed] = {}
    for block in library.blocks:
        _note_failure(block, source, known, findings)
        if isinstance(block, Parsed):
            known.setdefault(block.key.lower(), block)
    found = []
    for parsed in library.entries:
        span = line_span(source, parsed.start_line or 0)
        if parsed.entry_type.lower() == "xdata":
            continue
        try:
            found.append(_entry(parsed, _inherit(parsed, known), span))
        except (NoText, InvalidNameError) as error:
            message = f"the entry “{parsed.key}” cannot be read: {_reason(error)}"
            findings.error("B-001", message, span=span, hint="see to its braces, names and macros")
    return tuple(found)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, NoText) else "a name is not one of BibTeX: von Last, Jr, First"


def _note_failure(block: Block, source: Source, known: Mapping[str, Parsed], findings: Findings) -> None:
    span = line_span(source, block.start_line or 0)
    match block:
        case DuplicateBlockKeyBlock():
            key = str(block.key)
            first = known.get(key.lower())
            related = (("first here", line_span(source, first.start_line or 0)),) if first else ()
            hint = "delete one of them, or give it another key"
            findings.error("R-003", f"two records have the id “{key}”", span=span, hint=hint, related=related)
        case DuplicateFieldKeyBlock():
            names = ", ".join(sorted(block.duplicate_keys))
            findings.error("B-001", f"an entry has a field twice: {names}", span=span, hint="delete one of them")
        case ParsingFailedBlock():
            hint = "look for a brace, quotation mark or comma that is missing in this entry"
            findings.error("B-001", "this entry cannot be read", span=span, hint=hint)
        case _:
            pass


def _inherit(parsed: Parsed, known: Mapping[str, Parsed]) -> dict[str, str]:
    """The fields of an entry with those that it inherits by `crossref` and `xdata`."""
    fields = {field.key.lower(): str(field.value) for field in parsed.fields}
    kind = parsed.entry_type.lower()
    for _ in range(_CHAIN):
        names = [name.strip() for name in f"{fields.pop('xdata', '')},{fields.pop('crossref', '')}".split(",")]
        parents = [known[name.lower()] for name in names if name.lower() in known]
        if not parents:
            break
        for parent in parents:
            for field in parent.fields:
                for name in _as_inherited(field.key.lower(), kind, parent.entry_type.lower()):
                    fields.setdefault(name, str(field.value))
    return fields


def _as_inherited(name: str, kind: str, parent: str) -> tuple[str, ...]:
    """What a field of a parent is called in its child: the title of a book is the book's title of its chapters."""
    if parent == "xdata" or name in ("crossref", "xdata"):
        return (name,)
    if kind in _INSIDE and name in ("title", "subtitle"):
        return (f"book{name}",)
    if kind in _INSIDE and name == "author":
        return ("author", "bookauthor") if kind == "inbook" else ("bookauthor",)
    if kind in ("article", "suppperiodical", "review") and name == "title":
        return ("journaltitle",)
    return () if name in ("shorttitle", "sorttitle", "indextitle", "ids", "label") else (name,)


def _entry(parsed: Parsed, fields: dict[str, str], span: Span) -> Entry:
    kind = parsed.entry_type.lower()
    record: dict[str, Any] = {"type": _csl_type(kind, fields)}
    if kind in GENRES:
        record["genre"] = GENRES[kind]
    for name, value in fields.items():
        if name in BIBTEX_NAMES:
            record.setdefault(BIBTEX_NAMES[name], _names(value))
        elif name in BIBTEX_DATES:
            record[BIBTEX_DATES[name]] = date_of(_date_words(value))
        elif name in BIBTEX_FIELDS and value.strip():
            text = value.strip().replace("\\", "") if name in _PLAIN else text_of(value, title=name in _TITLES)
            record.setdefault(BIBTEX_FIELDS[name], text)
    record.update(_dependent(kind, fields))
    unknown = [name for name in fields if name not in BIBTEX_PASSED_OVER | BIBTEX_FIELDS.keys() | BIBTEX_NAMES.keys()]
    unknown = [name for name in unknown if name not in BIBTEX_DATES]
    unknown += [f"@{kind}"] if kind not in BIBTEX_TYPES else []
    aliases = tuple(name.strip() for name in fields.get("ids", "").split(",") if name.strip())
    return Entry(key=parsed.key, record=record, span=span, aliases=aliases, passed_over=tuple(unknown))


def _csl_type(kind: str, fields: Mapping[str, str]) -> str:
    if kind == "article" and fields.get("entrysubtype") in ("newspaper", "magazine"):
        return f"article-{fields['entrysubtype']}"
    return BIBTEX_TYPES.get(kind, "document")


def _dependent(kind: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Fields that are made of several, or whose meaning depends on the entry's type."""
    found: dict[str, Any] = {}
    for name, variable in (("", "title"), ("book", "container-title")):
        title, more = fields.get(f"{name}title"), fields.get(f"{name}subtitle")
        if title and more:
            found[variable] = f"{text_of(title, title=True)}: {text_of(more, title=True)}"
    if "number" in fields:
        variable = "issue" if kind in ("article", "periodical", "suppperiodical", "review") else "number"
        variable = "collection-number" if variable == "number" and "series" in fields else variable
        found[variable] = text_of(fields["number"])
    if "pages" in fields or "eid" in fields:
        found["page"] = re.sub(r"\s*[-–—]+\s*", "–", text_of(fields.get("pages") or fields["eid"]))
    date = _date(fields)
    if date:
        found["issued"] = date
    language = text_of(fields.get("langid") or fields.get("language") or "").lower()
    if language:
        found["language"] = LANGUAGES.get(language, language if re.fullmatch(r"[a-z]{2}(-\w+)*", language) else "en")
    if fields.get("eprint") and "url" not in fields and fields.get("eprinttype", "").lower() == "arxiv":
        found["URL"] = f"https://arxiv.org/abs/{fields['eprint'].strip()}"
    return found


def _date(fields: Mapping[str, str]) -> dict[str, Any] | None:
    if fields.get("date"):
        return date_of(_date_words(fields["date"]))
    year = text_of(fields.get("year", ""))
    month, day = month_of(text_of(fields.get("month", ""))), fields.get("day", "").strip()
    if not year:
        return None
    return date_of("-".join(part for part in (year, month, day if month and day.isdecimal() else None) if part))


def _date_words(value: str) -> str:
    """A date without braces; its tilde means `circa`, not a space."""
    return text_of(value) if "\\" in value else value.strip("{} \n\t")


def _names(value: str) -> list[dict[str, str]]:
    """Names; `and others` is left to the style."""
    return [name for name in map(_person, _separate(value)) if name]


def _separate(value: str) -> Iterator[str]:
    yield from (name for name in split_multiple_persons_names(value) if name.strip() and name.strip() != "others")


def _person(written: str) -> dict[str, str]:
    written = written.strip()
    if re.fullmatch(r"\{.*\}", written) and not re.search(r"\}.*\{", written):
        return {"literal": text_of(written)}
    extended = dict(re.findall(r"(family|given|prefix|suffix)\s*=\s*\{?([^,{}]+)\}?", written))
    if extended.get("family"):
        parts = {"non-dropping-particle": extended.get("prefix", ""), **extended}
    else:
        found = parse_single_name_into_parts(written)
        parts = {
            "family": " ".join(found.last),
            "given": " ".join(found.first),
            "non-dropping-particle": " ".join(found.von),
            "suffix": " ".join(found.jr),
        }
    wanted = ("family", "given", "non-dropping-particle", "suffix")
    return {part: text for part in wanted if parts.get(part) and (text := text_of(parts[part]))}
