"""`edition.yaml` with another sha256, and every other byte as it was."""

from __future__ import annotations

import codecs
import hashlib
import re

from publisher.load.recorded import Recorded

_PLAIN_KEY = re.compile(r"(?P<indent>[ ]*(?:- +)?)(?P<key>[\"']?file[\"']?)\s*:")


def rewritten(recorded: Recorded) -> bytes:
    """Return `edition.yaml` with the sha256 of the text as it is now: in the place of the old one, or as a new line.

    Comments, layout, quotation marks, line ends and a byte order mark stay as they are.
    """
    text, digest = recorded.settings.text, hashlib.sha256(recorded.content).hexdigest()
    if recorded.digest is not None and recorded.digest.span is not None:
        start, end, new = _replaced(recorded, digest)
    else:
        start, end, new = _inserted(recorded, digest)
    mark = codecs.BOM_UTF8 if recorded.settings_content.startswith(codecs.BOM_UTF8) else b""
    return mark + (text[:start] + new + text[end:]).encode("utf-8")


def _replaced(recorded: Recorded, digest: str) -> tuple[int, int, str]:
    """The place of the old value and what stands there; a key without a value gets one behind its colon."""
    assert recorded.digest is not None
    span, text = recorded.digest.span, recorded.settings.text
    assert span is not None
    written = text[span.start : span.end]
    if not recorded.digest.text and not written.strip("\"'"):
        return span.start, span.end, digest
    if not recorded.digest.text:  # the value is empty: the span is that of the key
        colon = text.index(":", span.end) + 1
        return colon, colon, f" {digest}"
    quote = written[0] if written[:1] in ("'", '"') and written[-1:] == written[:1] else ""
    return span.start, span.end, f"{quote}{digest}{quote}"


def _inserted(recorded: Recorded, digest: str) -> tuple[int, int, str]:
    """A new line below `file:`, in its column; in braces, a further key behind it."""
    text, span = recorded.settings.text, recorded.file.span
    assert span is not None
    begin = text.rfind("\n", 0, span.start) + 1
    key = _PLAIN_KEY.match(text, begin)
    if key is None or key.end() > span.start:
        return span.end, span.end, f", sha256: {digest}"
    end = text.find("\n", span.end)
    line_end = "\r\n" if "\r\n" in text else "\n"
    indent = " " * len(key["indent"])
    if end < 0:
        return len(text), len(text), f"{line_end}{indent}sha256: {digest}{line_end}"
    return end + 1, end + 1, f"{indent}sha256: {digest}{line_end}"
