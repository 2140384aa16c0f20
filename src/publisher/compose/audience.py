"""What a copy has for its audience: notes and blocks that are marked for another are not in it, anywhere."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace

from publisher.compose.front import run
from publisher.compose.i18n import Words
from publisher.model.agreement import Agreement, Provision
from publisher.model.apparatus import Anchor, Note
from publisher.model.assets import Image
from publisher.model.block import Block, Division, Figure, Paragraph
from publisher.model.change import with_blocks
from publisher.model.edition import AnnotatedEdition, Matter
from publisher.model.inline import Emphasis, Run, Styled
from publisher.model.output import Output
from publisher.model.publication import Section
from publisher.model.target import Audience, audience_of, is_for
from publisher.model.text import Footnote, Text
from publisher.model.walk import blocks_of


def cut_for(blocks: Iterable[Block], audience: Audience, *, prefix: str, words: Words) -> tuple[Block, ...]:
    """The blocks that a copy has; what is for its audience alone is under a line that says so."""
    count = 0

    def change(block: Block) -> tuple[Block, ...]:
        nonlocal count
        marked = audience_of(block.name) if isinstance(block, Division) and not block.id else None
        if marked is None or not isinstance(block, Division):
            return (block,)
        if not is_for(audience, marked):
            return ()
        count += 1
        name = f"{prefix}-{block.name}-{count}"
        label = Paragraph(children=run(_label(marked, words)), name="audience", id=f"{name}-label")
        return (replace(block, id=name, blocks=(label, *block.blocks)),)

    return with_blocks(blocks, change)


def _label(marked: Audience, words: Words) -> str:
    return words.course.for_instructor if marked is Audience.INSTRUCTOR else words.course.for_student


def address(annotated: AnnotatedEdition, audience: Audience, *, words: Words) -> AnnotatedEdition:
    """The edition with what its notes, matter, agreements and footnotes have for an audience.

    The blocks of the text itself stay: notes are placed by offsets in it, so it is cut after they are woven in.
    """
    edition = annotated.edition
    cutter = _Cutter(audience, words)
    anchors, elsewhere = (
        tuple(anchor for given in group if (anchor := cutter.anchor(given)) is not None)
        for group in (annotated.anchors, annotated.elsewhere)
    )
    cut = replace(annotated, anchors=anchors, elsewhere=elsewhere)
    return replace(
        cut,
        edition=replace(
            edition,
            text=cutter.footnotes(edition.text),
            front=tuple(map(cutter.matter, edition.front)),
            back=tuple(map(cutter.matter, edition.back)),
            notes=cut.notes,
            agreements=tuple(map(cutter.agreement, edition.agreements)),
        ),
    )


class _Cutter:
    """Cuts the parts of an edition for one audience."""

    def __init__(self, audience: Audience, words: Words) -> None:
        self._audience, self._words = audience, words

    def blocks(self, blocks: Iterable[Block], prefix: str) -> tuple[Block, ...]:
        """The blocks that the copy has."""
        return cut_for(blocks, self._audience, prefix=prefix, words=self._words)

    def anchor(self, anchor: Anchor) -> Anchor | None:
        """The anchor; None where the copy has nothing of its note."""
        note: Note = anchor.note
        said = self.blocks(note.blocks, f"note-{note.series}-{note.id}")
        if not is_for(self._audience, note.audience) or not said:
            return None
        return replace(anchor, note=replace(note, blocks=self._labelled(said, note.audience)))

    def _labelled(self, blocks: tuple[Block, ...], marked: Audience | None) -> tuple[Block, ...]:
        """The blocks of a note, which begins by saying for whom it is where that is not everybody."""
        if marked is None:
            return blocks
        label = Styled(style=Emphasis.ITALIC, children=run(f"{_label(marked, self._words)}."))
        first = blocks[0]
        if isinstance(first, Paragraph):
            return (replace(first, children=(label, Run(text=" "), *first.children)), *blocks[1:])
        return (Paragraph(children=(label,)), *blocks)

    def matter(self, matter: Matter) -> Matter:
        """The document."""
        text = self.footnotes(matter.text)
        return replace(matter, text=replace(text, blocks=self.blocks(text.blocks, matter.id)))

    def footnotes(self, text: Text) -> Text:
        """The text with its footnotes cut; one of which nothing is left says nothing."""
        return replace(text, footnotes=tuple(map(self._footnote, text.footnotes)))

    def _footnote(self, footnote: Footnote) -> Footnote:
        said = self.blocks(footnote.blocks, f"footnote-{footnote.label}")
        return replace(footnote, blocks=said or (Paragraph(children=()),))

    def agreement(self, agreement: Agreement) -> Agreement:
        """The agreement with its provisions."""
        return replace(
            agreement,
            blocks=self.blocks(agreement.blocks, f"agreement-{agreement.id}"),
            provisions=tuple(self._provision(provision, agreement.id) for provision in agreement.provisions),
        )

    def _provision(self, provision: Provision, agreement: str) -> Provision:
        return replace(provision, blocks=self.blocks(provision.blocks, f"agreement-{agreement}-{provision.id}"))


def named_for(output: Output, audience: Audience) -> Output:
    """The output with a name that distinguishes a copy for others than students."""
    return output if audience is Audience.STUDENT else replace(output, name=f"{output.name}-{audience}")


def identifier_for(identifier: str, audience: Audience) -> str:
    """The identifier; a copy for others than students is another publication and has another."""
    if audience is Audience.STUDENT:
        return identifier
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{identifier}#audience={audience}')}"


def statement_for(statement: str | None, audience: Audience, *, words: Words) -> str | None:
    """The edition statement, which says for whom a copy is that is not for students."""
    match audience:
        case Audience.STUDENT:
            return statement
        case Audience.INSTRUCTOR:
            said = words.course.instructor_copy
        case Audience.ALL:
            said = words.course.whole_copy
    return f"{statement}. {said}" if statement else said


def shown_in(sections: Iterable[Section], images: Iterable[Image]) -> tuple[Image, ...]:
    """Those of the pictures that the sections show, in their text or in notes that it calls."""
    groups = (blocks for section in sections for blocks in (section.blocks, *(note.blocks for note in section.notes)))
    shown = {block.path for blocks in groups for block in blocks_of(blocks) if isinstance(block, Figure)}
    return tuple(image for image in images if image.path in shown)
