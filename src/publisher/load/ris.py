"""RIS: records in the words of CSL.

https://en.wikipedia.org/wiki/RIS_(file_format) · https://github.com/zotero/translators: RIS.js
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import rispy

from publisher.diagnostics import Source
from publisher.load.csl_fields import RIS_FIELDS, RIS_NAMES, RIS_PASSED_OVER, RIS_TYPES
from publisher.load.entries import Entry, date_of, line_span
from publisher.load.findings import Findings

_TAG = re.compile(r"^([A-Z][A-Z0-9])  -(?: (.*))?$")


def ris_entries(source: Source, *, findings: Findings) -> tuple[Entry, ...]:
    """The records of a file, in order. Notes B-001 for what is no record or has no end."""
    found: list[Entry] = []
    taken: set[str] = set()
    for start, lines in _records(source, findings=findings):
        parsed = rispy.loads("\n".join(lines) + "\n")
        if len(parsed) != 1:
            hint = "a record begins with TY  - and ends with ER  - , each tag with two spaces and a hyphen"
            findings.error("B-001", "this record cannot be read", span=line_span(source, start), hint=hint)
            continue
        key = str(parsed[0].get("id") or parsed[0].get("label") or "").strip()
        record, unknown = _record(parsed[0])
        key = key or _made_key(record, taken)
        taken.add(key)
        found.append(Entry(key=key, record=record, span=line_span(source, start), passed_over=unknown))
    return tuple(found)


def _records(source: Source, *, findings: Findings) -> Iterable[tuple[int, list[str]]]:
    """The lines of each record, with the number of its first."""
    found: list[tuple[int, list[str]]] = []
    inside = False
    lines = source.text.lstrip("\ufeff").split("\n")
    for number, line in enumerate(map(str.rstrip, lines)):
        tag = _TAG.match(line)
        name = tag[1] if tag else ""
        if name == "TY" and inside:
            _note_endless(source, found.pop()[0], findings)
        if name == "TY":
            found.append((number, []))
            inside = True
        if inside:
            found[-1][1].append(f"{line} " if name == "ER" else line)
        elif line.strip():
            hint = "a record begins with TY  - and ends with ER  -"
            findings.error("B-001", "words outside of a record", span=line_span(source, number), hint=hint)
            break
        inside = inside and name != "ER"
    if inside:
        _note_endless(source, found.pop()[0], findings)
    return found


def _note_endless(source: Source, start: int, findings: Findings) -> None:
    findings.error("B-001", "this record has no end", span=line_span(source, start), hint="end it with a line ER  -")


def _record(parsed: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A record in the words of CSL, and the tags that are not known."""
    kind = str(parsed.get("type_of_reference", "GEN"))
    record: dict[str, Any] = {"type": RIS_TYPES.get(kind, "document")}
    for name, variable in RIS_NAMES.items():
        if parsed.get(name):
            record.setdefault(variable, [_person(item) for item in parsed[name] if item.strip()])
    for name, variable in RIS_FIELDS.items():
        value = parsed.get(name)
        text = "\n".join(value) if isinstance(value, list) else value
        if text and variable not in record:
            record[variable] = text
    if record["type"] in ("report", "patent", "standard", "legislation", "bill") and "issue" in record:
        record["number"] = record.pop("issue")
    if record["type"] in ("book", "report", "thesis") and "container-title" in record:
        record.setdefault("collection-title", record.pop("container-title"))
    start, end = (str(parsed.get(name) or "").strip() for name in ("start_page", "end_page"))
    if start:
        record["page"] = f"{start}–{end}" if end and end != start and "-" not in start else start
    if parsed.get("urls"):
        record["URL"] = str(parsed["urls"][0])
    if parsed.get("issn"):
        record["ISBN" if record["type"] in ("book", "chapter") else "ISSN"] = str(parsed["issn"])
    for names, variable in ((("date", "year", "publication_year"), "issued"), (("access_date",), "accessed")):
        written = next((str(parsed[name]) for name in names if parsed.get(name)), "")
        if written:
            record[variable] = date_of(re.sub(r"/+[^\d/]*/*$", "", written).replace("/", "-"))
    unknown = [*parsed.get("unknown_tag", {})]
    unknown += [name for name in parsed if name not in RIS_PASSED_OVER | RIS_FIELDS.keys() | RIS_NAMES.keys()]
    unknown = [name for name in unknown if name != "unknown_tag"]
    return record, (*unknown, *([f"TY  - {kind}"] if kind not in RIS_TYPES else []))


def _person(written: str) -> dict[str, str]:
    """`Family, Given, Suffix`; without a comma, the name of a body."""
    parts = [part.strip() for part in written.split(",")]
    if len(parts) == 1:
        return {"literal": parts[0]}
    names = zip(("family", "given", "suffix"), parts, strict=False)
    return {name: part for name, part in names if part}


def _made_key(record: Mapping[str, Any], taken: set[str]) -> str:
    """A key for a record without one: `moxon1683`, then `moxon1683b`."""
    people: list[dict[str, str]] = [item for name in ("author", "editor") for item in record.get(name, ())]
    first = people[0] if people else {}
    name = re.sub(r"\W+", "", str(first.get("family") or first.get("literal") or record.get("title", "record")).lower())
    year = str((record.get("issued", {}).get("date-parts") or [[""]])[0][0])
    for letter in ("", *"bcdefghijklmnopqrstuvwxyz"):
        if f"{name}{year}{letter}" not in taken:
            return f"{name}{year}{letter}"
    return f"{name}{year}-{len(taken)}"
