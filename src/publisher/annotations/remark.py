"""A remark about words of a text, as every format of annotations has it."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.model.apparatus import Selector


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What this program adds about a note of its own, so that it comes back as it was."""

    series: str
    title: str
    """The title of the series."""
    note: str
    """The id of the note."""
    nth: int
    """Which of the note's lemmas it is, counted from 0."""
    markdown: str
    """What the note says."""
    kind: str | None = None
    audience: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A remark."""

    id: str
    """A URN or another identifier; empty if there is none."""
    person: str
    """Who made it; empty if that is not said."""
    created: str
    """ISO 8601, or empty."""
    selector: Selector
    """The words, with what is around them."""
    body: str
    """What it says; empty for a mark without words."""
    is_markdown: bool = False
    """Whether the body is Markdown."""
    tags: tuple[str, ...] = ()
    parent: str | None = None
    """The remark that it replies to."""
    own: Own | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A remark of an edition, with its place in the EPUB."""

    remark: Remark
    file: str
    """The document, as a path from the root of the container."""
    cfi: str
    start: int
    """Its position in the text of the document."""
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Remarks that were read from a file."""

    remarks: tuple[Remark, ...]
    kind: str
    """What the file is, for people, with its article."""
    digest: str = ""
    """The sha256 of the text that they are about; empty if the file does not say it."""
    identifiers: tuple[str, ...] = ()
    """What identifies the publication that they are about."""
