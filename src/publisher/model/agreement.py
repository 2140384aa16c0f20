"""An agreement that the text invokes: treaty, declaration, protocol, draft."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One provision in the editor's own words."""

    id: str
    """From `{#8}` after its heading; what `agreement:id#8` points at."""
    label: tuple[Inline, ...]
    """The heading: `Paragraph 8`."""
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One entry of the agreements appendix; every text field is inline Markdown unless it says otherwise."""

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
    """What stands before the first provision."""
    provisions: tuple[Provision, ...]
    span: Span


def parts_of(agreement: Agreement) -> tuple[Division, ...]:
    """What notes can be about: what precedes the provisions, then each provision with its heading, as a division."""
    return (
        Division(id="", name="", blocks=agreement.blocks),
        *(
            Division(id="", name="", blocks=(Paragraph(children=one.label), *one.blocks))
            for one in agreement.provisions
        ),
    )


def with_parts(agreement: Agreement, parts: tuple[Block, ...]) -> Agreement:
    """The agreement with other words in its parts, which are as many as `parts_of` returns, in their order."""
    first, *rest = (part.blocks for part in parts if isinstance(part, Division))
    return replace(
        agreement,
        blocks=first,
        provisions=tuple(
            replace(one, label=blocks[0].children if isinstance(blocks[0], Paragraph) else one.label, blocks=blocks[1:])
            for one, blocks in zip(agreement.provisions, rest, strict=True)
        ),
    )
