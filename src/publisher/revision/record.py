"""`edition.yaml` with another sha256, and every other byte as it was."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator

from publisher.load.recorded import Recorded
from publisher.load.yaml.formats import PlacedDigests
from publisher.load.yaml.types import Placed

_KEY = re.compile(r"(?P<indent>[ ]*(?:- +)?)(?P<key>[\"']?file[\"']?)\s*:")


def rewrite_record(recorded: Recorded) -> bytes:
    """Return `edition.yaml` with the sha256 of the text as it is now: in the place of the old one, or as a new line.

    A list has one of each file, a single value that of all files one after the other.
    Comments, layout, quotation marks, line ends and a byte order mark stay as they are.
    """
    text, digests = recorded.settings.text, recorded.source.digests
    changes = [_insert(recorded)] if digests is None or digests.span is None else list(_replace(recorded, digests))
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    mark = codecs.BOM_UTF8 if recorded.settings_content.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode("utf-8")


def _replace(recorded: Recorded, digests: PlacedDigests) -> Iterator[tuple[int, int, str]]:
    """The places of the old values and what is there now."""
    now = [hashlib.sha256(content).hexdigest() for content in recorded.contents]
    if not digests.is_list:
        yield _one(recorded, digests.each[0], hashlib.sha256(b"".join(recorded.contents)).hexdigest())
    elif len(now) == len(digests.each):
        yield from (_one(recorded, *pair) for pair in zip(digests.each, now, strict=True))
    else:
        assert digests.span is not None
        end = digests.each[-1].span.end if digests.each[-1].span else digests.span.end
        is_flow = recorded.settings.text[digests.span.start] == "["
        end = recorded.settings.text.index("]", end) + 1 if is_flow else end
        yield digests.span.start, end, f"[{', '.join(now)}]"


def _one(recorded: Recorded, written: Placed, digest: str) -> tuple[int, int, str]:
    """The place of an old value and what is there; a key without a value gets one behind its colon."""
    span, text = written.span, recorded.settings.text
    assert span is not None
    old = text[span.start : span.end]
    if not written.text and not old.strip("\"'"):
        return span.start, span.end, digest
    if not written.text:  # the value is empty: the span is that of the key
        colon = text.index(":", span.end) + 1
        return colon, colon, f" {digest}"
    quote = old[0] if old[:1] in ("'", '"') and old[-1:] == old[:1] else ""
    return span.start, span.end, f"{quote}{digest}{quote}"


def _insert(recorded: Recorded) -> tuple[int, int, str]:
    """A new line next to `file:`, in its column; in braces, a further key.

    It is below the name of a single file, and above a list of several.
    """
    text, span = recorded.settings.text, recorded.source.files[0].span
    assert span is not None
    now = hashlib.sha256(b"".join(recorded.contents)).hexdigest()
    is_list = len(recorded.source.files) > 1
    keys = list(_KEY.finditer(text, 0, span.start))
    key = keys[-1] if keys else None
    begin = text.rfind("\n", 0, key.start("key") if key else span.start) + 1
    if key is None or text[begin : key.start("key")].strip(" -"):
        at = span.end if key is None or not is_list else key.start("key")
        return (at, at, f"sha256: {now}, ") if is_list else (at, at, f", sha256: {now}")
    indent = " " * (key.start("key") - begin)
    line_end = "\r\n" if "\r\n" in text else "\n"
    if is_list:
        return key.start("key"), key.start("key"), f"sha256: {now}{line_end}{indent}"
    end = text.find("\n", span.end)
    if end < 0:
        return len(text), len(text), f"{line_end}{indent}sha256: {now}{line_end}"
    return end + 1, end + 1, f"{indent}sha256: {now}{line_end}"
