"""The proof of an EPUB: every line of the sources once and in order, nothing else, every link where it belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from publisher.diagnostics import Diagnostic
from publisher.model.accessibility import Claim
from publisher.model.block import ListBlock
from publisher.model.publication import Publication
from publisher.model.target import Format
from publisher.model.walk import blocks_of
from publisher.verify.compare import Comparison, compare
from publisher.verify.diagnose import changed_line, diagnostics, wrong
from publisher.verify.epub.found import Reading
from publisher.verify.epub.lines import read_lines
from publisher.verify.epub.package import statement_faults
from publisher.verify.epub.page_list import page_faults
from publisher.verify.epub.rules import Sheet, generated_words
from publisher.verify.expected.epub import epub_lines
from publisher.verify.formulas import markup_faults
from publisher.verify.headings import heading_faults
from publisher.verify.kinds import kind_faults
from publisher.verify.languages import language_faults
from publisher.verify.line import Expected, Found, Link
from publisher.verify.metadata import package_faults
from publisher.verify.own_templates import without_own_words
from publisher.verify.pictures import picture_faults
from publisher.verify.tables import cell_faults


def epub_faults(
    content: bytes, publication: Publication, *, artifact: str, shipped: Mapping[str, bytes] | None = None
) -> Iterator[Diagnostic]:
    """Everything in which an EPUB departs from its sources; raises `PublisherError` (V-010) if it can't be read.

    `shipped` are the style sheets, typefaces and pictures that belong into it; None if they are not known.
    """
    reading = read_lines(content, shipped=shipped, own_templates=bool(publication.templates))
    yield from document_faults(reading, publication, expected=epub_lines, artifact=artifact)
    said = reading.faults
    with_formulas = {formula.place.partition(",")[0] for formula in reading.formulas}
    if reading.package is not None:
        yield from package_faults(reading.package, publication, artifact=artifact)
        said = [*said, *statement_faults(reading.package, publication, with_formulas=with_formulas)]
    yield from (wrong(code, message, artifact=artifact) for code, message in dict.fromkeys(said))


def document_faults(
    reading: Reading,
    publication: Publication,
    *,
    expected: Callable[..., tuple[Expected, ...]],
    artifact: str,
) -> Iterator[Diagnostic]:
    """Everything in which documents that were read depart from their sources.

    `expected` gives the lines that they have to have, by `epub_lines` or `web_lines`.
    """
    words = publication.words
    pages = tuple(replace(page, text=words.label_of_page(page.text) or page.text) for page in reading.pages)
    wanted = expected(publication, pages=pages)
    comparison = compare(wanted, without_own_words(reading.lines, wanted, publication.templates))
    yield from diagnostics(comparison, artifact=artifact)
    yield from _characters(comparison, artifact)
    yield from language_faults(comparison.pairs, artifact=artifact)
    if not publication.templates:
        yield from heading_faults(comparison.pairs, artifact=artifact, levels=True)
        yield from cell_faults(comparison.pairs, artifact=artifact)
        yield from kind_faults(comparison.pairs, artifact=artifact)
    yield from _links(comparison, reading, artifact)
    yield from _hide(reading, artifact)
    yield from markup_faults(reading.formulas, publication, artifact=artifact)
    yield from _beside(reading, publication, artifact)
    if not publication.templates:
        yield from _first_numbers(reading, publication, artifact)
    yield from page_faults(reading, publication, artifact=artifact)
    yield from _page_claim(reading, publication, artifact)
    yield from picture_faults(comparison, publication.images, artifact=artifact)


def _characters(comparison: Comparison, artifact: str) -> Iterator[Diagnostic]:
    """Lines whose letters are right and whose spaces are not."""
    for expected, found in comparison.pairs:
        if expected.text != found.text and expected.marks == found.marks:
            yield changed_line(expected, found, artifact=artifact)


def _links(comparison: Comparison, reading: Reading, artifact: str) -> Iterator[Diagnostic]:
    targets = frozenset(link.target for expected, _ in comparison.pairs for link in expected.links)
    for expected, found in comparison.pairs:
        if expected.marks == found.marks:
            yield from _line_links(expected, found, reading, artifact)
        for id in targets.intersection((*expected.ids, *expected.places)).difference(found.ids):
            yield wrong(
                "V-007",
                f"({found.place}) links to {expected.name} lead elsewhere: no {id} is there",
                artifact=artifact,
                line=expected,
            )


def _line_links(expected: Expected, found: Found, reading: Reading, artifact: str) -> Iterator[Diagnostic]:
    if [link.text for link in expected.links] != [link.text for link in found.links]:
        yield wrong(
            "V-007",
            f"({found.place}) {expected.name} has other links than its source: expected {_texts(expected.links)}, "
            f"found {_texts(found.links)}",
            artifact=artifact,
            line=expected,
        )
        return
    for want, have in zip(expected.links, found.links, strict=True):
        if not _leads(want, have, reading):
            yield wrong(
                "V-007",
                f"({found.place}) the link “{want.text}” in {expected.name} should lead to {want.target}, "
                f"and leads to {have.target}",
                artifact=artifact,
                line=expected,
            )


def _leads(want: Link, have: Link, reading: Reading) -> bool:
    """Whether a link leads where it should, to something that is there, and can be led back to."""
    if want.id is not None and want.id != have.id:
        return False
    if have.target == want.target:
        return True
    path, _, fragment = have.target.rpartition("#")
    if not path:
        return have.target in reading.ids and have.target.rpartition("/")[2] == want.target
    return fragment == want.target and have.target in reading.ids


def _texts(links: Iterable[Link]) -> str:
    return ", ".join(f"“{link.text}”" for link in links) or "none"


def _hide(reading: Reading, artifact: str) -> Iterator[Diagnostic]:
    for hidden in reading.hidden:
        by = f" by {hidden.by}" if hidden.by else ""
        yield wrong("V-008", f"({hidden.place}) words are hidden{by}: “{hidden.text[:70]}”", artifact=artifact)


def _beside(reading: Reading, publication: Publication, artifact: str) -> Iterator[Diagnostic]:
    """What is next to the lines: attributes, labels of pages, ids, documents that no one is led to."""
    words = publication.words
    ways_back = _ways_back(publication)
    for spoken in reading.spoken:
        if spoken.text not in ways_back and not publication.templates:
            message = f"({spoken.place}) no source holds the words of {spoken.name}: “{spoken.text}”"
            yield wrong("V-003", message, artifact=artifact)
    for strange in reading.strange:
        yield wrong("V-003", f"({strange.place}) {strange.words}", artifact=artifact)
    own = frozenset(sheet.text for sheet in publication.stylesheets)
    for place, printing in _generated_words(reading.sheets.values(), own):
        yield wrong(
            "V-003", f"({place}) a style sheet prints words that no source holds: {printing[:70]}", artifact=artifact
        )
    for page in reading.pages:
        if words.label_of_page(page.text) is None:
            yield wrong("V-003", f"no source holds the name “{page.text}” of a page", artifact=artifact)
    for id in reading.repeated:
        yield wrong("V-007", f"two elements have the id {id}, so that links to them lead astray", artifact=artifact)
    for name in reading.unread:
        yield wrong("V-003", f"{name} is in the file and not in the reading order", artifact=artifact)


def _ways_back(publication: Publication) -> frozenset[str]:
    """What is said of the links from notes to their calls."""
    most = max((len(note.called_again) for section in publication.sections for note in section.notes), default=0)
    words = publication.words.back_to_text
    return frozenset((words, *(f"{words} ({number})" for number in range(2, most + 2))))


def _first_numbers(reading: Reading, publication: Publication, artifact: str) -> Iterator[Diagnostic]:
    """Lists that begin with another number than in their source."""
    sections = [section for section in publication.sections if Format.EPUB in section.formats]
    blocks = (block for section in sections for block in blocks_of(section.blocks))
    notes = {note.id: note for section in sections for note in section.notes}
    in_notes = (block for note in notes.values() for block in blocks_of(note.blocks))
    wanted = Counter(
        str(list_block.start)
        for list_block in (*blocks, *in_notes)
        if isinstance(list_block, ListBlock) and list_block.ordered and list_block.start != 1
    )
    for number in sorted((Counter(reading.starts) - wanted).elements()):
        yield wrong("V-005", f"a list begins with {number}, and no list of the sources does", artifact=artifact)
    for number in sorted((wanted - Counter(reading.starts)).elements()):
        yield wrong("V-005", f"a list should begin with {number}, and does not", artifact=artifact)


def _generated_words(sheets: Iterable[Sheet], own: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Words that style sheets print, and where that is declared; the edition's own may number what they like."""
    for sheet in sheets:
        for rule in sheet.rules:
            for name, words in generated_words(rule, numbers=sheet.text not in own):
                yield f"{sheet.name}, line {rule.line}", f"{name}: {words}"


def _page_claim(reading: Reading, publication: Publication, artifact: str) -> Iterator[Diagnostic]:
    """What the page about accessibility says of page numbers next to the page breaks that are there."""
    if publication.accessibility is None:
        return
    measured = publication.accessibility.measured
    claimed, withheld = Claim.PAGE_NAVIGATION in measured.earned, {item.claim for item in measured.withheld}
    if claimed and not reading.pages:
        message = "the page about accessibility promises page numbers, and there are none"
        yield wrong("V-020", message, artifact=artifact)
    if reading.pages and not claimed and Claim.PAGE_NAVIGATION not in withheld:
        message = "there are page numbers, and the page about accessibility does not say so"
        yield wrong("V-020", message, artifact=artifact)
