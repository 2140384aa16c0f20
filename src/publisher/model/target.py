"""What a volume is made for: its formats, its audience, whether it is to be given away. It imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
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
    return next((audience for audience in MARKED if class_of(audience) == name), None)


class Format(StrEnum):
    """What can be built."""

    EPUB = "epub"
    PDF = "pdf"
    WEB = "web"


BOOKS = (Format.EPUB, Format.PDF)
"""The formats that are one file each; a web edition is made of the EPUB."""
ENDINGS = {Format.EPUB: ".epub", Format.PDF: ".pdf", Format.WEB: ".web.zip"}
"""How the names of finished files end."""


def books_for(formats: tuple[Format, ...], *, listed: tuple[Format, ...]) -> tuple[Format, ...]:
    """The formats that have to be made for those that are wanted, of an edition that lists some.

    A web edition needs the EPUB, and the PDF for its page numbers if the edition lists a PDF.
    """
    if Format.WEB not in formats:
        return tuple(dict.fromkeys(formats))
    needed = (Format.EPUB, *((Format.PDF,) if Format.PDF in listed else ()))
    return tuple(dict.fromkeys((*(item for item in formats if item is not Format.WEB), *needed)))


def format_of(name: str) -> Format | None:
    """The format of a finished file by its name; None for any other file."""
    return next((item for item, ending in ENDINGS.items() if name.lower().endswith(ending)), None)


class Copy(StrEnum):
    """What a volume is made for."""

    DISTRIBUTION = "distribution"
    PROOF = "proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """For whom, and for what, a volume is made."""

    audience: Audience = Audience.STUDENT
    copy: Copy | None = None
    """None where `reader.yaml` decides."""


DEFAULT_TARGET = Target()
