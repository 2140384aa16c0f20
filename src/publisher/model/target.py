"""What a volume is made for: its formats, its audience, whether it is to be given away. It imports next to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from publisher.model.audience import Audience


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
    return tuple(dict.fromkeys((*(one for one in formats if one is not Format.WEB), *needed)))


def format_of(name: str) -> Format | None:
    """The format of a finished file by its name; None for any other file."""
    return next((one for one, ending in ENDINGS.items() if name.lower().endswith(ending)), None)


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
