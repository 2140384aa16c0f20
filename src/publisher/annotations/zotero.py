"""Annotations of Zotero: its items in JSON, and the notes that it makes of them, in HTML, Markdown and Zotero RDF.

https://www.zotero.org/support/dev/web_api/v3/types_and_fields lists the fields of annotations.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from publisher.annotations.remark import Remark
from publisher.model.apparatus import Selector

_HTML = re.compile(
    r"<span class=\"(?:highlight|underline)\"[^>]*?(?:data-annotation=\"([^\"]*)\")?[^>]*>(.*?)</span>(.*?)(?=</p>|<br|"
    r"<span class=\"(?:highlight|underline)\")",
    re.DOTALL,
)
_LINKED = r" \(\[[^\]]*\]\(zotero://[^)]*\)\)"
_MARKDOWN = re.compile(rf"“([^”]+)”{_LINKED}(?:{_LINKED})?[ \t]*([^\n]*)")
_CITATION = re.compile(r"<span class=\"citation\".*?</span>(?:</span>)*\)?", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def item_remarks(rows: list[dict[str, Any]]) -> Iterator[Remark]:
    """The remarks in items of Zotero that are annotations."""
    for row in rows:
        data = row.get("data", row)
        if not isinstance(data, dict):
            continue
        kind = data.get("annotationType")
        if kind in ("image", "ink"):
            text = str(data.get("annotationComment") or "")
            yield _remark(data, "", text or f"({kind})", row)
        else:
            yield _remark(data, str(data.get("annotationText") or ""), str(data.get("annotationComment") or ""), row)


def _remark(data: dict[str, Any], quote: str, body: str, row: dict[str, Any]) -> Remark:
    user = row.get("meta", {}).get("createdByUser", {}) if isinstance(row.get("meta"), dict) else {}
    person = data.get("annotationAuthorName") or (user.get("name") or user.get("username") if user else "") or ""
    tags = (record.get("tag") if isinstance(record, dict) else record for record in data.get("tags") or ())
    return Remark(
        id=str(data.get("key") or row.get("key") or ""),
        person=str(person),
        created=str(data.get("dateAdded") or ""),
        selector=Selector(exact=html.unescape(_TAG.sub("", quote))),
        body=html.unescape(_TAG.sub("", body)).strip(),
        tags=tuple(str(tag) for tag in tags if tag),
    )


def is_note(text: str) -> bool:
    """Whether a text is a note that Zotero made of annotations, or RDF with such notes."""
    plain = html.unescape(text[:200_000])
    return "data-annotation" in plain or "zotero://open" in plain or 'class="highlight"' in plain


def note_remarks(text: str) -> Iterator[Remark]:
    """The remarks in notes; of RDF, whose notes are escaped HTML, all of them."""
    plain = html.unescape(text) if "<rdf:" in text else text
    if "<p" in plain or "<span" in plain:
        for found in _HTML.finditer(plain):
            quote, comment = _words(found[2]), _words(_CITATION.sub("", found[3]))
            yield _note(quote.strip('“”" '), comment, found[1] or "")
        return
    for found in _MARKDOWN.finditer(plain):
        yield _note(found[1], found[2].strip(), "")


def _words(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup)).strip(" \t\r\n()")


def _note(quote: str, comment: str, data: str) -> Remark:
    """A remark of a note; what Zotero adds in `data-annotation` has its key and who made it."""
    try:
        value = json.loads(unquote(html.unescape(data))) if data else {}
    except ValueError:
        value = {}
    value = value if isinstance(value, dict) else {}
    return Remark(
        id=str(value.get("annotationKey") or ""),
        person=str(value.get("annotationAuthorName") or ""),
        created="",
        selector=Selector(exact=quote),
        body=comment,
    )
