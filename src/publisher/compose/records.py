"""CSL-JSON records as the citation processor can read them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Record = Mapping[str, Value]

_NAME_PARTS = {"family", "given", "dropping-particle", "non-dropping-particle", "suffix"}
_NAMING = ("title", "title-short", "container-title", "author", "editor")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_ZOTERO = re.compile(r"[\w. -]{1,40}: \S.*")
"""A line that Zotero keeps in the same field: `Citation Key: x`."""


class UnreadableRecord(ValueError):
    """A record that cannot be printed; says why in words for editors."""


def readable(record: str) -> Record:
    """The record without empty fields and without the parts of names and dates that no style uses.

    Raises `UnreadableRecord` where it is not a JSON object, names nothing and nobody, or has an empty name or date.
    """
    try:
        fields = json.loads(record)
    except json.JSONDecodeError as error:
        raise UnreadableRecord("it is not JSON") from error
    if not isinstance(fields, dict):
        raise UnreadableRecord("it is not a record")
    if not any(fields.get(name) for name in _NAMING):
        raise UnreadableRecord("it has neither a title nor an author")
    return {"type": "document"} | {
        name: _value(value) for name, value in fields.items() if value not in (None, "", [], {})
    }


def _value(value: Value) -> Value:
    """A field as the processor wants it: names and dates are recognised by their parts."""
    if isinstance(value, list) and all(isinstance(name, dict) for name in value):
        return [_name(name) for name in value if isinstance(name, dict)]
    if isinstance(value, dict):
        return _date(value)
    return value


def _name(name: Mapping[str, Value]) -> Value:
    """A name: a literal, or its parts."""
    if name.get("literal"):
        return {"literal": name["literal"]}
    parts: dict[str, Value] = {part: value for part, value in name.items() if part in _NAME_PARTS and value}
    if not parts:
        raise UnreadableRecord("a name is empty")
    return parts if "family" in parts else {"literal": " ".join(str(part) for part in parts.values())}


def _date(date: Mapping[str, Value]) -> Value:
    """A date as numbers where it can be; `raw` and `literal` ones are read where they are ISO 8601."""
    parts = date.get("date-parts")
    if isinstance(parts, list):
        numbers: list[Value] = [_numbers(part) for part in parts]
        return {**date, "date-parts": numbers}
    text = str(date.get("raw") or date.get("literal") or "")
    iso = _ISO.fullmatch(text)
    if iso:
        return {"date-parts": [[int(number) for number in iso.groups() if number]]}
    if not text:
        raise UnreadableRecord("a date is empty")
    return {"literal": text}


def _numbers(part: Value) -> Value:
    """Year, month and day as numbers."""
    if not isinstance(part, list) or not part or part[0] in (None, ""):
        raise UnreadableRecord("a date has no year")
    try:
        return [int(str(number)) for number in part if number not in (None, "")]
    except ValueError as error:
        raise UnreadableRecord("a date has something else than numbers") from error


def note_of(record: str) -> str:
    """What the record's `note` says of it, as markup, with a full stop; empty where it says nothing."""
    lines = str(json.loads(record).get("note") or "").splitlines()
    words = " ".join(line.strip() for line in lines if line.strip() and not _ZOTERO.fullmatch(line.strip()))
    return html.escape(words if not words or words.endswith((".", "?", "!")) else f"{words}.", quote=False)
