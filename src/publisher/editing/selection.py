"""Words that were selected on a page: where they are in a text, and the selector that finds them again.

Selectors follow https://www.w3.org/TR/annotation-model/#text-quote-selector, see `publisher.selectors`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.apparatus import Note, Selector
from publisher.selectors.describe import describe_folded
from publisher.selectors.fold import Folded, fold
from publisher.selectors.match import Quotation, starts

REACHES = (10_000, 200, 60, 20, 0)
"""How many characters around the words are compared: from all that the page gives to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """Words as a page shows them, with what it shows around them."""

    exact: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where words are in a text, and what finds them again."""

    start: int
    """In the folded text."""
    end: int
    selector: Selector


def locate_selection(selected: Selected, folded: Folded) -> Found | None:
    """Return where words are in a text; None if they are not there.

    Raises `PublisherError` (H-003) if they are there more than once and nothing around them says which is meant.
    """
    given = fold(selected.exact)
    exact = given.strip()
    if not exact:
        raise _refuse("nothing but spaces is selected", "select the words that the note is about")
    lead, _, tail = given.partition(exact)  # spaces that were selected too are around the words
    before, after = fold(selected.before + lead).lstrip(), fold(tail + selected.after).rstrip()
    for reach in REACHES:
        prefix, suffix = before[len(before) - reach if reach < len(before) else 0 :], after[:reach]
        found = [at + len(prefix) for at in starts(folded.text, prefix + exact + suffix)]
        if len(found) > 1:
            raise _refuse(f"the text has “{exact[:60]}” {len(found)} times", "select more words, or other ones")
        if found:
            start, end = found[0], found[0] + len(exact)
            return Found(start=start, end=end, selector=describe_folded(folded.text, start, end))
    return None


def following_note(found: Found, notes: Sequence[Note], folded: Folded) -> str | None:
    """Return the id of the first note of a file whose words come later in the text; None if there is none.

    A new note goes before it. None also if the notes are not in the order of the text: then it goes to the end.
    """
    places = [(note.id, _place(note, folded)) for note in notes]
    known = [(name, place) for name, place in places if place is not None]
    if [place for _, place in known] != sorted(place for _, place in known):
        return None
    return next((name for name, place in known if place > found.start), None)


def _place(note: Note, folded: Folded) -> int | None:
    quotation = Quotation.of(note.selector)
    if quotation is None:
        return None
    start = next(starts(folded.text, quotation.text), None)
    return None if start is None else start + quotation.lead


def _refuse(message: str, hint: str) -> PublisherError:
    return PublisherError(Diagnostic(code="H-003", message=message, hint=hint))
