"""What the paragraphs and blocks of letters, diaries, plays and poems are, and what EPUB calls them.

The terms are those of the Z39.98-2012 Structural Semantics Vocabulary (https://www.daisy.org/z3998/2012/vocab/structure/)
and of Standard Ebooks (https://standardebooks.org/vocab/1.0), which has some that the former lacks.
"""

from __future__ import annotations

from collections.abc import Mapping

from publisher.model.date import Point, WrongDate, parse
from publisher.model.inline import Emphasis
from publisher.model.target import audience_of

PREFIXES = "z3998: http://www.daisy.org/z3998/2012/vocab/structure/, se: https://standardebooks.org/vocab/1.0"
"""The value of `epub:prefix` in a document that uses these terms."""

PARAGRAPHS: Mapping[str, str] = {
    "dateline": "se:letter.dateline",
    "addressee": "z3998:recipient",
    "salutation": "z3998:salutation",
    "valediction": "z3998:valediction",
    "signature": "z3998:signature",
    "postscript": "z3998:postscript",
    "speaker": "z3998:persona",
    "stage-direction": "z3998:stage-direction",
    "centred": "",
    "right": "",
    "continued": "",
}
"""The kinds of paragraphs with their `epub:type`, which may be empty."""
CAPTION = "caption"
"""The kind of the paragraph that is the caption of a group of pictures."""

DIVISIONS: Mapping[str, str] = {
    "letter": "z3998:letter",
    "entry": "z3998:diary-entry",
    "poem": "z3998:poem",
    "play": "z3998:drama",
    "act": "",
    "scene": "z3998:scene",
    "epitaph": "",
    "pictures": "",
}
"""The kinds of blocks between `:::` lines with their `epub:type`, which may be empty."""
DATED = frozenset({"letter", "entry"})
"""The kinds of blocks that may have a date."""
GROUP = "pictures"
"""The kind of block that is a group of pictures."""
WHOLE = frozenset({"letter", "entry"})
"""The kinds of blocks that could be read alone."""
COUNTED = frozenset({"letter", "entry", "play", "act", "scene"})
"""The kinds of blocks whose paragraphs are counted with those of the text."""

ABBREVIATIONS: Mapping[str, str] = {
    "acronym": "z3998:acronym",
    "initialism": "z3998:initialism",
    "truncation": "z3998:truncation",
    "name": "z3998:personal-name",
    "title": "z3998:name-title",
    "place": "z3998:place",
    "era": "se:era",
    "measure": "z3998:measure",
    "compass": "se:compass",
    "other": "",
}
"""The kinds of abbreviations with their `epub:type`."""

INLINES: Mapping[Emphasis, str] = {
    Emphasis.SHIP: "se:name.vessel.ship",
    Emphasis.ROMAN: "z3998:roman",
    Emphasis.SPEAKER: "z3998:persona",
    Emphasis.STAGE_DIRECTION: "z3998:stage-direction",
}
"""The `epub:type` of words that are marked as what they are."""


def is_kind(name: str) -> bool:
    """Whether blocks of this name are part of the text as much as those around them: no audience's, no appendix's."""
    return name in DIVISIONS and audience_of(name) is None


def machine_date(edtf: str) -> str | None:
    """The date as the `datetime` of HTML has it; None if it is not exactly a day, a month or a year.

    https://html.spec.whatwg.org/#datetime-value
    """
    try:
        date = parse(edtf)
    except WrongDate:
        return None
    if not isinstance(date, Point) or date.years > 1 or date.approximate or date.uncertain or date.year < 1:
        return None
    if date.month is None:
        return f"{date.year:04}"
    if date.is_season:
        return None
    return f"{date.year:04}-{date.month:02}" + (f"-{date.day:02}" if date.day else "")
