"""The lines of words that notes cite: found on the pages of a section, put into words in the volume."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from publisher.model.page import LineCount
from publisher.model.rendition import CitedLemma, PdfSection, WordPlace, lines_key
from publisher.pdf.assemble.content import PageContent
from publisher.pdf.assemble.lines import TextLine
from publisher.pdf.assemble.order import Order
from publisher.pdf.assemble.page_starts import counts, is_aside
from publisher.pdf.assemble.section_pdf import CitedLines, SectionPdf, Spot
from publisher.pdf.assemble.structure import Mark, Node
from publisher.pdf.assemble.words import Words, sequences_of

_Stretches = Mapping[str, Sequence[tuple[int, Mark]]]
"""For each element its sequences, each with the characters up to its end."""


def cited_lines(
    lemmas: Iterable[CitedLemma],
    lines: Sequence[TextLine],
    *,
    document: Node,
    contents: tuple[PageContent, ...],
    words: Words,
    spots: Mapping[str, Spot],
) -> Iterator[CitedLines]:
    """The lines of each lemma; none of one that is in no line."""
    stretches: defaultdict[str, list[tuple[int, Mark]]] = defaultdict(list)
    _gather(document, (), words, stretches)
    sequences = sequences_of(contents)

    def line_of(place: WordPlace) -> TextLine | None:
        mark = next((mark for end, mark in stretches[place.element_id] if end > place.offset), None)
        at = sequences[mark].at if mark and mark in sequences else None
        near = [line for line in lines if mark and line.page == mark.page]
        return min(near, key=lambda line: abs(line.baseline - at[1])) if near and at else None

    for lemma in lemmas:
        first, last = line_of(lemma.first), line_of(lemma.last)
        spot = spots.get(lemma.note_id)
        if first and last:
            yield CitedLines(
                note_id=lemma.note_id,
                first_page=first.page,
                first=first.number,
                last_page=last.page,
                last=last.number,
                note_page=spot.page if spot else None,
            )


def _gather(
    node: Node, ids: tuple[str, ...], words: Words, stretches: defaultdict[str, list[tuple[int, Mark]]]
) -> None:
    """Goes through the text as it is read, notes left out."""
    origin = node.origin
    if origin and origin.is_note:
        return
    if origin and origin.id and not node.pseudo and counts(origin) and origin.id not in ids:
        ids = (*ids, origin.id)
    for child in node.children:
        if isinstance(child, Node):
            _gather(child, ids, words, stretches)
        elif isinstance(child, Mark) and not is_aside(node) and words.counts.get(child):
            for text in ids:
                done = stretches[text][-1][0] if stretches[text] else 0
                stretches[text].append((done + words.counts[child], child))


def lines_in_words(
    order: Order, sections: Sequence[SectionPdf], asked: Sequence[PdfSection]
) -> Iterator[tuple[str, str]]:
    """By `lines_key` what each note prints of the lines that it cites."""
    labels = order.labels
    for first, section, wanted in zip(order.firsts, sections, asked, strict=True):
        each_page = wanted.lines is not None and wanted.lines.by is LineCount.PAGE
        for item in section.cited:
            pages = (labels[first + item.first_page], labels[first + item.last_page]) if each_page else ("", "")
            yield lines_key(item.note_id), _in_words(item, pages)


def _in_words(cited: CitedLines, pages: tuple[str, str]) -> str:
    """`12`, `12–14`; where lines begin again on each page and the words are on another: `3.38–4.2`."""
    if not pages[0] or cited.first_page == cited.last_page == cited.note_page:
        return str(cited.first) if cited.first == cited.last else f"{cited.first}–{cited.last}"
    if cited.first_page != cited.last_page:
        return f"{pages[0]}.{cited.first}–{pages[1]}.{cited.last}"
    return f"{pages[0]}.{cited.first}" if cited.first == cited.last else f"{pages[0]}.{cited.first}–{cited.last}"
