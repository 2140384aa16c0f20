"""`page-map.json`: the pages of a printed book, each with the words that it begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.diagnostics import Source
from publisher.load.findings import Findings, suggestion
from publisher.load.yaml.json_nodes import UNPRINTABLE, Value, json_value
from publisher.model.apparatus import Selector
from publisher.model.page import FrozenPage, PageMap

LABEL = re.compile(r"[\w.-]{1,20}")
WORDS = ("prefix", "exact", "suffix")
KEYS = ("label", "section", "note", "picture", *WORDS)
"""What the record of a page may hold."""
REMEDY = "write it with: publisher build --freeze-pages"
MOST_PAGES = 10_000
"""How many pages a printed book can have."""
PRINTED = ("identifier", "title", "pdf-sha256", "text-sha256")
"""What may be said of the printed book."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One pass through a map."""

    findings: Findings

    def wrong(self, value: Value, message: str, hint: str) -> None:
        """Nothing; G-002 is noted."""
        self.findings.error("G-002", message, span=value.span, hint=hint)

    def fields(self, value: Value, known: tuple[str, ...]) -> dict[str, str]:
        """The fields of a record, all text; what is none, or has no meaning here, is noted and left out."""
        if not isinstance(value.value, dict):
            self.wrong(value, "a record in braces expected", '{"label": "1", "section": "text", "exact": "…"}')
            return {}
        fields = {}
        for name, member in value.members().items():
            if name not in known:
                self.wrong(member, f"unknown field “{name}”", suggestion(name, known))
            elif not isinstance(member.value, str) or UNPRINTABLE.search(member.value):
                self.wrong(member, f"“{name}” is no text that can be printed", "write it in double quotes")
            else:
                fields[name] = member.value
        return fields

    def page(self, value: Value) -> FrozenPage | None:
        """A page; None after noting what is wrong with it."""
        fields = self.fields(value, KEYS)
        label, section, exact = (fields.get(name, "") for name in ("label", "section", "exact"))
        if not LABEL.fullmatch(label) or not section:
            if isinstance(value.value, dict) and len(fields) == len(value.value):
                self.wrong(value, "a page needs a label without spaces, and its section", '"label": "1"')
            return None
        words = [name for name in WORDS if fields.get(name)]
        if words and not exact.strip():
            self.wrong(value, f"page {label} has “{words[0]}” and no “exact” words", '"exact": "first words"')
            return None
        return FrozenPage(
            label=label,
            section=section,
            words=Selector(**{name: fields.get(name, "") for name in WORDS}) if exact else None,
            note=fields.get("note") or None,
            picture=fields.get("picture") or None,
            span=value.span,
        )


def page_map(source: Source, *, findings: Findings) -> PageMap | None:
    """The map of a file; None after noting why there is none.

    Notes G-002 (malformed) and G-003 (a label that two pages have).
    """
    reading = _Reading(findings)
    whole = json_value(source, code="G-002", remedy=f"delete the file and {REMEDY}", findings=findings)
    if whole is None:
        return None
    members = whole.members() if isinstance(whole.value, dict) else {}
    printed, listed = members.get("printed"), members.get("pages")
    identifier = reading.fields(printed, PRINTED).get("identifier", "") if printed else ""
    if not identifier.strip() or listed is None or not isinstance(listed.value, list) or not listed.value:
        reading.wrong(printed or whole, "the map does not say which printed book has which pages", REMEDY)
        return None
    if len(listed.value) > MOST_PAGES:
        reading.wrong(listed, f"the map has {len(listed.value):,} pages, more than {MOST_PAGES:,}", REMEDY)
        return None
    pages = tuple(page for page in map(reading.page, listed.entries()) if page is not None)
    _note_doubled(pages, findings)
    return PageMap(identifier=identifier, pages=pages)


def _note_doubled(pages: tuple[FrozenPage, ...], findings: Findings) -> None:
    first: dict[str, FrozenPage] = {}
    for page in pages:
        earlier = first.setdefault(page.label, page)
        if earlier is not page:
            findings.error(
                "G-003",
                f"two pages have the label {page.label}",
                span=page.span,
                hint="each page has a number of its own: correct one of the two, or delete it",
                related=(("first here", earlier.span),) if earlier.span else (),
            )
