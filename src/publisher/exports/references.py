"""Records of readings and references as CSL-JSON, RIS and BibTeX.

Types and fields are those that reference managers read: https://github.com/zotero/translators (RIS.js, BibTeX.js).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from publisher.compose.citations.edition_record import escape
from publisher.exports.records import Record
from publisher.model.rendition import Artifact

RIS_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "document": "GEN",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
RIS_FIELDS = (
    ("title", "TI"),
    ("title-short", "ST"),
    ("container-title", "T2"),
    ("collection-title", "T3"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("edition", "ET"),
    ("publisher", "PB"),
    ("publisher-place", "CY"),
    ("DOI", "DO"),
    ("URL", "UR"),
    ("language", "LA"),
    ("genre", "M3"),
    ("number", "M1"),
    ("abstract", "AB"),
    ("note", "N1"),
    ("keyword", "KW"),
)
RIS_NAMES = (("author", "AU"), ("editor", "ED"), ("collection-editor", "A3"), ("translator", "A4"))
BIBTEX_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "entry-encyclopedia": "incollection",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
BIBTEX_FIELDS = (
    ("title", "title"),
    ("collection-title", "series"),
    ("volume", "volume"),
    ("issue", "number"),
    ("number", "number"),
    ("page", "pages"),
    ("edition", "edition"),
    ("publisher-place", "address"),
    ("DOI", "doi"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
    ("URL", "url"),
    ("language", "language"),
    ("note", "note"),
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
VERBATIM = frozenset({"doi", "url", "isbn", "issn"})
MARKUP = re.compile(r"</?(?:i|b|sup|sub|sc|span)\b[^>]*>", re.IGNORECASE)
"""What CSL-JSON may hold in its texts, and the other two formats may not."""


def csl_json(records: tuple[Record, ...], *, name: str) -> Artifact:
    """The records as CSL-JSON, unchanged."""
    text = json.dumps([dict(mapping) for mapping in records], ensure_ascii=False, indent=2) + "\n"
    return Artifact(name=f"{name}.csl.json", content=text.encode())


def ris(records: tuple[Record, ...], *, name: str) -> Artifact:
    """The records as RIS."""
    text = "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _ris_lines(mapping)) for mapping in records)
    return Artifact(name=f"{name}.ris", content=text.encode())


def _ris_lines(record: Record) -> Iterator[tuple[str, str]]:
    yield "TY", RIS_TYPES.get(str(record.get("type")), "GEN")
    yield "ID", _line(record["id"])
    for variable, tag in RIS_NAMES:
        yield from ((tag, _line(_sorted_name(name))) for name in _names(record, variable))
    parts = _parts(record.get("issued"))
    if parts:
        yield "PY", f"{parts[0]:04}"
        if len(parts) > 1:
            yield "DA", "/".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]))) + "/" * (3 - len(parts))
    for variable, tag in RIS_FIELDS:
        if record.get(variable):
            yield tag, _line(record[variable])
    first, _, last = str(record.get("page") or "").replace("–", "-").partition("-")
    yield from ((tag, text.strip()) for tag, text in (("SP", first), ("EP", last)) if text.strip())
    for variable in ("ISBN", "ISSN"):
        if record.get(variable):
            yield "SN", _line(record[variable])
    yield "ER", ""


def bibtex(records: tuple[Record, ...], *, name: str) -> Artifact:
    """The records as BibTeX, with keys that LaTeX can read."""
    taken = set[str]()
    return Artifact(name=f"{name}.bib", content="\n".join(_entry(mapping, taken) for mapping in records).encode())


def _entry(record: Record, taken: set[str]) -> str:
    kind = BIBTEX_TYPES.get(str(record.get("type")), "misc")
    fields: dict[str, str] = {}
    for variable in ("author", "editor", "translator"):
        people = " and ".join(_bibtex_name(name) for name in _names(record, variable))
        if people:
            fields[variable] = people
    fields |= {field: _value(field, record[variable]) for variable, field in BIBTEX_FIELDS if record.get(variable)}
    container = record.get("container-title")
    if container:
        fields["journal" if kind == "article" else "booktitle"] = _value("", container)
    publisher = record.get("publisher")
    if publisher:
        fields[{"techreport": "institution", "phdthesis": "school"}.get(kind, "publisher")] = _value("", publisher)
    parts = _parts(record.get("issued"))
    lines = [f"  {field} = {{{value}}},\n" for field, value in fields.items()]
    lines += [f"  year = {{{parts[0]}}},\n"] if parts else []
    lines += [f"  month = {MONTHS[parts[1] - 1]},\n"] if len(parts) > 1 and 1 <= parts[1] <= 12 else []
    return f"@{kind}{{{_key(str(record['id']), taken)},\n{''.join(lines)}}}\n"


def _key(text: str, taken: set[str]) -> str:
    """A key of letters that BibTeX takes, which no record before has."""
    plain = re.sub(r"[^A-Za-z0-9:._+/-]", "", text) or "record"
    key, number = plain, 2
    while key.lower() in taken:
        key, number = f"{plain}-{number}", number + 1
    taken.add(key.lower())
    return key


def _value(field: str, value: Any) -> str:
    text = _line(value)
    if field in VERBATIM:
        return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C") if field == "url" else text
    if field == "edition":
        text = re.sub(r"(?<!\s)\s++edition$", "", text, flags=re.IGNORECASE)
    plain = escape(text)
    return f"{{{plain}}}" if field == "title" else plain.replace("–", "--") if field == "pages" else plain


def _names(record: Record, variable: str) -> list[dict[str, str]]:
    names = record.get(variable)
    return [name for name in names if isinstance(name, dict)] if isinstance(names, list) else []


def _sorted_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    particle = name.get("non-dropping-particle", "")
    family = " ".join(filter(None, (particle, name.get("family", ""))))
    given = " ".join(filter(None, (name.get("given", ""), name.get("dropping-particle", ""))))
    return ", ".join(filter(None, (family, given, name.get("suffix", ""))))


def _bibtex_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{escape(_line(name['literal']))}}}"
    particles = " ".join(filter(None, (name.get("dropping-particle"), name.get("non-dropping-particle"))))
    family = " ".join(filter(None, (particles, name.get("family", ""))))
    parts = (family, name.get("suffix", ""), name.get("given", ""))
    texts = (escape(_line(part)) for part in parts if part)
    return ", ".join(f"{{{text}}}" if re.search(r"\band\b|,", text) else text for text in texts)


def _parts(date: Any) -> list[int]:
    """Year, month and day of a date of CSL, as far as they are given."""
    given = date.get("date-parts") if isinstance(date, dict) else None
    if not isinstance(given, list) or not given or not isinstance(given[0], list):
        return _years(date)
    return [int(item) for item in given[0] if str(item).lstrip("-").isdecimal()]


def _years(date: Any) -> list[int]:
    text = str(date.get("raw") or date.get("literal") or "") if isinstance(date, dict) else str(date or "")
    found = re.search(r"\b(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    return [int(group) for group in found.groups() if group] if found else []


def _line(value: Any) -> str:
    """A value in one line, without the markup of CSL."""
    return " ".join(MARKUP.sub("", str(value)).split())
