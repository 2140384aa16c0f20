"""`publisher check --anchors`: how safely each note is anchored in its text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from publisher.diagnostics import amount
from publisher.workspace import Folder

if TYPE_CHECKING:
    from publisher.load.recorded import Recorded
    from publisher.revision.health import Health

CLOSE = 80
"""Per cent of likeness from which another passage may be mistaken for the words."""
SHOWN = 60


def anchors(folder: Folder, *, as_json: bool) -> bool:
    """Print the health of every anchor of an edition, or of those of a reader; return whether all have a place."""
    from publisher.cli.accept import editions
    from publisher.load.recorded import load_recorded
    from publisher.revision.health import Hold, anchor_health

    found: list[Health] = []
    for edition in editions(folder):
        recorded = load_recorded(edition)
        found += anchor_health(recorded.notes_on_text, recorded.text)
        found += _elsewhere(edition, recorded)
    click.echo(_json(found) if as_json else "\n".join((*map(_line, found), _summary(found))))
    return all(health.hold in (Hold.WORDS, Hold.CONTEXT) for health in found)


def _elsewhere(folder: Folder, recorded: Recorded) -> Iterator[Health]:
    """The health of the anchors of notes about front and back matter, agreements, other notes and footnotes."""
    from publisher.annotate.places import grounds_of
    from publisher.load import AlteredText, load_edition
    from publisher.revision.health import anchor_health

    places = {note.place: None for note in recorded.notes if note.place is not None}
    if not places:
        return
    try:
        edition = load_edition(folder)
    except AlteredText as error:
        edition = error.edition
    grounds = grounds_of(edition)
    for place in places:
        ground = grounds.get((place.kind, place.id))
        notes = tuple(note for note in recorded.notes if note.place == place)
        yield from () if ground is None else anchor_health(notes, ground.text)


def _line(health: Health) -> str:
    """What there is to say of an anchor."""
    from publisher.diagnostics.report.visible import visible
    from publisher.revision.health import MOST_TIMES, Hold

    often = f"{MOST_TIMES} times or more" if health.times >= MOST_TIMES else f"{health.times} times"
    holds = {
        Hold.WORDS: "unique by its words",
        Hold.CONTEXT: f"its words are there {often}; unique with {amount(health.context, 'character')} around them",
        Hold.AMBIGUOUS: f"ambiguous: its words are there {often}; {amount(health.context, 'character')} around them "
        "would make it unique",
        Hold.MISSING: "its words are not in the text",
    }
    shown = " ".join(health.nearest.split())
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
    near = f"; next: {health.next:.0f} % “{visible(shown)}”" if health.next and health.next < 100 else ""
    nth = f" ({health.nth + 1})" if health.note.again else ""
    return f"{health.note.lemmas[health.nth].span}: {health.note.id}{nth}: {holds[health.hold]}{near}"


def _summary(found: Iterable[Health]) -> str:
    """How many anchors there are of each kind."""
    from publisher.revision.health import Hold

    found = tuple(found)
    counts = Counter(health.hold for health in found)
    close = sum(CLOSE <= health.next < 100 for health in found)
    parts = [f"{counts[Hold.WORDS]:,} unique by their words", f"{counts[Hold.CONTEXT]:,} with context"]
    parts += [f"{counts[Hold.AMBIGUOUS]:,} ambiguous"] if counts[Hold.AMBIGUOUS] else []
    parts += [f"{counts[Hold.MISSING]:,} without a place"] if counts[Hold.MISSING] else []
    parts += [f"{close:,} with another passage that is {CLOSE} % alike or more"] if close else []
    return f"{amount(len(found), 'anchor')}: {', '.join(parts)}"


def _json(found: Iterable[Health]) -> str:
    """The same for programs."""
    value = [
        {
            "note": health.note.id,
            "series": health.note.series,
            "lemma": health.nth,
            "place": str(health.note.lemmas[health.nth].span),
            "state": str(health.hold),
            "words": health.words,
            "times": health.times,
            "context": health.context,
            "next": {"likeness": health.next, "words": health.nearest},
        }
        for health in found
    ]
    return json.dumps({"anchors": value}, ensure_ascii=False, indent=2)
