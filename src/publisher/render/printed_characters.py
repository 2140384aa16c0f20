"""The characters that a publication prints, for the subsets of its fonts.

They are taken from the publication, not from its documents: so a proof can ask for them without rendering again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from publisher.diagnostics import Source, Span
from publisher.fonts.subset import needed_characters
from publisher.model.inline import PageBreak
from publisher.model.page import PageMap
from publisher.model.publication import PageTarget, Publication

_NOT_PRINTED = (Span, Source, PageBreak, PageTarget, PageMap)
"""Places in sources, and the labels of pages, which no EPUB prints; they differ between the draft and the book."""
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
"""A character as CSS escapes it, https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point."""
_COUNTED = re.compile(
    r"(greek|armenian|georgian|hebrew|arabic|persian|devanagari|bengali|thai|khmer|lao|myanmar|tibetan"
    r"|gurmukhi|gujarati|oriya|tamil|telugu|kannada|malayalam|mongolian|cambodian|ethiopic|hiragana"
    r"|katakana|cjk|korean|japanese|chinese|@counter-style)",
    re.I,
)
"""Names of counter styles whose numbers are no Latin letters (CSS Counter Styles 3)."""


def printed_characters(publication: Publication) -> frozenset[int] | None:
    """The code points that the fonts of an EPUB need; None if a style sheet counts in other letters than Latin ones."""
    sheets = [source.text for source in publication.stylesheets]
    if any("list-style" in sheet or "counter" in sheet for sheet in sheets) and any(map(_COUNTED.search, sheets)):
        return None
    templates = [source.text for source in publication.templates]
    return needed_characters(
        (
            *printed_strings(publication),
            *map(html.unescape, templates),
            *sheets,
            *(chr(int(code, 16) % 0x110000) for text in (*sheets, *templates) for code in _ESCAPED.findall(text)),
        )
    )


def printed_strings(publication: Publication) -> Iterator[str]:
    """Every string of a publication that its documents can print."""
    waiting: list[object] = [publication]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple | list | frozenset):
            waiting.extend(value)
        elif isinstance(value, Mapping):
            waiting.extend((*value.keys(), *value.values()))
        elif is_dataclass(value) and not isinstance(value, _NOT_PRINTED):
            kind: Any = type(value)
            waiting.extend(getattr(value, name) for name in _names(kind))


@lru_cache(maxsize=256)
def _names(kind: Any) -> tuple[str, ...]:
    """The names of a dataclass's fields."""
    return tuple(field.name for field in fields(kind))
