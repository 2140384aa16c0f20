"""Files of references: CSL-JSON, BibTeX and BibLaTeX, RIS; each record with a key of its own.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from publisher.diagnostics import Source, Span
from publisher.load.bibtex import bibtex_entries
from publisher.load.entries import LONGEST, MOST_NAMES, MOST_RECORDS, Entry
from publisher.load.findings import Findings, suggestion
from publisher.load.ris import ris_entries
from publisher.load.yaml.json_nodes import UNPRINTABLE, Value, json_value
from publisher.model.inline import Reference

WORDS = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
    """
TYPES = tuple(WORDS.split())
UNPRINTED = frozenset({"abstract", "annote", "keyword"})
"""Fields that no style prints, of any length."""


def references(source: Source, *, findings: Findings) -> tuple[Reference, ...]:
    """The records of a file, in order, each with the place of its id. The kind of file is that of its name.

    Notes malformed files and entries, records without an id of their own, unknown types, and files that are too large.
    """
    suffix = PurePosixPath(source.name).suffix.lower()
    if suffix in (".bib", ".bibtex", ".ris"):
        entries = (ris_entries if suffix == ".ris" else bibtex_entries)(source, findings=findings)
        found = [
            reference
            for reference in (_from_entry(entry, findings=findings) for entry in entries)
            if reference is not None
        ]
    else:
        records = (_reference(entry, findings=findings) for entry in _records(source, findings=findings))
        found = [reference for reference in records if reference is not None]
    return _distinct(found, findings=findings)


def _distinct(found: list[Reference], *, findings: Findings) -> tuple[Reference, ...]:
    """The references with keys of their own; no more than can be read. Notes R-003 and B-003."""
    if len(found) > MOST_RECORDS:
        message = f"the file has {len(found):,} records; {MOST_RECORDS:,} are read"
        findings.error("B-003", message, span=found[MOST_RECORDS].span, hint="leave out what nothing cites")
        return ()
    known: dict[str, Reference] = {}
    for reference in found:
        for key in (reference.key, *reference.aliases):
            if key in known and (key == reference.key or known[key].key == key):
                findings.error(
                    "R-003",
                    f"two records have the id “{key}”",
                    span=reference.span,
                    hint="delete one of them, or give it another id",
                    related=(("first here", known[key].span),),
                )
            known.setdefault(key, reference)
    return tuple({reference.key: reference for reference in reversed(found)}.values())[::-1]


def _from_entry(entry: Entry, *, findings: Findings) -> Reference | None:
    text = json.dumps({**entry.record, "id": entry.key}, ensure_ascii=False, sort_keys=True)
    if UNPRINTABLE.search(text) or not entry.key.strip():
        message = (
            "the record holds a character that no book can print" if entry.key.strip() else "a record without an id"
        )
        findings.error("R-002", message, span=entry.span, hint="give it a key, and delete control characters")
        return None
    if not _is_sized(entry.key, entry.record, entry.span, findings=findings):
        return None
    return Reference(key=entry.key, record=text, span=entry.span, aliases=entry.aliases, passed_over=entry.passed_over)


def _is_sized(key: str, record: Mapping[str, object], span: Span, *, findings: Findings) -> bool:
    """Whether a record is of a size that can be printed. Notes B-003."""
    names = sum(len(value) for value in record.values() if isinstance(value, list))
    longest = max(
        (len(str(value)) for name, value in record.items() if name not in UNPRINTED and isinstance(value, str)),
        default=0,
    )
    if names <= MOST_NAMES and longest <= LONGEST:
        return True
    what = f"more than {MOST_NAMES:,} names" if names > MOST_NAMES else f"a field of more than {LONGEST:,} characters"
    findings.error("B-003", f"the record “{key}” has {what}", span=span, hint="shorten it; no list prints so much")
    return False


def _records(source: Source, *, findings: Findings) -> tuple[Value, ...]:
    """The entries of the list. Notes R-001 and R-002."""
    whole = json_value(source, code="R-001", remedy="export the file again", findings=findings)
    if whole is None:
        return ()
    if not isinstance(whole.value, list):
        findings.error("R-002", "a list of records expected", span=source.span(0, 1), hint="export it as CSL-JSON")
        return ()
    return whole.entries()


def _reference(entry: Value, *, findings: Findings) -> Reference | None:
    record, span = entry.value, entry.span
    key = _key(record) if isinstance(record, dict) else None
    if not isinstance(record, dict) or isinstance(key, bool) or not isinstance(key, str | int) or not str(key).strip():
        findings.error("R-002", "a record without an id", span=_first_line(span), hint='add "id": "a-word-of-yours"')
        return None
    places = {name: member.span for name, member in entry.members().items()}
    place = _first_line(places["id"] if "id" in places else places["citation-key"])
    text = json.dumps(record | {"id": str(key)}, ensure_ascii=False, sort_keys=True)
    if not _is_sized(str(key), record, place, findings=findings):
        return None
    if UNPRINTABLE.search(text) or re.search(r"\\u00[01]|\\[bf]", text):
        findings.error(
            "R-002",
            "the record holds a character that no book can print",
            span=place,
            hint="delete its \\u… or \\b, \\f",
        )
        return None
    if record.get("type") not in TYPES:
        kind = record.get("type")
        shown = f"unknown type “{kind}”" if kind else "the record has no type"
        findings.error(
            "R-004",
            shown,
            span=_first_line(places["type"]) if kind else place,
            hint=suggestion(str(kind or "document"), TYPES),
        )
    other = record.get("id")
    aliases = (str(other),) if isinstance(other, str | int) and str(other) != str(key) else ()
    return Reference(key=str(key), record=text, span=place, aliases=aliases)


def _key(record: Mapping[str, object]) -> object:
    """Better BibTeX's `citation-key` if there is one, else the `id`."""
    key = record.get("citation-key")
    return key if isinstance(key, str) and key.strip() else record.get("id")


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n", span.start, span.end)
    return span.source.span(span.start, span.end if end < 0 else end)
