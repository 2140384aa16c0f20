"""The words that templates of the edition's own print: they are a source too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from publisher.diagnostics import Source
from publisher.verify.line import Expected, Found

ENDS = {"{#": "#}", "{%": "%}", "{{": "}}", "<": ">"}
"""How markup begins and ends: comments, statements, expressions, elements."""
_BEGIN = re.compile(r"\{[#%{]|<")


def without_own_words(
    lines: Sequence[Found], expected: Iterable[Expected], templates: Iterable[Source]
) -> Sequence[Found]:
    """The lines without those that are word for word in a template of the edition's own and nowhere else."""
    own = frozenset(words for source in templates for words in _words(source.text))
    own -= {line.key for line in expected}
    return [line for line in lines if line.key not in own] if own else lines


def _words(template: str) -> Iterator[str]:
    """What a template prints wherever it is used, without white space."""
    for words in _between_markup(template):
        if together := "".join(unescape(words).split()):
            yield together


def _between_markup(template: str) -> Iterator[str]:
    """The parts of a template that are no markup, in linear time; a beginning without an end is none."""
    unclosed: set[str] = set()
    start = at = 0
    while begin := _BEGIN.search(template, at):
        kind = begin[0]
        end = -1 if kind in unclosed else template.find(ENDS[kind], begin.end())
        if end < 0:
            unclosed.add(kind)
            at = begin.start() + 1
        else:
            yield template[start : begin.start()]
            start = at = end + len(ENDS[kind])
    yield template[start:]
