"""CSL-JSON records as the citation processor can read them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Record = Mapping[str, Value]

_MARKUP = re.compile(r"<(/?)(?:i|b|sup|sub|sc|span)\b", re.IGNORECASE)
_DEEPEST = 20
"""How deep italics, bold and the like may be in each other."""
_NAMES = frozenset(
    {
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editor-translator",
        "editorial-director",
        "executive-producer",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
    }
)
_DATES = frozenset(["accessed", "available-date", "event-date", "issued", "original-date", "submitted"])
_UNPRINTED = frozenset({"abstract", "annote", "keyword", "note", "system_id"})
"""Fields that no style is given; what `note` says ends the entry."""
_NAME_PARTS = {"family", "given", "dropping-particle", "non-dropping-particle", "suffix", "comma-suffix"}
_NAMING = ("title", "title-short", "container-title", "author", "editor")
_TITLES = ("title", "title-short", "container-title", "container-title-short", "collection-title", "event-title")
_AS_IT_IS = re.compile(
    r"(?<![\w.])((?i:anti|co|de|extra|inter|intra|multi|neo|non|post|pre|pro|pseudo|re|semi|sub|super|trans|ultra|un)-)"
    r"([a-z]\w*)|(?<![\w.@/])([a-z][\w-]*(?:\.[\w-]+)*\.[a-z]{2,}(?!\w)|\(\w+\)[a-z]\w*)",
)
"""Words in titles that no style may write with other capitals."""
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_ZOTERO = re.compile(r"[\w. -]{1,40}: \S.*")
"""A line that Zotero keeps in the same field: `Citation Key: x`."""


class UnreadableRecord(ValueError):
    """A record that cannot be printed; says why in words for editors."""


def readable(record: str) -> Record:
    """The record without empty fields and without the parts of names and dates that no style uses.

    Raises `UnreadableRecord` where it is not a JSON object, names nothing and no one, has an empty name or date, or
    markup that is nested without end.
    """
    try:
        fields = json.loads(record)
    except json.JSONDecodeError as error:
        raise UnreadableRecord("it is not JSON") from error
    if not isinstance(fields, dict):
        raise UnreadableRecord("it is not a record")
    if not any(fields.get(name) for name in _NAMING):
        raise UnreadableRecord("it has neither a title nor an author")
    kept = {
        name: value for name, value in fields.items() if value not in (None, "", [], {}) and _is_wanted(name, value)
    }
    for value in kept.values():
        _demand_shallow(value)
    return {"type": "document"} | {
        name: _with_capitals(value) if name in _TITLES and isinstance(value, str) else _value(name, value)
        for name, value in kept.items()
    }


def _demand_shallow(value: Value) -> None:
    """Raises `UnreadableRecord` if italics and the like are nested deeper than anyone writes them."""
    depth = 0
    for closing in _MARKUP.findall(value) if isinstance(value, str) else ():
        depth = max(depth - 1, 0) if closing else depth + 1
        if depth > _DEEPEST:
            raise UnreadableRecord(f"its markup is nested more than {_DEEPEST} deep: close each <i> with </i>")


def _is_wanted(name: str, value: Value) -> bool:
    """Whether a style can print a field: texts, numbers, names and dates; no abstracts, and nothing else's own."""
    return name in _NAMES or name in _DATES or (isinstance(value, str | int | float) and name not in _UNPRINTED)


def _with_capitals(title: str) -> str:
    """A title whose words keep their capitals if a style would spoil them: addresses, what follows a prefix or bracket.

    Chicago writes `Co-operation`, and no one `Example.Org` or `(In)Divisible`; the processor would.
    """
    return _AS_IT_IS.sub(lambda found: f'{found[1] or ""}<span class="nocase">{found[2] or found[3]}</span>', title)


def _value(name: str, value: Value) -> Value:
    """A field as the processor wants it. Raises `UnreadableRecord` if it is not what its name says."""
    if name in _NAMES:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise UnreadableRecord(f"its {name} is no list of names")
        return [_name(record) for record in value if isinstance(record, dict)]
    if name in _DATES:
        if not isinstance(value, dict):
            raise UnreadableRecord(f"its {name} is no date")
        return _date(value)
    # a hyphen in a number, `113-272`, is no range of numbers: an escape of citeproc-js says so
    return re.sub(r"(?<=\w)-(?=\w)", r"\\-", str(value)) if name == "number" else str(value)


def _name(name: Mapping[str, Value]) -> Value:
    """A name: a literal, or its parts."""
    if name.get("literal"):
        return {"literal": str(name["literal"])}
    parts: dict[str, Value] = {part: str(value) for part, value in name.items() if part in _NAME_PARTS and value}
    if not parts:
        raise UnreadableRecord("a name is empty")
    return parts if "family" in parts else {"literal": " ".join(str(part) for part in parts.values())}


def _date(date: Mapping[str, Value]) -> Value:
    """A date as numbers where it can be; `raw` and `literal` ones are read where they are ISO 8601."""
    parts = date.get("date-parts")
    if isinstance(parts, list):
        numbers: list[Value] = [_numbers(part) for part in parts]
        if not numbers or len(numbers) > 2:
            raise UnreadableRecord("a date has no year")
        more = {name: value for name, value in date.items() if name in ("season", "circa") and value}
        return {**more, "date-parts": numbers}
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
    """What the record's `note` says of it, with a full stop; empty where it says nothing."""
    lines = str(json.loads(record).get("note") or "").splitlines()
    words = " ".join(line.strip() for line in lines if line.strip() and not _ZOTERO.fullmatch(line.strip()))
    return words if not words or words.endswith((".", "?", "!")) else f"{words}."
