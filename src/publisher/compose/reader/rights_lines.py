"""Rights, permissions and people in words."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.compose.front import address, fact, run, words_of
from publisher.compose.i18n import Words
from publisher.compose.i18n.dates import date_in_words
from publisher.model.block import Definition
from publisher.model.credits import name_with_roles
from publisher.model.inline import Inline
from publisher.model.ledger import Entitlement
from publisher.model.settings import Contributor

Inlines = tuple[Inline, ...]


def ranges(pairs: Iterable[tuple[int, int]]) -> str:
    """`3–14, 20`."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in pairs)


def names(people: Iterable[Contributor], *, attributed: str = "") -> str:
    """`Woodrow Wilson, Stephen Lendman (attributed)`; that word is behind attributed names without a note."""
    return ", ".join(name_with_roles(contributor, attributed=attributed) for contributor in people)


def rights_lines(entitlement: Entitlement, *, words: Words, language: str) -> tuple[Inlines, ...]:
    """A line for each thing that is known of the rights, the status first."""
    course = words.course
    status = words.status_of(entitlement.status)
    statement = f"{status}. {entitlement.statement}" if entitlement.statement else f"{status}."
    granted = entitlement.granted and course.granted.format(date_in_words(entitlement.granted, language))
    expires = entitlement.expires and course.expires.format(date_in_words(entitlement.expires, language))
    copies = course.copies.format(entitlement.copies) if entitlement.copies else None
    given = ": ".join(part for part in (granted, entitlement.scope) if part)
    permission = ". ".join(part for part in (given, copies, expires) if part)
    lines = (
        run(statement),
        words_of(f"{course.holder} {entitlement.holder}." if entitlement.holder else None),
        words_of(f"{permission}." if permission else None),
        words_of(f"{course.reason}: {entitlement.reason}" if entitlement.reason else None),
        address(entitlement.licence_url),
    )
    return tuple(line for line in lines if line)


def rights_fact(entitlement: Entitlement, *, words: Words, language: str) -> tuple[Definition, ...]:
    """The rights as a fact."""
    return fact(words.rights, *rights_lines(entitlement, words=words, language=language))
