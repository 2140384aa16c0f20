"""What an edition may change for its pages: never its text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from publisher.model.typesetting import MOST_TRACKING
from publisher.proof.reading.lines import Line, SetBlock

_DIVIDED = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_BEGIN = re.compile(r"[^\W\d_]+")
CLOSER = -4
"""By how many thousandths of an em a paragraph is set closer at first."""


def tracking(block: SetBlock, *, otherwise: str = "p12") -> str:
    """The key of `edition.yaml` that sets a paragraph closer: `typesetting: {tracking: {p12: -4}}`."""
    name = element_of(block) or otherwise
    return f"typesetting: {{tracking: {{{name}: {CLOSER}}}}} (from -{MOST_TRACKING} to {MOST_TRACKING})"


def element_of(block: SetBlock) -> str | None:
    """The id of the element of a block, as `typesetting` names it; None if it has none."""
    return next(iter(block.source.ids), None) if block.source else None


def hyphenation_key(lines: Iterable[Line], after: Iterable[Line], language: str) -> str | None:
    """The key that divides words at other places, with the words at the ends of lines; None if none is divided."""
    words = []
    for line, following in zip(lines, after, strict=False):
        found, rest = _DIVIDED.search(line.text.rstrip()), _BEGIN.match(following.text)
        if found and rest:
            words.append(found[1] + rest[0])
    return f"typesetting: {{hyphenation: {{{language}: [{', '.join(dict.fromkeys(words))}]}}}}" if words else None
