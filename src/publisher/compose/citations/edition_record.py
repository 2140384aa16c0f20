"""The edition itself as a reference: what others need to cite it, in CSL-JSON and in BibTeX.

CSL-JSON: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables. BibTeX is written here,
since the libraries that write it leave escaping to their callers; that is a table of ten characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from publisher.compose.citations import Citations, Place, Style
from publisher.compose.citations.records import Record, Value
from publisher.compose.ids import slug
from publisher.diagnostics import Source
from publisher.model.date import Point, parse
from publisher.model.inline import Citation, CitedReference, Reference
from publisher.model.publication import Metadata
from publisher.model.settings import Contributor
from publisher.model.walk import plain_of_inlines

ROLES = (
    ("author", ("aut", "att", "cre", "dub")),
    ("editor", ("edt",)),
    ("translator", ("trl",)),
    ("illustrator", ("ill",)),
)
"""The variables for names in CSL, and the MARC relator codes that fall under them."""
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
"""What LaTeX takes for something else, and how it is written."""


def edition_record(metadata: Metadata) -> Record:
    """The edition as a CSL-JSON record."""
    title = ": ".join(part for part in (metadata.title, metadata.subtitle) if part)
    record: dict[str, Value] = {
        "id": edition_key(metadata),
        "type": "book",
        "title": title,
        "title-short": metadata.short_title if metadata.short_title != title else None,
        **{name: _names(metadata, roles) for name, roles in ROLES},
        "edition": metadata.statement,
        "publisher": metadata.publisher,
        "publisher-place": metadata.place,
        "issued": _date(metadata.date),
        "original-date": _date(metadata.provenance.published),
        "ISBN": metadata.isbn,
        "language": metadata.language,
    }
    return {name: value for name, value in record.items() if value}


def edition_key(metadata: Metadata) -> str:
    """What the edition is called in a list of references: `lendman2026`."""
    first = next(
        (contributor for _, roles in ROLES for contributor in metadata.contributors if contributor.role in roles), None
    )
    name = first.sort.partition(",")[0] if first else metadata.short_title
    return slug(name).replace("-", "") + metadata.date[:4]


def _names(metadata: Metadata, roles: tuple[str, ...]) -> Value:
    return [_name(contributor) for contributor in metadata.contributors if contributor.role in roles]


def _name(contributor: Contributor) -> Value:
    """A name in its parts, where it is filed under the last of them; as it is where it is that of a body."""
    family, _, given = (part.strip() for part in contributor.sort.partition(","))
    if given and contributor.name == f"{given} {family}":
        return {"family": family, "given": given}
    return {"literal": contributor.name}


def _date(date: str | None) -> Value:
    """A date of CSL-JSON, of an interval both ends, of an approximate one with `circa`."""
    if not date:
        return None
    given = parse(date)
    ends = (
        (given,)
        if isinstance(given, Point)
        else tuple(point for point in (given.start, given.end) if point is not None)
    )
    record: dict[str, Value] = {"date-parts": [_parts(point) for point in ends]}
    return record | ({"circa": True} if any(point.approximate or point.uncertain for point in ends) else {})


def _parts(point: Point) -> list[Value]:
    month = None if point.is_season else point.month
    return [part for part in (point.year, month, point.day) if part is not None]


def cited_in_style(record: Record, *, style: Style, language: str, locator: str | None) -> tuple[str, str]:
    """The citation of an edition with its locator, and its entry in a list, in a CSL style and without markup.

    Raises `PublisherError` where the style is unknown (R-010).
    """
    key = str(record["id"])
    nowhere = Source(name="edition.yaml", text="").span(0, 0)
    reference = Reference(key=key, record=json.dumps(record, ensure_ascii=False, sort_keys=True), span=nowhere)
    citation = Citation(references=(CitedReference(key=key, locator=locator),))
    citations = Citations((reference,), style=style, language=language, places=(Place(citation=citation),))
    cited = plain_of_inlines(citations.cite(citation))
    entry = next((plain_of_inlines(entry.children) for entry in citations.bibliography()), cited)
    return cited, entry


def bibtex(metadata: Metadata, *, locator: str | None) -> str:
    """The edition as a BibTeX entry, with the locator in its note."""
    statement = re.sub(r"(?<!\s)\s++edition$", "", metadata.statement or "", flags=re.IGNORECASE)
    fields: Mapping[str, str | None] = {
        **{name: _bibtex_names(metadata, roles) for name, roles in ROLES[:3]},
        "title": f"{{{escape(str(edition_record(metadata)['title']))}}}",
        "edition": escape(statement),
        "publisher": escape(metadata.publisher or ""),
        "address": escape(metadata.place or ""),
        "year": metadata.date[:4],
        "origdate": metadata.provenance.published,
        "isbn": metadata.isbn,
        "note": escape(locator or ""),
    }
    lines = "".join(f"  {name:<9} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@book{{{edition_key(metadata)},\n{lines}}}"


def ris(metadata: Metadata, *, locator: str | None) -> str:
    """The edition as a RIS record, with the locator in its notes.

    Tags as reference managers read them: https://en.wikipedia.org/wiki/RIS_(file_format)#Tags.
    """
    record = edition_record(metadata)
    lines = [("TY", "BOOK")]
    lines += [("AU", contributor.sort) for contributor in metadata.contributors if contributor.role in ROLES[0][1]]
    lines += [("ED", contributor.sort) for contributor in metadata.contributors if contributor.role in ROLES[1][1]]
    lines += [
        (tag, value)
        for tag, value in (
            ("TI", str(record["title"])),
            ("ET", metadata.statement),
            ("PB", metadata.publisher),
            ("CY", metadata.place),
            ("PY", metadata.date[:4]),
            ("DA", metadata.date.replace("-", "/")),
            ("SN", metadata.isbn),
            ("LA", metadata.language),
            ("N1", locator),
        )
        if value
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in (*lines, ("ER", "")))


def _bibtex_names(metadata: Metadata, roles: tuple[str, ...]) -> str:
    return " and ".join(
        _bibtex_name(_name(contributor)) for contributor in metadata.contributors if contributor.role in roles
    )


def _bibtex_name(name: Value) -> str:
    """A name as BibTeX takes it apart; what must stay whole in braces of its own."""
    assert isinstance(name, dict)
    if "literal" in name:
        return f"{{{escape(str(name['literal']))}}}"
    parts = (escape(str(name[part])) for part in ("family", "given"))
    return ", ".join(f"{{{part}}}" if re.search(r"\band\b|,", part) else part for part in parts)


def escape(text: str) -> str:
    """The text as LaTeX prints it; a no-break space is its tie."""
    return "".join(SPECIAL.get(character, character) for character in text).replace("\u00a0", "~")
