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
NAMED_BY_KIND = WRITERS | ATTRIBUTED | EDITORS | COMPILERS
"""Roles that have places of their own on title pages."""
_TITLE_PAGE = """
    trl adp abr arr trc col win aui wfw wpr waw aft ann cmm cwt wac wam wat wst ill ilu art pht drm dln pnc ink egr mte
    etr ltg wdc wde cll ctg cmp lbt lyr wal aus sce aud nrt ivr ive drt dis ctb clb edc red
    """
TITLE_PAGE = frozenset(_TITLE_PAGE.split())
"""Roles of those who had a part in what is in the book: a title page names them."""
COVER = frozenset({"trl", "adp", "win", "aui", "wfw", "wpr", "waw", "aft", "ill", "pht"})
"""Roles of those whom a cover names as well authors."""
ROOM = 3
"""How many lines a cover has for these, and how many names in each; more are on the title page alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Some people and what is said of them: `Attributed to Homer`."""

    label: str
    """What is before their names; empty where nothing does."""
    people: tuple[Contributor, ...]


def in_roles(people: Iterable[Contributor], roles: frozenset[str]) -> tuple[Contributor, ...]:
    """Those of the people who have one of the roles."""
    return tuple(contributor for contributor in people if contributor.role in roles)


def title_page_credits(people: Iterable[Contributor], words: FixedWords) -> tuple[Credit, ...]:
    """What a title page says of people, a line each: of those who wrote, edited, translated, illustrated the work."""
    people = tuple(people)
    by = words.by_several if len(in_roles(people, WRITERS)) > 1 else words.by
    known = (
        (by, WRITERS),
        (words.attributed_to, ATTRIBUTED),
        (words.edited_by, EDITORS),
        (words.compiled_by, COMPILERS),
    )
    return (*_credits(people, known), *_label(people, words, roles=TITLE_PAGE))


def imprint_credits(people: Iterable[Contributor], words: FixedWords) -> tuple[Credit, ...]:
    """What an imprint page says of those whom the title page does not name: printers, designers, owners."""
    people = tuple(people)
    return _label(
        people, words, roles=frozenset(contributor.role for contributor in people) - NAMED_BY_KIND - TITLE_PAGE
    )


def all_credits(people: Iterable[Contributor], words: FixedWords) -> tuple[Credit, ...]:
    """What is said of everybody who neither wrote nor edited nor compiled a text, a line each."""
    people = tuple(people)
    return _label(people, words, roles=frozenset(contributor.role for contributor in people) - NAMED_BY_KIND)


def cover_credits(people: Iterable[Contributor], words: FixedWords) -> tuple[Credit, ...]:
    """What a cover says of people, a line each: authors, else compilers; then translators, illustrators."""
    people = tuple(people)
    authors = _credits(people, (("", WRITERS), (words.attributed_to, ATTRIBUTED)))
    others = _label(people, words, roles=COVER)
    few = tuple(credit for credit in others if len(credit.people) <= ROOM)[:ROOM]
    return (*(authors or _credits(people, (("", COMPILERS),))), *few)


def separate(people: Iterable[Contributor], words: FixedWords) -> tuple[tuple[str, Contributor], ...]:
    """Each of the people behind what separates the name from the one before: nothing, a comma, `and`."""
    people = tuple(people)
    two, middle, last = words.joined
    final = two if len(people) == 2 else last
    return tuple(
        ("" if not at else final if at == len(people) - 1 else middle, contributor)
        for at, contributor in enumerate(people)
    )


def join_names(people: Iterable[Contributor], words: FixedWords, *, attributed: str | None = None) -> str:
    """The names as the language joins them: `Karl Marx and Friedrich Engels`.

    Without `attributed` they occur alone; with it, behind each is its reservation.
    """
    return "".join(
        before + (contributor.name if attributed is None else name_with_roles(contributor, attributed=attributed))
        for before, contributor in separate(people, words)
    )


def name_with_roles(contributor: Contributor, *, attributed: str) -> str:
    """A name with its reservation: its note; where it has none and is an attributed one, that word."""
    note = contributor.note or (attributed if contributor.role in ATTRIBUTED else "")
    return f"{contributor.name} ({note})" if note else contributor.name


def label_of(role: str, words: FixedWords) -> str:
    """What is before the names of those in a role: its own words, else the general ones."""
    return next((label for label, codes in words.roles if role in codes), words.contribution)


def _label(people: tuple[Contributor, ...], words: FixedWords, *, roles: frozenset[str]) -> tuple[Credit, ...]:
    """A line for each label, in the order in which the people are named."""
    lines: dict[str, list[Contributor]] = {}
    for contributor in people:
        if contributor.role in roles:
            lines.setdefault(label_of(contributor.role, words), []).append(contributor)
    return tuple(Credit(label=label, people=tuple(named)) for label, named in lines.items())


def _credits(people: Iterable[Contributor], labelled: Iterable[tuple[str, frozenset[str]]]) -> tuple[Credit, ...]:
    """Those credits that name somebody."""
    found = (Credit(label=label, people=in_roles(people, roles)) for label, roles in labelled)
    return tuple(credit for credit in found if credit.people)
