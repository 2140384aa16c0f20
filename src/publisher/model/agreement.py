"""An agreement or document that the text invokes: treaty, protocol, draft, letter, statute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from publisher.diagnostics import Span
from publisher.model.block import Block, Division, Paragraph
from publisher.model.inline import Inline


class Force(StrEnum):
    """What weight an instrument has."""

    TREATY_IN_FORCE = "treaty-in-force"
    POLITICAL_COMMITMENT = "political-commitment"
    POLITICAL_DECLARATION = "political-declaration"
    NEGOTIATED_SETTLEMENT = "negotiated-settlement"
    ENDORSED_SETTLEMENT = "endorsed-settlement"
    DISPUTED = "disputed"
    DRAFT = "draft"
    NON_PAPER = "non-paper"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    TERMINATED = "terminated"
    NEVER_IN_FORCE = "never-in-force"
    NONE = "none"


class DocumentKind(StrEnum):
    """What a document is."""

    TREATY = "treaty"
    DECLARATION = "declaration"
    LETTER = "letter"
    STATUTE = "statute"
    CASE = "case"
    DECREE = "decree"
    OTHER = "other"


FULL_TEXT = "text"
"""The id of the provision that holds the full text of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One provision in the editor's own words."""

    id: str
    """From `{#8}` after its heading; what `agreement:id#8` points at."""
    label: tuple[Inline, ...]
    """The heading: `Paragraph 8`; empty above the full text of a document without a title."""
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One entry of the appendix of agreements and documents; text is inline Markdown unless a field says otherwise."""

    id: str
    title: str
    """Full title, plain text."""
    short: str
    """Short title, plain text; what a cross-reference without words prints."""
    date: str
    """The date in EDTF (`model.date`), for order and the table."""
    place: str
    parties: tuple[Inline, ...]
    kind: tuple[Inline, ...]
    """Kind of instrument."""
    force: Force | None
    """None if nothing is said of it."""
    force_note: tuple[Inline, ...]
    """What its force rests on; may be empty."""
    document: tuple[Inline, ...]
    """Document number; may be empty."""
    published: tuple[Inline, ...]
    """Where the official text is published."""
    date_note: tuple[Inline, ...]
    """What must be said of the date; may be empty."""
    blocks: tuple[Block, ...]
    """What is before the first provision."""
    provisions: tuple[Provision, ...]
    span: Span
    document_kind: DocumentKind | None = None
    """What it is if it is a document; None of an agreement, whose `kind` says it in words."""
    by: tuple[Inline, ...] = ()
    """Of a document, who wrote, issued, enacted or decided it; may be empty."""
    to: tuple[Inline, ...] = ()
    """Of a document, whom it is addressed to; may be empty."""

    @property
    def facts(self) -> tuple[tuple[Inline, ...], ...]:
        """Every line of Markdown in its head."""
        return (
            self.parties,
            self.by,
            self.to,
            self.kind,
            self.force_note,
            self.document,
            self.published,
            self.date_note,
        )


def parts_of(agreement: Agreement) -> tuple[Division, ...]:
    """What notes can be about: what precedes the provisions, then each provision with its heading, as a division."""
    return (
        Division(id="", name="", blocks=agreement.blocks),
        *(
            Division(id="", name="", blocks=(Paragraph(children=provision.label), *provision.blocks))
            for provision in agreement.provisions
        ),
    )


def with_parts(agreement: Agreement, parts: tuple[Block, ...]) -> Agreement:
    """The agreement with other words in its parts, which are as many as `parts_of` returns, in their order."""
    first, *rest = (part.blocks for part in parts if isinstance(part, Division))
    return replace(
        agreement,
        blocks=first,
        provisions=tuple(
            replace(
                provision,
                label=blocks[0].children if isinstance(blocks[0], Paragraph) else provision.label,
                blocks=blocks[1:],
            )
            for provision, blocks in zip(agreement.provisions, rest, strict=True)
        ),
    )
