"""For whom a copy is made, and for whom a part of it is meant."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Students, instructors, or everybody; a part is marked for one of the first two."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"
    ALL = "all"


MARKED = (Audience.STUDENT, Audience.INSTRUCTOR)
"""For whom a note, a block or a reading can be marked."""


def is_for(copy: Audience, marked: Audience | None) -> bool:
    """Whether a part is in a copy: what is not marked is in each, a copy for all has everything."""
    return marked is None or copy is Audience.ALL or copy is marked


def class_of(audience: Audience) -> str:
    """The name of a division of blocks for an audience."""
    return f"for-{audience}"


def audience_of(name: str) -> Audience | None:
    """The audience that a division of that name is for; None where it is no such division."""
    return next((one for one in MARKED if class_of(one) == name), None)
