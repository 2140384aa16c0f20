"""Files of annotations, recognised by what is in them: Web Annotations, EPUB Annotations, Hypothesis, Zotero, H2O.

A file is data: it is parsed as JSON, CSV, XML or text, within limits, and nothing in it is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from publisher.annotations.hypothesis import csv_remarks, is_csv, is_text, row_remarks, text_remarks
from publisher.annotations.remark import Remark, Set
from publisher.annotations.web import web_remarks
from publisher.annotations.zotero import is_note, item_remarks, note_remarks
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.apparatus import Selector

LARGEST = 64 << 20
"""How many bytes a file may have."""
MOST = 100_000
"""How many remarks it may have."""
HINT = (
    "export from Hypothesis, Thorium, Zotero or Recogito as JSON; from Hypothesis also CSV or text, from Zotero a note "
    "or RDF; or name a set of EPUB Annotations"
)


def read_annotations(content: bytes, name: str) -> Set:
    """The remarks in a file. Raises `PublisherError` (W-011) if it is of no known kind, or has too much in it."""
    if len(content) > LARGEST:
        raise _refuse(name, f"has more than {LARGEST >> 20} MB")
    try:
        found = _read(content.removeprefix(b"\xef\xbb\xbf").decode("utf-8"), name)
    except UnicodeDecodeError as error:
        raise _refuse(name, "is not in UTF-8") from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise _refuse(name, f"cannot be read ({type(error).__name__})") from error
    if len(found.remarks) > MOST:
        raise _refuse(name, f"has more than {MOST:,} annotations")
    return found


def _read(text: str, name: str) -> Set:
    begin = text.lstrip()[:1]
    if begin in ("{", "["):
        return _json(json.loads(text), name)
    if is_note(text):
        return Set(remarks=tuple(note_remarks(text)), kind="notes of Zotero")
    if is_csv(text):
        return Set(remarks=tuple(csv_remarks(text)), kind="an export of Hypothesis (CSV)")
    if is_text(text):
        return Set(remarks=tuple(text_remarks(text)), kind="an export of Hypothesis (text)")
    raise _refuse(name, "is no file of annotations that is known")


def _json(value: Any, name: str) -> Set:
    """The remarks in JSON, by the keys that it has."""
    items = list(_items(value))
    first = next((item for item in items if isinstance(item, dict)), None)
    about = value if isinstance(value, dict) else {}
    if first is None and not ({"items", "first", "rows", "annotations"} & about.keys()):
        raise _refuse(name, "has no annotations")
    rows = [item for item in items if isinstance(item, dict)]
    if first is None or ("target" in first and ("body" in first or first.get("type") == "Annotation")):
        return Set(remarks=tuple(web_remarks(rows)), kind="Web Annotations", **_edition(about))
    if "user" in first and ("target" in first or "text" in first):
        return Set(remarks=tuple(row_remarks(rows)), kind="an export of Hypothesis")
    if "annotationType" in first.get("data", first) or first.get("data", first).get("itemType") == "annotation":
        return Set(remarks=tuple(item_remarks(rows)), kind="annotations of Zotero")
    if "kind" in first and ("content" in first or "start_offset" in first or "global_start_offset" in first):
        return Set(remarks=tuple(_h2o(rows)), kind="annotations of H2O")
    if "target" in first:
        return Set(remarks=tuple(web_remarks(rows)), kind="Web Annotations", **_edition(about))
    raise _refuse(name, "has no annotations that are known")


def _items(value: Any) -> Iterator[Any]:
    """The annotations in what JSON holds: a list, a page, a collection, a set, an export, or a single one."""
    if isinstance(value, list):
        for item in value:
            yield from _nest(item)
        return
    for key in ("items", "rows", "annotations"):
        if isinstance(value.get(key), list):
            yield from _items(value[key])
            return
    if isinstance(value.get("first"), dict):
        yield from _items(value["first"])
    elif value.get("type") != "AnnotationSet":
        yield value


def _nest(value: Any) -> Iterator[Any]:
    """An entry of a list; of an entry of Zotero that has annotations of its own, these."""
    inner = value.get("annotations") if isinstance(value, dict) else None
    if isinstance(inner, list):
        yield from inner
    else:
        yield value


def _edition(about: dict[str, Any]) -> dict[str, Any]:
    """Which edition a set is about."""
    own = about.get("publisher:edition")
    publication = about.get("about")
    given = publication.get("dc:identifier", []) if isinstance(publication, dict) else []
    identifiers = tuple(map(str, given if isinstance(given, list) else [given]))
    digest = str(own.get("text-sha256", "")) if isinstance(own, dict) else ""
    return {"digest": digest, "identifiers": identifiers}


def _h2o(rows: list[dict[str, Any]]) -> Iterator[Remark]:
    """Annotations of H2O casebooks: their words are in `text`, `quote` or `exact`, as exports add them."""
    for row in rows:
        quote = next((row[key] for key in ("exact", "quote", "text", "selected_text") if row.get(key)), "")
        user = row.get("user") or row.get("created_by") or row.get("author") or ""
        yield Remark(
            id=str(row.get("id", "")),
            person=str(user.get("name", "") if isinstance(user, dict) else user),
            created=str(row.get("created_at", "")),
            selector=Selector(exact=str(quote), prefix=str(row.get("prefix", "")), suffix=str(row.get("suffix", ""))),
            body=str(row.get("content") or ""),
            tags=(str(row["kind"]),),
        )


def _refuse(name: str, what: str) -> PublisherError:
    return PublisherError(Diagnostic(code="W-011", message=f"{name} {what}", hint=f"{HINT}; nothing was written"))
