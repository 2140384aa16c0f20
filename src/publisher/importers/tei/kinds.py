"""What elements of TEI P5 say of letters, diaries, plays and words, as Markdown has it.

https://tei-c.org/release/doc/tei-p5-doc/en/html/DS.html#DSOC (openers and closers), DR.html (performance texts)
"""

from __future__ import annotations

from publisher.importers.tei.names import Element, attribute, local
from publisher.model.date import WrongDate, standard
from publisher.model.kinds import ABBREVIATIONS, DIVISIONS

_PARTS = {**{kind: kind for kind in DIVISIONS if kind != "pictures"}, "diaryEntry": "entry", "diary-entry": "entry"}
_KINDS = {"term": "term", "title": "title", "stage": "stage-direction"}
_BY_TYPE = {("name", "ship"): "ship", ("rs", "ship"): "ship", ("num", "roman"): "roman"}
_PARAGRAPHS = {"dateline": "dateline", "signed": "signature", "stage": "stage-direction"}


def part_kind(element: Element) -> str | None:
    """The kind of a division: a letter, an entry, a scene; None if it is of none."""
    return _PARTS.get(attribute(element, "type"))


def paragraph_kind(element: Element) -> str | None:
    """The kind of the paragraph that a part of an opener or a closer is; None if it is of none."""
    name = local(element)
    if name == "salute":
        around = {local(ancestor) for ancestor in element.iterancestors()}
        return "valediction" if "closer" in around else "salutation"
    return _PARAGRAPHS.get(name)


def words_kind(element: Element) -> dict[str, object]:
    """What an element in a line says of its words, as properties of their format; nothing if it marks nothing."""
    name, kind = local(element), attribute(element, "type")
    if name == "abbr" and kind in ABBREVIATIONS:
        return {"abbreviation": kind}
    if name == "date" and (date := date_of(element)):
        return {"date": date}
    found = _BY_TYPE.get((name, kind)) or _KINDS.get(name)
    return {"kind": found} if found else {}


def date_of(element: Element) -> str | None:
    """The date that an element `date` has in its attributes; None if that is none."""
    try:
        return standard(attribute(element, "when")) if attribute(element, "when") else None
    except WrongDate:
        return None


def first_date(division: Element) -> str | None:
    """The date in the opener, the closer or the heading of a letter or an entry."""
    for element in division.iter("{*}date"):
        if any(local(around) in ("opener", "closer", "dateline", "head") for around in element.iterancestors()):
            return date_of(element)
    return None
