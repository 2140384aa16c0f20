"""Exports of Hypothesis: the JSON of its programming interface and of its client, its CSV and its text.

https://h.readthedocs.io/en/latest/api-reference/v1/ describes annotations; the client exports the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from publisher.annotations.remark import Remark
from publisher.annotations.web import web_remarks
from publisher.model.apparatus import Selector

_ACCOUNT = re.compile(r"(?:acct:)?([^@]*)(?:@.*)?")
_KEY = re.compile(r"^(Created at|Author|Page|Type|Quote|Comment|Tags): ?(.*)$")
_ENTRY = re.compile(r"^(?:Annotation|Reply|Highlight|Page note) ?\d*:\s*$", re.MULTILINE)


def row_remarks(rows: list[dict[str, Any]]) -> Iterator[Remark]:
    """The remarks in rows of the programming interface; `references` names what a reply replies to."""
    for row in rows:
        named = row.get("user_info")
        shown = named.get("display_name") if isinstance(named, dict) else None
        account = _ACCOUNT.fullmatch(str(row.get("user") or ""))
        references = row.get("references") or []
        first = next(web_remarks([{"target": row.get("target") or [{}]}]), None)
        yield Remark(
            id=str(row.get("id", "")),
            person=str(shown or (account[1] if account else "")),
            created=str(row.get("created", "")),
            selector=first.selector if first is not None else Selector(exact=""),
            body=str(row.get("text") or "").strip(),
            is_markdown=True,
            tags=tuple(str(tag) for tag in row.get("tags") or ()),
            parent=str(references[-1]) if references else None,
        )


def is_csv(text: str) -> bool:
    """Whether a text is a table with the columns that Hypothesis writes."""
    header = {item.strip().lower() for item in next(csv.reader(io.StringIO(text[:10_000])), [])}
    return {"quote", "comment"} <= header


def csv_remarks(text: str) -> Iterator[Remark]:
    """The remarks in a table of Hypothesis."""
    for row in csv.DictReader(io.StringIO(text, newline="")):
        values = {str(key).strip().lower(): str(value or "") for key, value in row.items() if key}
        yield _plain(values)


def is_text(text: str) -> bool:
    """Whether a text has entries as Hypothesis writes them."""
    return bool(_ENTRY.search(text)) and "\nAuthor: " in text


def text_remarks(text: str) -> Iterator[Remark]:
    """The remarks in a text of Hypothesis."""
    for part in _ENTRY.split(text)[1:]:
        values: dict[str, str] = {}
        key = ""
        for line in part.strip("\n").splitlines():
            found = _KEY.match(line)
            if found:
                key = found[1].lower()
                values[key] = found[2]
            elif key:
                values[key] += f"\n{line}"
        yield _plain(values)


def _plain(values: dict[str, str]) -> Remark:
    """A remark with the values of a row."""
    quote = values.get("quote", "").strip()
    quote = quote[1:-1] if quote[:1] in '“"' and quote[-1:] in '”"' and quote[1:] else quote
    return Remark(
        id=values.get("id", ""),
        person=values.get("author", "").strip() or values.get("user", "").strip(),
        created=values.get("created at", "").strip(),
        selector=Selector(exact=quote),
        body=values.get("comment", "").strip(),
        is_markdown=True,
        tags=tuple(filter(None, (tag.strip() for tag in values.get("tags", "").split(",")))),
    )
