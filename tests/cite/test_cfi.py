"""An EPUB CFI leads to the very words, by the steps of the specification, whatever they cross."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from lxml import etree
from tests.cite.resolver import resolved

from publisher.cite import Cited, locate_words
from publisher.cite.epub import Finished
from publisher.cite.passages import Passage, passage
from publisher.compose.citations import Style
from publisher.compose.wording import Wording, wording, wording_of_note
from publisher.epub.read.cfi import range_cfi
from publisher.epub.read.chunks import Point, character
from publisher.model.apparatus import Selector
from publisher.model.publication import Publication
from publisher.model.target import Format

Locate = Callable[[Passage], Cited]


@pytest.fixture(scope="module")
def locate(publication: Publication, files: dict[str, bytes]) -> Locate:
    """Locates a passage in the finished EPUB."""
    made = Finished(name="words.epub", content=files["words.epub"])
    return lambda found: locate_words(found, made, publication, style=Style(name="apa"))


def wordings(publication: Publication) -> Iterator[Wording]:
    """Everything that has words: the sections and the notes of the EPUB."""
    for section in publication.sections:
        if Format.EPUB in section.formats and section.blocks:
            yield wording(section)
            yield from (wording_of_note(note, section=section) for note in section.notes)


def compact(text: str) -> str:
    return re.sub(r"\s+", "", text)


def find(publication: Publication, words: str) -> Passage:
    return passage(publication, Selector(exact=words), nth=None)


def test_any_stretch_of_the_edition_is_found_again(
    publication: Publication, files: dict[str, bytes], locate: Locate
) -> None:
    chance = random.Random(5)
    texts = tuple(wordings(publication))
    assert {"foreword", "text", "colophon", "accessibility", "imprint"} <= {item.section.id for item in texts}
    for text in texts:
        solid = [at for at, item in enumerate(text.text) if not item.isspace()]
        for _ in range(12):
            first, last = sorted(chance.choices(solid, k=2))
            cited = locate(Passage(wording=text, start=first, end=last + 1))
            assert compact(resolved(files["words.epub"], cited.cfi)) == compact(text.text[first : last + 1]), cited.cfi


@pytest.mark.parametrize(
    "crossed", ["<em>", "noteref", "pagebreak", "\u00a0", "<code>", '<a class="link"', 'lang="fr"', "🄯"]
)
def test_words_may_cross_anything_inside_a_paragraph(
    publication: Publication, files: dict[str, bytes], locate: Locate, crossed: str
) -> None:
    with ZipFile(BytesIO(files["words.epub"])) as archive:
        markup = archive.read("EPUB/text/text.xhtml").decode()
    paragraphs = re.findall(r'<p id="p(\d+)" class="numbered">(.*?)</p>', markup, re.DOTALL)
    numbers = [int(number) for number, inside in paragraphs if crossed in inside[120:-120]]
    assert numbers
    text = next(wording(section) for section in publication.sections if section.id == "text")
    for line in text.lines:
        if line.paragraph in numbers and len(line.text) > 40:
            found = Passage(wording=text, start=line.start + 10, end=line.start + len(line.text) - 11)
            assert resolved(files["words.epub"], locate(found).cfi) == line.text[10:-11]


def test_the_range_is_short_and_asserts_every_id(publication: Publication, locate: Locate) -> None:
    cfi = locate(find(publication, "Before all words")).cfi
    assert re.fullmatch(r"epubcfi\(/6/\d+!/4/2\[foreword\]/\d\[foreword-1\],/1:0,/1:16\)", cfi)


def test_offsets_count_utf16_units_on_both_sides_of_a_comment() -> None:
    root = etree.fromstring("<html><head/><body><p id='a;b'>🄯🄯<!-- none --> so <b>on</b> and on</p></body></html>")
    (itemref,) = etree.fromstring("<package><itemref id='x'/></package>")
    start, last = character(root[1][0], 2), character(root[1][0], 5)
    cfi = range_cfi(itemref, start, Point(last.chunk, last.offset + 1))
    assert cfi == "epubcfi(/2[x]!/4/2[a^;b],/1:5,/2/1:2)"


def test_a_page_is_the_one_on_which_the_pdf_prints_the_words(
    publication: Publication, files: dict[str, bytes], locate: Locate
) -> None:
    pdf = pypdfium2.PdfDocument(files["words.pdf"])
    printed = {pdf.get_page_label(at): pdf[at].get_textpage().get_text_range() for at in range(len(pdf))}
    text = next(wording(section) for section in publication.sections if section.id == "text")
    found = list(re.finditer(r"w\d{4}", text.text))
    assert len(printed) > 20
    for match in found[::7]:
        cited = locate(Passage(wording=text, start=match.start(), end=match.end()))
        (page,) = cited.pages
        assert match[0] in printed[page], (match[0], page)


def test_words_over_a_page_end_have_two_pages(publication: Publication, locate: Locate) -> None:
    text = next(wording(section) for section in publication.sections if section.id == "text")
    cited = locate(Passage(wording=text, start=200, end=2000))
    assert len(cited.pages) == 2
    assert cited.locator is not None
    assert re.fullmatch("pp\\.\u00a0\\d+–\\d+, ¶¶\u00a0\\d+–\\d+", cited.locator)


def test_a_note_has_the_page_of_its_call(publication: Publication, locate: Locate) -> None:
    note = locate(find(publication, "Another note, which says"))
    call = locate(find(publication, "Paragraph 7"))
    assert note.pages == call.pages != ()
    assert note.locator == f"p.\u00a0{call.pages[0]}, n.\u00a02"
