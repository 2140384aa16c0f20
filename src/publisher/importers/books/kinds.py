"""What `epub:type` and `class` say of letters, diaries, plays and words, as Markdown has it.

https://standardebooks.org/manual/ (semantics) and https://www.daisy.org/z3998/2012/vocab/structure/
"""

from __future__ import annotations

from dataclasses import replace

from publisher.importers.books.names import Element, local, tokens
from publisher.importers.document import Paragraph, Words
from publisher.model.date import WrongDate, standard
from publisher.model.kinds import ABBREVIATIONS, DIVISIONS, PARAGRAPHS

_PARAGRAPHS = {
    **{said: kind for kind, said in PARAGRAPHS.items() if said},
    **{kind: kind for kind in PARAGRAPHS},
    "z3998:sender": "signature",
    "z3998:recipient": "addressee",
}
_PARTS = {
    **{said: kind for kind, said in DIVISIONS.items() if said},
    "z3998:diary-entry": "entry",
    "se:letter": "letter",
    "epitaph": "epitaph",
    "z3998:epitaph": "epitaph",
}
_ABBREVIATIONS = {
    **{said: kind for kind, said in ABBREVIATIONS.items() if said},
    "acronym": "acronym",
    "initialism": "initialism",
    "truncation": "truncation",
    "name": "name",
    "z3998:given-name": "name",
    "z3998:name": "name",
    "name-title": "title",
    "era": "era",
    "compass": "compass",
}
_WORDS = {
    "z3998:roman": "roman",
    "z3998:persona": "speaker",
    "z3998:stage-direction": "stage-direction",
    "se:name.vessel.ship": "ship",
    "work-title": "title",
}
_TITLES = ("se:name.publication", "se:name.music", "se:name.visual-art", "se:name.broadcast")
"""What the types of the titles of works begin with."""


def paragraph_kind(said: frozenset[str]) -> str | None:
    """The kind of a paragraph; None if it is of none."""
    return next((_PARAGRAPHS[text] for text in sorted(said) if text in _PARAGRAPHS), None)


def part_kind(said: frozenset[str]) -> str | None:
    """The kind of a part that is set off: a letter, an entry, a scene; None if it is of none."""
    return next((_PARTS[text] for text in sorted(said) if text in _PARTS), None)


def words_kind(name: str, said: frozenset[str]) -> dict[str, object]:
    """What an element in a line says of its words, as properties of their format; nothing if it marks nothing."""
    if name == "abbr":
        kinds = (_ABBREVIATIONS[text] for text in sorted(said) if text in _ABBREVIATIONS)
        return {"abbreviation": next(kinds, "other")}
    if "all-small-caps" in said:
        return {"kind": "all-small-caps"}
    found = next((_WORDS[text] for text in sorted(said) if text in _WORDS), None)
    if any(text.startswith("se:name.vessel") for text in said):
        found = "ship"
    elif any(text.startswith(_TITLES) for text in said):
        found = "title"
    if found:
        return {"kind": found}
    return {"kind": _BY_NAME[name]} if name in _BY_NAME else {}


_BY_NAME = {"dfn": "term", "cite": "source", "i": "italic"}


def date_of(element: Element) -> str | None:
    """The date of an element `time`; None if it is none, or a time of day."""
    given = str(element.get("datetime") or "".join(map(str, element.itertext()))).strip()
    try:
        return standard(given) if len(given) <= 10 else None
    except WrongDate:
        return None


def first_date(element: Element) -> str | None:
    """The first date that an element says."""
    dates = (date_of(item) for item in element.iter("{*}time") if local(item) == "time")
    return next((date for date in dates if date), None)


def is_speech(row: Element) -> bool:
    """Whether a row of a table is a speech: one of its cells names the speaker."""
    return any("z3998:persona" in tokens(cell) for cell in row)


def on_stage(paragraph: Paragraph) -> Paragraph:
    """A paragraph that is a stage direction; its words are no direction inside of one."""
    line = tuple(
        replace(words, format=replace(words.format, kind=None))
        if isinstance(words, Words) and words.format.kind in ("stage-direction", "italic")
        else words
        for words in paragraph.line
    )
    words_only = [words for words in paragraph.line if isinstance(words, Words) and words.text.strip()]
    is_direction = all(words.format.kind in ("stage-direction", "italic") for words in words_only)
    return replace(paragraph, line=line, kind=paragraph.kind or "stage-direction") if is_direction else paragraph
