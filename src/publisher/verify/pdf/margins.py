"""What is on the pages of a PDF in addition to its text: running heads, folios, signs of lists, annotations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set

from publisher.diagnostics import Diagnostic
from publisher.model.block import Block, BlockQuote, DefinitionList, Division, ListBlock, Paragraph, Table
from publisher.model.page import ELLIPSIS, HEAD_FROM, HEAD_PARAGRAPH, HEAD_TO, SHORTEST_HEAD, is_cut_from, running_head
from publisher.model.publication import Publication
from publisher.model.walk import blocks_of, plain_of_inlines
from publisher.pdf.read.document import PdfDocument
from publisher.verify.diagnose import wrong
from publisher.verify.expected.lines import line
from publisher.verify.expected.pdf import pdf_sections
from publisher.verify.pdf.found import PdfReading
from publisher.verify.pdf.print_form import Label, with_additions

HYPHENS = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011"))
QUOTED = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'")


def margin_faults(
    publication: Publication, document: PdfDocument, reading: PdfReading, *, artifact: str, label: Label | None
) -> Iterator[Diagnostic]:
    """Words in margins that are no running head and no folio, wrong numbers of lists, anything laid over a page.

    `label` gives the page of an element if the file prints pages and addresses after links.
    """
    yield from _artifacts(publication, document, artifact, label)
    yield from _stamps(publication, document, artifact)
    for annotation in document.annotations.values():
        if annotation.kind != "Link":
            place = f"page {document.labels[annotation.page]}"
            message = f"({place}) something is laid over the page that no source holds: {annotation.kind}"
            yield wrong("V-003", message, artifact=artifact)
    if not publication.stylesheets:
        yield from _labels(publication, reading, artifact)


def _artifacts(
    publication: Publication, document: PdfDocument, artifact: str, label: Label | None
) -> Iterator[Diagnostic]:
    heads = frozenset(filter(None, map(_key, _heads(publication, label))))
    for number, content in enumerate(document.contents):
        words = "".join(_key(chunk.text) for chunk in content.artifacts)
        parts = {*heads, *_cut(words, heads), _key(document.labels[number])} - {""}
        if (
            words
            and not is_made_of(words, parts)
            and not is_made_of(_without_hyphens(words), {*map(_without_hyphens, parts)})
        ):
            shown = " ".join(chunk.text for chunk in content.artifacts)
            message = f"(page {document.labels[number]}) no source has the words in the margins: “{shown[:70]}”"
            yield wrong("V-012", message, artifact=artifact)


def _without_hyphens(words: str) -> str:
    """The words without hyphens: in the repeated head of a table, those at line ends are none of the text."""
    return words.translate(HYPHENS)


def _cut(words: str, heads: Set[str]) -> Iterator[str]:
    """The beginnings of running heads among words that have an ellipsis behind them, for want of room."""
    for at in (at for at, character in enumerate(words) if character == ELLIPSIS):
        for start in range(at - SHORTEST_HEAD):
            if any(is_cut_from(words[start : at + 1], head) for head in heads):
                yield words[start : at + 1]
                break


def is_made_of(words: str, parts: Set[str]) -> bool:
    """Whether words are parts in a row, some of them perhaps several times.

    A regular expression would have to be compiled for each page, since each has another folio.
    """
    reached, waiting = {0}, [0]
    while waiting:
        at = waiting.pop()
        for end in {at + len(part) for part in parts if words.startswith(part, at)} - reached:
            reached.add(end)
            waiting.append(end)
    return len(words) in reached


def _stamps(publication: Publication, document: PdfDocument, artifact: str) -> Iterator[Diagnostic]:
    """Pages of a proof that do not say that they are of one."""
    stamp = publication.words.stamp
    for label, content in zip(document.labels, document.contents, strict=True):
        if stamp and _key(stamp) not in "".join(_key(chunk.text) for chunk in content.artifacts):
            yield wrong("V-002", f"(page {label}) the page does not say “{stamp}”", artifact=artifact)


def _heads(publication: Publication, label: Label | None) -> Iterator[str]:
    """Everything that may be outside the text: running heads, heads of tables once more, words of own styles."""
    yield running_head(publication.metadata.short_title)
    for section in pdf_sections(publication):
        yield running_head(section.running or section.label)
        yield from (running_head(item.title) for item in publication.series if section.notes)
        notes = (block for note in section.notes for block in note.blocks)
        for block in blocks_of((*section.blocks, *notes)):
            if isinstance(block, Division) and block.running:
                yield running_head(block.running)
            if isinstance(block, Paragraph) and block.number:
                yield from (form.format(block.number) for form in (HEAD_PARAGRAPH, HEAD_FROM, HEAD_TO))
            if isinstance(block, Table):
                for cell in (cell for row in block.head for cell in row):
                    yield plain_of_inlines(cell.children)
                    words = line(cell.children, name="")
                    yield words.text
                    if label is not None:
                        yield with_additions(words, publication.words.on_page, label).text
    for sheet in publication.stylesheets:
        yield from (element or other for element, other in QUOTED.findall(sheet.text))


def _labels(publication: Publication, reading: PdfReading, artifact: str) -> Iterator[Diagnostic]:
    """The numbers of ordered lists; the signs of others are no words."""
    sections = pdf_sections(publication)
    notes = {note.id: note for section in sections for note in section.notes}
    blocks = (*(b for s in sections for b in s.blocks), *(b for note in notes.values() for b in note.blocks))
    want, have = Counter(_numbers(blocks)), Counter(_sign(line.text) for line in reading.labels)
    for sign in (want - have).elements():
        yield wrong("V-002", f"an entry of a list has lost its {sign or 'sign'}", artifact=artifact)
    for sign in (have - want).elements():
        yield wrong(
            "V-003", f"an entry of a list has the sign “{sign or '•'}”, which no source gives it", artifact=artifact
        )


def _sign(text: str) -> str:
    """What the label of an entry says; nothing where it has neither letter nor digit."""
    words = _key(text)
    return words if any(character.isalnum() for character in words) else ""


def _numbers(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case ListBlock():
                for at, entry in enumerate(block.entries):
                    yield f"{block.start + at}." if block.ordered else ""
                    yield from _numbers(entry)
            case BlockQuote() | Division():
                yield from _numbers(block.blocks)
            case DefinitionList():
                for definition in block.entries:
                    for description in definition.descriptions:
                        yield from _numbers(description)
            case _:
                pass


def _key(text: str) -> str:
    return "".join(text.split())
