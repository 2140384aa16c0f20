"""The words that templates of the edition's own print: they are a source too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape

from publisher.diagnostics import Source
from publisher.verify.line import Expected, Found

MARKUP = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)


def without_own_words(
    lines: Sequence[Found], expected: Iterable[Expected], templates: Iterable[Source]
) -> Sequence[Found]:
    """The lines without those that stand word for word in a template of the edition's own and nowhere else."""
    own = frozenset(words for source in templates for words in _words(source.text))
    own -= {line.key for line in expected}
    return [line for line in lines if line.key not in own] if own else lines


def _words(template: str) -> Iterable[str]:
    """What a template prints wherever it is used, without white space."""
    return filter(None, ("".join(unescape(words).split()) for words in MARKUP.split(template)))
