"""Documents of the PDF with what the edition says of single words and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from publisher.model.typesetting import Divisible, Typesetting

_TAG = re.compile(r'<(?:p|h[1-6]|figure|blockquote|article|div|pre|dl|table)\b[^<>]*?\bid="([^"<>]+)"[^<>]*>')
ATTRIBUTE = "data-hyphenation"


def with_typesetting(document: str, typesetting: Typesetting) -> str:
    """The document with its tracking and page breaks as styles, and with those of the words that it has.

    Words and elements that are not in it change nothing, so that it is laid out again only if it is concerned.
    """
    styles = dict(_styles(typesetting))
    if styles:
        document = _TAG.sub(lambda found: _with_style(found, styles), document)
    words = _words(document, typesetting)
    return document.replace("<html ", f'<html {ATTRIBUTE}="{escape(words)}" ', 1) if words else document


def _styles(typesetting: Typesetting) -> Iterator[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for tracking in typesetting.tracking:
        found.setdefault(tracking.id, []).append(f"letter-spacing: {tracking.thousandths / 1000:g}em")
    for element in typesetting.page_breaks:
        found.setdefault(element.id, []).append("break-before: page")
    yield from ((name, "; ".join(styles)) for name, styles in found.items())


def _with_style(found: re.Match[str], styles: dict[str, str]) -> str:
    style, tag = styles.get(found[1]), found[0]
    if style is None:
        return tag
    if ' style="' in tag:
        return tag.replace(' style="', f' style="{style}; ', 1)
    end = "/>" if tag.endswith("/>") else ">"
    return f'{tag.removesuffix(end)} style="{style}"{end}'


def _words(document: str, typesetting: Typesetting) -> str:
    """The words that a document has, with hyphens where they may be divided: `en cooper-ation|de Staub-ecken`."""
    if not typesetting.hyphenation:
        return ""
    lower = document.lower()
    there = (
        (language, [_write(divisible) for divisible in words if divisible.word in lower])
        for language, words in typesetting.hyphenation
    )
    return "|".join(" ".join((language, *words)) for language, words in there if words)


def _write(divisible: Divisible) -> str:
    ends = (*divisible.places, len(divisible.word))
    return "-".join(divisible.word[start:end] for start, end in zip((0, *divisible.places), ends, strict=True))
