"""Web Annotations in JSON-LD, as Recogito, Thorium and others write them, and sets of EPUB Annotations.

https://www.w3.org/TR/annotation-model/, https://www.w3.org/TR/epub-anno-10/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from publisher.annotations.remark import Own, Remark
from publisher.model.apparatus import Selector

_DEEPEST = 8
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


def web_remarks(items: list[dict[str, Any]]) -> Iterator[Remark]:
    """The remarks in some annotations; one for each target of each."""
    for item in items:
        bodies = _list_all(item.get("body"))
        texts = [body for body in bodies if not _is_tag(body)]
        tags = (*(_text(body) for body in bodies if _is_tag(body)), *_tags(bodies), *_list_all(item.get("tags")))
        for target in _list_all(item.get("target")):
            yield Remark(
                id=str(item.get("id", "")),
                person=_author_name(item.get("creator")),
                created=str(item.get("created", "")),
                selector=_quote(target),
                body="\n\n".join(text for entry in texts if (text := _text(entry))),
                is_markdown=any(
                    isinstance(record, dict) and record.get("format") == "text/markdown" for record in texts
                ),
                tags=tuple(str(tag) for tag in tags if tag),
                own=_own(item.get("publisher:note")),
            )


def _list_all(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_tag(body: Any) -> bool:
    return isinstance(body, dict) and (body.get("purpose") == "tagging" or body.get("type") == "Tag")


def _tags(bodies: list[Any]) -> Iterator[str]:
    for body in bodies:
        if isinstance(body, dict):
            yield from (str(tag) for key in ("tags", "tag", "keyword") for tag in _list_all(body.get(key)))


def _text(value: Any) -> str:
    """The words of a body, or of a text that names its language."""
    if isinstance(value, dict):
        given = value.get("value", value.get("text", value.get("chars", value.get("stringValue", ""))))
        return _text(given) if isinstance(given, dict | list) else str(given or "").strip()
    if isinstance(value, list):
        return " ".join(filter(None, map(_text, value)))
    return str(value).strip() if isinstance(value, str) else ""


def _author_name(creator: Any) -> str:
    """Who made an annotation: the name, else the end of the address."""
    if isinstance(creator, list):
        creator = creator[0] if creator else None
    if isinstance(creator, dict):
        name = creator.get("name") or creator.get("nickname") or creator.get("nick") or creator.get("id") or ""
        return _author_name(name) if isinstance(name, str) else _text(name)
    words = str(creator or "")
    return words.rstrip("/").rpartition("/")[2] if "://" in words else "" if words.startswith("urn:") else words


def _quote(target: Any) -> Selector:
    """The words that a target is about: those of its text quote selector, or of its text fragment."""
    found = list(_selectors(target, 0))
    for record in found:
        if record.get("type") == "TextQuoteSelector" and record.get("exact"):
            return Selector(
                exact=_text(record["exact"]),
                prefix=str(record.get("prefix") or ""),
                suffix=str(record.get("suffix") or ""),
            )
    for record in found:
        fragment = str(record.get("value") or "").partition(":~:text=")[2]
        if fragment:
            return _fragment(fragment)
    text = target.get("text") if isinstance(target, dict) else None
    locator = target.get("locator") if isinstance(target, dict) else None
    quoted = text or (locator.get("text") if isinstance(locator, dict) else None)
    if isinstance(quoted, dict):
        before, after = str(quoted.get("before") or ""), str(quoted.get("after") or "")
        return Selector(exact=str(quoted.get("highlight") or ""), prefix=before, suffix=after)
    return Selector(exact=str(quoted or ""))


def _selectors(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every selector below a target, also those that refine others."""
    if depth > _DEEPEST:
        return
    for record in _list_all(value):
        if isinstance(record, dict):
            yield record
            for key in ("selector", "refinedBy", "hasSelector"):
                yield from _selectors(record.get(key), depth + 1)


def _fragment(directive: str) -> Selector:
    """A text directive, https://wicg.github.io/scroll-to-text-fragment/: prefix-,start,end,-suffix."""
    parts = directive.partition("&")[0].split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts and parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts and parts[-1].startswith("-") else ""
    exact = unquote(parts[0]) if len(parts) == 1 else ""
    return Selector(exact=exact, prefix=prefix, suffix=suffix)


def _own(value: Any) -> Own | None:
    """What this program wrote of a note of its own; None if there is nothing, or nothing that it would write."""
    if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in ("series", "id", "markdown")):
        return None
    nth, series, note = value.get("lemma", 0), value["series"], value["id"]
    if not isinstance(nth, int) or not 0 <= nth < 99 or not _ID.fullmatch(series) or not _ID.fullmatch(note):
        return None
    kind, audience = value.get("kind"), value.get("audience")
    return Own(
        series=series,
        title=str(value.get("title") or series),
        note=note,
        nth=nth,
        markdown=value["markdown"],
        kind=kind if isinstance(kind, str) and re.fullmatch(r"[\w-]+", kind) else None,
        audience=audience if audience in ("instructor", "student") else None,
    )
