"""Who is named for what: authors, those to whom a text is attributed, editors, compilers.

Roles are MARC relators, https://www.loc.gov/marc/relators/
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publisher.model.publication import FixedWords
from publisher.model.settings import Contributor

WRITERS = frozenset({"aut", "cre"})
"""Roles of those who wrote a text."""
ATTRIBUTED = frozenset({"att", "dub"})
"""Roles of those who are said to have written it: attributed names and dubious authors."""
EDITORS = frozenset({"edt"})
COMPILERS = frozenset({"com"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Some people and what is said of them: `Attributed to Homer`."""

    label: str
    """What stands before their names; empty where nothing does."""
    people: tuple[Contributor, ...]


def in_roles(people: Iterable[Contributor], roles: frozenset[str]) -> tuple[Contributor, ...]:
    """Those of the people who have one of the roles."""
    return tuple(one for one in people if one.role in roles)


def title_page_credits(people: Iterable[Contributor], words: FixedWords) -> tuple[Credit, ...]:
    """What a title page says of people, a line each."""
    labelled = (
        (words.by, WRITERS),
        (words.attributed_to, ATTRIBUTED),
        (words.edited_by, EDITORS),
        (words.compiled_by, COMPILERS),
    )
    return _credits(people, labelled)


def cover_credits(people: Iterable[Contributor], words: FixedWords) -> tuple[Credit, ...]:
    """What a cover says of people, a line each: of authors, known and attributed, else of those who compiled it."""
    authors = _credits(people, (("", WRITERS), (words.attributed_to, ATTRIBUTED)))
    return authors or _credits(people, (("", COMPILERS),))


def named(one: Contributor, *, attributed: str) -> str:
    """A name with its reservation: its note; where it has none and is an attributed one, that word."""
    note = one.note or (attributed if one.role in ATTRIBUTED else "")
    return f"{one.name} ({note})" if note else one.name


def _credits(people: Iterable[Contributor], labelled: Iterable[tuple[str, frozenset[str]]]) -> tuple[Credit, ...]:
    """Those credits that name somebody."""
    found = (Credit(label=label, people=in_roles(people, roles)) for label, roles in labelled)
    return tuple(credit for credit in found if credit.people)
