"""Remarks as notes in the files of an edition: a series for each person, or the series that a note came from."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from publisher.annotations.placing import Placed
from publisher.annotations.remark import Remark
from publisher.diagnostics import Severity, Source
from publisher.importers.notes import RESERVED, slug
from publisher.load.findings import Findings
from publisher.load.markdown.escaping import escape
from publisher.load.notes import notes as read_notes
from publisher.model.apparatus import Selector
from publisher.model.block import Figure
from publisher.model.inline import Citation, CrossReference, FootnoteCall
from publisher.model.walk import inlines_of
from publisher.revision.quoting import quotation
from publisher.selectors.describe import describe_folded
from publisher.selectors.fold import fold

REACH = 2_000
UNNAMED = "Reader"


@dataclass(slots=True, kw_only=True)
class Series:
    """A series of notes to be added to."""

    id: str
    title: str
    notes: list[tuple[str, str]] = field(default_factory=list)
    """The id and the text of each note with a place."""
    orphans: list[tuple[str, str]] = field(default_factory=list)
    """The same of those without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The ids that an edition has already."""

    series: dict[str, str]
    """The titles of its series by their ids."""
    notes: Collection[str]


def series_of(found: Sequence[Placed], text: str, taken: Taken) -> tuple[tuple[Series, ...], int]:
    """The series that remarks make, in the order of their first remarks; and how many are in the edition already."""
    made: dict[str, Series] = {}
    known = {placed.remark.id: placed for placed in found if placed.remark.id}
    replies: dict[str, list[Remark]] = {}
    roots = []
    for item in found:
        root = _root(item, known)
        if root is item:
            roots.append(item)
        else:
            replies.setdefault(root.remark.id, []).append(item.remark)
    before = 0
    for group in _groups(roots):
        first = group[0].remark
        series = _series(first, made, taken)
        identity = _identity(first, series.id)
        if identity in taken.notes:
            before += 1
            continue
        answers = replies.get(first.id, []) if first.id else []
        is_placed = all(placed.range is not None for placed in group)
        lemmas = "\n\n".join(f"> {_lemma(placed, text)}" for placed in group)
        entry = identity, _note(first, identity, lemmas, len(group), _body(first, answers))
        (series.notes if is_placed else series.orphans).append(entry)
    return tuple(series for series in made.values() if series.notes or series.orphans), before


def _root(placed: Placed, known: dict[str, Placed]) -> Placed:
    """The remark at which the conversation of a remark begins."""
    seen = {placed.remark.id}
    while placed.remark.parent and placed.remark.parent in known and placed.remark.parent not in seen:
        seen.add(placed.remark.parent)
        placed = known[placed.remark.parent]
    return placed


def _groups(found: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The remarks that are one note: those of several passages of a note of our own."""
    groups: dict[object, list[Placed]] = {}
    for number, item in enumerate(found):
        own = item.remark.own
        groups.setdefault((own.series, own.note) if own else number, []).append(item)
    for group in groups.values():
        yield sorted(group, key=lambda placed: placed.remark.own.nth if placed.remark.own else 0)


def _series(remark: Remark, made: dict[str, Series], taken: Taken) -> Series:
    """The series of a remark: its own, else that of its person."""
    if remark.own is not None:
        return made.setdefault(remark.own.series, Series(id=remark.own.series, title=remark.own.title))
    person = remark.person or UNNAMED
    title = f"Comments by {person}"
    name = slug(person)
    base = "comments" if name in ("", *RESERVED) else name
    for identity in (base, *(f"{base}-{number}" for number in range(2, len(made) + len(taken.series) + 3))):
        known = made[identity].title if identity in made else taken.series.get(identity)
        if known is None or known == title:
            return made.setdefault(identity, Series(id=identity, title=title))
    raise AssertionError("there is always a free name")


def _identity(remark: Remark, series: str) -> str:
    """The id of the note: the same each time that a remark is imported."""
    if remark.own is not None:
        return remark.own.note
    selector = remark.selector
    what = remark.id or "\0".join((selector.prefix, selector.exact, selector.suffix, remark.body, remark.created))
    return f"{series}-{hashlib.sha256(what.encode()).hexdigest()[:8]}"


def _lemma(item: Placed, text: str) -> str:
    """What the note quotes: the words with as much context as makes them unique; without a place, as they came."""
    if item.range is None:
        exact = fold(item.remark.selector.exact).strip() or "(no words were marked)"
        return quotation(Selector(exact=exact))
    return quotation(describe_folded(text, *item.range, reach=REACH))


def _note(remark: Remark, identity: str, lemmas: str, count: int, body: str) -> str:
    own = remark.own
    given = [f"kind={own.kind}" if own and own.kind else "", f"audience={own.audience}" if own and own.audience else ""]
    given.append(f"calls={count}" if count > 1 or body.startswith(">") else "")
    attributes = " ".join(filter(None, given))
    heading = f"## {identity}{f' {{{attributes}}}' if attributes else ''}"
    return f"{heading}\n\n{lemmas}\n\n{body}\n"


def _body(remark: Remark, answers: Sequence[Remark]) -> str:
    """What a note says, with the replies below."""
    if remark.own is not None:
        parts = [remark.own.markdown]
    else:
        parts = [_describe(remark) or "Marked without a comment."]
        parts += [f"Tags: {escape(', '.join(remark.tags))}."] if remark.tags else []
    for answer in answers:
        date = f" ({answer.created[:10]})" if answer.created else ""
        parts.append(f"**{escape(answer.person or UNNAMED)}**{date}:")
        parts.append(_describe(answer) or "–")
    return "\n\n".join(part.strip() for part in parts)


def _describe(remark: Remark) -> str:
    """The body as Markdown: as it is if it is Markdown that a note may have, else with every sign as it is."""
    body = remark.body.replace("\r\n", "\n").replace("\r", "\n").strip()
    if remark.is_markdown and _may_be(body):
        return body
    paragraphs = (" ".join(part.split()) for part in body.split("\n\n"))
    return "\n\n".join(escape(paragraph, at_start=True) for paragraph in paragraphs if paragraph)


def _may_be(body: str) -> bool:
    """Whether Markdown of others reads as one note, without what points into an edition: pictures, citations."""
    findings, figures = Findings(), list[Figure]()
    note = f"## one {{calls=1}}\n\n> words\n\n{body}\n"
    found = read_notes(Source(name="body", text=note), series="s", figures=figures, findings=findings)
    errors = [diagnostic for diagnostic in findings.diagnostics if diagnostic.severity is Severity.ERROR]
    if len(found) != 1 or errors or figures:
        return False
    return not any(isinstance(node, Citation | CrossReference | FootnoteCall) for node in inlines_of(found[0].blocks))
