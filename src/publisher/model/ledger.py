"""What rights there are in each reading and picture of a course reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from publisher.diagnostics import Span
from publisher.model.settings import Contributor, RightsStatus


class Kind(StrEnum):
    """What an entry is about."""

    READING = "reading"
    IMAGE = "image"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """Why something may be copied."""

    status: RightsStatus
    statement: str | None = None
    """A sentence to print."""
    licence_url: str | None = None
    holder: str | None = None
    """Who holds the rights."""
    granted: str | None = None
    """The day on which permission was given, ISO 8601."""
    scope: str | None = None
    """What the permission is for: `print and EPUB, students of the course`."""
    copies: int | None = None
    """How many copies it is for; None where it names no number."""
    expires: str | None = None
    """The last day of it, ISO 8601; None where it has none."""
    reason: str | None = None
    """Why an exception holds."""
    span: Span | None = field(default=None, compare=False, repr=False)
    """Where it is written, or where it ought to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the ledger."""

    kind: Kind
    unit: str
    """Title of the unit."""
    slug: str
    """Of the reading that it is, or in which it is."""
    title: str
    """Title of the reading; of a picture, its file."""
    authors: tuple[Contributor, ...]
    """Those who wrote it, or are said to have."""
    source: str
    """Citation in plain words."""
    copied: bool
    """Whether anything of it is in the volume; a link copies nothing."""
    entitlement: Entitlement
